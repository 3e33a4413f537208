"""The roll-ups that topics read: kept by triggers with every fact, moved on when the day ends, made anew when need be.

The migrations hold what they are and how they are kept. Nothing here changes what a topic shows, only what it costs.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NoReturn

import asyncpg

from groove_dashboard.store.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from groove_dashboard.store.database import Database

LEARNINGS_AT_ONCE: Final = 500
"""Their writers wait meanwhile: some 50 ms."""
LONGEST_SLEEP: Final = 3600.0
"""Seconds; the machine's clock may be set, or its sleep may not count."""
PAUSE_AFTER_FAILURE: Final = 5.0

PAUSE: Final = """
select set_config('groove_dashboard.rolls_up', 'off', true)
"""

REBUILD: Final = """
select rebuild_roll_ups()
"""

ADVANCE: Final = """
select advance_windows($1, $2)
"""

log = logging.getLogger(__name__)


async def pause(connection: asyncpg.Connection) -> None:
    """Let the facts that the rest of this transaction writes leave the roll-ups alone; `rebuild` is to follow.

    For whoever fills an empty database with millions of facts at once.
    """
    await connection.execute(PAUSE)


async def rebuild(connection: asyncpg.Connection) -> None:
    """Make all roll-ups anew from the facts, in the connection's transaction; nobody reads or writes meanwhile.

    It takes seconds for each million attribution records, so the connection's time-outs must be off.
    `groove-dashboard verify --repair` mends single figures without stopping anybody.
    """
    await connection.execute(REBUILD)


class RollUpStore:
    """Moves the roll-ups on, in the transaction of one connection."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def advance(self, today: date, at_most: int = LEARNINGS_AT_ONCE) -> int:
        """Let the periods of up to so many learnings end with this UTC day; how many learnings that were."""
        count: int = await self._connection.fetchval(ADVANCE, today, at_most)
        return count


class Calendar:
    """Lets the periods that are kept summed up end with today's UTC day, from when it begins; `clock` tells the moment.

    Until it has done so, readers add the days up, so being late costs time and never a figure. Several processes may
    do it at once: each takes learnings that no other has taken.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> NoReturn:
        """Turn the page each midnight, whatever the database says to it; cancel it to end it."""
        while True:
            try:
                await self.turn()
            except (DatabaseUnavailable, asyncpg.PostgresError) as error:
                log.warning("the periods could not be moved on, which makes them slower to read: %s", error)
                await asyncio.sleep(PAUSE_AFTER_FAILURE)
            else:
                await asyncio.sleep(self._seconds_left())

    async def turn(self) -> None:
        """Move all learnings on to today, some at a time, and make the tables of this month and the next."""
        today = self._today()
        next_month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
        await self._database.run(lambda stores: stores.attributions.make_months([today, next_month]))
        while await self._database.run(lambda stores: stores.roll_ups.advance(today)):
            pass

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()

    def _seconds_left(self) -> float:
        midnight = datetime.combine(self._today() + timedelta(days=1), time(), UTC)
        return min((midnight - self._clock()).total_seconds(), LONGEST_SLEEP)
