"""What the fields say, and where stock marshmallow would be looser than JSON Schema."""

from __future__ import annotations

import math
from typing import Any

import orjson
import pytest
from marshmallow import ValidationError

from groove_dashboard.messages import strict, validators


class Cat(strict.Object):
    kind = strict.Choice("cat", required=True)
    name = strict.String(required=True, validate=[strict.Characters(min=1, max=10)])


class Dog(strict.Object):
    kind = strict.Choice("dog", required=True)
    loud = strict.Boolean()


class Pet(strict.Union):
    tag = "kind"
    variants = {"cat": lambda: Cat, "dog": lambda: Dog}  # noqa: RUF012 (as it is generated)


class Keyed(strict.Union):
    variants = {"name": lambda: Cat, "loud": lambda: Dog}  # noqa: RUF012 (as it is generated)


PETS = strict.List(Pet(), validate=[strict.Items(min=1, max=2)])


def errors(field: strict.Field, value: object) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        field.deserialize(value)
    return list(strict.pointers(caught.value.messages))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (strict.String(), 1, "This must be a string."),
        (strict.String(), b"bytes", "This must be a string."),
        (strict.String(), None, "This must not be null."),
        (strict.Boolean(), "true", "This must be true or false."),
        (strict.Boolean(), 1, "This must be true or false."),
        (strict.Number(), "1.5", "This must be a number."),
        (strict.Number(), True, "This must be a number."),
        (strict.Number(), math.nan, "This must be a number."),
        (strict.Number(), math.inf, "This must be a number."),
        (strict.Integer(), "1", "This must be a whole number."),
        (strict.Integer(), 1.5, "This must be a whole number."),
        (strict.Integer(), True, "This must be a whole number."),
        (strict.Integer(), math.nan, "This must be a whole number."),
        (strict.Integer(), math.inf, "This must be a whole number."),
        (strict.Choice("a"), "b", "This must be a."),
        (strict.Choice("a", "b"), "c", "This must be one of: a, b."),
        (strict.Choice(True), 1, "This must be true."),
        (strict.Choice(1, 2), True, "This must be one of: 1, 2."),
        (strict.List(), {"a": 1}, "This must be an array."),
        (strict.List(), "text", "This must be an array."),
        (strict.Record(), [], "This must be an object."),
        (strict.Nested(lambda: Cat), "cat", "This must be an object."),
        (Pet(), [], "This must be an object."),
        (Keyed(), {}, "This must have exactly one of the properties: name, loud."),
        (strict.String(validate=[strict.Characters(min=2)]), "x", "This must have at least 2 characters."),
        (strict.String(validate=[strict.Characters(max=1)]), "xx", "This must have at most 1 characters."),
        (PETS, [], "This must have between 1 and 2 items."),
        (strict.Number(validate=[strict.Within(min=0, max=1)]), 2, "This must be at least 0 and at most 1."),
        (
            strict.Number(validate=[strict.Within(min=0, min_inclusive=False, max=1, max_inclusive=False)]),
            0,
            "This must be greater than 0 and less than 1.",
        ),
        (strict.String(validate=[strict.Pattern("^a$")]), "a\n", "This must match the pattern ^a$"),
        (strict.String(validate=[strict.date]), "2025-02-29", "This is not a date of the calendar."),
        (strict.String(validate=[strict.date_time]), "2025-02-29T00:00:00Z", "This is not a time of the calendar."),
        (strict.List(validate=[strict.unique]), [1, 1.0], "The items must differ from one another."),
    ],
)
def test_a_refusal_says_which_rule_was_broken(field: strict.Field, value: object, said: str) -> None:
    assert errors(field, value) == [("", said)]


def test_the_pointer_of_every_error_leads_to_its_place() -> None:
    value = [{"kind": "cat", "name": "", "a/b~": 1}, {"kind": "cow"}, {"loud": True}, {"kind": "dog", "loud": "yes"}]
    assert sorted(errors(PETS, value)) == [
        ("/0/a~1b~0", "This property is not known here."),
        ("/0/name", "This must have between 1 and 10 characters."),
        ("/1/kind", "This must be one of: cat, dog."),
        ("/2/kind", "This property is required."),
        ("/3/loud", "This must be true or false."),
    ]


def test_a_record_points_at_its_keys() -> None:
    record = strict.Record(strict.Integer(), strict.Choice("a", "b"))
    assert sorted(errors(record, {"a": "1", "c": 1})) == [
        ("/a", "This must be a whole number."),
        ("/c", "This must be one of: a, b."),
    ]


def test_a_long_property_name_is_cut_in_its_pointer() -> None:
    assert errors(strict.Nested(lambda: Dog), {"kind": "dog", "x" * 10_000: 1}) == [
        ("/" + "x" * 100 + "…", "This property is not known here."),
    ]


def test_no_message_repeats_the_value() -> None:
    secret = "sesame" * 1000
    values: list[dict[str, Any]] = [
        {"type": secret},
        {"type": "subscribe", "topics": [{"topic": secret}]},
        {"type": "ping", "request_id": secret},
        {"type": "disable_learning", "id": secret},
        {"type": "subscribe", "topics": [{"topic": "learnings", "sort": secret, "limit": secret}]},
    ]
    for value in values:
        with pytest.raises(ValidationError) as caught:
            validators.load_dashboard_request(value)
        assert "sesame" not in str(list(strict.pointers(caught.value.messages)))


def test_a_whole_number_written_as_a_float_is_read_as_an_int() -> None:
    assert isinstance(strict.Integer().deserialize(3.0), int)
    assert strict.Integer().deserialize(3.0) == 3


def test_what_is_nested_as_deep_as_json_goes_is_refused_like_anything_else() -> None:
    depth = 1000  # orjson refuses more than 1,024 levels
    value = orjson.loads('{"type": "ping", "request_id": ' + "[" * depth + "]" * depth + "}")
    with pytest.raises(ValidationError):
        validators.load_dashboard_request(value)
    patch = {"type": "update", "topic": {"topic": "health"}, "base": "a", "version": "b"}
    deep = {**patch, "patch": [{"op": "add", "path": "", "value": value["request_id"]}]}
    assert validators.load_dashboard_message(deep)["type"] == "update"


def test_a_definition_is_loaded_by_its_name() -> None:
    assert validators.load("IngestResult", {"accepted": 3, "duplicates": 0}) == {"accepted": 3, "duplicates": 0}
    with pytest.raises(KeyError):
        validators.load("Nothing", {})
