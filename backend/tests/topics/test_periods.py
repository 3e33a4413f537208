"""Whole UTC days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.topics.periods import Period, last_days, next_midnight

moments = st.timedeltas(timedelta(0), timedelta(days=36_500)).map(
    lambda later: datetime(2000, 1, 1, tzinfo=UTC) + later
)
lengths = st.integers(1, 365)


def test_seven_days_are_today_and_the_six_before() -> None:
    period = last_days(7, datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert (period.since, period.until) == (datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC))
    assert (period.dates[0], period.dates[-1], len(period.dates)) == (date(2026, 3, 4), date(2026, 3, 10), 7)


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2026, 3, 10, tzinfo=UTC), date(2026, 3, 10)),
        (datetime(2026, 3, 9, 23, 59, 59, 999_999, tzinfo=UTC), date(2026, 3, 9)),
        (datetime(2026, 3, 10, 1, tzinfo=timezone(timedelta(hours=2))), date(2026, 3, 9)),
    ],
)
def test_today_begins_at_midnight_in_utc(now: datetime, today: date) -> None:
    assert last_days(1, now).dates == [today]


@given(moments, lengths)
def test_now_is_in_the_last_day_of_every_period(now: datetime, days: int) -> None:
    period = last_days(days, now)
    assert period.since <= now < period.until == next_midnight(now)
    assert period.until - period.since == timedelta(days=days)


@given(moments, lengths)
def test_a_period_and_the_one_before_it_meet_and_make_one(now: datetime, days: int) -> None:
    period = last_days(days, now)
    assert period.before.until == period.since
    assert period.with_before.dates == period.before.dates + period.dates
    assert (period.with_before.since, period.with_before.until) == (period.before.since, period.until)


def test_a_period_may_cross_the_end_of_a_leap_february() -> None:
    assert Period(date(2028, 2, 28), 3).dates == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]
