"""What programs change that write past our ingest is told to the feed where an operator has opted in."""

# ruff: noqa: S608 (statements are put together from constants)

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import asyncpg
import orjson
import pytest

from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.store.errors import MigrationError
from groove_dashboard.store.feed import CHANNEL
from groove_dashboard.store.foreign import install_triggers, remove_triggers
from groove_dashboard.store.migrate import LOCK, Patience
from groove_dashboard.store.stores import Stores
from tests.store.feeds import ONLY_WOKEN, following
from tests.web.site import attributed, extracted, reported, uuid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from groove_dashboard.store.database import Database

NOW: Final = datetime(2026, 3, 1, tzinfo=UTC)
A: Final = "00000000-0000-7000-8000-00000000000a"
B: Final = "00000000-0000-7000-8000-00000000000b"
AT: Final = "'2026-03-01'"
NOT_FACTS: Final = {"migration", "event", "change_log", "change_floor", "retention"}
PARTS: Final = {"attribution_other"}
ROLL_UPS: Final = {
    "attribution_session",
    "kept_weeks",
    "learning_count",
    "learning_day",
    "learning_week",
    "learning_total",
    "session_day",
    "strategy_context",
    "strategy_group",
    "strategy_learning",
    "strategy_session",
    "strategy_total",
    "tally",
}

# How another program writes a fact into each table, and what is to be told of it: the kind, and the learnings.
INSERTS: Final[dict[str, tuple[str, str, list[str] | None]]] = {
    "learning": (
        f"""
        insert into learning (
            id, event_id, created_at, scope_level, category, content, content_folded, confidence, extraction_method
        )
        values ('{A}', '{B}', {AT}, 'global', 'solution', 'Run it', 'run it', 0.5, 'by hand')
        """,
        "learning",
        [A],
    ),
    "learning_status": (
        f"""
        insert into learning_status (learning_id, event_id, occurred_at, status)
        values ('{A}', '{B}', {AT}, 'under_review')
        """,
        "learning",
        [A],
    ),
    "learning_decision": (
        f"insert into learning_decision (learning_id, decided_at, decision) values ('{A}', {AT}, 'disabled')",
        "learning",
        [A],
    ),
    "learning_tombstone": (
        f"insert into learning_tombstone (learning_id, deleted_at) values ('{A}', {AT})",
        "learning",
        [A],
    ),
    "session": ("insert into session (id) values ('s1')", "session", None),
    "attribution": (
        f"""
        insert into attribution (
            session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
        )
        select 's1', id, '{B}', {AT}, true, false, 0.5, 0.5
        from unnest('{{{B},{A}}}'::uuid[]) as id
        """,
        "attribution",
        [A, B],
    ),
    "ablation": (
        f"""
        insert into ablation (experiment_id, learning_id, event_id, occurred_at, state)
        values ('e1', '{A}', '{B}', {AT}, 'pending')
        """,
        "ablation",
        [A],
    ),
    "strategy_outcome": (
        f"""
        insert into strategy_outcome (
            event_id, learning_id, session_id, occurred_at, context_type, variant, value, confidence
        )
        values ('{B}', '{A}', 's1', {AT}, 'interactive', 'subagent', 0.5, 0.5)
        """,
        "strategy_outcome",
        [A],
    ),
    "adaptive_param": (
        f"""
        insert into adaptive_param (event_id, name, occurred_at, value, confidence)
        values ('{B}', 'rate', {AT}, 0.5, 0.5)
        """,
        "adaptive_param",
        None,
    ),
    "component_report": (
        f"""
        insert into component_report (event_id, component, occurred_at, status, message)
        values ('{B}', 'strategy', {AT}, 'ok', 'fine')
        """,
        "component_report",
        None,
    ),
}


