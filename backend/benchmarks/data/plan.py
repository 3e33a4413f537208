"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A database's facts."""

    name: str
    records: int
    learnings: int
    sessions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Events to be ingested: `batch` at once from each of the writers, all of which happened within some days."""

    batch: int
    writers: int = 1
    days: float = 1 / 24
    """Until now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Times in seconds."""

    sizes: tuple[Size, ...]
    """The smallest first."""
    days: int
    """Over which the facts are spread."""
    seed: int = 1
    warm_up: int
    """Reads of a topic that do not count: PostgreSQL keeps a plan after five."""
    rounds: int
    """Reads of each topic, as long as the time lasts."""
    least_rounds: int
    """However long they take."""
    case_seconds: float
    """For the reads of one topic in one database."""
    naive_rounds: int
    loads: tuple[Load, ...]
    write_seconds: float
    """For each kind of writing in one database."""


SIZES: Final = (
    Size(name="small", records=10_000, learnings=100, sessions=1_000),
    Size(name="middle", records=1_000_000, learnings=1_000, sessions=50_000),
    Size(name="large", records=10_000_000, learnings=10_000, sessions=500_000),
)
DAYS: Final = 365
FULL: Final = Plan(
    sizes=SIZES,
    days=DAYS,
    loads=(
        Load(batch=1),
        Load(batch=100),
        Load(batch=1_000),
        Load(batch=100, writers=8),
        Load(batch=1_000, writers=8),
        Load(batch=1_000, days=DAYS),
    ),
    warm_up=7,
    rounds=100,
    least_rounds=3,
    case_seconds=10.0,
    naive_rounds=5,
    write_seconds=8.0,
)
QUICK: Final = Plan(
    sizes=(
        Size(name="small", records=600, learnings=40, sessions=80),
        Size(name="middle", records=2_000, learnings=80, sessions=200),
    ),
    days=DAYS,
    loads=(Load(batch=1), Load(batch=1_000), Load(batch=100, writers=8), Load(batch=100, days=DAYS)),
    warm_up=1,
    rounds=3,
    least_rounds=2,
    case_seconds=0.2,
    naive_rounds=2,
    write_seconds=0.1,
)
"""Shows that the benchmark works; its figures say nothing."""
