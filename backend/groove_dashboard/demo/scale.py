"""A history of any size for an empty database, as SQL that the database runs itself: `scale.sql`, step by step.

Who runs the steps is the caller's choice, as it is with the events of `pipeline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

KNOWN_BEFORE: Final = 0.4
"""Of the learnings, so many are older than the first session."""
LARGEST_SHARE: Final = 1.8
"""A session has at most so many times the records of the mean session, and one more."""
BATCH_RECORDS: Final = 200_000
LARGEST: Final = 1_000_000_000
"""Of anything; far beyond what one database is for, and within every number that is computed with."""

HEADING: Final = re.compile(r"^-- step: (.+)\n", re.MULTILINE)


class Step(NamedTuple):
    """Statements to run: several without arguments, or one with as many as it has parameters."""

    name: str
    """What is made, in words."""
    sql: str
    arguments: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large a history is; the same one makes the same facts, in any database of an empty beginning.

    Raises ValueError, in words for people, where the numbers do not fit each other.
    """

    learnings: int
    sessions: int
    records: int
    """Attribution records of all sessions together."""
    days: int
    """UTC days over which the sessions are spread, the last being that of `until`."""
    until: datetime
    """When the history ends (aware)."""
    seed: int = 1

    def __post_init__(self) -> None:
        for name in ("learnings", "sessions", "records", "days"):
            if not 1 <= getattr(self, name) <= LARGEST:
                raise ValueError(f"The number of {name} must be from 1 to {LARGEST}.")
        if self.records < self.sessions:
            raise ValueError("There must be at least as many records as sessions.")
        most = int(LARGEST_SHARE * self.records / self.sessions) + 1
        known = int(KNOWN_BEFORE * self.learnings)
        if known < most:
            raise ValueError(
                f"A session may have up to {most} records, each of another learning, but of {self.learnings} learnings "
                f"the first sessions know {known}; there must be {-(-most * 10 // 4)} learnings or fewer records."
            )

    def steps(self) -> Iterator[Step]:
        """What to run, in this order, in one transaction; the rows of `records` come in batches."""
        arguments: dict[str, tuple[object, ...]] = {
            "scale": (self.seed, self.until, self.days, self.learnings, self.sessions, self.records, KNOWN_BEFORE)
        }
        for name, sql in _sections().items():
            if name == "records":
                yield from (Step(name, sql, batch) for batch in self._batches())
            else:
                yield Step(name, sql, arguments.get(name, ()))

    def _batches(self) -> Iterator[tuple[int, int]]:
        """The first and the last session of each batch."""
        size = max(1, BATCH_RECORDS * self.sessions // self.records)
        for first in range(1, self.sessions + 1, size):
            yield first, min(first + size - 1, self.sessions)


def _sections() -> Mapping[str, str]:
    """The steps of the file by their names, in their order."""
    _, *parts = HEADING.split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))
