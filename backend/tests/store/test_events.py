"""An event is applied by one transaction only."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest

from tests.databases import HOW_MANY_WAIT
from tests.topics.facts import extracted

if TYPE_CHECKING:
    from groove_dashboard.messages.types import IngestEvent
    from groove_dashboard.store.database import Database
    from groove_dashboard.store.stores import Stores


async def claim(database: Database, events: list[IngestEvent]) -> set[str]:
    return await database.run(lambda stores: stores.events.claim(events))


async def test_an_event_is_new_once(database: Database) -> None:
    first, second, third = (extracted(number) for number in range(3))
    assert await claim(database, [third, first]) == {third["event_id"], first["event_id"]}
    assert await claim(database, [first, second, third]) == {second["event_id"]}
    assert await claim(database, [first, second]) == set()
    assert await claim(database, []) == set()


async def until_somebody_waits(database_url: str) -> None:
    watcher = await asyncpg.connect(database_url)
    while not await watcher.fetchval(HOW_MANY_WAIT):
        pass
    await watcher.close()


async def test_whoever_claims_what_another_has_claimed_waits_until_that_is_stored(
    database: Database, database_url: str
) -> None:
    first, shared, last = (extracted(number) for number in range(3))
    async with database.transaction() as stores:
        await stores.events.claim([first, shared])
        waiting = asyncio.create_task(claim(database, [shared, last]))
        await until_somebody_waits(database_url)
    assert await waiting == {last["event_id"]}


async def test_what_another_has_claimed_is_new_where_that_is_given_up(database: Database, database_url: str) -> None:
    first, shared, last = (extracted(number) for number in range(3))
    waiting = []

    async def claim_and_give_up(stores: Stores) -> None:
        await stores.events.claim([first, shared])
        waiting.append(asyncio.create_task(claim(database, [shared, last])))
        await until_somebody_waits(database_url)
        raise LookupError

    with pytest.raises(LookupError):
        await database.run(claim_and_give_up)
    assert await waiting[0] == {shared["event_id"], last["event_id"]}
