"""Pipelines write by `EventWriter` while the server and they themselves are killed: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import asyncpg
import pytest

from groove_dashboard.client import AsyncEventWriter, ServerAway
from tests.processes import launched, served_at_length, until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.databases import OwnDatabase

pytestmark = pytest.mark.timeout(180)

PROGRAM: Final = Path(__file__).parent / "written.py"
WAIT_SECONDS: Final = 90


class Pipelines:
    """Processes that share a spool; `taken` has how many sessions each has said to be taken."""

    def __init__(self, url: str, spool_dir: Path, names: Sequence[str]) -> None:
        self._command = (sys.executable, PROGRAM, url, spool_dir)
        self.taken = dict.fromkeys(names, 0)
        self.processes: dict[str, asyncio.subprocess.Process] = {}

    async def run(self, name: str) -> None:
        """Start the one of that name; returns when it has ended."""
        async with launched(*self._command, name, stderr=None, environment={}) as process:
            self.processes[name] = process
            assert process.stdout is not None
            while line := await process.stdout.readline():
                self.taken[name] = int(line)
            await process.wait()

    def end(self, name: str) -> None:
        """Have it end by itself, once all of it is delivered."""
        stdin = self.processes[name].stdin
        assert stdin is not None
        stdin.close()

    async def until_taken(self, count: int) -> None:
        """Wait until all of them together have written so many more."""
        goal = sum(self.taken.values()) + count
        while sum(self.taken.values()) < goal:  # noqa: ASYNC110 - other processes set no event of ours
            await asyncio.sleep(0.005)


async def test_a_server_and_pipelines_killed_while_they_write_lose_and_double_nothing(
    database_url: str, tmp_path: Path
) -> None:
    names = ["a", "b", "c"]
    async with AsyncExitStack() as stack, asyncio.timeout(WAIT_SECONDS):
        first = await stack.enter_async_context(served_at_length("--database-url", database_url))
        port = urlsplit(first.url).port
        assert port is not None
        pipelines = Pipelines(first.url, tmp_path, names)
        tasks = {name: asyncio.create_task(pipelines.run(name)) for name in names}
        await pipelines.until_taken(500)
        await first.kill()
        await pipelines.until_taken(500)  # which only the spool can hold
        pipelines.processes["a"].kill()
        await tasks["a"]
        async with served_at_length("--database-url", database_url, port=port) as second:
            await pipelines.until_taken(100)
            pipelines.processes["b"].kill()
            await tasks["b"]
            await second.kill()
        async with served_at_length("--database-url", database_url, port=port):
            pipelines.end("c")
            await tasks["c"]
            assert pipelines.processes["c"].returncode == 0
            async with AsyncEventWriter(first.url, tmp_path) as last:
                await last.flush()
            counts = await stored(database_url)
    killed = {name: pipelines.taken[name] for name in ("a", "b")}
    # A killed process has written one more at most than it could say.
    assert {name: counts[name] - count in {0, 1} for name, count in killed.items()} == {"a": True, "b": True}
    assert counts["c"] == pipelines.taken["c"]
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - a directory on a local disk


async def test_a_database_that_is_away_is_waited_for(own_database: OwnDatabase, tmp_path: Path) -> None:
    """The server answers `unavailable` meanwhile; what it may have stored before it lost it, is a duplicate."""
    async with served_at_length("--database-url", own_database.url) as server, asyncio.timeout(WAIT_SECONDS):
        async with AsyncEventWriter(server.url, tmp_path) as writer:
            for number in range(2000):
                await writer.write({"type": "session_started", "session_id": f"d-{number}"})
                if number == 1000:
                    await own_database.kill()
            await until(lambda: writer.statistics().trouble is not None)
            trouble = writer.statistics().trouble
            assert isinstance(trouble, ServerAway)
            assert trouble.retry_after == 1
            await own_database.restart()
            await writer.flush()
        counts = writer.statistics()
        assert await stored(own_database.url) == {"d": 2000}
    assert counts.accepted + counts.duplicates == counts.settled == 2000


async def stored(database_url: str) -> dict[str, int]:
    """How many events of each pipeline the server has taken in, after looking that they are of as many sessions."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            """
            select split_part(id, '-', 1) as name, count(*) as sessions
            from session
            group by 1
            """
        )
        events = await connection.fetchval("select count(*) from event")
    finally:
        await connection.close()
    counts = {row["name"]: row["sessions"] for row in rows}
    assert events == sum(counts.values())
    return counts
