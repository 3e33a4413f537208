"""Writes what connections are owed: once a turn of the event loop, and one write for each connection.

There is no task for a connection that keeps up, and no queue for any. Whoever is owed something stands in a list, those
who subscribe to a topic that has changed in its own; a moment later one round goes through the lists, so that what came
together goes out together: a write costs the kernel far more than what is in it.
"""

from __future__ import annotations

import asyncio
import logging
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from groove_dashboard.web.frames import Frames
from groove_dashboard.web.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from groove_dashboard.live.channel import Channel
    from groove_dashboard.live.clock import Clock
    from groove_dashboard.web.connection import Connection

AT_ONCE: Final = 128
"""Connections that are written to before others get a turn: with 4,000, that comes after some 5 ms and not after 60."""
LAG_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Of the histogram, in seconds; who lags for longer than the last one is cut off."""

log = logging.getLogger(__name__)


class Fanout:
    """The connections of a process that are owed something, and what was written to all of them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: list[Connection] = []
        self._changed: dict[Channel, None] = {}  # each once, in the order of the changes
        self._rounds = 0
        self._round: Iterator[Connection] = iter(())
        self._under_way = False
        self._waiting_since = 0.0
        self._owed_since = 0.0
        self._late = 0
        self.frames = Frames()
        self.lag = Histogram(LAG_BOUNDS)
        """From the moment at which something was owed to that at which it was written."""
        self.sent = 0
        """Frames that were written."""
        self.sent_bytes = 0
        """Bytes that were written."""

    def add(self, connection: Connection) -> None:
        """The connection is owed something. It is not to be added again while it `is_woken`."""
        self._expect()
        self._waiting.append(connection)

    def add_subscribers(self, channels: Sequence[Channel]) -> None:
        """All who subscribe to these topics are owed something.

        They are looked at when the round comes to them: to wake thousands one by one takes as long as it may take until
        others get a turn, and brings each into the processor's caches once more than needed.
        """
        if channels:
            self._expect()
            self._changed.update(dict.fromkeys(channels))

    def write_at_once(self, connection: Connection) -> None:
        """Write what the connection is owed without waiting for a round.

        For what one connection is answered: nobody else is sent it, and while thousands connect at once, what waits for
        each of them would take a tenth of all memory.
        """
        now = self._clock.monotonic()
        in_time = self._write((connection,), now)
        self.frames.forget()
        self.lag.observe(self._clock.monotonic() - now, in_time)

    def count_joined(self, frames: int) -> None:
        """So many frames go out in one write."""
        self.sent += max(0, frames - 1)

    def count_late(self, seconds: float) -> None:
        """A write is about to be made that comes so late, since its connection lagged."""
        self.lag.observe(seconds)
        self._late += 1

    def _expect(self) -> None:
        """Something will wait for the next round, which begins soon, or when the one that is under way ends."""
        if self._waiting or self._changed:
            return
        self._waiting_since = self._clock.monotonic()
        if not self._under_way:
            self._under_way = True
            asyncio.get_running_loop().call_soon(self._begin)

    def _begin(self) -> None:
        # All subscribers are connections of this server; a copy, since they come and go during the round.
        subscribers = [cast("tuple[Connection, ...]", tuple(channel.subscriptions)) for channel in self._changed]
        self._rounds += 1
        self._round = _in_turn(self._waiting, subscribers, self._rounds)
        self._waiting, self._changed = [], {}
        self._owed_since = self._waiting_since
        self._go_on()

    def _go_on(self) -> None:
        connections = tuple(islice(self._round, AT_ONCE))
        in_time = self._write(connections, self._clock.monotonic())
        self.frames.forget()
        if in_time:
            self.lag.observe(self._clock.monotonic() - self._owed_since, in_time)
        if len(connections) == AT_ONCE:
            asyncio.get_running_loop().call_soon(self._go_on)
        elif self._waiting or self._changed:
            asyncio.get_running_loop().call_soon(self._begin)
        else:
            self._under_way = False

    def _write(self, connections: Iterable[Connection], now: float) -> int:
        """Write what they are owed; how many that was that had not lagged.

        First all is taken, and then all is written: to change between the two for each connection takes a tenth more of
        the processor, whose caches have no room for both.
        """
        to: list[Connection] = []
        transports: list[asyncio.Transport] = []
        frames: list[bytes] = []
        self._late = 0
        for connection in connections:
            try:
                frame = connection.take(now)
            except Exception as error:  # noqa: BLE001 - logged
                _broke(connection, error)
            else:
                if frame is not None:
                    to.append(connection)
                    transports.append(connection.transport)
                    frames.append(frame)
        for number, transport in enumerate(transports):
            try:
                transport.write(frames[number])
                # Nearly always the kernel takes all at once, and neither the connection nor its protocol is looked at.
                if transport.get_write_buffer_size() and to[number].protocol.writing_paused:
                    to[number].lags()
            except Exception as error:  # noqa: BLE001 - logged
                _broke(to[number], error)
        self.sent += len(frames)
        self.sent_bytes += sum(map(len, frames))
        return len(frames) - self._late


def _in_turn(
    waiting: Iterable[Connection], subscribers: Iterable[Iterable[Connection]], round_: int
) -> Iterator[Connection]:
    """Each of them once, though it may subscribe to several topics: it is sent all at once."""
    for connection in waiting:
        connection.is_woken = False
        connection.round = round_
        yield connection
    for group in subscribers:
        for connection in group:
            if connection.round != round_:
                connection.round = round_
                yield connection


def _broke(connection: Connection, error: Exception) -> None:
    """What breaks is a fault of ours, which must not hold up those behind it."""
    log.error("a connection could not be written to", exc_info=error)
    connection.cut_off()
