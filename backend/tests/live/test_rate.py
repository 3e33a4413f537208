"""A burst is let through, then so many a second."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.live.rate import TokenBucket


def test_a_burst_is_let_through_at_once_and_the_next_one_is_told_when() -> None:
    bucket = TokenBucket(rate=20, burst=3, now=100)
    assert [bucket.take(100) for _ in range(3)] == [0, 0, 0]
    assert bucket.take(100) == 1 / 20
    assert bucket.take(100.025) == pytest.approx(1 / 40)


def test_waiting_as_long_as_told_is_enough() -> None:
    bucket = TokenBucket(rate=4, burst=1, now=0)
    bucket.take(0)
    delay = bucket.take(0)
    assert bucket.take(delay) == 0
    assert bucket.take(delay) > 0


def test_silence_earns_no_more_than_a_burst() -> None:
    bucket = TokenBucket(rate=20, burst=2, now=0)
    assert [bucket.take(1e6) > 0 for _ in range(4)] == [False, False, True, True]


@given(st.lists(st.floats(0, 0.3), max_size=80))
def test_no_span_of_time_lets_more_through_than_the_burst_and_the_rate(pauses: list[float]) -> None:
    bucket = TokenBucket(rate=10, burst=5, now=0)
    now = 0.0
    let_through = []
    for pause in pauses:
        now += pause
        if not bucket.take(now):
            let_through.append(now)
    for first in range(len(let_through)):
        for last in range(first, len(let_through)):
            assert last - first + 1 <= 5 + 10 * (let_through[last] - let_through[first]) + 1e-6
