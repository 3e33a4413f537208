"""Looks after the silence of all connections at once: a timer for each of them would cost memory and time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.web.connection import Connection

LOOKS: Final = 20
"""How often it looks within the time after which a heartbeat is due: one may come late by so much of that time."""


class Heartbeats:
    """Wakes each connection that has been silent for `heartbeat_seconds`, for as long as there are connections."""

    def __init__(self, connections: Collection[Connection], limits: Limits, clock: Clock) -> None:
        self._connections = connections
        self._seconds = limits.heartbeat_seconds / LOOKS
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """There is a connection; doing so twice is harmless."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self._look)

    def stop(self) -> None:
        """There is none any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        now = self._clock.monotonic()
        for connection in self._connections:
            if connection.session.heartbeat_at <= now:
                connection.wake()
        self.start()
