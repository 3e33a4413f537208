"""Several processes write at once: about the same learnings, without waiting for each other in a circle."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import asyncpg

from groove_dashboard.ingest.apply import Ingest, UnknownLearning
from groove_dashboard.store.database import Database
from groove_dashboard.store.verification import verify
from tests.databases import DEADLOCKS, HOW_MANY_WAIT
from tests.oracle.histories import MOMENTS, in_batches, random_events, random_world
from tests.topics.facts import extracted, learning_id, recorded

if TYPE_CHECKING:
    from collections.abc import Callable

    from groove_dashboard.messages.types import IngestEvent

WRITERS = 6


async def test_writers_of_the_same_learnings_and_sessions_never_wait_in_a_circle(database_url: str) -> None:
    """Each has events of its own about the same things, and some that the others have, too."""
    shared = events_of(0, "shared")
    databases = [await Database.connect(database_url, max_size=3) for _ in range(WRITERS)]
    try:
        await asyncio.gather(*(write(one, number, shared) for number, one in enumerate(databases)))
    finally:
        for database in databases:
            await database.close()
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("select pg_stat_force_next_flush()")
        assert await connection.fetchval(DEADLOCKS) == 0
        assert await connection.fetchval("select count(*) from event") == await connection.fetchval(
            "select count(distinct event_id) from event"
        )
    finally:
        await connection.close()
    assert await verify(database_url) == ([], [])


async def test_a_person_and_an_event_that_delete_the_same_learning_do_not_wait_for_each_other(
    database: Database, database_url: str
) -> None:
    ingest = Ingest(database, lambda: MOMENTS[0], lambda: None)
    await ingest.apply([extracted(1)])
    connection = await asyncpg.connect(database_url)
    try:
        async with database.transaction() as event:
            await event.attributions.hold([learning_id(1)], (), ())
            person = asyncio.create_task(ingest.delete_learning(learning_id(1)))
            while not await connection.fetchval(HOW_MANY_WAIT):
                pass
            await event.learnings.delete([learning_id(1)], MOMENTS[0])
        await person
        await connection.execute("select pg_stat_force_next_flush()")
        assert await connection.fetchval(DEADLOCKS) == 0
    finally:
        await connection.close()


class SlowWriter:
    """Holds what its records are about, and writes them only when it is let."""

    def __init__(self, database: Database, learning: int, *sessions: str) -> None:
        self._database = database
        self._records = [recorded(session, learning, 0.5) for session in sessions]
        self.holds = asyncio.Event()
        self.may_write = asyncio.Event()

    async def write(self) -> None:
        async with self._database.transaction() as stores:
            await stores.attributions.hold([one["learning_id"] for one in self._records], (), self._records)
            self.holds.set()
            await self.may_write.wait()
            await stores.attributions.record(self._records)


async def test_writers_of_other_learnings_to_which_a_session_becomes_known_do_not_wait_in_a_circle(
    database: Database, database_url: str
) -> None:
    """The first has begun before the second made `b`, and the third after it: only the third finds it there."""
    connection = await asyncpg.connect(database_url)
    first, second, third = (
        SlowWriter(database, number, *sessions) for number, sessions in ((1, "ab"), (2, "b"), (3, "ab"))
    )

    async def until(holds: Callable[[], bool], or_waiting: int) -> None:
        while not holds() and await connection.fetchval(HOW_MANY_WAIT) < or_waiting:
            pass

    tasks = [asyncio.create_task(first.write())]
    await first.holds.wait()
    tasks.append(asyncio.create_task(second.write()))
    second.may_write.set()
    await until(tasks[1].done, or_waiting=1)
    tasks.append(asyncio.create_task(third.write()))
    await until(third.holds.is_set, or_waiting=2)
    first.may_write.set()
    await until(tasks[0].done, or_waiting=1)
    third.may_write.set()
    await asyncio.gather(*tasks)
    await connection.execute("select pg_stat_force_next_flush()")
    assert await connection.fetchval(DEADLOCKS) == 0
    await connection.close()
    assert await verify(database_url) == ([], [])


async def write(database: Database, number: int, shared: list[IngestEvent]) -> None:
    random = Random(number)
    ingest = Ingest(database, lambda: MOMENTS[0], lambda: None)
    for round_number in range(3):
        events = [
            *events_of(1000 * number + round_number, f"writer {number}"),
            *random.sample(shared, len(shared) // 3),
        ]
        random.shuffle(events)
        await asyncio.gather(*(ingest.apply(batch.events) for batch in in_batches(random, events)))
        for event in events:
            if event["type"] == "learning_extracted" and random.random() < 0.3:
                with suppress(UnknownLearning):  # another writer may have deleted it
                    await ingest.set_learning_status(event["learning"]["id"], "disable_learning")


def events_of(seed: int, name: str) -> list[IngestEvent]:
    """Random events about the few things that all have, under ids of their own."""
    random = Random(seed)
    events = [event for _ in range(2) for event in random_events(random, random_world(random, MOMENTS[0]))]
    renamed = [event.copy() for event in events]
    for number, event in enumerate(renamed):
        event["event_id"] = str(uuid5(NAMESPACE_URL, f"{name} {seed} {number}"))
    return renamed
