"""Whole UTC days, so that no figure depends on the moment of asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some UTC days in a row, one at least; the first moment is in it, the moment after the last day is not."""

    first: date
    days: int

    @property
    def since(self) -> datetime:
        """The first moment."""
        return _midnight(self.first)

    @property
    def until(self) -> datetime:
        """The moment after the last one."""
        return _midnight(self.first + self.days * DAY)

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + (self.days - 1) * DAY

    @property
    def dates(self) -> list[date]:
        """Each day, oldest first."""
        return [self.first + number * DAY for number in range(self.days)]

    @property
    def before(self) -> Period:
        """The equally long period that ends where this one begins."""
        return Period(self.first - self.days * DAY, self.days)

    @property
    def with_before(self) -> Period:
        """This period and the equally long one before it."""
        return Period(self.before.first, 2 * self.days)


def last_days(days: int, now: datetime) -> Period:
    """So many UTC days that end with today's; `now` is aware."""
    return Period(_today(now) - (days - 1) * DAY, days)


def next_midnight(now: datetime) -> datetime:
    """When today ends in UTC and every period of last days moves on; `now` is aware."""
    return _midnight(_today(now) + DAY)


def _today(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
