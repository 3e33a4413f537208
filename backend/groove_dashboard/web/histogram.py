"""How long something takes, many times over.

Prometheus' own histogram takes one observation at a time, under a lock; here a whole round of deliveries is one.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Distribution(NamedTuple):
    """How many times something took how long."""

    up_to: Mapping[float, int]
    """How many times it took so many seconds at most, by bounds, ascending."""
    times: int
    """How many times in all."""
    seconds: float
    """How long in all."""


class Histogram:
    """Counts durations by bounds."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._seconds = 0.0

    def observe(self, seconds: float, times: int = 1) -> None:
        """Something took so long, so many times."""
        self._counts[bisect_left(self._bounds, seconds)] += times
        self._seconds += seconds * times

    def distribution(self) -> Distribution:
        """What was observed until now."""
        *up_to, times = accumulate(self._counts)
        return Distribution(dict(zip(self._bounds, up_to, strict=True)), times, self._seconds)
