"""The examples of shared-schema, which both languages read, are what they say they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from marshmallow import ValidationError

from generator.errors import ExampleFileError
from generator.examples import Example, python_check, read_examples, typescript_check, typescript_fixtures
from generator.nodes import members, references, target
from generator.roots import ROOTS
from groove_dashboard.messages import strict, validators
from tests.messages.judging import DEFINITIONS, SHARED, judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLES: Final = read_examples(SHARED / "examples", DEFINITIONS)
JUDGES: Final = {name: judge(DEFINITIONS, name) for name in EXAMPLES}
EACH = [pytest.param(name, one, id=f"{name}: {one['name']}") for name, found in EXAMPLES.items() for one in found]


@pytest.mark.parametrize(("definition", "example"), EACH)
def test_an_example_is_valid_or_has_one_fault_at_the_place_it_names(definition: str, example: Example) -> None:
    assert JUDGES[definition].is_valid(example["value"]) == ("error" not in example)
    if "error" not in example:
        assert validators.load(definition, example["value"]) == example["value"]
        return
    with pytest.raises(ValidationError) as caught:
        validators.load(definition, example["value"])
    assert [pointer for pointer, _ in strict.pointers(caught.value.messages)] == [example["error"]]


def test_there_are_examples_of_whatever_travels_as_a_whole() -> None:
    parts = {name for node in DEFINITIONS.values() for name in references(node)}
    assert EXAMPLES.keys() == {*ROOTS, *(DEFINITIONS.keys() - parts)}


def variants() -> Iterator[tuple[str, str]]:
    """Each definition with examples, and each member of its union, or itself where it is none."""
    for definition in EXAMPLES:
        for variant in map(target, members(DEFINITIONS[definition])):
            yield definition, variant
        if not members(DEFINITIONS[definition]):
            yield definition, definition


@pytest.mark.parametrize(("definition", "variant"), [*variants()])
def test_there_is_a_valid_example_of_every_variant(definition: str, variant: str) -> None:
    is_variant = judge(DEFINITIONS, variant).is_valid
    assert any(is_variant(one["value"]) for one in EXAMPLES[definition])


@pytest.mark.parametrize(("definition", "variant"), [*variants()])
def test_there_is_an_invalid_example_of_every_variant_that_can_be_wrong(definition: str, variant: str) -> None:
    properties = DEFINITIONS[variant]["properties"]
    tags = {key: one["const"] for key, one in properties.items() if "const" in one}
    wrong = [one["value"] for one in EXAMPLES[definition] if one.get("error")]
    assert any(tags.items() <= value.items() for value in wrong)


@pytest.mark.parametrize("definition", EXAMPLES)
def test_no_two_examples_have_one_name(definition: str) -> None:
    names = [one["name"] for one in EXAMPLES[definition]]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("Wish", "[]", "there is no definition of that name"),
        ("Uuid", "[", "Expecting value"),
        ("Uuid", "{}", ", : {} is not of type"),
        ("Uuid", '[{"name": "a"}]', ', /0: "value" is a required property'),
        ("Uuid", '[{"name": "a\\nb", "value": 1}]', ", /0/name: "),
        ("Uuid", '[{"name": "a", "value": 1, "error": "id"}]', ", /0/error: "),
        ("Uuid", '[{"name": "a", "value": 1, "error": "", "unseen_by": ["rust"]}]', ", /0/unseen_by/0: "),
        ("Uuid", '[{"name": "a", "value": 1, "unseen_by": ["python"]}]', ', /0: "error" is a required property'),
        ("Uuid", '[{"name": "a", "value": 1, "colour": "red"}]', "colour"),
    ],
)
def test_a_file_that_holds_no_examples_is_refused_with_the_place(
    tmp_path: Path, name: str, text: str, fault: str
) -> None:
    file = tmp_path / f"{name}.json"
    file.write_text(text)
    with pytest.raises(ExampleFileError) as caught:
        read_examples(tmp_path, DEFINITIONS)
    assert str(caught.value).startswith(str(file))
    assert fault in str(caught.value)


def test_a_type_checker_is_told_to_complain_where_it_can_see_the_fault() -> None:
    examples: list[Example] = [
        {"name": "right", "value": True},
        {"name": "wrong", "value": None, "error": "/a"},
        {"name": "too deep for TypeScript", "value": 1.5, "error": "", "unseen_by": ["typescript"]},
        {"name": "too deep for Python", "value": {"é": [False]}, "error": "", "unseen_by": ["python"]},
    ]
    typescript = typescript_check({"Count": examples}).partition("\n\n")[2]
    assert typescript.split("\n") == [
        "// right",
        "(true) satisfies Count;",
        "",
        "// wrong: wrong at '/a'",
        "// @ts-expect-error",
        "(null) satisfies Count;",
        "",
        "// too deep for TypeScript: wrong at ''",
        "(1.5) satisfies Count;",
        "",
        "// too deep for Python: wrong at ''",
        "// @ts-expect-error",
        '({"é": [false]}) satisfies Count;',
        "",
    ]
    python = python_check({"Count": examples}).partition("\n\n")[2]
    assert [line for line in python.split("\n") if line.startswith("example")] == [
        "example_1: Count = True",
        "example_2: Count = None  # type: ignore",
        "example_3: Count = 1.5  # type: ignore",
        "example_4: Count = {'é': [False]}",
    ]


def test_the_first_right_example_of_a_topic_is_its_fixture() -> None:
    examples: list[Example] = [
        {"name": "wrong", "value": {"data_type": "mood", "level": -1}, "error": "/level"},
        {"name": "right", "value": {"data_type": "mood", "level": 1}},
        {"name": "right as well", "value": {"data_type": "mood", "level": 2}},
    ]
    assert '  mood: {"data_type": "mood", "level": 1},\n};\n' in typescript_fixtures({"TopicData": examples})
