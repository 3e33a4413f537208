"""Giving up old attribution records and the ids of old events, once the roll-ups hold what they came to.

Whole months of records go, as tables, so that the cost does not depend on how many there are. Figures stay as they are.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import asyncpg

from groove_dashboard.store.connection import UNHURRIED, connected, transaction
from groove_dashboard.store.errors import DatabaseUnavailable, translated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SHORTEST: Final = timedelta(days=31)
ROWS_AT_ONCE: Final = 10_000
LOCK_TIMEOUT: Final = "2s"
DROP_ATTEMPTS: Final = 10
DROP_PAUSE: Final = 1.0
"""Seconds between two attempts to drop a month that readers hold."""

# From here on, records from before the horizon are too late, and what is kept of those days stands.
SET_HORIZON: Final = """
insert into retention (horizon)
values ($1)
on conflict (id) do update
set horizon = greatest(retention.horizon, excluded.horizon)
returning horizon
"""

MONTHS: Final = """
select pg_class.relname as name
from pg_inherits
join pg_class on pg_class.oid = pg_inherits.inhrelid
where
    pg_inherits.inhparent = 'attribution'::regclass
    and pg_class.relname ~ '^attribution_[0-9]{4}_[0-9]{2}$'
    and to_date(substring(pg_class.relname from 13), 'YYYY_MM') + interval '1 month' <= $1::date
order by pg_class.relname
"""

# The table itself and not `attribution`, so that no trigger takes the records out of the figures.
DELETE_OTHERS: Final = """
delete from attribution_other
where ctid = any(array(
    select ctid
    from attribution_other
    where occurred_at < $1::date::timestamp at time zone 'utc'
    limit $2
))
"""

DELETE_SPANS: Final = """
delete from attribution_session
where session_id = any(array(
    select session_id
    from attribution_session
    where last_at < $1::date::timestamp at time zone 'utc'
    limit $2
    for update skip locked
))
"""

DELETE_EVENTS: Final = """
delete from event
where event_id = any(array(
    select event_id
    from event
    where received_at < $1
    limit $2
))
"""


@dataclass(frozen=True, slots=True)
class Retained:
    """What was given up."""

    horizon: date
    """Attribution records from before this UTC day are no more, now or before."""
    months: list[str]
    """The months that went, as YYYY-MM."""
    events: int
    """Ids that are not recognised as repeats any more."""


async def retain(url: str, keep: timedelta, now: datetime) -> Retained:
    """Give up the months of records that ended before `keep` ago, and the ids of events that came in before that.

    `keep` is 31 days at least. Runs beside readers and writers; a month that is in use is tried for up to 30 s.
    Raises DatabaseUnavailable; what had been given up by then stays so, and the same call goes on from there.
    """
    if keep < SHORTEST:
        raise ValueError(f"Records are kept for {SHORTEST.days} days at least.")
    since = now.astimezone(UTC) - keep
    with translated():
        async with connected(url, "groove-dashboard-retention") as connection:
            async with transaction(connection, UNHURRIED):
                horizon: date = await connection.fetchval(SET_HORIZON, since.date().replace(day=1))
            months = [month async for month in _dropped(connection, horizon)]
            await _in_pieces(connection, DELETE_OTHERS, horizon)
            await _in_pieces(connection, DELETE_SPANS, horizon)
            events = await _in_pieces(connection, DELETE_EVENTS, since)
            return Retained(horizon, months, events)


async def _dropped(connection: asyncpg.Connection, horizon: date) -> AsyncIterator[str]:
    """Drop the months before the horizon; gives each that is gone."""
    async with transaction(connection, UNHURRIED):
        rows = await connection.fetch(MONTHS, horizon)
    for row in rows:
        name: str = row["name"]
        for attempt in range(1, DROP_ATTEMPTS + 1):
            try:
                async with transaction(connection, UNHURRIED):
                    await connection.execute("select set_config('lock_timeout', $1, true)", LOCK_TIMEOUT)
                    await connection.execute(f"drop table {name}")
                break
            # A reader that has read the month, and comes to the others later, may wait for us while we wait for it.
            except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
                if attempt == DROP_ATTEMPTS:
                    raise DatabaseUnavailable(f"The table {name} is in use; try again later.") from error
                await asyncio.sleep(DROP_PAUSE)
        yield name.removeprefix("attribution_").replace("_", "-")


async def _in_pieces(connection: asyncpg.Connection, statement: str, before: date | datetime) -> int:
    """Run the deletion until nothing is left for it; how many rows that were."""
    total = 0
    while True:
        async with transaction(connection, UNHURRIED):
            status = await connection.execute(statement, before, ROWS_AT_ONCE)
        count = int(status.removeprefix("DELETE "))
        total += count
        if count < ROWS_AT_ONCE:
            return total
