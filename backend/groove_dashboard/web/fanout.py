"""Writes what connections are owed: once a turn of the event loop, and one write for each connection.

There is no task for a connection that keeps up, and no queue for any. Whoever is owed something stands in a list; a
moment later one round goes through the list, so that what came together goes out together: a write costs the kernel far
more than what is in it.
"""

from __future__ import annotations

import asyncio
import logging
from itertools import islice
from typing import TYPE_CHECKING, Final

from groove_dashboard.web.frames import Frames
from groove_dashboard.web.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groove_dashboard.live.clock import Clock
    from groove_dashboard.web.connection import Connection

AT_ONCE: Final = 256
"""Connections that are written to before others get a turn: of 4,000 that takes 8 ms instead of 63."""
LAG_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Of the histogram, in seconds; who lags for longer than the last one is cut off."""

log = logging.getLogger(__name__)


class Fanout:
    """The connections of a process that are owed something, and what was written to all of them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[Connection] = []
        self._round: Iterator[Connection] = iter(())
        self._under_way = False
        self._waiting_since = 0.0
        self._owed_since = 0.0
        self.frames = Frames()
        self.lag = Histogram(LAG_BOUNDS)
        """From the moment at which something was owed to that at which it was written."""
        self.sent = 0
        """Frames that were written."""
        self.sent_bytes = 0
        """Bytes that were written."""

    def add(self, connection: Connection) -> None:
        """The connection is owed something. It is not to be added again before it has been flushed."""
        if not self._waiting:
            self._waiting_since = self._clock.monotonic()
            if not self._under_way:
                self._under_way = True
                asyncio.get_running_loop().call_soon(self._begin)
        self._waiting.append(connection)

    def count(self, frames: int, size: int) -> None:
        """So many frames of so many bytes together were written."""
        self.sent += frames
        self.sent_bytes += size

    def _begin(self) -> None:
        self._round, self._waiting = iter(self._waiting), []
        self._owed_since = self._waiting_since
        self._go_on()

    def _go_on(self) -> None:
        now = self._clock.monotonic()
        connections = tuple(islice(self._round, AT_ONCE))
        written = 0
        for connection in connections:
            try:
                written += connection.flush(now)
            except Exception:  # a fault of ours, which must not hold up those behind it
                log.exception("a connection could not be written to")
                connection.cut_off()
        self.frames.forget()
        if written:
            self.lag.observe(self._clock.monotonic() - self._owed_since, written)
        if len(connections) == AT_ONCE:
            asyncio.get_running_loop().call_soon(self._go_on)
        elif self._waiting:
            asyncio.get_running_loop().call_soon(self._begin)
        else:
            self._under_way = False
