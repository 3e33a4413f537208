from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import orjson

from groove_dashboard.store.changes import MAX_ROWS, READ, Change, ChangeLog, Reading, merged

if TYPE_CHECKING:
    from groove_dashboard.store.database import Database

A = "00000000-0000-7000-8000-00000000000a"
B = "00000000-0000-7000-8000-00000000000b"
NO_TIME = timedelta(0)


def learning(*ids: str) -> Change:
    return Change("learning", frozenset(ids))


async def record(database: Database, *changes: Change) -> None:
    async with database.transaction() as stores:
        await stores.changes.record(changes)


async def position_of(database: Database) -> str:
    async with database.snapshot() as stores:
        return await stores.changes.position()


async def read(database: Database, position: str, *, max_rows: int = 10) -> Reading:
    async with database.snapshot() as stores:
        return await stores.changes.read(position, max_rows=max_rows)


async def prune(database: Database, keep: timedelta) -> int:
    async with database.transaction() as stores:
        return await stores.changes.prune(keep)


class TestMerging:
    def test_changes_of_one_kind_become_one(self) -> None:
        assert merged([learning("a"), Change("session"), learning("b", "a")]) == [
            learning("a", "b"),
            Change("session"),
        ]

    def test_many_swallow_the_named_ones(self) -> None:
        assert merged([learning("a"), Change("learning"), learning("b")]) == [Change("learning")]

    def test_two_hundred_ids_are_named(self) -> None:
        ids = [str(number) for number in range(200)]
        assert merged([learning(one) for one in ids]) == [learning(*ids)]

    def test_more_than_two_hundred_ids_count_as_many(self) -> None:
        assert merged([learning(str(number)) for number in range(201)]) == [Change("learning")]

    def test_nothing_stays_nothing(self) -> None:
        assert merged([]) == []


class TestReading:
    async def test_a_commit_is_read_once_and_then_no_more(self, database: Database) -> None:
        position = await position_of(database)
        await record(database, learning(A), Change("component_report"))
        first = await read(database, position)
        assert first.changes == [learning(A), Change("component_report")]
        assert (await read(database, first.position)).changes == []

    async def test_a_transaction_that_commits_late_is_read_late_but_is_read(self, database: Database) -> None:
        position = await position_of(database)
        async with database.transaction() as slow:
            await slow.changes.record([learning(A)])
            await record(database, learning(B))
            first = await read(database, position)
            assert first.changes == [learning(B)]
        second = await read(database, first.position)
        assert second.changes == [learning(A)]
        assert (await read(database, second.position)).changes == []

    async def test_what_is_rolled_back_is_never_read(self, database: Database) -> None:
        position = await position_of(database)
        with suppress(ZeroDivisionError):
            async with database.transaction() as stores:
                await stores.changes.record([learning(A)])
                raise ZeroDivisionError
        assert (await read(database, position)).changes == []

    async def test_changes_of_several_commits_are_merged_in_their_order(self, database: Database) -> None:
        position = await position_of(database)
        await record(database, Change("session"))
        await record(database, learning(A))
        await record(database, learning(B), Change("session"))
        assert (await read(database, position)).changes == [Change("session"), learning(A, B)]

    async def test_recording_nothing_writes_nothing(self, database: Database) -> None:
        await record(database)
        assert await prune(database, NO_TIME) == 0

    async def test_more_rows_than_are_worth_reading_are_lost(self, database: Database) -> None:
        position = await position_of(database)
        for identifier in (A, B):
            await record(database, learning(identifier))
        assert (await read(database, position, max_rows=2)).changes == [learning(A, B)]
        reading = await read(database, position, max_rows=1)
        assert reading.changes is None
        assert (await read(database, reading.position, max_rows=1)).changes == []

    async def test_a_position_of_another_history_is_lost(self, database: Database) -> None:
        assert (await read(database, "9000000000:9000000000:")).changes is None

    async def test_a_reading_of_nothing_new_costs_little_however_much_is_kept(self, database: Database) -> None:
        """Ten thousand rows that were read already; a page of the database is 8 KiB."""
        async with database._connection() as connection:
            for _ in range(100):
                await connection.execute(
                    "insert into change_log (changes) select '[]' from generate_series(1, 100)",
                )
            await connection.execute("analyze change_log")
            position = await ChangeLog(connection).position()
            plan = await connection.fetchval(f"explain (analyze, buffers, format json) {READ}", position, MAX_ROWS + 1)
        [told] = orjson.loads(plan)
        assert told["Plan"]["Shared Hit Blocks"] + told["Plan"]["Shared Read Blocks"] < 10
        assert '"Index Name": "change_log_transaction"' in plan


class TestPruning:
    async def test_young_rows_stay(self, database: Database) -> None:
        position = await position_of(database)
        await record(database, learning(A))
        assert await prune(database, timedelta(minutes=15)) == 0
        assert (await read(database, position)).changes == [learning(A)]

    async def test_a_reader_who_saw_the_pruned_rows_reads_on(self, database: Database) -> None:
        await record(database, learning(A))
        position = await position_of(database)
        assert await prune(database, NO_TIME) == 1
        await record(database, learning(B))
        assert (await read(database, position)).changes == [learning(B)]

    async def test_a_reader_who_did_not_see_them_is_told_so_once(self, database: Database) -> None:
        position = await position_of(database)
        await record(database, learning(A))
        await prune(database, NO_TIME)
        reading = await read(database, position)
        assert reading.changes is None
        assert (await read(database, reading.position)).changes == []

    async def test_a_pruned_row_of_a_transaction_that_was_under_way_is_lost(self, database: Database) -> None:
        async with database.transaction() as slow:
            await slow.changes.record([learning(A)])
            await record(database, learning(B))  # so that the slow one is not simply the last to have begun
            position = await position_of(database)
        await prune(database, NO_TIME)
        assert (await read(database, position)).changes is None

    async def test_a_transaction_that_is_still_under_way_is_not_lost(self, database: Database) -> None:
        async with database.transaction() as slow:
            await slow.changes.record([learning(A)])
            await record(database, learning(B))
            position = await position_of(database)
            assert await prune(database, NO_TIME) == 1
            assert (await read(database, position)).changes == []
