"""The updates of a topic that a client may still need."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.live.limits import Limits
    from groove_dashboard.messages.types import Version


@dataclass(frozen=True, slots=True)
class Update:
    """How a state became the next one."""

    base: Version
    version: Version
    message: bytes | None
    """The update message; None where a snapshot says it in fewer bytes."""
    made_at: float
    """On the monotonic clock."""

    @property
    def size(self) -> int:
        """Bytes that the history is charged with."""
        return len(self.message or b"")


class History:
    """The last updates of a topic, each from the state at which the one before it ended.

    Bounded in number, age and bytes; what falls out of it is answered with a snapshot.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._updates: deque[Update] = deque()
        self._size = 0

    def __len__(self) -> int:
        return len(self._updates)

    @property
    def size(self) -> int:
        """Bytes of all messages."""
        return self._size

    def add(self, update: Update) -> None:
        """Add the newest update, and drop the oldest ones beyond the bounds."""
        self._updates.append(update)
        self._size += update.size
        while len(self._updates) > self._limits.history_updates or self._size > self._limits.history_bytes:
            self._drop()
        self.expire(update.made_at)

    def expire(self, now: float) -> None:
        """Drop what has grown too old."""
        while self._updates and self._updates[0].made_at + self._limits.history_seconds < now:
            self._drop()

    def since(self, version: Version | None) -> Sequence[Update] | None:
        """The updates that lead from that state to the newest; None where they are not known any more.

        A topic may come back to a state that it had: what counts is when it was in that state last.
        """
        missed: list[Update] = []
        for update in reversed(self._updates):
            missed.append(update)
            if update.base == version:
                return missed[::-1]
        return None

    def _drop(self) -> None:
        self._size -= self._updates.popleft().size
