"""Sends a file of events: in batches, with the file's line numbers for what is refused, on a later day if wanted."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import IO, TYPE_CHECKING, Any, Final

import orjson

from groove_dashboard.client import ClientError, EventsRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from groove_dashboard.messages import types

BATCH_LINES: Final = 1000
BATCH_BYTES: Final = 8 * 1024 * 1024
ONE_DAY: Final = timedelta(days=1)
MEMORY_BYTES: Final = 16 * 1024 * 1024
DATE_CHARACTERS: Final = 10


@dataclass(frozen=True, slots=True)
class Line:
    """An event as it stands in a file; `number` counts from 1, `size` is what it takes of the file in bytes."""

    number: int
    text: bytes
    size: int


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong at one place of the event in that line; the path is a JSON pointer into the event."""

    number: int
    path: str
    message: str


class LinesRefused(ClientError):
    """Some lines hold no valid event. Nothing of their batch was stored; the batches before it were."""

    def __init__(self, faults: Sequence[LineFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"the server refused the events: {len(self.faults)} faults")


@dataclass(slots=True)
class Tally:
    """What the server has counted so far."""

    accepted: int = 0
    duplicates: int = 0

    def add(self, result: types.IngestResult) -> None:
        """Count another answer."""
        self.accepted += result["accepted"]
        self.duplicates += result["duplicates"]


def upload(
    lines: Iterable[Line], send: Callable[[bytes], types.IngestResult], tally: Tally
) -> Iterator[Sequence[Line]]:
    """Send the lines, and give each batch once the server has stored it, counted into the tally already.

    Raises LinesRefused, and whatever `send` raises.
    """
    for batch in batches(lines):
        try:
            tally.add(send(b"\n".join(line.text for line in batch)))
        except EventsRefused as error:
            faults = [LineFault(batch[one["index"]].number, one["path"], one["message"]) for one in error.faults]
            raise LinesRefused(faults) from error
        yield batch


def read_lines(source: IO[bytes]) -> Iterator[Line]:
    """The lines that hold something."""
    for number, raw in enumerate(source, start=1):
        if text := raw.strip():
            yield Line(number, text, len(raw))


def batches(
    lines: Iterable[Line], *, most_lines: int = BATCH_LINES, most_bytes: int = BATCH_BYTES
) -> Iterator[list[Line]]:
    """The lines in groups that the server takes in one request; a line that is too long by itself goes alone."""
    batch: list[Line] = []
    size = 0
    for line in lines:
        if batch and (len(batch) == most_lines or size + len(line.text) > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line.text)
    if batch:
        yield batch


@contextmanager
def rereadable(source: IO[bytes]) -> Iterator[IO[bytes]]:
    """The source where it can be read twice, else a copy that can."""
    if source.seekable():
        yield source
        return
    with tempfile.SpooledTemporaryFile(MEMORY_BYTES) as copy:
        shutil.copyfileobj(source, copy)
        copy.seek(0)
        yield copy


def days_to_now(lines: Iterable[Line], now: datetime) -> int:
    """By how many whole days the newest event can be moved without getting past `now`: less than a day is left."""
    moments = (_moment(_event(line)) for line in lines)
    newest = max((moment for moment in moments if moment is not None), default=None)
    return 0 if newest is None else (now.astimezone(UTC) - newest) // ONE_DAY


def shifted(line: Line, days: int) -> Line:
    """The event on a later day, at the same time of day. A line that holds no event stays, for the server to judge."""
    event = _event(line)
    if _moment(event) is None or not isinstance(event, dict):
        return line
    day, time = event["occurred_at"][:DATE_CHARACTERS], event["occurred_at"][DATE_CHARACTERS:]
    later = {**event, "occurred_at": f"{date.fromisoformat(day) + timedelta(days=days)}{time}"}
    return Line(line.number, orjson.dumps(later), line.size)


def _event(line: Line) -> object:
    try:
        return orjson.loads(line.text)
    except orjson.JSONDecodeError:
        return None


def _moment(event: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(event["occurred_at"])
    except (TypeError, KeyError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None
