"""The history holds what leads to the newest state, within its bounds."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.live.history import History, Update
from groove_dashboard.live.limits import Limits

LIMITS = Limits(history_updates=4, history_seconds=10, history_bytes=40)


def chain(*versions: str, size: int = 1, seconds: float = 0) -> list[Update]:
    """Updates from each version to the next."""
    return [Update(base, version, b"x" * size, seconds) for base, version in pairwise(versions)]


def filled(updates: list[Update]) -> History:
    history = History(LIMITS)
    for update in updates:
        history.add(update)
    return history


def test_what_leads_from_a_state_to_the_newest_one() -> None:
    updates = chain(*"abcd")
    history = filled(updates)
    assert [history.since(version) for version in "abc"] == [updates, updates[1:], updates[2:]]


def test_nothing_leads_from_the_newest_state_nor_from_one_that_is_unknown() -> None:
    history = filled(chain(*"abc"))
    assert [history.since(version) for version in ("c", "x", None)] == [None, None, None]
    assert History(LIMITS).since("a") is None


def test_from_a_state_that_came_twice_it_is_the_shorter_way() -> None:
    updates = chain(*"abac")
    assert filled(updates).since("a") == updates[2:]


def test_what_is_older_than_the_bound_goes() -> None:
    history = filled([*chain("a", "b"), *chain("b", "c", seconds=5)])
    history.expire(10)
    assert len(history) == 2
    history.expire(10.1)
    assert (len(history), history.size) == (1, 1)


def test_updates_that_fill_the_bounds_exactly_are_kept() -> None:
    history = filled(chain(*"abcde", size=10))
    assert (len(history), history.size) == (4, 40)


def test_an_update_larger_than_everything_allowed_is_not_kept() -> None:
    history = filled(chain("a", "b", size=41))
    assert (len(history), history.size) == (0, 0)


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 5))))
def test_the_bounds_hold_whatever_is_added(sizes: list[tuple[int, float]]) -> None:
    history, now = History(LIMITS), 0.0
    for number, (size, seconds) in enumerate(sizes):
        now += seconds
        history.add(Update(str(number), str(number + 1), b"x" * size or None, now))
        kept = history.since(str(number)) or []
        assert len(history) <= LIMITS.history_updates
        assert history.size <= LIMITS.history_bytes
        assert kept in ([], [Update(str(number), str(number + 1), b"x" * size or None, now)])
        assert all(now - one.made_at <= LIMITS.history_seconds for one in kept)
