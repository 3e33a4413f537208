"""The machine's clock, which the rooms are handed."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""
        return datetime.now(UTC)

    async def wait(self, event: asyncio.Event, until: float | None) -> None:
        """Return when the event is set or `monotonic` has reached `until`, whichever comes first."""
        delay = None if until is None else max(0.0, until - self.monotonic())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay):
                await event.wait()
