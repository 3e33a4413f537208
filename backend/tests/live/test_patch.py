"""A patch gives exactly the new state, by anybody's reading of RFC 6902, and costs what has changed."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import jsonpatch
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.live.patch import IDENTITIES, difference
from tests.messages.test_examples import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-1, 1, width=16) | st.sampled_from(["", "a", "é~/"])
)
NAMES = st.sampled_from(["id", "name", "category", "context_type", "date", "value", "a/b", "m~n", ""])


def values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=6) | st.dictionaries(NAMES, inner, max_size=4)


VALUES = st.recursive(SCALARS, values, max_leaves=25)


def rows(names: tuple[str, ...]) -> st.SearchStrategy[list[Any]]:
    """A list of objects that those properties tell apart."""
    identity = st.fixed_dictionaries(dict.fromkeys(names, st.sampled_from("abcdefgh")))
    row = st.builds(lambda one, more: {**more, **one}, identity, st.dictionaries(st.just("value"), VALUES, max_size=1))
    return st.lists(row, max_size=8, unique_by=lambda one: tuple(one[name] for name in names))


def turned(before: Any, after: Any) -> list[Any]:
    """The patch, seen to do what it must and to leave what it is made of alone."""
    kept = deepcopy((before, after))
    patch = difference(before, after)
    assert (before, after) == kept
    assert jsonpatch.apply_patch(deepcopy(before), orjson.loads(orjson.dumps(patch))) == after
    return [*patch]


@given(VALUES, VALUES)
def test_any_value_is_turned_into_any_other(before: Any, after: Any) -> None:
    assert (turned(before, after) == []) == (before == after)


@pytest.mark.parametrize("names", IDENTITIES)
def test_lists_of_rows_are_turned_into_each_other(names: tuple[str, ...]) -> None:
    @given(rows(names), rows(names))
    def turns(before: list[Any], after: list[Any]) -> None:
        turned({"rows": before}, {"rows": after})

    turns()


@given(st.permutations(range(9)), st.permutations(range(9)))
def test_a_new_order_takes_as_few_moves_as_there_can_be(before: list[int], after: list[int]) -> None:
    patch = turned([{"id": one} for one in before], [{"id": one} for one in after])
    assert {one["op"] for one in patch} <= {"move"}
    assert len(patch) == len(after) - longest_in_order([before.index(one) for one in after])


def longest_in_order(numbers: list[int]) -> int:
    """The length of the longest rising run with gaps, by trying each as its end."""
    lengths: list[int] = []
    for index, number in enumerate(numbers):
        before = [lengths[one] for one in range(index) if numbers[one] < number]
        lengths.append(1 + max(before, default=0))
    return max(lengths, default=0)


ROWS = [{"id": f"learning {number}", "value": 0.5, "text": "x" * 100} for number in range(500)]


def without(rows: list[Any], index: int) -> list[Any]:
    return rows[:index] + rows[index + 1 :]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda rows: rows, []),
        (lambda rows: [{**rows[0], "value": 0.6}, *rows[1:]], [{"op": "replace", "path": "/0/value", "value": 0.6}]),
        (lambda rows: [*rows[1:], rows[0]], [{"op": "move", "from": "/0", "path": "/499"}]),
        (lambda rows: [rows[-1], *rows[:-1]], [{"op": "move", "from": "/499", "path": "/0"}]),
        (lambda rows: without(rows, 7), [{"op": "remove", "path": "/7"}]),
        (lambda rows: [{"id": "new"}, *rows], [{"op": "add", "path": "/0", "value": {"id": "new"}}]),
        (lambda rows: [*rows, {"id": "new"}], [{"op": "add", "path": "/500", "value": {"id": "new"}}]),
        (
            lambda rows: [{"id": "new"}, *rows[:-1]],
            [{"op": "remove", "path": "/499"}, {"op": "add", "path": "/0", "value": {"id": "new"}}],
        ),
        (
            lambda rows: [rows[3] | {"value": 1.0}, *without(rows, 3)],
            [{"op": "move", "from": "/3", "path": "/0"}, {"op": "replace", "path": "/0/value", "value": 1.0}],
        ),
    ],
)
def test_a_row_costs_its_own_bytes(change: Callable[[list[Any]], list[Any]], expected: list[Any]) -> None:
    assert turned(ROWS, change(ROWS)) == expected


def test_a_list_of_which_nothing_stays_is_replaced() -> None:
    page, other = ROWS[:3], ROWS[3:5]
    assert turned({"rows": page}, {"rows": other}) == [{"op": "replace", "path": "/rows", "value": other}]


def test_a_list_that_fills_or_empties_is_told_row_by_row() -> None:
    assert turned([], ROWS[:1]) == [{"op": "add", "path": "/0", "value": ROWS[0]}]
    assert turned(ROWS[:1], []) == [{"op": "remove", "path": "/0"}]


def test_a_window_that_slides_costs_the_point_that_goes_and_the_one_that_comes() -> None:
    days = [{"date": f"2026-03-{day:02}", "mean_score": 0.5, "session_count": day} for day in range(1, 9)]
    assert turned(days[:7], days[1:]) == [
        {"op": "remove", "path": "/0"},
        {"op": "add", "path": "/6", "value": days[7]},
    ]


def test_a_list_of_numbers_is_a_sequence() -> None:
    assert turned([0.1, 0.2, 0.3, 0.2], [0.2, 0.3, 0.2, 0.4]) == [
        {"op": "add", "path": "/4", "value": 0.4},
        {"op": "remove", "path": "/0"},
    ]


def test_neighbours_that_come_go_or_change_are_told_one_by_one() -> None:
    assert turned([0, 1, 2, 3, 4], [0, 4]) == [{"op": "remove", "path": f"/{index}"} for index in (3, 2, 1)]
    assert turned([0, 9], [0, 1, 2, 3, 9]) == [{"op": "add", "path": f"/{one}", "value": one} for one in (1, 2, 3)]
    assert turned([0, 1, 2, 9], [0, -1, -2, 9]) == [
        {"op": "replace", "path": f"/{one}", "value": -one} for one in (1, 2)
    ]


def test_what_takes_the_place_of_another_thing_is_compared_with_it() -> None:
    before, after = ([{"message": "x" * 100, "level": level}, {"message": "end"}] for level in ("low", "high"))
    assert turned(before, after) == [{"op": "replace", "path": "/0/level", "value": "high"}]
    assert turned([["a"], *before], [["a"], *after]) == [{"op": "replace", "path": "/1/level", "value": "high"}]


def test_a_long_sequence_costs_what_has_changed_however_often_its_items_repeat() -> None:
    numbers = [0.25, 0.5] * 150
    assert turned(numbers, [0.75, *numbers]) == [{"op": "add", "path": "/0", "value": 0.75}]


def test_the_order_of_properties_tells_nothing_apart() -> None:
    before, after = [{"message": "a", "level": "low"}], [{"level": "low", "message": "a"}]
    assert turned(before, [{"message": "b"}, *after]) == [{"op": "add", "path": "/0", "value": {"message": "b"}}]


def test_rows_that_repeat_what_tells_others_apart_are_a_sequence() -> None:
    reports = [{"component": "strategy", "message": text} for text in "abc"]
    new = {"component": "strategy", "message": "d"}
    assert turned(reports, [new, *reports[:2]]) == [
        {"op": "remove", "path": "/2"},
        {"op": "add", "path": "/0", "value": new},
    ]


def test_names_are_spelled_as_json_pointers_have_it() -> None:
    assert turned({"a/b": 1, "m~n": 1}, {"a/b": 2}) == [
        {"op": "remove", "path": "/m~0n"},
        {"op": "replace", "path": "/a~1b", "value": 2},
    ]


DATA = [one for one in EXAMPLES["TopicData"] if "error" not in one]


@pytest.mark.parametrize("before", DATA, ids=[one["name"] for one in DATA])
def test_the_data_of_a_topic_are_turned_into_any_other(before: Any) -> None:
    for after in DATA:
        turned(before["value"], after["value"])
