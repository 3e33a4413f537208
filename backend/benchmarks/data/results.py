"""What was measured. Times in seconds, sizes in bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.figures import Quartiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """How a database came about."""

    size: str
    seconds: float
    """With the roll-ups and the tidying up."""
    facts: int
    """Events of all kinds."""
    database_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A topic, read by its provider in a snapshot, or the same question in naive SQL."""

    size: str
    case: str
    naive: bool
    reads: int
    p50: float
    p95: float
    answer_bytes: int
    """Of the topic's data; 0 for the naive ones, which shape nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Events of so many days through the ingest, `batch` at once from each of the writers."""

    size: str
    batch: int
    writers: int
    days: float
    events: int
    per_second: Quartiles
    """Of turns of half a second each, so that a pause of the machine is no slowness of ours."""
    p50: float
    """From handing a batch over until it is committed."""
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What rows take on disk, all partitions together."""

    size: str
    name: str
    rows: int
    heap_bytes: int
    index_bytes: int


@dataclass(slots=True)
class Results:
    """Everything."""

    settings: dict[str, str] = field(default_factory=dict)
    """Of the server, as far as they matter."""
    fills: list[Fill] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
