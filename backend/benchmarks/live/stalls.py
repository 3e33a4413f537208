"""How long the event loop lets others wait."""

from __future__ import annotations

import asyncio
from typing import Final

TICK_SECONDS: Final = 0.002


class StallWatch:
    """A timer that is due every two milliseconds, and by how much it comes too late."""

    def __init__(self) -> None:
        self._begun = 0.0
        self._due = 0.0
        self._worst: list[float] = []
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Watch from now on."""
        self._begun = asyncio.get_running_loop().time()
        self._worst = []
        self._wait(self._begun)

    def end(self) -> list[float]:
        """The longest delay in each second since then, in seconds; the last, broken second is left out."""
        if self._timer is not None:
            self._timer.cancel()
        return self._worst[: int(asyncio.get_running_loop().time() - self._begun)]

    def _tick(self) -> None:
        now = asyncio.get_running_loop().time()
        second = int(now - self._begun)
        self._worst += [0.0] * (second + 1 - len(self._worst))
        self._worst[second] = max(self._worst[second], now - self._due)
        self._wait(now)

    def _wait(self, now: float) -> None:
        self._due = now + TICK_SECONDS
        self._timer = asyncio.get_running_loop().call_at(self._due, self._tick)
