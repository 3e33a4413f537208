"""What a contestant has to be able to do, and what the baselines have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

GREETING: Final = orjson.dumps({"type": "greeting"})
"""The one text that a baseline sends who connects."""


class Contestant(ABC):
    """A server that sends what changed to all who are connected."""

    @abstractmethod
    async def listen(self, stack: AsyncExitStack) -> int:
        """Listen on the loopback address until the stack ends, and give the port."""

    @abstractmethod
    def prepare(self, size: int) -> None:
        """From now on, what changed takes so many bytes of payload: about, here; exactly, for a baseline."""

    @abstractmethod
    async def change(self, topics: int) -> None:
        """Change so many topics at one moment; a baseline writes so many frames, one by one."""

    def change_row(self) -> None:
        """Change one row of a list of 500."""
        raise NotImplementedError

    @property
    def reads(self) -> int:
        """How often the source has been read."""
        return 0


class Baseline(Contestant):
    """One that has no topics: it is told how long the text of a change is, and fills it."""

    def __init__(self) -> None:
        self._size = 0
        self._changes = 0

    def prepare(self, size: int) -> None:
        """From now on, a text has exactly so many bytes."""
        self._size = size

    def _next_text(self) -> bytes:
        self._changes += 1
        bare = orjson.dumps({"type": "change", "version": f"{self._changes:010}", "filler": ""})
        return bare[:-2] + b"x" * (self._size - len(bare)) + bare[-2:]
