"""The judges judge for themselves, and see every difference."""

from __future__ import annotations

import pytest

from tests.messages.ajv import Ajv
from tests.messages.judging import disagreements, disagreements_of_ajv, is_same

SMALL = {"Small": {"type": "integer", "minimum": 0, "maximum": 9}}
LARGER = {"Small": {"type": "integer", "minimum": 0, "maximum": 10}}
CASES = [("9", 9), ("10", 10), ("1.0", 1.0), ("true", True), (str(10**400), 10**400)]


def test_ajv_judges_by_what_it_was_told_last(ajv: Ajv) -> None:
    texts = [text for text, _ in CASES]
    assert ajv.verdicts(SMALL, "Small", texts) == [True, False, True, False, False]
    assert ajv.verdicts(LARGER, "Small", texts) == [True, True, True, False, False]
    assert disagreements_of_ajv(SMALL, "Small", ajv, CASES) == []


def test_a_definition_that_ajv_cannot_judge_by_is_an_error() -> None:
    with Ajv() as running, pytest.raises(ValueError, match="Ajv has no verdict on Large; it says why on the standard"):
        running.verdicts(SMALL, "Large", ["1"])


def test_what_is_judged_otherwise_or_changed_is_a_disagreement() -> None:
    assert list(disagreements(SMALL, "Small", lambda _, value: value, CASES)) == ["10", "true", str(10**400)]
    assert list(disagreements(SMALL, "Small", lambda _, __: 9, CASES[:1])) == []
    assert list(disagreements(SMALL, "Small", lambda _, __: "9", CASES[:1])) == ["9"]


@pytest.mark.parametrize(
    ("loaded", "given"),
    [
        (1, True),
        (True, 1),
        (1.0, 1),
        (0, False),
        ("1", 1),
        ([], {}),
        ([1], [True]),
        ({"a": 0}, {"a": False}),
        ({}, {"a": 1}),
    ],
)
def test_values_of_another_kind_are_not_the_same(loaded: object, given: object) -> None:
    assert not is_same(loaded, given)


@pytest.mark.parametrize("value", [1, 1.5, True, None, "a", [1, [None]], {"a": {"b": [True]}}])
def test_a_value_is_the_same_as_itself(value: object) -> None:
    assert is_same(value, value)


def test_a_whole_number_may_be_given_as_a_fraction() -> None:
    assert is_same({"a": [1]}, {"a": [1.0]})
