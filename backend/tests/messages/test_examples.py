"""The examples of shared-schema, which both languages read, say what they say they say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NotRequired, TypedDict

import pytest
from marshmallow import ValidationError

from generator.bundle import ROOTS
from generator.nodes import target
from groove_dashboard.messages import strict, validators
from tests.messages.judging import DEFINITIONS, SHARED, judge

if TYPE_CHECKING:
    from collections.abc import Callable


class Example(TypedDict):
    """A value with what makes it worth showing; `error` is the place of its one fault."""

    name: str
    value: Any
    error: NotRequired[str]


EXAMPLES: Final[dict[str, list[Example]]] = {
    root: json.loads((SHARED / "examples" / f"{root}.json").read_text("utf-8")) for root in ROOTS
}
EACH = [pytest.param(root, one, id=f"{root}: {one['name']}") for root, found in EXAMPLES.items() for one in found]
LOADERS: Final[dict[str, Callable[[object], object]]] = {
    "DashboardRequest": validators.load_dashboard_request,
    "DashboardMessage": validators.load_dashboard_message,
    "DashboardTopic": validators.load_dashboard_topic,
    "TopicData": validators.load_topic_data,
    "IngestEvent": validators.load_ingest_event,
}


@pytest.mark.parametrize(("root", "example"), EACH)
def test_an_example_is_valid_or_has_one_fault_at_the_place_it_names(root: str, example: Example) -> None:
    assert judge(DEFINITIONS, root).is_valid(example["value"]) == ("error" not in example)
    if "error" not in example:
        assert LOADERS[root](example["value"]) == example["value"]
        return
    with pytest.raises(ValidationError) as caught:
        LOADERS[root](example["value"])
    assert [pointer for pointer, _ in strict.pointers(caught.value.messages)] == [example["error"]]


@pytest.mark.parametrize("root", ROOTS)
def test_there_is_a_valid_example_of_every_variant(root: str) -> None:
    valid = [one["value"] for one in EXAMPLES[root] if "error" not in one]
    variants = [target(one) for one in DEFINITIONS[root]["oneOf"]]
    assert [name for name in variants if not any(judge(DEFINITIONS, name).is_valid(value) for value in valid)] == []


@pytest.mark.parametrize("root", ROOTS)
def test_no_two_examples_have_one_name(root: str) -> None:
    names = [one["name"] for one in EXAMPLES[root]]
    assert sorted(names) == sorted(set(names))
