"""Whether a target was met. A missed one is told; it fails nothing, since a clock is no judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.figures import Quartiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A figure and its bound, in the unit that the name tells."""

    name: str
    value: float
    bound: float
    below: bool = False
    """Whether the bound itself is too much already."""
    at_least: bool = False
    """Whether more is better."""
    spread: Quartiles | None = None
    """Where the value is the middle of several."""

    @property
    def met(self) -> bool:
        """Whether the value keeps to the bound."""
        if self.value == self.bound:
            return not self.below
        return self.value > self.bound if self.at_least else self.value < self.bound


def verdicts(found: Sequence[Target]) -> Iterator[Sequence[str]]:
    """The rows of a table, its head first."""
    yield "target", "measured", "quartiles", "bound", "verdict"
    for one in found:
        sign = ">=" if one.at_least else "<" if one.below else "<="
        verdict = "met" if one.met else "NOT MET"
        yield one.name, f"{one.value:.2f}", spread(one.spread), f"{sign} {one.bound:g}", verdict


def spread(of: Quartiles | None) -> str:
    """Between what half of the values lie."""
    return "-" if of is None else f"{of.first:.2f}-{of.third:.2f}"
