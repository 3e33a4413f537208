"""What is done to a PostgreSQL server behind the back of who uses it, and a server of a test's own to be killed."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from groove_dashboard.store.embedded import EmbeddedServer, start_embedded
from tests.processes import is_running, postmaster, until

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import asyncpg


DEADLOCKS = """
select deadlocks
from pg_stat_database
where datname = current_database()
"""
HOW_MANY_WAIT = """
select count(*)
from pg_stat_activity
where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0
"""


class OwnDatabase:
    """It runs from the beginning; `stop` leaves nothing of it running."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.servers: list[EmbeddedServer] = [start_embedded(directory)]

    @property
    def url(self) -> str:
        return self.servers[0].url

    async def kill(self) -> None:
        """End it without warning, as a machine that loses its power."""
        pid = postmaster(self.directory)
        os.kill(pid, signal.SIGKILL)
        await until(lambda: not is_running(pid))

    async def restart(self) -> None:
        """Start it again at the same address."""
        self.servers.append(await asyncio.to_thread(start_embedded, self.directory))
        assert self.servers[-1].url == self.url

    def stop(self) -> None:
        """End it for good."""
        for server in self.servers:
            server.stop()


async def set_day(connection: asyncpg.Connection, day: date) -> None:
    """Let the database take this UTC day for today."""
    await connection.execute(
        f"create or replace function utc_today() returns date language sql stable return date '{day:%Y-%m-%d}'"
    )


async def terminate_feeds(admin: asyncpg.Connection, database_url: str) -> int:
    """Cut the connections of all feeds of a database; how many there were."""
    count: int = await admin.fetchval(
        """
        select count(pg_terminate_backend(pid))
        from pg_stat_activity
        where datname = $1
            and application_name = 'groove-dashboard-feed'
        """,
        urlsplit(database_url).path.removeprefix("/"),
    )
    return count
