"""A server with two thousand pages on it dies, and all of them come to another one at once."""

from __future__ import annotations

import asyncio
import resource
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import pytest
from aiohttp import TCPConnector

from tests.faults.follower import Follower
from tests.faults.scene import converged, first_held
from tests.faults.writer import Writer, random_steps
from tests.processes import served_at_length
from tests.web.site import client_of, figure

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from aiohttp import ClientSession

    from groove_dashboard.messages.types import DashboardTopic

pytestmark = pytest.mark.timeout(240)

CLIENTS: Final = 2000
FILES: Final = CLIENTS + 500
TOPICS: Final[list[DashboardTopic]] = [
    {"topic": "overview"},
    {"topic": "learnings", "limit": 5},
    {"topic": "attribution", "period": {"days": 30}},
    {"topic": "strategy_distributions"},
]


@pytest.fixture
def enough_files() -> Iterator[None]:
    """A connection is an open file, here as in the server, which inherits the limit."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert most >= FILES, f"this test needs {FILES} open files; the system allows {most}"
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


@asynccontextmanager
async def crowd(url: str) -> AsyncIterator[list[Follower]]:
    """Two thousand followers of two topics each."""
    async with client_of(url, TCPConnector(limit=0)) as client, asyncio.TaskGroup() as group:
        followers = [Follower(client, [TOPICS[n % 4], TOPICS[(n + 1) % 4]]) for n in range(CLIENTS)]
        tasks = [group.create_task(one.run()) for one in followers]
        yield followers
        for task in tasks:
            task.cancel()


def move(followers: Iterable[Follower], client: ClientSession) -> None:
    """Let everybody come to another address, all at once."""
    for follower in followers:
        follower.client = client
        follower.may_connect.set()


@pytest.mark.usefixtures("enough_files")
async def test_two_thousand_clients_that_come_back_at_once_are_all_current(database_url: str) -> None:
    asyncio.get_running_loop().set_debug(False)  # which makes two thousand clients, not the server, ten times as slow
    async with (
        served_at_length("--database-url", database_url) as second,
        client_of(second.url) as pipeline,
        client_of(second.url, TCPConnector(limit=0)) as elsewhere,
    ):
        writer = Writer(pipeline, random_steps(seed=1))
        await writer.run(count=20)
        async with served_at_length("--database-url", database_url) as first, crowd(first.url) as followers:
            await first_held(followers)
            for follower in followers:
                follower.may_connect.clear()
            await first.kill()
            await writer.run()
            before = await figure(pipeline, "refreshes_total")
            move(followers, elsewhere)
            await converged(followers, writer.oracle)
            assert await figure(pipeline, "connections") == CLIENTS
            assert {follower.connections for follower in followers} == {2}
            assert await figure(pipeline, "refreshes_total") - before <= len(TOPICS)
