"""A server with a database of each size, for as long as it is measured."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from benchmarks.data.failed import Failed
from benchmarks.data.results import Fill, Table
from groove_dashboard.demo.scale import Scale
from groove_dashboard.store.bulk import fill
from groove_dashboard.store.connection import close, connect
from groove_dashboard.store.embedded import running_embedded
from groove_dashboard.store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    import asyncpg

    from benchmarks.data.plan import Plan, Size

BYTES_OF_A_RECORD: Final = 1_000
"""On the disk at most while a database is filled, with all that goes with a record; 560 are left in the end."""
SETTINGS: Final = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "work_mem")

# Tables of one name are the partitions of a table, and the table itself.
TABLES: Final = """
select
    coalesce(pg_partition_root(pg_class.oid), pg_class.oid)::regclass::text as name,
    sum(pg_table_size(pg_class.oid))::bigint as heap_bytes,
    sum(pg_indexes_size(pg_class.oid))::bigint as index_bytes
from pg_class
where
    relkind in ('r', 'p')
    and relnamespace = current_schema()::regnamespace
group by name
order by name
"""
FACTS: Final = """
select count(*), pg_database_size(current_database())
from event
"""
# The first is the oldest one, and the older, the more often it is used.
BUSIEST: Final = """
select id
from known_learning
order by created_at
limit 1
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the databases are."""

    url: str
    _directory: Path

    def cpu_seconds(self) -> float:
        """Of all its processes until now; it must be running."""
        first_line = (self._directory / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0]
        return _cpu_seconds(int(first_line))


@asynccontextmanager
async def running_server() -> AsyncIterator[Server]:
    """An empty one, as `serve` starts it; it is gone afterwards. Raises EmbeddedServerError."""
    directory = Path(tempfile.mkdtemp(prefix="groove-"))
    try:
        async with running_embedded(directory) as server:
            yield Server(server.url, directory)
    finally:
        shutil.rmtree(directory)


def check_room(plan: Plan) -> None:
    """Raise Failed where the disk is too small for the plan."""
    needed = sum(size.records for size in plan.sizes) * BYTES_OF_A_RECORD
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < needed:
        raise Failed(
            f"This needs {needed / 1e9:.0f} GB in {tempfile.gettempdir()}, where {free / 1e9:.0f} GB are free; "
            f"choose fewer sizes, or another place by TMPDIR."
        )


async def make(
    server: Server, size: Size, plan: Plan, until: datetime, tell: Callable[[str], object]
) -> tuple[str, Fill]:
    """A database of that size, its history ending at that moment: its URL, and how it came about."""
    await _execute(server.url, f"create database {size.name}")
    url = urlunsplit(urlsplit(server.url)._replace(path=f"/{size.name}"))
    await migrate(url)
    scale = Scale(
        learnings=size.learnings,
        sessions=size.sessions,
        records=size.records,
        days=plan.days,
        until=until,
        seed=plan.seed,
    )
    begun = time.monotonic()
    await fill(url, scale.steps(), lambda step: tell(f"{size.name}: {step}"))
    seconds = time.monotonic() - begun
    # What the filling left to be written is not to be written while something is measured.
    await _execute(url, "checkpoint")
    facts, database_bytes = await _fetch_row(url, FACTS)
    return url, Fill(size=size.name, seconds=seconds, facts=facts, database_bytes=database_bytes)


async def settings_of(server: Server) -> dict[str, str]:
    """Those that matter. Raises Failed where commits would not reach the disk, since that is what they cost."""
    settings = {name: (await _fetch_row(server.url, f"show {name}"))[0] for name in SETTINGS}
    if not settings["fsync"] == settings["synchronous_commit"] == "on":
        raise Failed(f"The server does not wait for the disk: {settings}")
    return settings


async def tables_of(url: str, size: Size) -> list[Table]:
    """What each table takes, by name."""
    connection = await connect(url, "groove-dashboard-bench", command_timeout=None)
    try:
        found = await connection.fetch(TABLES)
        return [
            Table(size=size.name, rows=await connection.fetchval(f"select count(*) from {row['name']}"), **row)  # noqa: S608
            for row in found
        ]
    finally:
        await close(connection)


async def busiest_learning(url: str) -> str:
    """The id of one that is in as many sessions as any."""
    learning_id: str = (await _fetch_row(url, BUSIEST))[0]
    return learning_id


async def _execute(url: str, statement: str) -> None:
    connection = await connect(url, "groove-dashboard-bench", command_timeout=None)
    try:
        await connection.execute(statement)
    finally:
        await close(connection)


async def _fetch_row(url: str, query: str) -> asyncpg.Record:
    connection = await connect(url, "groove-dashboard-bench", command_timeout=None)
    try:
        return await connection.fetchrow(query)
    finally:
        await close(connection)


def _cpu_seconds(postmaster: int) -> float:
    """Of a process, of its children, and of those that have ended; in /proc/PID/stat behind the name."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it has just ended, and is the postmaster's to count
            continue
        if postmaster in (int(fields[1]), int(file.parent.name)):
            ticks += sum(int(one) for one in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
