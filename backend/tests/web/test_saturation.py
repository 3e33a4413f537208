"""A pool that others use up: who asks is told so in time, and to come back; afterwards all is as before."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from tests.web.recording import connect
from tests.web.site import extracted, ingest, problem_of, site, uuid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientSession

    from groove_dashboard.messages.types import OverviewTopic

POOL = 2
ACQUIRE_SECONDS = 0.3
OVERVIEW: OverviewTopic = {"topic": "overview"}
TAKEN = """
select count(*)
from pg_stat_activity
where datname = current_database()
    and application_name = 'groove-dashboard'
    and wait_event_type = 'Lock'
"""


@asynccontextmanager
async def taken(client: ClientSession, database_url: str) -> AsyncIterator[None]:
    """All connections of the pool wait for a lock while the block lasts; what they do, they finish after it."""
    async with AsyncExitStack() as stack:
        owner, watcher = [await asyncpg.connect(database_url) for _ in range(2)]
        for connection in (owner, watcher):
            stack.push_async_callback(connection.close)
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        async with owner.transaction():
            await owner.execute("lock table component_report in access exclusive mode")
            for _ in range(POOL):
                tasks.create_task(read(client, "health"))
            while await watcher.fetchval(TAKEN) < POOL:
                pass
            yield


async def read(client: ClientSession, topic: str) -> None:
    """Read a topic, as long as that may take."""
    async with client.get(f"/api/groove/dashboard/{topic}") as response:
        assert response.status == 200


async def test_every_way_in_says_so_in_time_and_when_to_come_back(database_url: str) -> None:
    settings: dict[str, Any] = {"pool_max_size": POOL, "acquire_timeout_seconds": ACQUIRE_SECONDS}
    async with site(database_url, **settings) as client, connect(client) as socket:
        await ingest(client, extracted("known"))
        begun = time.monotonic()
        async with taken(client, database_url):
            requests = [
                client.post("/api/groove/events", json=[extracted("new")]),
                client.get("/api/groove/dashboard/learnings"),
                client.post(f"/api/groove/learnings/{uuid('known')}/disable"),
            ]
            for response in await asyncio.gather(*requests):
                assert response.status == 503
                assert int(response.headers["Retry-After"]) >= 1
                assert (await problem_of(response))["code"] == "unavailable"
            async with client.get("/readyz") as response:
                assert response.status == 503
            async with client.get("/healthz") as response:
                assert response.status == 200

            await socket.ask(type="disable_learning", id=uuid("known"), request_id="r1")
            error = await socket.until("error")
            assert (error["code"], error["request_id"]) == ("unavailable", "r1")
            assert error["retry_after_ms"] > 0
            await socket.ask(type="subscribe", topics=[OVERVIEW])
            error = await socket.until("error")
            assert (error["code"], error["topic"]) == ("unavailable", OVERVIEW)
            assert error["retry_after_ms"] > 0
        assert time.monotonic() - begun < 15 * ACQUIRE_SECONDS

        await socket.until("snapshot")  # it comes by itself
        assert socket.mirror.data(OVERVIEW)["learnings"]["total"] == 1
        async with client.get("/readyz") as response:
            assert response.status == 200


async def test_a_statement_that_takes_too_long_gives_its_connection_back(database_url: str) -> None:
    async with site(database_url, pool_max_size=1, statement_timeout_seconds=0.2) as client:
        owner = await asyncpg.connect(database_url)
        async with owner.transaction():
            await owner.execute("lock table event in access exclusive mode")
            async with client.post("/api/groove/events", json=[extracted("waits")]) as response:
                assert response.status == 503
        await owner.close()
        assert (await ingest(client, extracted("waits")))["accepted"] == 1


@pytest.mark.parametrize("callers", [40])
async def test_more_callers_than_connections_are_served_in_turn(database_url: str, callers: int) -> None:
    async with site(database_url, pool_max_size=POOL) as client:
        outcomes = await asyncio.gather(*(ingest(client, extracted(f"l{number}")) for number in range(callers)))
    assert sum(one["accepted"] for one in outcomes) == callers
