"""What is dumped is loaded again without a difference, on the same server, on an embedded one and on an older one."""

from __future__ import annotations

import asyncio
import os
import re
import stat
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.store import backup
from groove_dashboard.store.embedded import running_embedded
from groove_dashboard.store.errors import BackupError, EmbeddedServerError, SharedSessions
from groove_dashboard.store.migrate import migrate
from tests.older_postgres import older_programs
from tests.oracle.histories import Batch, crowded_history
from tests.pgbouncer import pgbouncer
from tests.processes import COMMAND, clean_environment, run
from tests.store.feeds import eventually, following
from tests.web.site import extracted, ingest, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# What a dump is made of, in places where only data may stand.
AWKWARD = 'a\tb\\n\n\\.\nSET transaction_timeout = 0;\ncommit;\n\\connect x\n"é" \N{SNOWMAN} \\N'
OUTBOX = {"change_log", "change_floor"}
OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"

pytestmark = pytest.mark.timeout(180)


async def facts(url: str) -> dict[str, list[str]]:
    """Every row of every table but the outbox, as text."""
    connection = await asyncpg.connect(url)
    tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public' order by tablename")
    names = [row["tablename"] for row in tables if row["tablename"] not in OUTBOX]
    rows = {
        name: [row[0] for row in await connection.fetch(f"select t::text from {name} as t order by t::text")]  # noqa: S608
        for name in names
    }
    await connection.close()
    return rows


async def fill(url: str) -> None:
    """Facts of every kind, and a text that is hard to carry."""
    await migrate(url)
    async with site(url) as client:
        await ingest(client, extracted("awkward", content=AWKWARD))
        for step in crowded_history(1).steps:
            if isinstance(step, Batch):
                await ingest(client, *step.events)


@pytest.fixture
async def filled_url(database_url: str) -> str:
    """A database that holds facts of every kind."""
    await fill(database_url)
    return database_url


@asynccontextmanager
async def embedded(directory: Path, programs: Path | None = None) -> AsyncIterator[str]:
    async with running_embedded(directory, programs) as server:
        yield server.url


async def test_a_dump_is_loaded_into_another_database_without_a_difference(
    filled_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "facts.dump"
    await backup.dump(filled_url, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    await backup.load(empty_database_url, file)
    before, after = await facts(filled_url), await facts(empty_database_url)
    assert before.keys() == after.keys()
    assert before == after
    assert any("SET transaction_timeout" in row for row in after["learning"])
    assert await migrate(empty_database_url) == []
    assert os.listdir(tmp_path) == ["facts.dump"]  # noqa: PTH208 - the paths are not asked for


async def test_what_is_written_after_a_load_is_heard_of(
    filled_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    """Also where the numbers of the transactions of the old server were far ahead of the new one's."""
    connection = await asyncpg.connect(filled_url)
    await connection.execute("update change_floor set transaction_id = '123456789012'")
    await connection.close()
    await backup.dump(filled_url, tmp_path / "facts.dump")
    await backup.load(empty_database_url, tmp_path / "facts.dump")
    async with following(empty_database_url) as (_, told), site(empty_database_url) as client:
        await ingest(client, extracted("after the load"))
        await eventually(lambda: len(told.calls) == 1)
        assert told.gaps == 1


async def test_a_dump_goes_into_an_older_postgresql(filled_url: str, server_directory: Path) -> None:
    file = server_directory / "facts.dump"
    await backup.dump(filled_url, file)
    async with embedded(server_directory / "older", older_programs()) as url:
        await backup.load(url, file)
        assert await facts(url) == await facts(filled_url)


async def test_data_of_an_older_version_are_brought_over_by_what_the_refusal_says(server_directory: Path) -> None:
    data_dir = server_directory / "it's data"
    async with embedded(data_dir, older_programs()) as url:
        await fill(url)
        before = await facts(url)
    with pytest.raises(EmbeddedServerError, match=r"Nothing was changed\. To bring them over, type:") as refusal:
        async with embedded(data_dir):
            pass
    install, *commands = str(refusal.value).splitlines()[1:]
    assert "-m pip install" in install  # what it would install is on this system already
    programs = r"--server-programs ('[^']*'\"'\"'[^']*'|\S+)"
    script = re.sub(programs, f"--server-programs {older_programs()}", "\n".join(commands))
    assert str(older_programs()) in script
    await shell(script, server_directory)
    async with embedded(data_dir) as url:
        assert await facts(url) == before


async def test_nothing_is_loaded_over_data(filled_url: str, tmp_path: Path) -> None:
    await backup.dump(filled_url, tmp_path / "facts.dump")
    before = await facts(filled_url)
    with pytest.raises(BackupError, match="has tables of groove-dashboard already"):
        await backup.load(filled_url, tmp_path / "facts.dump")
    assert await facts(filled_url) == before


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6, 0.9])
async def test_of_a_dump_that_is_cut_off_nothing_is_loaded(
    filled_url: str, empty_database_url: str, tmp_path: Path, kept: float
) -> None:
    file = tmp_path / "facts.dump"
    await backup.dump(filled_url, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(kept * len(whole))])
    with pytest.raises(BackupError, match=r"facts\.dump was not loaded: pg_restore: error"):
        await backup.load(empty_database_url, file)
    assert await facts(empty_database_url) == {}
    file.write_bytes(whole)
    await backup.load(empty_database_url, file)
    assert await facts(empty_database_url) == await facts(filled_url)


