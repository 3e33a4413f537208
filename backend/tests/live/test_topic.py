"""Topics have one canonical form, in Python as in TypeScript."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from groove_dashboard.live.topic import canonical, topic_key
from groove_dashboard.messages.validators import load_dashboard_topic

EXAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "shared-schema/examples/topic-keys.json").read_text("utf-8")
)
by_name = pytest.mark.parametrize("example", EXAMPLES, ids=[example["name"] for example in EXAMPLES])


@by_name
def test_the_key_of_an_example_is_what_both_languages_agree_on(example: dict[str, Any]) -> None:
    assert topic_key(load_dashboard_topic(example["topic"])) == example["key"]


@by_name
def test_the_canonical_form_is_what_the_key_spells(example: dict[str, Any]) -> None:
    form = canonical(load_dashboard_topic(example["topic"]))
    assert json.dumps(form, separators=(",", ":"), ensure_ascii=False) == example["key"]
    assert canonical(form) == form


def test_a_whole_number_written_as_a_float_is_the_same_topic() -> None:
    asked = load_dashboard_topic({"topic": "attribution", "period": {"days": 30.0}})
    assert topic_key(asked) == '{"period":{"days":30},"topic":"attribution"}'