@pytest.fixture
async def foreign(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A program that writes into our tables, in a database whose operator has opted in."""
    await install_triggers(database_url)
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def told(connection: asyncpg.Connection) -> list[Any]:
    """What the rows of the outbox say, oldest first; they are gone after that."""
    rows = await connection.fetch("select changes::text from change_log order by seq")
    await connection.execute("delete from change_log")
    return [orjson.loads(row["changes"]) for row in rows]


async def test_every_table_of_facts_is_watched(foreign: asyncpg.Connection) -> None:
    tables = await foreign.fetch("select tablename from pg_tables where schemaname = 'public'")
    assert {row["tablename"] for row in tables} == INSERTS.keys() | NOT_FACTS | PARTS | ROLL_UPS


@pytest.mark.parametrize("table", INSERTS)
async def test_what_is_inserted_updated_deleted_and_truncated_is_told(foreign: asyncpg.Connection, table: str) -> None:
    statement, kind, ids = INSERTS[table]
    await foreign.execute(statement)
    assert await told(foreign) == [[{"kind": kind, "ids": ids}]]
    [column] = await foreign.fetch(
        "select column_name from information_schema.columns where table_name = $1 and ordinal_position = 1", table
    )
    await foreign.execute(f"update {table} set {column['column_name']} = {column['column_name']}")
    assert await told(foreign) == [[{"kind": kind, "ids": ids}]]
    await foreign.execute(f"delete from {table}")
    assert await told(foreign) == [[{"kind": kind, "ids": ids}]]
    await foreign.execute(f"truncate {table}")
    assert await told(foreign) == [[{"kind": kind, "ids": None}]]


async def test_a_fact_that_moves_to_another_learning_concerns_both(foreign: asyncpg.Connection) -> None:
    await foreign.execute(INSERTS["ablation"][0])
    await told(foreign)
    await foreign.execute(f"update ablation set learning_id = '{B}'")
    assert await told(foreign) == [[{"kind": "ablation", "ids": [A, B]}]]


async def test_a_statement_that_changes_nothing_is_not_told(foreign: asyncpg.Connection) -> None:
    await foreign.execute("delete from learning")
    await foreign.execute("update session set title = 'x'")
    await foreign.execute("insert into session (id) select 's1' where false")
    assert await told(foreign) == []


@pytest.mark.parametrize("count", [200, 201])
async def test_more_learnings_than_are_named_count_as_many(foreign: asyncpg.Connection, count: int) -> None:
    ids = sorted(str(uuid4()) for _ in range(count))
    await foreign.execute(
        "insert into learning_tombstone (learning_id, deleted_at) select id::uuid, now() from unnest($1::text[]) as id",
        ids,
    )
    assert await told(foreign) == [[{"kind": "learning", "ids": ids if count == 200 else None}]]


async def test_what_is_rolled_back_is_not_told(foreign: asyncpg.Connection) -> None:
    transaction = foreign.transaction()
    await transaction.start()
    await foreign.execute(INSERTS["session"][0])
    await transaction.rollback()
    assert await told(foreign) == []


async def test_the_feed_is_woken(foreign: asyncpg.Connection, database_url: str) -> None:
    async with following(database_url, ONLY_WOKEN) as (_, heard):
        await foreign.execute(INSERTS["learning"][0])
        await heard.until(lambda it: it.ids == [A])


async def test_our_own_ingest_tells_everything_once(database: Database, foreign: asyncpg.Connection) -> None:
    ingest = Ingest(database, lambda: NOW, lambda: None)
    await ingest.apply([extracted("one"), attributed("one", "s1", 0.5)])
    assert await told(foreign) == [
        [{"kind": "learning", "ids": [uuid("one")]}, {"kind": "attribution", "ids": [uuid("one")]}]
    ]
    await ingest.set_learning_status(uuid("one"), "disable_learning")
    assert await told(foreign) == [[{"kind": "learning", "ids": [uuid("one")]}]]


async def test_the_triggers_tell_what_our_ingest_would(database: Database, foreign: asyncpg.Connection) -> None:
    """The same statements, run by somebody who does not say that the change is told already."""
    events = [extracted("one"), attributed("one", "s1", 0.5), reported("strategy", occurred_at="2026-03-01T00:00:00Z")]
    async with database._connection() as connection, connection.transaction():
        await connection.execute("set local groove_dashboard.tells_changes = off")
        by_id = {event["event_id"]: event for event in events}
        await Ingest(database, lambda: NOW, lambda: None)._store(Stores.on(connection), by_id, [events])
    *by_triggers, by_ingest = await told(foreign)
    assert sorted((change for row in by_triggers for change in row), key=str) == sorted(by_ingest, key=str)


async def test_installing_again_changes_nothing(foreign: asyncpg.Connection, database_url: str) -> None:
    triggers = "select count(*) from pg_trigger where tgname like 'tell_foreign_%'"
    before = await foreign.fetchval(triggers)
    assert before == 4 * len(INSERTS)
    await install_triggers(database_url)
    assert await foreign.fetchval(triggers) == before
    await foreign.execute(INSERTS["session"][0])
    assert len(await told(foreign)) == 1


async def test_after_removing_nothing_is_told_and_nothing_is_left(
    foreign: asyncpg.Connection, database_url: str
) -> None:
    for _ in range(2):
        await remove_triggers(database_url)
    await foreign.execute(INSERTS["session"][0])
    assert await told(foreign) == []
    assert await foreign.fetchval("select count(*) from pg_trigger where tgname like 'tell_foreign_%'") == 0
    assert await foreign.fetchval("select count(*) from pg_proc where proname = 'tell_foreign_change'") == 0


async def test_nobody_is_told_before_an_operator_opts_in(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute(INSERTS["session"][0])
    assert await told(connection) == []
    await connection.close()


async def test_a_writer_needs_no_rights_on_the_outbox(foreign: asyncpg.Connection, database_url: str) -> None:
    """Nor does what it puts in front of our tables come into the way."""
    role = f"foreign_{uuid4().hex}"
    await foreign.execute(f"create role {role} login; grant insert on session to {role}")
    writer = await asyncpg.connect(database_url.replace("postgres@", f"{role}@"))
    await writer.execute("create temporary table change_log (changes jsonb)")
    await writer.execute(INSERTS["session"][0])
    assert await writer.fetchval("select count(*) from pg_temp.change_log") == 0
    await writer.close()
    assert await told(foreign) == [[{"kind": "session", "ids": None}]]
    await foreign.execute(f"drop owned by {role}; drop role {role}")


async def test_tables_that_are_not_there_or_anothers_are_told(empty_database_url: str) -> None:
    with pytest.raises(MigrationError, match="triggers for foreign writers cannot be changed"):
        await install_triggers(empty_database_url)


@pytest.mark.parametrize("change", [install_triggers, remove_triggers])
async def test_locks_of_others_are_waited_for_in_bounds(
    change: Callable[..., Awaitable[None]], foreign: asyncpg.Connection, database_url: str
) -> None:
    """A writer that stays open would else stop whoever comes behind us, for as long as they like."""
    impatient = Patience(lock=0.05, attempts=3, shortest_delay=0.01, longest_delay=0.01, turn=0.1)
    async with foreign.transaction():
        await foreign.execute("update session set title = title")
        with pytest.raises(MigrationError, match="were not changed, since transactions of others"):
            await change(database_url, patience=impatient)
    async with foreign.transaction():
        await foreign.execute("select pg_advisory_xact_lock($1)", LOCK)
        with pytest.raises(MigrationError, match="were not changed, since transactions of others"):
            await change(database_url, patience=impatient)
    await change(database_url, patience=impatient)


async def test_the_triggers_notify_on_the_channel_of_the_feed(foreign: asyncpg.Connection) -> None:
    source: str = await foreign.fetchval("select prosrc from pg_proc where proname = 'tell_foreign_change'")
    assert f"pg_notify('{CHANNEL}', '')" in source
