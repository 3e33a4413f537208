"""Periods of any length are exact, whichever weeks are kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest

from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.store.database import Database
from groove_dashboard.store.rollups import Calendar
from groove_dashboard.store.verification import verify
from tests.databases import HOW_MANY_WAIT, set_day
from tests.topics.facts import extracted, learning_id, recorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from groove_dashboard.messages.types import IngestEvent
    from groove_dashboard.store.contributors import Contributor
    from groove_dashboard.store.stores import Stores

TODAY: Final = date(2026, 11, 27)
LEARNINGS: Final = range(1, 6)
WRITE: Final = """
insert into attribution (
    session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
)
values ('foreign', $1, gen_random_uuid(), $2, true, false, 0.25, 0.5)
"""


@pytest.fixture
async def foreign(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A program that writes into our tables."""
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.mark.parametrize(
    "turns",
    [
        [0],
        [0, 1, 3, 8],
        [0, 7, 14, 100],
        pytest.param([0, 500], id="everything stood still for more than a year"),
        pytest.param([0, 60, 0], id="the clock was ahead"),
        pytest.param([0, 5000, 0], id="the clock was far ahead"),
        pytest.param([0, -800], id="the clock was behind"),
    ],
)
async def test_periods_are_what_their_days_come_to(
    database: Database, database_url: str, foreign: asyncpg.Connection, turns: list[int]
) -> None:
    """On each of these days from the first, after records of days before it, of today and to come."""
    random = Random(len(turns))
    ingest = Ingest(database, lambda: at(TODAY), lambda: None)
    await ingest.apply([extracted(number) for number in LEARNINGS])
    for turn, days in enumerate(turns):
        today = TODAY + timedelta(days=days)
        await set_day(foreign, today)
        await ingest.apply(records(random, f"{turn} late", today))
        await Calendar(database).turn()
        await ingest.apply(records(random, f"{turn}", today))
        await foreign.execute("delete from attribution where session_id like '% 7'")
        await foreign.execute(
            "update attribution set occurred_at = occurred_at - interval '9 days' where random() < 0.1"
        )
        assert await verify(database_url) == ([], [])
        for length in (1, 2, 8, 45, 200, *random.sample(range(1, 366), 5), 364, 365):
            listed, _ = await database.run(partial(read_period, days=length, today=today))
            assert {one.learning_id: (one.session_count, one.value) for one in listed} == await averages(
                foreign, length, today
            )


async def test_where_nothing_says_which_weeks_are_kept_they_are_started_anew(
    database: Database, database_url: str, foreign: asyncpg.Connection
) -> None:
    await set_day(foreign, TODAY)
    ingest = Ingest(database, lambda: at(TODAY), lambda: None)
    await ingest.apply([*map(extracted, LEARNINGS), *records(Random(1), "s", TODAY)])
    await foreign.execute("truncate kept_weeks, learning_week")
    for _ in range(2):
        listed, _ = await database.run(partial(read_period, days=45, today=TODAY))
        assert {one.learning_id: (one.session_count, one.value) for one in listed} == await averages(foreign, 45, TODAY)
        await Calendar(database).turn()
    assert await foreign.fetchval("select count(*) from learning_week") > 0
    assert await verify(database_url) == ([], [])


async def test_weeks_may_take_longer_than_requests(database_url: str, foreign: asyncpg.Connection) -> None:
    database = await Database.connect(database_url, command_timeout=0.2)
    await set_day(foreign, TODAY)
    await foreign.execute(
        "create or replace function start_weeks(with_week date) returns void language sql as $$ select pg_sleep(0.5) $$"
    )
    await foreign.execute("truncate kept_weeks")
    assert await database.run(lambda stores: stores.roll_ups.keep_next_week())
    await database.close()


async def test_writers_do_not_wait_long_for_a_week_that_waits_for_one_of_them(
    database: Database, foreign: asyncpg.Connection
) -> None:
    await Ingest(database, lambda: at(TODAY), lambda: None).apply([extracted(1)])
    await Calendar(database).turn()
    await set_day(foreign, datetime.now(UTC).date() + timedelta(days=14))
    async with foreign.transaction():
        await foreign.execute(WRITE, learning_id(1), at(TODAY))
        with pytest.raises(asyncpg.LockNotAvailableError):
            await database.run(lambda stores: stores.roll_ups.keep_next_week())


async def test_no_week_is_kept_while_a_writer_has_not_committed(
    database: Database, database_url: str, foreign: asyncpg.Connection
) -> None:
    await Ingest(database, lambda: at(TODAY), lambda: None).apply([extracted(1)])
    await Calendar(database).turn()
    writing = foreign.transaction()
    await writing.start()
    await foreign.execute(WRITE, learning_id(1), at(TODAY))
    other = await asyncpg.connect(database_url)
    await set_day(other, datetime.now(UTC).date() + timedelta(days=14))
    turning = asyncio.create_task(Calendar(database).turn())
    while not await other.fetchval(HOW_MANY_WAIT):
        pass
    await writing.commit()
    await turning
    await other.close()
    assert await verify(database_url) == ([], [])


async def test_a_writer_whose_snapshot_is_older_than_a_week_that_is_kept_has_to_try_again(
    database: Database, database_url: str, foreign: asyncpg.Connection
) -> None:
    await Ingest(database, lambda: at(TODAY), lambda: None).apply([extracted(1)])
    await Calendar(database).turn()
    other = await asyncpg.connect(database_url)
    writing = foreign.transaction(isolation="repeatable_read")
    await writing.start()
    await foreign.fetchval("select count(*) from learning")
    await set_day(other, datetime.now(UTC).date() + timedelta(days=14))
    assert await other.fetchval("select keep_next_week()")
    with pytest.raises(asyncpg.SerializationError):
        await foreign.execute(WRITE, learning_id(1), at(TODAY))
    await other.close()
    assert await verify(database_url) == ([], [])


async def read_period(stores: Stores, days: int, today: date) -> tuple[list[Contributor], list[Contributor]]:
    """Whom the period speaks for, and whom against."""
    return await stores.contributors.of_period(days, today, len(LEARNINGS))


def at(day: date) -> datetime:
    """A moment of that day."""
    return datetime.combine(day, time(12), UTC)


def records(random: Random, session: str, today: date) -> list[IngestEvent]:
    """Each of a session of its own; most of them in the last months."""
    return [
        recorded(
            f"{session} {number}",
            random.choice(LEARNINGS),
            random.randint(1, 8) / 8,
            at(today - timedelta(days=random.choice(ages))),
        )
        for number, ages in enumerate((range(-2, 1), range(9), range(100), range(800)) * 10)
    ]


async def averages(connection: asyncpg.Connection, days: int, today: date) -> dict[str, tuple[int, float]]:
    """How many activated records of each learning the period has, and what they contributed on average."""
    rows = await connection.fetch(
        """
        select learning_id::text as id, count(*) as records, avg(contribution) as average
        from attribution
        where activated and (occurred_at at time zone 'utc')::date between $1::date and $2::date
        group by learning_id
        """,
        today - timedelta(days=days - 1),
        today,
    )
    return {row["id"]: (row["records"], round(row["average"], 6)) for row in rows}