async def test_a_database_in_which_a_name_is_taken_gets_nothing(
    filled_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    await backup.dump(filled_url, tmp_path / "facts.dump")
    connection = await asyncpg.connect(empty_database_url)
    await connection.execute("create table learning (id int)")
    await connection.close()
    with pytest.raises(BackupError, match='relation "learning" already exists'):
        await backup.load(empty_database_url, tmp_path / "facts.dump")
    assert (await facts(empty_database_url)).keys() == {"learning"}


async def test_a_dump_that_cannot_be_made_leaves_the_one_before(filled_url: str, tmp_path: Path) -> None:
    file = tmp_path / "facts.dump"
    file.write_bytes(b"the one before")
    owner = await asyncpg.connect(filled_url)
    await owner.execute("create role may_read_nothing login")
    try:
        with pytest.raises(BackupError, match=r"was not dumped: pg_dump: error: .* permission denied"):
            await backup.dump(filled_url.replace("postgres@", "may_read_nothing@"), file)
    finally:
        await owner.execute("drop role may_read_nothing")
        await owner.close()
    assert os.listdir(tmp_path) == ["facts.dump"]  # noqa: PTH208 - the paths are not asked for
    assert file.read_bytes() == b"the one before"


async def test_a_dump_that_has_no_place_says_so(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"was not dumped into .*No such file or directory"):
        await backup.dump(database_url, tmp_path / "nowhere" / "facts.dump")


async def test_a_pooler_is_in_the_way(database_url: str, server_directory: Path) -> None:
    async with pgbouncer(database_url, server_directory) as url:
        with pytest.raises(SharedSessions, match="Give the server's own address"):
            await backup.dump(url, server_directory / "facts.dump")
        with pytest.raises(SharedSessions):
            await backup.load(url, server_directory / "facts.dump")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s%40cret@db:5433/groove?sslmode=disable&options=-c%20a%3Db",
        "postgresql://me@db:5433/groove?password=s%40cret&sslmode=disable&options=-c%20a%3Db",
        "postgresql://me@db:5433/groove?sslmode=disable&options=-c%20a%3Db&password=s%40cret",
    ],
)
async def test_a_password_is_shown_to_nobody(url: str) -> None:
    address, environment = backup._addressed(url)
    assert address == "postgresql://me@db:5433/groove?sslmode=disable&options=-c%20a%3Db"
    assert environment["PGPASSWORD"] == "s@cret"


async def test_there_is_nothing_to_dump_where_there_are_no_data(server_directory: Path) -> None:
    result = await run("dump", server_directory / "facts.dump", "--data-dir", server_directory / "data")
    assert result.code == 1
    assert "There are no data in" in result.err
    assert not (server_directory / "data").exists()


async def test_the_commands_of_the_manual_work(
    filled_url: str, empty_database_url: str, server_directory: Path
) -> None:
    chapter = OPERATIONS.read_text().split("\n## Backup and restore\n")[1].split("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 2
    await backup.dump(filled_url, server_directory / "seed.dump")
    places = {"DATABASE_URL": filled_url, "NEW_DATABASE_URL": empty_database_url}
    places |= {name: str(server_directory / name) for name in ("DATA_DIR", "NEW_DATA_DIR")}
    await shell(f'groove-dashboard load seed.dump --data-dir "{places["DATA_DIR"]}"', server_directory)
    for block in blocks:
        await shell(block, server_directory, **places)
    before = await facts(filled_url)
    assert await facts(empty_database_url) == before
    async with embedded(server_directory / "NEW_DATA_DIR") as url:
        assert await facts(url) == before


async def shell(script: str, directory: Path, **environment: str) -> None:
    """Run what somebody would type; fails where a command does."""
    variables = clean_environment() | environment | {"PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    done = await asyncio.to_thread(
        subprocess.run,
        ["/bin/bash", "-euc", script],
        check=False,
        cwd=directory,
        env=variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
