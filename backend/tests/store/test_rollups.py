"""Roll-ups are what the facts say, whoever writes the facts, and from the moment at which there are roll-ups."""

# ruff: noqa: S608 (statements are put together from constants)

from __future__ import annotations

import asyncio
import shutil
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest

from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.store import rollups
from groove_dashboard.store.migrate import migrate
from groove_dashboard.store.migration import MIGRATIONS
from groove_dashboard.store.rollups import Calendar
from groove_dashboard.store.verification import verify
from tests.databases import set_day
from tests.oracle.events import LEARNING_IDS
from tests.oracle.histories import MOMENTS, random_events, random_world
from tests.topics.facts import NOW, extracted, learning_id, recorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from groove_dashboard.messages.types import IngestEvent
    from groove_dashboard.store.database import Database

# What a program may do to facts that are there. Each statement changes some rows and leaves others.
FOREIGN_STATEMENTS: Final = (
    "update attribution set contribution = 0.25 where activated",
    "update attribution set occurred_at = occurred_at - interval '40 days' where not withheld",
    "update attribution set learning_id = $1 where learning_id <> $1 and session_id = 's1'",
    "update attribution set withheld = not withheld",
    "delete from attribution where session_id = 's1'",
    "update session set started_at = null where started_at < '2026-03-10'",
    "update session set assessed_at = assessed_at + interval '1 day'",
    "update session set score = 0.123 where score > 0.5",
    "delete from session where id = 's1'",
    "update strategy_outcome set variant = 'deferred' where context_type = 'batch'",
    "update strategy_outcome set learning_id = $1",
    "update strategy_outcome set session_id = 'another'",
    "delete from strategy_outcome where value > 0",
    "update ablation set state = 'completed', value = 0.1, confidence = 0.9",
    "update ablation set learning_id = $1",
    "delete from ablation where experiment_id = 'e1'",
    "update learning set category = 'solution' where category <> 'solution'",
    "delete from learning where id = $1",
    "delete from learning_status",
    "insert into learning_decision (learning_id, decided_at, decision) values ($1, now(), 'disabled')",
    "insert into learning_tombstone (learning_id, deleted_at) values ($1, now())",
    "delete from learning_tombstone",
)


async def take(database: Database, seed: int) -> list[IngestEvent]:
    """Store some random events."""
    random = Random(seed)
    events = random_events(random, random_world(random, MOMENTS[0]))
    await Ingest(database, lambda: MOMENTS[0], lambda: None).apply(events)
    return events


