"""Sends a file of events: with the file's line numbers for what is refused, on a later day if wanted."""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import IO, TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groove_dashboard.client import EventWriter, RefusedEvent
    from groove_dashboard.messages import types

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
class Settled:
    """A line that is through: it was stored, or has faults, whose paths are JSON pointers into its event."""

    line: Line
    faults: Sequence[types.Fault] = ()


class Upload:
    """What is on its way from a file. Its `refused` takes what the writer's `on_refused` is told."""

    def __init__(self) -> None:
        self._waiting: deque[Line] = deque()
        self._through = 0
        self._told: deque[RefusedEvent] = deque()
        self._faults: dict[int | None, Sequence[types.Fault]] = {}

    def refused(self, event: RefusedEvent) -> None:
        """Note what is wrong with an event; may be called by another thread."""
        self._told.append(event)

    def send(self, lines: Iterable[Line], writer: EventWriter) -> Iterator[Settled]:
        """Write the lines by a fresh writer, and give each once it is through; raises what the writer does."""
        for line in lines:
            try:
                writer.write_line(line.text)
            except ValueError as error:
                yield Settled(line, [{"path": "", "message": str(error)}])
                continue
            self._waiting.append(line)
            yield from self._settled(writer)
        writer.flush()
        yield from self._settled(writer)

    def _settled(self, writer: EventWriter) -> Iterator[Settled]:
        settled = writer.statistics().settled
        while self._told:  # whatever is settled was told before
            event = self._told.popleft()
            self._faults[event.index] = event.faults
        while self._through < settled:
            yield Settled(self._waiting.popleft(), self._faults.pop(self._through, ()))
            self._through += 1


def read_lines(source: IO[bytes]) -> Iterator[Line]:
    """The lines that hold something."""
    for number, raw in enumerate(source, start=1):
        if text := raw.strip():
            yield Line(number, text, len(raw))


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
