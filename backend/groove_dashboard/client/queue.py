"""Where events wait for their delivery: what a writer asks of it, and the one that is in memory."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groove_dashboard.client.events import RefusedEvent
    from groove_dashboard.client.limits import WriterLimits


@dataclass(frozen=True, slots=True)
class Batch:
    """The first events that wait, as lines. `own` ones are the writer's; others were left behind by another."""

    lines: Sequence[bytes]
    own: bool
    end: int = 0
    """For the queue: where in its file they end."""


class Queue(Protocol):
    """First in, first out. All is called under the writer's lock but `left_behind`, `put_aside` and `close`.

    These, as they may take long, are called without, and by the writer's thread alone.
    """

    keeps: bool
    """Whether what waits here at the end of the process is delivered by a later one."""

    def append(self, line: bytes) -> bool:
        """Take an event; False where there is no room."""

    def head(self) -> Batch:
        """The writer's own first events, at least one: there are some."""

    def forget(self, batch: Batch) -> None:
        """These first events, own or left behind, are delivered or put aside."""

    def left_behind(self) -> Batch | None:
        """The first events that other processes have left behind; None where there are none (any more)."""

    def put_aside(self, refused: RefusedEvent) -> bool:
        """Keep an event that the server will never take, for a person to look at; False where that cannot be done."""

    def seconds_to_sync(self) -> float:
        """In how long there will be something to sync that has waited long enough."""

    def syncing(self) -> Callable[[], None]:
        """What makes the events that wait now survive a power failure, to be called without the lock."""

    def close(self) -> None:
        """Let go of everything; what is kept, others may take."""


class MemoryQueue:
    """Events in memory, which end with the process."""

    keeps = False

    def __init__(self, limits: WriterLimits) -> None:
        self._limits = limits
        self._lines: deque[bytes] = deque()
        self._size = 0

    def append(self, line: bytes) -> bool:
        """Take an event while all that wait stay within `memory_bytes`."""
        if self._size + len(line) > self._limits.memory_bytes:
            return False
        self._lines.append(line)
        self._size += len(line)
        return True

    def head(self) -> Batch:
        """As many as go in one request."""
        lines: list[bytes] = []
        size = 0
        for line in islice(self._lines, self._limits.batch_events):
            size += len(line) + 1
            if lines and size > self._limits.batch_bytes:
                break
            lines.append(line)
        return Batch(lines, own=True)

    def forget(self, batch: Batch) -> None:
        """Drop them."""
        for _ in batch.lines:
            self._size -= len(self._lines.popleft())

    def left_behind(self) -> None:
        """Nobody can leave anything in another's memory."""

    def put_aside(self, _refused: RefusedEvent) -> bool:
        """There is no place where anybody could look."""
        return False

    def seconds_to_sync(self) -> float:
        """Never."""
        return math.inf

    def syncing(self) -> Callable[[], None]:
        """There is nothing to be done."""
        return lambda: None

    def close(self) -> None:
        """There is nothing to be done."""
