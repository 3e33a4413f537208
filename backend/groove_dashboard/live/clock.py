"""Time comes from outside, so that tests move it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio
    from datetime import datetime


class Clock(Protocol):
    """Tells the time and waits for it."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""

    async def wait(self, event: asyncio.Event, until: float | None) -> None:
        """Return when the event is set or `monotonic` has reached `until`, whichever comes first."""
