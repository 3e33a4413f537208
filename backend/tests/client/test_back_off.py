"""Pauses grow, are never the same for all, and are as long as the server asks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.client.back_off import LONGEST_RETRY_AFTER_SECONDS, BackOff

fractions = st.floats(0, 1, exclude_max=True)
asked = st.none() | st.floats(0, 10_000)


@given(st.lists(st.tuples(fractions, asked), max_size=20))
def test_the_nth_pause_lies_between_its_bounds(draws: list[tuple[float, float | None]]) -> None:
    drawn = iter([fraction for fraction, _ in draws])
    back_off = BackOff(0.5, 20, fraction=lambda: next(drawn))
    for number, (fraction, retry_after) in enumerate(draws):
        floor = max(0.5, min(retry_after or 0, LONGEST_RETRY_AFTER_SECONDS))
        assert back_off.seconds(retry_after) == floor + fraction * min(20, 0.5 * 2**number)


def test_an_answer_makes_the_next_pause_a_first_one() -> None:
    back_off = BackOff(0.5, 20, fraction=lambda: 0.5)
    assert [back_off.seconds() for _ in range(3)] == [0.75, 1.0, 1.5]
    back_off.reset()
    assert back_off.seconds() == 0.75


def test_two_clients_do_not_come_back_together() -> None:
    assert BackOff().seconds(retry_after=5) != BackOff().seconds(retry_after=5)
