"""What was measured. Times in seconds, sizes in bytes, CPU that of the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from benchmarks.figures import Quartiles

Name: TypeAlias = Literal["bare", "aiohttp", "ours"]
Baseline: TypeAlias = Literal["bare", "aiohttp"]

CONTESTANTS: Final[tuple[Name, ...]] = ("bare", "aiohttp", "ours")
BASELINES: Final[tuple[Baseline, ...]] = ("bare", "aiohttp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Changes as fast as they go: the next one is made when the last client has the one before."""

    clients: int
    size: int
    """What was aimed at."""
    payload: int
    """What each client was sent for a change."""
    contestant: Name
    deliveries: int
    per_second: float
    cpu_per_million: float
    p50: float
    """From the change to the last client."""
    p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """From the change to the last client, at a steady pace."""

    clients: int
    size: int
    contestant: Name
    changes: int
    p50: float
    p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """What connections take that have been opened and do nothing."""

    clients: int
    contestant: Name
    rss_per_connection: float
    connect_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """How long the event loop let a timer wait while changes went out."""

    clients: int
    size: int
    contestant: Name
    worst_per_second: list[float]
    median: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """All clients leave at once and come again at once, until the last one is current, or has been greeted."""

    clients: int
    contestant: Name
    seconds: float
    cpu_seconds: float
    reads: int
    """Of the source, in all storms together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Ours as a multiple of a baseline: CPU of a delivery, CPU of eight topics in one tick, time of a storm."""

    of: Literal["cpu", "tick", "storm"]
    clients: int
    size: int
    baseline: Baseline
    ratio: Quartiles


@dataclass(slots=True)
class Results:
    """Everything."""

    deliveries: list[Delivery] = field(default_factory=list)
    latency: list[Latency] = field(default_factory=list)
    idle: list[Idle] = field(default_factory=list)
    stalls: list[Stall] = field(default_factory=list)
    storms: list[Storm] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    reads_per_change: dict[int, float] = field(default_factory=dict)
    """By the number of clients."""
    row_share: float = 0.0
    """Bytes of the update of one row in 500, as a share of their snapshot's."""
