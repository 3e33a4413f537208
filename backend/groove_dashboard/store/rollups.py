"""The roll-ups that topics read: kept by triggers with every fact, moved on when the day ends, made anew when need be.

The migrations hold what they are and how they are kept. Nothing here changes what a topic shows, only what it costs.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NoReturn

import asyncpg

from groove_dashboard.store.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from groove_dashboard.store.database import Database

LEARNINGS_AT_ONCE: Final = 500
"""Their writers wait meanwhile: some 50 ms."""
LONGEST_SLEEP: Final = 3600.0
"""Seconds; the database's clock may be set, or this machine's sleep may not count."""
SHORTEST_DELAY: Final = 1.0
LONGEST_DELAY: Final = 60.0
"""Seconds until what was left is tried again; each is twice the one before."""

PAUSE: Final = """
select set_config('groove_dashboard.rolls_up', 'off', true)
"""

REBUILD: Final = """
select rebuild_roll_ups()
"""

TODAY: Final = """
select
    utc_today() as day,
    extract(epoch from (utc_today() + 1)::timestamp at time zone 'utc' - now())::float8 as seconds_left
"""

ADVANCE: Final = """
select advance_windows($1)
"""

WEEK_SECONDS: Final = 600.0
"""To start the weeks anew after more than a year may take longer than what requests are given."""

UNHURRIED: Final = """
select set_config('statement_timeout', $1::int || 's', true)
"""

KEEP_NEXT_WEEK: Final = """
select keep_next_week()
"""

IS_BEHIND: Final = """
select exists (
    select from learning_total
    where known and is_outdated(as_of)
)
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

    async def today(self) -> tuple[date, float]:
        """The UTC day by the database's clock, and how many seconds are left of it."""
        row = await self._connection.fetchrow(TODAY)
        return row["day"], row["seconds_left"]

    async def advance(self, at_most: int = LEARNINGS_AT_ONCE) -> int:
        """Let the periods of up to so many learnings end with today; how many that were. Busy learnings are left."""
        count: int = await self._connection.fetchval(ADVANCE, at_most)
        return count

    async def keep_next_week(self) -> bool:
        """Keep what there was before one more week, if another has begun; whether there was anything to do."""
        # The server and the driver each have a bound of their own.
        await self._connection.execute(UNHURRIED, round(WEEK_SECONDS))
        answer: bool = await self._connection.fetchval(KEEP_NEXT_WEEK, timeout=WEEK_SECONDS)
        return answer

    async def is_behind(self) -> bool:
        """Whether there are periods that do not end with today yet."""
        answer: bool = await self._connection.fetchval(IS_BEHIND)
        return answer


class Calendar:
    """Lets the periods that are kept summed up end with today's UTC day, from when it begins by the database's clock.

    Until it has done so, readers add the days up, so being late costs time and never a figure. Several processes may
    do it at once: each takes learnings that no other has taken.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> NoReturn:
        """Turn the page each midnight, whatever the database says to it; cancel it to end it."""
        delay = SHORTEST_DELAY
        while True:
            seconds_left = None
            try:
                seconds_left = await self.turn()
            except (DatabaseUnavailable, asyncpg.PostgresError) as error:
                log.warning("the periods could not be moved on, which makes them slower to read: %s", error)
            if seconds_left is None:
                await asyncio.sleep(delay)
                delay = min(2 * delay, LONGEST_DELAY)
            else:
                await asyncio.sleep(min(max(seconds_left, SHORTEST_DELAY), LONGEST_SLEEP))
                delay = SHORTEST_DELAY

    async def turn(self) -> float | None:
        """Move all learnings on to today, some at a time; make the tables of this month and the next; keep new weeks.

        Gives the seconds that are left of the day; None where learnings are left that writers were busy with.
        """
        today, seconds_left = await self._database.run(lambda stores: stores.roll_ups.today())
        next_month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
        await self._database.run(lambda stores: stores.attributions.make_months([today, next_month]))
        while await self._database.run(lambda stores: stores.roll_ups.advance()):
            pass
        while await self._database.run(lambda stores: stores.roll_ups.keep_next_week()):
            pass
        is_behind = await self._database.run(lambda stores: stores.roll_ups.is_behind())
        return None if is_behind else seconds_left
