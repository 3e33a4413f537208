from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.store import database as database_module
from groove_dashboard.store.changes import Change
from groove_dashboard.store.database import ATTEMPTS, Database
from groove_dashboard.store.errors import Contention, DatabaseUnavailable

if TYPE_CHECKING:
    from groove_dashboard.store.stores import Stores


def connection_of(stores: Stores) -> asyncpg.Connection:
    """The connection under the stores, for statements that no store has."""
    return stores.changes._connection


async def cut(stores: Stores) -> None:
    """End the session under the stores, as a crash of the server would."""
    await connection_of(stores).execute("select pg_terminate_backend(pg_backend_pid())")


async def receive_farewell(database: Database) -> None:
    """Let the idle session hear that the server ends it, but not yet see its end, as when both come apart."""
    fields = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"
    async with database.snapshot() as stores:
        session = connection_of(stores)._con
    session._protocol.data_received(b"E" + (len(fields) + 4).to_bytes(4, "big") + fields)


class TestTransactions:
    async def test_a_snapshot_sees_one_moment(self, database: Database) -> None:
        async with database.snapshot() as reader:
            position = await reader.changes.position()
            async with database.transaction() as writer:
                await writer.changes.record([Change("session")])
            assert (await reader.changes.read(position)).changes == []
        async with database.snapshot() as reader:
            assert (await reader.changes.read(position)).changes == [Change("session")]

    async def test_a_snapshot_cannot_write(self, database: Database) -> None:
        async with database.snapshot() as stores:
            with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
                await stores.changes.record([Change("session")])

    async def test_run_returns_what_the_work_returns_and_commits(self, database: Database) -> None:
        async def work(stores: Stores) -> str:
            await stores.changes.record([Change("session")])
            return await stores.changes.position()

        position = await database.run(work)
        async with database.snapshot() as stores:
            assert (await stores.changes.read(position)).changes == [Change("session")]

    async def test_two_that_wait_for_each_other_both_get_done(self, database: Database) -> None:
        attempts: list[str] = []
        both_hold_one = asyncio.Barrier(2)

        async def lock_both(stores: Stores, name: str, first: int, second: int) -> None:
            attempts.append(name)
            await connection_of(stores).execute("select pg_advisory_xact_lock($1)", first)
            if attempts.count(name) == 1:
                await both_hold_one.wait()
            await connection_of(stores).execute("select pg_advisory_xact_lock($1)", second)

        await asyncio.gather(
            database.run(lambda stores: lock_both(stores, "one", 1, 2)),
            database.run(lambda stores: lock_both(stores, "two", 2, 1)),
        )
        assert sorted(attempts) in (["one", "one", "two"], ["one", "two", "two"])

    async def test_what_never_gets_through_gives_up(self, database: Database) -> None:
        attempts = 0

        async def work(_: Stores) -> None:
            nonlocal attempts
            attempts += 1
            raise asyncpg.SerializationError("could not serialize access")

        with pytest.raises(Contention):
            await database.run(work)
        assert attempts == ATTEMPTS

    async def test_another_exception_is_not_tried_again(self, database: Database) -> None:
        attempts = 0

        async def work(_: Stores) -> None:
            nonlocal attempts
            attempts += 1
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await database.run(work)
        assert attempts == 1


class TestSessions:
    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("application_name", "groove-dashboard"),
            ("statement_timeout", "10s"),
            ("idle_in_transaction_session_timeout", "1min"),
            ("timezone", "UTC"),
            ("jit_above_cost", "-1"),
        ],
    )
    async def test_each_is_set_up(self, database: Database, setting: str, value: str) -> None:
        async with database.snapshot() as stores:
            assert await connection_of(stores).fetchval("select current_setting($1)", setting) == value

    async def test_ids_are_texts_alone_and_in_arrays(self, database: Database) -> None:
        identifier = "0190c0de-0000-7000-8000-00000000abcd"
        async with database.snapshot() as stores:
            row = await connection_of(stores).fetchrow("select $1::uuid, $2::uuid[]", identifier, [identifier, None])
        assert list(row) == [identifier, [identifier, None]]

    async def test_statistics_count_connections(self, database: Database) -> None:
        before = database.statistics()
        async with database.snapshot(), database.snapshot():
            during = database.statistics()
        after = database.statistics()
        assert [(one.open, one.idle, one.limit) for one in (before, during, after)] == [(1, 1, 4), (2, 0, 4), (2, 2, 4)]


