"""The real PgBouncer in front of a test's database."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, quote, urlsplit

import asyncpg
import pytest

from groove_dashboard.store.server_user import as_server_user, give_to_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

# No setting that forgives anything: what it refuses by default, it refuses here.
SETTINGS = """
[databases]
* = host={sockets} port={port}

[pgbouncer]
unix_socket_dir = {directory}
listen_port = 6432
auth_type = trust
auth_file = {directory}/users.txt
pool_mode = {mode}
default_pool_size = {sessions}
query_wait_timeout = 20
"""


@asynccontextmanager
async def pgbouncer(
    database_url: str, directory: Path, *, mode: Literal["transaction", "session"] = "transaction", sessions: int = 4
) -> AsyncIterator[str]:
    """The database by way of a pooler that has so many sessions of it; its address."""
    address = urlsplit(database_url)
    query = parse_qs(address.query)
    settings = directory / "pgbouncer.ini"
    settings.write_text(
        SETTINGS.format(
            sockets=query["host"][0], port=query["port"][0], directory=directory, mode=mode, sessions=sessions
        )
    )
    (directory / "users.txt").write_text('"postgres" ""\n')
    give_to_server(directory)
    process = await asyncio.create_subprocess_exec(_program(), "-q", settings, **as_server_user())
    url = f"postgresql://postgres@{address.path}?host={quote(str(directory), safe='')}&port=6432"
    try:
        await _answering(url, process)
        yield url
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _program() -> str:
    found = os.environ.get("PGBOUNCER") or shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.fail(
            "PgBouncer is needed by this test: install it (the package pgbouncer), or set PGBOUNCER to its path."
        )
    return found


async def _answering(url: str, process: asyncio.subprocess.Process) -> None:
    while True:
        assert process.returncode is None, "PgBouncer has ended; what it wrote says why"
        try:
            connection = await asyncpg.connect(url, statement_cache_size=0)
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(0.01)
        else:
            await connection.close()
            return
