"""How a process learns what any process committed.

The table of changes, read from a cursor, is the truth. A notification only wakes the reader early, and a reading every
second covers those that are lost: losing one costs latency, never a change.
"""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

import asyncpg

from groove_dashboard.store.changes import KEPT, ChangeLog, Reading
from groove_dashboard.store.connection import close, connect
from groove_dashboard.store.errors import DatabaseUnavailable, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from groove_dashboard.store.changes import Change
    from groove_dashboard.store.database import Database

STATEMENTS_KEPT: Final = 10  # there are few, run each second
CHANNEL: Final = "groove_dashboard_changes"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTiming:
    """Durations; the plain numbers are seconds."""

    poll: float = 1.0
    """How long a lost notification can delay a change."""
    gap: float = 0.01
    """How far apart two readings are at least, so that a burst of commits is read at once."""
    prune: float = 60.0
    keep: timedelta = KEPT
    shortest_retry: float = 0.1
    longest_retry: float = 5.0
    command: float = 10.0
    """How long a dead network goes unnoticed."""


DEFAULT_TIMING: Final = FeedTiming()


class ChangeFeed:
    """Tells one process what was committed, by itself and by others, on a connection of its own.

    `on_changes` gets what was committed since the call before; every commit is in exactly one call.
    `on_gap` says that changes may have been missed, so that everything is to be looked at anew: once at the start,
    and whenever the feed was away for longer than changes are kept. Both are called in the loop and must not block.
    """

    def __init__(
        self,
        url: str,
        on_changes: Callable[[Sequence[Change]], None],
        on_gap: Callable[[], None],
        *,
        timing: FeedTiming = DEFAULT_TIMING,
    ) -> None:
        self._url = url
        self._on_changes = on_changes
        self._on_gap = on_gap
        self._timing = timing
        self._position: str | None = None
        self._awake = asyncio.Event()
        self._connected = False
        self._next_prune = 0.0

    @property
    def connected(self) -> bool:
        """Whether commits are being heard of now."""
        return self._connected

    def wake(self) -> None:
        """Read now; for commits of this process, which need no notification."""
        self._awake.set()

    async def run(self) -> NoReturn:
        """Read for ever, over any number of lost connections; cancel it to end it."""
        failures = 0
        while True:
            try:
                await self._follow()
            except (DatabaseUnavailable, asyncpg.PostgresError) as error:
                failures = 0 if self._connected else failures + 1
                delay = self._retry_delay(failures)
                log.warning("the change feed lost the database and tries again in %.1f s: %s", delay, error)
            finally:
                self._connected = False
            await asyncio.sleep(delay)

    def _retry_delay(self, failures: int) -> float:
        limit = min(self._timing.longest_retry, self._timing.shortest_retry * 2**failures)
        return random.uniform(self._timing.shortest_retry, limit)  # noqa: S311 (spreads load, guards nothing)

    async def _follow(self) -> NoReturn:
        connection = await connect(
            self._url,
            "groove-dashboard-feed",
            command_timeout=self._timing.command,
            statement_cache_size=STATEMENTS_KEPT,
        )
        try:
            # Listening comes before the first reading, so that nothing falls in between.
            await self._listen(connection)
            while True:
                self._awake.clear()
                await self._read(ChangeLog(connection))
                self._connected = True
                await self._prune_sometimes(ChangeLog(connection))
                await self._wait()
        finally:
            await close(connection)

    async def _listen(self, connection: asyncpg.Connection) -> None:
        with translated():
            connection.add_termination_listener(self._on_signal)
            await connection.add_listener(CHANNEL, self._on_signal)

    def _on_signal(self, *_: object) -> None:
        self._awake.set()

    async def _wait(self) -> None:
        await asyncio.sleep(self._timing.gap)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._timing.poll):
                await self._awake.wait()

    async def _read(self, changes: ChangeLog) -> None:
        """Report what is new, and move the cursor only then."""
        reading = await self._next_reading(changes)
        if reading.changes is None:
            self._on_gap()
        elif reading.changes:
            self._on_changes(reading.changes)
        self._position = reading.position

    async def _next_reading(self, changes: ChangeLog) -> Reading:
        with translated():
            if self._position is None:
                return Reading(await changes.position(), None)
            reading = await changes.read(self._position)
        if reading.changes is None:
            log.warning("the change feed was away for too long; everything is read anew")
        return reading

    async def _prune_sometimes(self, changes: ChangeLog) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._next_prune:
            self._next_prune = now + self._timing.prune
            with translated():
                await changes.prune(self._timing.keep)


class Notifier:
    """Wakes the feeds of other processes after commits, by at most twenty notifications a second.

    Not in the transaction that writes: a notifying commit holds a lock of the whole cluster until it is on the disk,
    which cost 3 to 8 times the commits at 32 to 50 writers.
    """

    def __init__(self, db: Database, *, interval: float = 0.05, interval_after_failure: float = 1.0) -> None:
        self._db = db
        self._interval = interval
        self._interval_after_failure = interval_after_failure
        self._pending = asyncio.Event()

    def committed(self) -> None:
        """Something was committed; the first of a burst is told at once, the others together a moment later."""
        self._pending.set()

    async def run(self) -> NoReturn:
        """Send for ever, whatever the database says to it; cancel it to end it."""
        while True:
            await self._pending.wait()
            self._pending.clear()
            await asyncio.sleep(self._interval if await self._sent() else self._interval_after_failure)

    async def _sent(self) -> bool:
        try:
            await self._db.notify(CHANNEL)
        # Not only while the database is away: its queue of notifications may be full, or this role may not notify.
        except (DatabaseUnavailable, asyncpg.PostgresError) as error:
            log.warning("a notification was not sent; other processes find the change by themselves: %s", error)
            return False
        return True
