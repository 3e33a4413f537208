"""Migrations while others are at work: locks that others hold, and indexes that are made while others write."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.store.errors import MigrationError
from groove_dashboard.store.migrate import LOCK, Patience, migrate, missing_migrations
from groove_dashboard.store.migration import MIGRATIONS, read_migrations
from tests.processes import run
from tests.store.feeds import eventually

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

IMPATIENT = Patience(lock=0.05, attempts=3, shortest_delay=0.01, longest_delay=0.01, index=5, turn=0.1)
INDEX = "-- concurrently: the table is written all the time\ncreate unique index concurrently thing_id on thing (id);\n"
WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """One migration that makes a table; tests add what changes it."""
    (tmp_path / "0001_thing.sql").write_text("create table thing (id int);")
    return tmp_path


@pytest.fixture
async def other(empty_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody else's connection."""
    connection = await asyncpg.connect(empty_database_url)
    yield connection
    await connection.close()


@asynccontextmanager
async def reading(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """A transaction that has read the table and stays open."""
    async with connection.transaction():
        await connection.execute("select from thing")
        yield


async def valid(connection: asyncpg.Connection) -> bool | None:
    """Whether the index can be used; None where there is none."""
    answer: bool | None = await connection.fetchval(
        "select indisvalid from pg_index where indexrelid = to_regclass('thing_id')"
    )
    return answer


async def test_a_lock_that_others_hold_is_waited_for(
    empty_database_url: str, directory: Path, other: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_more.sql").write_text("alter table thing add column more int;")
    patience = Patience(lock=0.05, attempts=1000, shortest_delay=0.01, longest_delay=0.01)
    async with reading(other):
        migrating = asyncio.create_task(migrate(empty_database_url, directory, patience=patience))
        await eventually(lambda: "0002_more waits for others" in caplog.text)
    assert await migrating == ["0002_more"]


async def test_who_never_gets_the_lock_gives_up_and_changes_nothing(
    empty_database_url: str, directory: Path, other: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_more.sql").write_text("create table more (id int); alter table thing add column more int;")
    async with reading(other):
        with pytest.raises(MigrationError, match="0002_more was not applied, since transactions of others"):
            await migrate(empty_database_url, directory, patience=IMPATIENT)
    assert caplog.text.count("waits for others") == IMPATIENT.attempts - 1
    assert await other.fetchval("select to_regclass('more')") is None
    assert await missing_migrations(empty_database_url, directory) == ["0002_more"]
    assert await migrate(empty_database_url, directory, patience=IMPATIENT) == ["0002_more"]


async def test_others_go_on_between_two_attempts(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_more.sql").write_text("alter table thing add column more int;")
    writer = await asyncpg.connect(empty_database_url)
    async with reading(other):
        patience = Patience(lock=0.2, attempts=50, shortest_delay=0.05, longest_delay=0.05)
        migrating = asyncio.create_task(migrate(empty_database_url, directory, patience=patience))
        while not await writer.fetchval(WAITING):
            pass
        await writer.execute("insert into thing (id) values (1)")  # behind the one that waits
    await migrating
    await writer.close()


async def test_a_process_that_migrates_for_too_long_is_not_waited_for(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    async with other.transaction():
        await other.execute("select pg_advisory_xact_lock($1)", LOCK)
        with pytest.raises(MigrationError, match="Another process has been changing the tables for"):
            await migrate(empty_database_url, directory, patience=IMPATIENT)
    assert await migrate(empty_database_url, directory) == ["0001_thing"]


async def test_who_has_nothing_to_do_needs_no_right_to_create_anything(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    await migrate(empty_database_url, directory)
    await other.execute("alter role postgres set default_transaction_read_only = on")
    try:
        assert await migrate(empty_database_url, directory) == []
    finally:
        await other.execute("alter role postgres reset default_transaction_read_only")


# Outside a transaction


async def test_an_index_is_made_while_others_write_by_processes_that_start_together(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    (directory / "0002_index.sql").write_text(INDEX)
    applied = await asyncio.gather(*(migrate(empty_database_url, directory) for _ in range(3)))
    assert sorted(applied) == [[], [], ["0001_thing", "0002_index"]]
    assert await valid(other)


async def test_an_index_waits_for_a_writer_who_may_go_on(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_index.sql").write_text(INDEX)
    watcher = await asyncpg.connect(empty_database_url)
    async with other.transaction():
        await other.execute("insert into thing (id) values (1)")
        migrating = asyncio.create_task(migrate(empty_database_url, directory))
        while not await watcher.fetchval(WAITING):
            pass
        await other.execute("insert into thing (id) values (2)")
    assert await migrating == ["0002_index"]
    await watcher.close()


async def test_an_index_that_failed_is_removed_and_made_anew(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_index.sql").write_text(INDEX)
    await other.execute("insert into thing (id) values (1), (1)")
    with pytest.raises(MigrationError, match=r"0002_index failed: could not create unique index"):
        await migrate(empty_database_url, directory)
    assert await valid(other) is None
    await other.execute("delete from thing")
    assert await migrate(empty_database_url, directory) == ["0002_index"]
    assert await valid(other)


async def test_an_index_that_a_killed_process_left_behind_is_made_anew(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_index.sql").write_text(INDEX)
    await other.execute("insert into thing (id) values (1), (1)")
    with pytest.raises(asyncpg.UniqueViolationError):
        await other.execute(INDEX)
    assert await valid(other) is False
    await other.execute("delete from thing")
    assert await migrate(empty_database_url, directory) == ["0002_index"]
    assert await valid(other)


async def test_an_index_that_was_made_but_not_written_down_is_kept(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_index.sql").write_text(INDEX)
    await other.execute(INDEX)
    number = await other.fetchval("select 'thing_id'::regclass::oid")
    assert await migrate(empty_database_url, directory) == ["0002_index"]
    assert await other.fetchval("select 'thing_id'::regclass::oid") == number


async def test_an_index_that_takes_too_long_is_broken_off_and_made_anew(
    empty_database_url: str, directory: Path, other: asyncpg.Connection
) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_index.sql").write_text(INDEX)
    watcher = await asyncpg.connect(empty_database_url)
    async with other.transaction():
        await other.execute("insert into thing (id) values (1)")
        for _ in range(2):  # what is left of the first time cannot be removed either
            with pytest.raises(MigrationError, match=r"0002_index was broken off after 0\.2 seconds"):
                await migrate(empty_database_url, directory, patience=Patience(index=0.2))
            assert await valid(watcher) is False
    assert await migrate(empty_database_url, directory) == ["0002_index"]
    assert await valid(watcher)
    await watcher.close()


async def test_an_index_is_dropped_once(empty_database_url: str, directory: Path, other: asyncpg.Connection) -> None:
    (directory / "0002_index.sql").write_text(INDEX)
    (directory / "0003_drop.sql").write_text("-- concurrently: nobody asks for it\ndrop index concurrently thing_id;")
    assert await migrate(empty_database_url, directory) == ["0001_thing", "0002_index", "0003_drop"]
    assert await valid(other) is None


@pytest.mark.parametrize(
    "sql",
    [
        "-- concurrently\ncreate index thing_id on thing (id);",
        "-- concurrently\ncreate index concurrently on thing (id);",
        "-- concurrently\ncreate index concurrently a on thing (id); create index concurrently b on thing (id);",
        "-- concurrently\nvacuum thing;",
        "-- concurrently",
    ],
)
async def test_what_cannot_be_done_again_after_a_kill_is_refused_before_anything_is_done(
    empty_database_url: str, directory: Path, sql: str
) -> None:
    (directory / "0002_index.sql").write_text(sql)
    with pytest.raises(MigrationError, match="0002_index says that it is applied concurrently, so it must be a single"):
        await migrate(empty_database_url, directory)
    (directory / "0002_index.sql").unlink()
    assert await missing_migrations(empty_database_url, directory) == ["0001_thing"]


def test_our_own_files_can_be_read_and_say_why_they_are_there() -> None:
    for migration in read_migrations():
        assert migration.sql.startswith("-- ")
        assert migration.concurrent is not None or "concurrently" not in migration.sql.lower()


# --check


async def test_a_check_names_what_is_missing_and_changes_nothing(empty_database_url: str) -> None:
    names = "".join(f"missing {file.stem}\n" for file in sorted(MIGRATIONS.glob("*.sql")))
    for _ in range(2):
        result = await run("migrate", "--check", "--database-url", empty_database_url)
        assert (result.code, result.out, result.err) == (3, names, "")


async def test_a_check_finds_a_database_up_to_date(database_url: str) -> None:
    result = await run("migrate", "--check", "--database-url", database_url)
    assert (result.code, result.out, result.err) == (0, "up to date\n", "")


async def test_a_check_that_cannot_tell_says_why(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute("insert into migration (name, checksum) values ('9999_future', '')")
    await connection.close()
    for url, reason in {
        database_url: "has had migration 9999_future, which this version does not know",
        "postgresql://127.0.0.1:1/groove": "does not answer",
    }.items():
        result = await run("migrate", "--check", "--database-url", url)
        assert (result.code, result.out) == (1, "")
        assert reason in result.err


async def test_a_check_of_a_directory_without_data_makes_none(server_directory: Path) -> None:
    result = await run("migrate", "--check", "--data-dir", server_directory / "data")
    assert result.code == 3
    assert result.out.startswith("missing 0001_")
    assert not (server_directory / "data").exists()