@pytest.fixture
async def foreign(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A program that writes into our tables."""
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.mark.parametrize("seed", range(3))
async def test_they_follow_what_other_programs_write(
    database: Database, database_url: str, foreign: asyncpg.Connection, seed: int
) -> None:
    for number, statement in enumerate(Random(seed).sample(FOREIGN_STATEMENTS, len(FOREIGN_STATEMENTS))):
        await take(database, 100 * seed + number)
        try:
            await foreign.execute(statement, *([LEARNING_IDS[0]] if "$1" in statement else []))
        except asyncpg.UniqueViolationError:
            continue  # the learning has such a record, or the decision is there already
        differences, _ = await verify(database_url)
        assert differences == [], statement


async def test_another_programs_way_to_write_numbers_changes_no_figure(
    database: Database, database_url: str, foreign: asyncpg.Connection
) -> None:
    await Ingest(database, lambda: NOW, lambda: None).apply([extracted(1), recorded("s", 1, 0.5)])
    await foreign.execute("set extra_float_digits = 0")
    await foreign.execute("update attribution set contribution = 0.12345649999999999")
    assert await verify(database_url) == ([], [])


async def test_another_program_cannot_write_a_second_record_of_a_session_and_learning(
    database: Database, foreign: asyncpg.Connection
) -> None:
    await Ingest(database, lambda: NOW, lambda: None).apply([extracted(1), recorded("s", 1, 0.5)])
    with pytest.raises(asyncpg.UniqueViolationError, match="one record for each session and learning"):
        await foreign.execute(
            """
            insert into attribution (
                session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
            )
            values ('s', $1, gen_random_uuid(), '2025-01-01', true, false, 0.5, 0.5)
            """,
            learning_id(1),
        )


async def test_a_database_of_the_first_version_comes_out_exact(
    empty_database_url: str, database: Database, foreign: asyncpg.Connection, tmp_path: Path
) -> None:
    """Facts that were stored before there were roll-ups, in tables that a server of this version has filled."""
    shutil.copy(MIGRATIONS / "0001_facts.sql", tmp_path)
    assert await migrate(empty_database_url, tmp_path) == ["0001_facts"]
    old = await asyncpg.connect(empty_database_url)
    try:
        for seed in range(5):
            await take(database, seed)
        for table in (
            "learning",
            "learning_status",
            "learning_decision",
            "learning_tombstone",
            "session",
            "attribution",
            "ablation",
            "strategy_outcome",
            "adaptive_param",
            "component_report",
            "event",
        ):
            columns = await old.fetchval(
                "select string_agg(column_name, ',') from information_schema.columns where table_name = $1", table
            )
            rows = await foreign.fetch(f"select {columns} from {table}")
            await old.copy_records_to_table(table, records=rows, columns=columns.split(","))
    finally:
        await old.close()
    assert "0009_rebuild" in await migrate(empty_database_url)
    assert await verify(empty_database_url) == ([], [])
    assert await everything(empty_database_url) == await everything(await url_of(foreign, empty_database_url))


async def url_of(connection: asyncpg.Connection, other_url: str) -> str:
    """The URL of the database that a connection is to, on the server of another URL."""
    name = await connection.fetchval("select current_database()")
    other = other_url.split("?", maxsplit=1)[0].rsplit("/", maxsplit=1)[1]
    return other_url.replace(other, name)


async def everything(url: str) -> list[list[tuple[object, ...]]]:
    """The roll-ups that do not depend on when they were made."""
    connection = await asyncpg.connect(url)
    try:
        return [
            [tuple(row) for row in await connection.fetch(statement)]
            for statement in (
                "select learning_id, known, records, value from learning_total where records > 0 order by 1",
                "select learning_id, day, records, contribution_sum from learning_day where records > 0 order by 1, 2",
                "select assessed_day, started_day, sessions from session_day where sessions > 0 order by 1, 2",
                "select category, context_type, sessions from strategy_context where sessions > 0 order by 1, 2",
            )
        ]
    finally:
        await connection.close()


async def test_rebuilding_brings_what_was_kept(database: Database, database_url: str) -> None:
    for seed in range(5):
        await take(database, seed)
    kept = await everything(database_url)
    async with database._connection() as connection, connection.transaction():
        await rollups.rebuild(connection)
    assert await everything(database_url) == kept
    assert await verify(database_url) == ([], [])


async def test_facts_that_are_written_in_a_pause_count_after_rebuilding(
    database_url: str, foreign: asyncpg.Connection
) -> None:
    async with foreign.transaction():
        await rollups.pause(foreign)
        await foreign.execute("insert into session (id, started_at) values ('s', now())")
        await rollups.rebuild(foreign)
    assert await foreign.fetchval("select sum(sessions) from session_day") == 1
    await foreign.execute("insert into session (id, started_at) values ('t', now())")
    assert await foreign.fetchval("select sum(sessions) from session_day") == 2
    assert await verify(database_url) == ([], [])


async def test_the_calendar_turns_all_learnings_and_makes_the_months_tables(
    database: Database, foreign: asyncpg.Connection
) -> None:
    await Ingest(database, lambda: NOW, lambda: None).apply([extracted(number) for number in range(7)])
    await set_day(foreign, date(2026, 10, 31))
    assert await Calendar(database).turn() is not None
    assert await last_days(foreign) == {date(2026, 10, 31)}
    months = await foreign.fetch(
        "select to_regclass('attribution_2026_' || month) as name from unnest($1::text[]) month", ["10", "11"]
    )
    assert all(row["name"] for row in months)


async def test_the_windows_go_by_the_databases_day_and_are_not_turned_back_around_midnight(
    database: Database, foreign: asyncpg.Connection
) -> None:
    """Of two transactions around midnight, the one that began before it may come last."""
    await Ingest(database, lambda: NOW, lambda: None).apply([extracted(1)])
    for day, moved in ((11, 1), (11, 0), (10, 0), (12, 1)):
        await set_day(foreign, date(2026, 3, day))
        assert await database.run(lambda stores: stores.roll_ups.advance()) == moved
    assert await last_days(foreign) == {date(2026, 3, 12)}


async def test_windows_that_a_wrong_clock_has_taken_ahead_come_back(
    database: Database, foreign: asyncpg.Connection
) -> None:
    await Ingest(database, lambda: NOW, lambda: None).apply([extracted(1)])
    for day in (date(2027, 3, 10), date(2026, 3, 10)):
        await set_day(foreign, day)
        await Calendar(database).turn()
        assert await last_days(foreign) == {day}


async def test_learnings_that_were_busy_at_midnight_are_moved_on_soon(
    database: Database, foreign: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groove_dashboard.store.rollups.SHORTEST_DELAY", 0.01)
    await Ingest(database, lambda: NOW, lambda: None).apply([extracted(1), extracted(2)])
    await set_day(foreign, date(2027, 1, 1))
    writer = foreign.transaction()
    await writer.start()
    await foreign.execute("select hold_learnings($1::uuid[])", [learning_id(1)])
    turning = asyncio.create_task(Calendar(database).run())
    while len(await last_days(foreign)) == 1:
        pass  # the other one is moved on meanwhile
    await writer.rollback()
    while await last_days(foreign) != {date(2027, 1, 1)}:
        pass
    turning.cancel()
    await asyncio.wait([turning])


async def last_days(connection: asyncpg.Connection) -> set[date]:
    """With which days windows end."""
    return {row["as_of"] for row in await connection.fetch("select as_of from learning_total")}


async def test_records_move_into_the_table_of_their_month(database: Database, foreign: asyncpg.Connection) -> None:
    await Ingest(database, lambda: NOW, lambda: None).apply([extracted(1), recorded("s", 1, 0.5)])
    assert await foreign.fetchval("select tableoid::regclass::text from attribution") == "attribution_2026_03"
    await foreign.execute("update attribution set occurred_at = '1999-01-01'")
    assert await foreign.fetchval("select tableoid::regclass::text from attribution") == "attribution_other"
    await foreign.execute("update attribution set occurred_at = '2026-05-31T23:59:59.999999Z'")
    assert await foreign.fetchval("select make_attribution_month('2026-05-02')") is True
    assert await foreign.fetchval("select make_attribution_month('2026-05-03')") is False
    assert await foreign.fetchval("select tableoid::regclass::text from attribution") == "attribution_2026_05"


@pytest.mark.parametrize("day", ["1999-01-01", "9999-12-31"])
async def test_wrong_clocks_make_no_tables(foreign: asyncpg.Connection, day: str) -> None:
    assert await foreign.fetchval("select make_attribution_month($1::text::date)", day) is False
