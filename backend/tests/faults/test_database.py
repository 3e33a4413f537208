"""PostgreSQL is killed, or cuts who listens, while pipelines write and pages watch."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest

from tests.databases import terminate_feeds
from tests.faults.scene import converged, scene
from tests.processes import served_at_length

if TYPE_CHECKING:
    from tests.databases import OwnDatabase

pytestmark = pytest.mark.timeout(180)

CUTS = 5


async def test_postgresql_killed_and_restarted_under_load_loses_nothing(own_database: OwnDatabase) -> None:
    async with served_at_length("--database-url", own_database.url) as server, scene(server.url) as it:
        await it.writer.until(lambda writer: len(writer.acknowledged) > 5)
        await own_database.kill()
        await it.writer.until(lambda writer: writer.refused > 0)
        assert not it.writer.is_done
        await own_database.restart()
        await it.settled()
        # The pages have kept their connections all the while.
        assert {follower.connections for follower in it.followers} == {1}


async def test_cutting_who_listens_loses_nothing(database_url: str, postgres_url: str) -> None:
    admin = await asyncpg.connect(postgres_url)

    server_on = served_at_length("--database-url", database_url)
    async with server_on as server, scene(server.url, writing=False) as it, asyncio.TaskGroup() as group:
        load = group.create_task(it.writer.run(count=20))
        for number in range(CUTS):
            await it.writer.until(lambda writer, number=number: len(writer.acknowledged) > 4 * number)  # type: ignore[misc]
            await terminate_feeds(admin, database_url)
        await load
        # Under load a later change would make good for one that was lost; here nothing comes after it.
        cuts = 0
        while not it.writer.is_done:
            cuts += await terminate_feeds(admin, database_url)
            await it.writer.run(count=1)
            await converged(it.followers, it.writer.oracle)
        await it.settled()
        assert cuts > CUTS
        assert it.writer.refused == 0
    await admin.close()
