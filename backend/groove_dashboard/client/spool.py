"""Events on the disk while they wait: they outlive their process, and are delivered by the next one.

The directory belongs to one server and may be shared by any number of processes. Each appends to files of its own
(segment.py); `refused.ndjson`, to which all append, keeps what the server will never take.
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import orjson

from groove_dashboard.client.errors import SpoolError
from groove_dashboard.client.events import Stamp
from groove_dashboard.client.queue import Batch
from groove_dashboard.client.segment import PRIVATE, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from groove_dashboard.client.events import RefusedEvent
    from groove_dashboard.client.limits import WriterLimits

PATTERN: Final = "events-*.ndjson"
REFUSED: Final = "refused.ndjson"
REFUSED_BYTES: Final = 64 * 1024 * 1024
PRIVATE_DIRECTORY: Final = 0o700

log = logging.getLogger(__name__)


class Spool:
    """A `Queue` on the disk. Methods raise SpoolError where the directory cannot be used."""

    keeps = True

    def __init__(self, directory: Path, limits: WriterLimits) -> None:
        self._directory = directory
        self._limits = limits
        self._names = Stamp()
        self._own: deque[Segment] = deque()
        self._unsynced: list[Segment] = []
        self._unsynced_since = math.inf
        self._orphan: Segment | None = None
        with _told(directory):
            directory.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
            if not os.access(directory, os.W_OK | os.X_OK):
                raise PermissionError("it cannot be written to")

    def append(self, line: bytes) -> bool:
        """Take an event while the directory stays within `spool_bytes`."""
        with _told(self._directory):
            if not self._own or self._own[-1].size + len(line) + 1 > self._limits.segment_bytes:
                if not self._has_room():
                    return False
                self._begin()
            newest = self._own[-1]
            newest.append(line)
        if newest not in self._unsynced:
            self._unsynced.append(newest)
            self._unsynced_since = min(self._unsynced_since, time.monotonic())
        return True

    def head(self) -> Batch:
        """As many as go in one request."""
        return self._head(self._own[0], own=True)

    def forget(self, batch: Batch) -> None:
        """Note that they are delivered; a file that is through goes, and the newest is emptied."""
        with _told(self._directory):
            if batch.own:
                self._forget_own(batch.end)
            elif self._orphan is not None:
                self._orphan.deliver(batch.end)
                if self._orphan.is_read:
                    self._orphan.release()
                    self._orphan = None

    def left_behind(self) -> Batch | None:
        """Events of processes that have ended, the oldest file first; each is owned while it is read."""
        with _told(self._directory):
            if self._orphan is None:
                self._orphan = self._next_orphan()
            return None if self._orphan is None else self._head(self._orphan, own=False)

    def put_aside(self, refused: RefusedEvent) -> bool:
        """Append it to `refused.ndjson` as `{"faults": […], "event": {…}}`, while that is smaller than 64 MiB."""
        path = self._directory / REFUSED
        entry = orjson.dumps({"faults": refused.faults, "event": _json(refused.event)}) + b"\n"
        try:
            with open(path, "ab", 0, opener=_private) as file:
                if os.fstat(file.fileno()).st_size >= REFUSED_BYTES:
                    return False
                written = file.write(entry)
                os.fsync(file.fileno())
        except OSError:  # what the events that are good need not wait for
            log.exception("cannot write to %s", path)
            return False
        return written == len(entry)

    def seconds_to_sync(self) -> float:
        """When the oldest event that is not yet safe from a power failure has waited for `sync_seconds`."""
        return max(0.0, self._unsynced_since + self._limits.sync_seconds - time.monotonic())

    def syncing(self) -> Callable[[], None]:
        """Have the disk hold the events and the names of their files."""
        segments, self._unsynced = self._unsynced, []
        self._unsynced_since = math.inf

        def sync() -> None:
            with _told(self._directory):
                for segment in segments:
                    segment.sync()
                if segments:
                    _sync_directory(self._directory)

        return sync

    def close(self) -> None:
        """Sync what is left, and let the next process have it."""
        self.syncing()()
        for segment in [*self._own, *([self._orphan] if self._orphan else [])]:
            segment.release()

    def _head(self, segment: Segment, *, own: bool) -> Batch:
        lines, end = segment.head(self._limits.batch_events, self._limits.batch_bytes)
        return Batch(lines, own, end)

    def _forget_own(self, end: int) -> None:
        segment = self._own[0]
        segment.deliver(end)
        if not segment.is_read:
            return
        if segment in self._unsynced:
            self._unsynced.remove(segment)
        if not self._unsynced:
            self._unsynced_since = math.inf
        if len(self._own) == 1:
            segment.empty()
        else:
            self._own.popleft().release()

    def _begin(self) -> None:
        """Go on in a new file; its name tells when it was begun, so that names sort by age."""
        segment = None
        while segment is None:
            segment = Segment.create(self._directory / f"events-{self._names.event_id()}.ndjson")
        self._own.append(segment)

    def _has_room(self) -> bool:
        taken = sum(_size(path) for path in self._directory.glob(PATTERN))
        return taken + self._limits.segment_bytes <= self._limits.spool_bytes

    def _next_orphan(self) -> Segment | None:
        for path in sorted(self._directory.glob(PATTERN)):
            segment = Segment.adopt(path)
            if segment is None:
                continue
            if not segment.is_read:
                return segment
            segment.release()
        return None


@contextmanager
def _told(directory: Path) -> Iterator[None]:
    """Say of which directory it is that something cannot be done."""
    try:
        yield
    except OSError as error:
        raise SpoolError(f"cannot use {directory} as a spool: {error}") from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _json(line: bytes) -> object:
    """The value, or the text of what is not JSON."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return line.decode(errors="replace")


def _size(path: Path) -> int:
    """Its size; 0 where its owner has just finished it."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