class TestUnavailable:
    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://127.0.0.1:1/groove",
            "postgresql://postgres@/postgres?host=/nowhere",
            "mysql://127.0.0.1/groove",
            "postgresql://127.0.0.1:port/groove",
        ],
    )
    async def test_a_server_that_is_not_there(self, url: str) -> None:
        with pytest.raises(DatabaseUnavailable):
            await Database.connect(url)

    async def test_a_database_that_is_not_there(self, postgres_url: str) -> None:
        with pytest.raises(DatabaseUnavailable, match="no_such_database"):
            await Database.connect(postgres_url.replace("/postgres?", "/no_such_database?"))

    async def test_no_connection_is_free_in_time(self, database_url: str) -> None:
        database = await Database.connect(database_url, max_size=1, acquire_timeout=0.05)
        async with database.snapshot():
            with pytest.raises(DatabaseUnavailable):
                await database.ping()
        await database.ping()
        await database.close()

    async def test_a_statement_that_takes_too_long(self, database_url: str) -> None:
        database = await Database.connect(database_url, command_timeout=0.1)
        with pytest.raises(DatabaseUnavailable):
            async with database.snapshot() as stores:
                await connection_of(stores).execute("select pg_sleep(20)")
        await database.close()

    async def test_a_session_cut_in_the_middle_and_then_all_is_well(self, database: Database) -> None:
        with pytest.raises(DatabaseUnavailable):
            async with database.snapshot() as stores:
                await cut(stores)
        with pytest.raises(DatabaseUnavailable):
            await database.run(cut)
        await database.ping()

    async def test_a_session_whose_farewell_arrived_before_its_end(self, database: Database) -> None:
        await receive_farewell(database)
        with pytest.raises(DatabaseUnavailable):
            await database.ping()
        await database.ping()

    async def test_closing_after_a_farewell(self, database: Database) -> None:
        await receive_farewell(database)
        await database.close()
        with pytest.raises(DatabaseUnavailable):
            await database.ping()

    async def test_a_session_cut_before_the_commit_commits_nothing(self, database: Database) -> None:
        async with database.snapshot() as stores:
            position = await stores.changes.position()

        async def work(stores: Stores) -> None:
            await stores.changes.record([Change("session")])
            with pytest.raises(asyncpg.AdminShutdownError):
                await cut(stores)

        with pytest.raises(DatabaseUnavailable):
            await database.run(work)
        async with database.snapshot() as stores:
            assert (await stores.changes.read(position)).changes == []

    async def test_a_closed_database(self, database: Database) -> None:
        await database.close()
        with pytest.raises(DatabaseUnavailable):
            await database.ping()

    async def test_closing_cuts_what_is_still_in_use(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database_module, "CLOSE_SECONDS", 0.05)

        async def go_on_after_closing() -> None:
            async with database.snapshot() as stores:
                await database.close()
                await stores.changes.position()

        with pytest.raises(DatabaseUnavailable):
            await go_on_after_closing()

    async def test_a_wrong_use_of_the_driver_is_not_hidden(self, database: Database) -> None:
        with pytest.raises(asyncpg.DataError, match="closed"):
            async with database.snapshot() as stores:
                await connection_of(stores).fetchval("select $1::int", "closed")


class TestUrls:
    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://me:s3cr/et@db/groove",
            "postgresql://me:s3cr?et@db/groove",
            "postgresql://me:s3cr#et@db/groove",
            "postgresql://me:[s3cr@db/groove",
            "s3cr://me@db/groove",
            "postgresql://db/groove?s3cr",
        ],
    )
    async def test_no_part_of_one_that_cannot_be_used_is_shown(self, url: str) -> None:
        with pytest.raises(DatabaseUnavailable, match="percent-encoded") as refused:
            await Database.connect(url)
        shown = "".join(traceback.format_exception(refused.value, limit=0))
        assert "s3cr" not in shown
