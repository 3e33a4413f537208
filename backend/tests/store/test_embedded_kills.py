"""Whatever is killed, and whenever: the next start works, and nothing that was acknowledged is lost.

`GROOVE_TEST_KILLS` says how often each is tried; each try kills at another moment.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import asyncpg
import pytest

from groove_dashboard.store.connection import GOODBYE_FAILED
from groove_dashboard.store.embedded import start_embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

Victims: TypeAlias = Literal["the owner", "everything"]

KILLS = int(os.environ.get("GROOVE_TEST_KILLS", "1"))
LONGEST_START_SECONDS = 60
OWNER = """
import sys
from pathlib import Path
from groove_dashboard.store.connection import GOODBYE_FAILED
from groove_dashboard.store.embedded import start_embedded
print("begins", flush=True)
start_embedded(Path(sys.argv[1]))
print("runs", flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.timeout(60 + 60 * KILLS)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The moments, the same in every run of a test."""
    return random.Random(request.node.name)


@pytest.fixture
def data_dir(server_directory: Path) -> Iterator[Path]:
    """A directory for a server, on which nothing is left running."""
    yield server_directory / "data"
    kill_workers(server_directory / "data")


def workers(data_dir: Path) -> list[int]:
    """The processes that work in the directory, PostgreSQL's programs among them."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if process.readlink().is_relative_to(data_dir):
                found.append(int(process.parent.name))
    return found


def kill_workers(data_dir: Path) -> None:
    """Kill them all, as a container that is removed or a machine that loses its power, and see them gone."""
    while found := workers(data_dir):
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def started(data_dir: Path) -> subprocess.Popen[str]:
    """A process that begins to start the server."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    assert owner.stdout.readline() == "begins\n"
    return owner


def killed(owner: subprocess.Popen[str], data_dir: Path, victims: Victims) -> None:
    """Kill the process alone, so that its children go on by themselves, or with everything that it has started."""
    with owner:
        owner.kill()
    if victims == "everything":
        kill_workers(data_dir)


def seconds_of_a_start(data_dir: Path) -> float:
    """How long a start takes on this machine now, from what is there."""
    began = time.monotonic()
    start_embedded(data_dir).stop()
    return time.monotonic() - began


@pytest.mark.parametrize("victims", ["the owner", "everything"])
def test_a_kill_while_the_data_directory_is_made(data_dir: Path, chance: random.Random, victims: Victims) -> None:
    whole = seconds_of_a_start(data_dir)
    for _ in range(KILLS):
        shutil.rmtree(data_dir)
        owner = started(data_dir)
        time.sleep(chance.uniform(0, whole))
        killed(owner, data_dir, victims)
        start_embedded(data_dir).stop()
        assert sorted(one.name for one in data_dir.iterdir()) == ["gate.lock", "postgres", "users.lock"]
        assert workers(data_dir) == []


@pytest.mark.parametrize("victims", ["the owner", "everything"])
def test_a_kill_while_the_server_starts(data_dir: Path, chance: random.Random, victims: Victims) -> None:
    start_embedded(data_dir).stop()
    whole = seconds_of_a_start(data_dir)
    for _ in range(2 * KILLS):
        owner = started(data_dir)
        time.sleep(chance.uniform(0, whole))
        killed(owner, data_dir, victims)
        assert seconds_of_a_start(data_dir) < LONGEST_START_SECONDS
        assert workers(data_dir) == []


@pytest.mark.parametrize("victims", ["the owner", "everything"])
async def test_a_kill_while_others_write(data_dir: Path, chance: random.Random, victims: Victims) -> None:
    acknowledged: set[int] = set()

    async def write(url: str, first: int) -> None:
        connection = await asyncpg.connect(url)
        try:
            for number in range(first, first + 1_000_000):
                await connection.execute("insert into kept (value) values ($1)", number)
                acknowledged.add(number)
        except GOODBYE_FAILED:
            connection.terminate()

    server = await asyncio.to_thread(start_embedded, data_dir)
    connection = await asyncpg.connect(server.url)
    await connection.execute("create table kept (value int)")
    await connection.close()
    await asyncio.to_thread(server.stop)
    for attempt in range(KILLS):
        owner = await asyncio.to_thread(started, data_dir)
        assert owner.stdout is not None
        assert await asyncio.to_thread(owner.stdout.readline) == "runs\n"
        writers = [asyncio.create_task(write(server.url, 10_000_000 * (3 * attempt + one))) for one in range(3)]
        before = len(acknowledged)
        while len(acknowledged) == before:  # noqa: ASYNC110 - it is the pause that matters
            await asyncio.sleep(chance.uniform(0, 0.2))
        await asyncio.to_thread(killed, owner, data_dir, victims)
        server = await asyncio.to_thread(start_embedded, data_dir)
        await asyncio.to_thread(server.stop)
        await asyncio.gather(*writers)
    server = await asyncio.to_thread(start_embedded, data_dir)
    connection = await asyncpg.connect(server.url)
    assert acknowledged <= {row["value"] for row in await connection.fetch("select value from kept")}
    await connection.close()
    await asyncio.to_thread(server.stop)
