"""What is made of many measurements."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The middle of some figures, and between what half of them lie."""

    median: float
    first: float
    third: float


def quartiles(values: Sequence[float]) -> Quartiles:
    """Of two values or more."""
    first, median, third = statistics.quantiles(values, n=4, method="inclusive")
    return Quartiles(median, first, third)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Quartiles:
    """Ours as a multiple of theirs, turn by turn."""
    return quartiles([one / other for one, other in zip(ours, theirs, strict=True)])


def percentile(values: Sequence[float], share: float) -> float:
    """The one of the values below which that share of them lies; of a few, the 99th percentile is the greatest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
