"""Numbers, times and days as the domain shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY: Final = timedelta(days=1)


def shown(value: float) -> float:
    """The number with the six decimals that are shown, never a negative zero."""
    return round(float(value), 6) + 0.0


def as_sent(value: float) -> Fraction:
    """The decimal number that the sender wrote: the shortest of those that are read as this double."""
    return Fraction(repr(value))


def exact_sum(values: Iterable[float]) -> float:
    """The sum of the decimal numbers that were sent, whatever their order.

    Summing the doubles themselves, even by math.fsum, would tell 0.1 + 0.2 from 0.3: where a mean lies half-way
    between two shown numbers, as that of 0.000001 and 0.000002 does, digits that nobody sent would decide which of the
    two is shown.
    """
    return float(sum((as_sent(value) for value in values), Fraction(0)))


def mean(values: Sequence[float]) -> float:
    """The mean of at least one number."""
    return exact_sum(values) / len(values)


@cache
def moment(text: str) -> datetime:
    """The moment that a timestamp on the wire names."""
    return datetime.fromisoformat(text)


def timestamp(when: datetime) -> str:
    """The moment as it is written on the wire: with a fraction only where it has one."""
    whole = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{when.microsecond:06}Z" if when.microsecond else f"{whole}Z"


def midnight(now: datetime) -> datetime:
    """The moment at which the UTC day of `now` began."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def days_until_today(now: datetime, days: int) -> list[str]:
    """The dates of the period, oldest first."""
    return [(midnight(now) - DAY * back).strftime("%Y-%m-%d") for back in reversed(range(days))]


def day_of(when: datetime) -> str:
    """The UTC day on which the moment lies."""
    return when.astimezone(UTC).strftime("%Y-%m-%d")


def in_period(when: datetime, now: datetime, days: int, *, periods_back: int = 0) -> bool:
    """Whether the moment lies in the `days` UTC days that end with today's, or in an equally long period before."""
    end = midnight(now) + DAY - DAY * days * periods_back
    return end - DAY * days <= when < end
