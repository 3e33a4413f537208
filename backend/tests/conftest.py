"""What tests share: a PostgreSQL server a worker, a fresh database a test, nothing left running, one closing line."""

from __future__ import annotations

import asyncio
import inspect
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from groove_dashboard.store.database import Database
from groove_dashboard.store.embedded import start_embedded
from groove_dashboard.store.migrate import migrate
from tests.databases import OwnDatabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Generator, Iterator

TEMPLATE = "groove_template"
# Tests need no durability, and databases are made and dropped ten times as fast without.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "'256MB'"}
# Nor do they need a disk: in memory, where the system offers enough of it, a database is made in a third of the time.
MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the name
MEMORY_BYTES = 2 * 1024**3


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Close the run with one line that counts alike in every runner; an error counts as a failure."""
    yield
    if hasattr(session.config, "workerinput"):  # the run that this worker works for has the terminal, and counts
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    assert reporter is not None, "pytest runs with its terminal"
    passed, failed, errors = (len(reporter.stats.get(outcome, ())) for outcome in ("passed", "failed", "error"))
    reporter.ensure_newline()
    reporter.write_line(f"pytest: {passed} passed, {failed + errors} failed")


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> None:
    """A test that leaves a task behind has failed. Checked last of all, after the other fixtures are gone."""
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("no_pending_tasks")


@pytest.fixture
async def no_pending_tasks() -> AsyncIterator[None]:
    """The check itself; tasks that are about to end may do so."""
    yield
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        _, left = await asyncio.wait(left, timeout=1)
    assert not left, f"tasks left behind: {left}"


@pytest.fixture
def server_directory() -> Iterator[Path]:
    """A directory for a server's data: its path is short enough for a socket, and other users may reach it.

    Not pytest's own temporary directory, which every run closes to other users; as root, the server is another user.
    """
    directory = _new_directory()
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def own_database(server_directory: Path) -> Iterator[OwnDatabase]:
    """A server of this test's own, to be killed."""
    database = OwnDatabase(server_directory)
    yield database
    database.stop()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server of this worker's own, with a template of the newest tables."""
    directory = _new_directory()
    server = start_embedded(directory)
    try:
        _in_thread(_make_template(server.url))
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(directory)


@pytest.fixture
async def empty_database_url(postgres_url: str) -> AsyncIterator[str]:
    """A database of this test's own, without tables."""
    async with _database(postgres_url, "template0") as url:
        yield url


@pytest.fixture
async def database_url(postgres_url: str) -> AsyncIterator[str]:
    """A database of this test's own, with all tables."""
    async with _database(postgres_url, TEMPLATE) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A pool of up to four connections to this test's database."""
    pool = await Database.connect(database_url, min_size=1, max_size=4)
    yield pool
    await pool.close()


def _new_directory() -> Path:
    """In memory where there is enough, else where the system keeps temporary files."""
    fast = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES
    return Path(tempfile.mkdtemp(prefix="groove-", dir=MEMORY if fast else None))


@asynccontextmanager
async def _database(server_url: str, template: str) -> AsyncIterator[str]:
    name = f"test_{uuid4().hex}"
    await _execute(server_url, f"create database {name} template {template} strategy file_copy")
    try:
        yield _named(server_url, name)
    finally:
        await _execute(server_url, f"drop database {name} with (force)")


async def _make_template(server_url: str) -> None:
    for setting, value in HASTY.items():
        await _execute(server_url, f"alter system set {setting} = {value}")
    await _execute(server_url, "select pg_reload_conf()")
    await _execute(server_url, f"create database {TEMPLATE}")
    await migrate(_named(server_url, TEMPLATE))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _named(server_url: str, database: str) -> str:
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{database}"))


def _in_thread(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a loop of its own, apart from the loops that pytest makes for each test."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
