"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Numbers of clients and turns, sizes in bytes, times in seconds."""

    few: int
    """Clients with which latency, ticks and reads are measured."""
    many: int
    """Clients with which stalls and storms are measured."""
    sizes: tuple[int, ...] = (200, 2_000, 20_000)
    """Bytes of the message that tells a change."""
    turns: int
    """Slices of each contestant that are compared."""
    slice_seconds: float
    least_changes: int
    """Changes in a slice, however long they take."""
    latency_size: int = 2_000
    latency_hertz: float = 25.0
    latency_turns: int
    latency_seconds: float
    stall_hertz: float = 5.0
    stall_seconds: float
    """Whole seconds, and a little more, since a broken second does not count."""
    storms: int


FULL: Final = Plan(
    few=1_000,
    many=4_000,
    turns=21,  # many short ones: the speed of a machine may differ by half from one second to the next
    slice_seconds=0.25,
    least_changes=3,
    latency_turns=24,
    latency_seconds=1.0,
    stall_seconds=6.2,
    storms=4,
)
QUICK: Final = Plan(
    few=20,
    many=40,
    turns=2,
    slice_seconds=0.0,
    least_changes=3,
    latency_hertz=100.0,
    latency_turns=2,
    latency_seconds=0.05,
    stall_hertz=50.0,
    stall_seconds=1.1,
    storms=2,
)
"""Shows that the benchmark works; its figures say nothing."""
