from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from groove_dashboard.store.errors import DatabaseUnavailable, MigrationError
from groove_dashboard.store.migrate import migrate
from groove_dashboard.store.migration import MIGRATIONS
from tests.processes import run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

FILES = [file.stem for file in sorted(MIGRATIONS.glob("*.sql"))]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Two migrations of a made-up schema."""
    (tmp_path / "0001_first.sql").write_text("create table first (id int);")
    (tmp_path / "0002_second.sql").write_text("create table second (id int);\ninsert into second (id) values (1);")
    return tmp_path


@pytest.fixture
async def owner(empty_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection to the empty database."""
    connection = await asyncpg.connect(empty_database_url)
    yield connection
    await connection.close()


@pytest.fixture
async def guest_url(empty_database_url: str, owner: asyncpg.Connection) -> AsyncIterator[str]:
    """The empty database as seen by a role that was given nothing, and whose name needs quotes in a statement."""
    role = f"Guest-{uuid4().hex}"
    await owner.execute(f'create role "{role}" login')
    yield empty_database_url.replace("postgres@", f"{role}@")
    await owner.execute(f'drop owned by "{role}"')
    await owner.execute(f'drop role "{role}"')


async def tables(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    await connection.close()
    return {row["tablename"] for row in rows}


async def test_an_empty_database_gets_all_tables_and_then_nothing_more(empty_database_url: str) -> None:
    assert await migrate(empty_database_url) == FILES
    assert {"learning", "session", "attribution", "change_log", "migration"} <= await tables(empty_database_url)
    assert await migrate(empty_database_url) == []


async def test_processes_that_start_together_apply_each_once(empty_database_url: str) -> None:
    applied = await asyncio.gather(*(migrate(empty_database_url) for _ in range(4)))
    assert sorted(applied) == [[], [], [], FILES]


async def test_a_new_file_is_applied_later(empty_database_url: str, directory: Path) -> None:
    assert await migrate(empty_database_url, directory) == ["0001_first", "0002_second"]
    (directory / "0003_third.sql").write_text("alter table first rename to third;")
    assert await migrate(empty_database_url, directory) == ["0003_third"]
    assert await tables(empty_database_url) == {"third", "second", "migration"}


async def test_a_changed_file_is_refused(empty_database_url: str, directory: Path) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0001_first.sql").write_text("create table first (id bigint);")
    with pytest.raises(MigrationError, match="0001_first was changed"):
        await migrate(empty_database_url, directory)


async def test_a_database_of_a_newer_version_is_refused(empty_database_url: str, directory: Path) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0002_second.sql").unlink()
    with pytest.raises(MigrationError, match="0002_second, which this version does not know"):
        await migrate(empty_database_url, directory)


async def test_a_file_numbered_before_an_applied_one_is_refused(empty_database_url: str, directory: Path) -> None:
    await migrate(empty_database_url, directory)
    (directory / "0001_forgotten.sql").write_text("create table forgotten (id int);")
    with pytest.raises(MigrationError, match="0001_forgotten is numbered before 0002_second"):
        await migrate(empty_database_url, directory)


async def test_a_failing_file_leaves_nothing_behind_and_the_ones_before_it_in_place(
    empty_database_url: str, directory: Path
) -> None:
    broken = directory / "0002_second.sql"
    whole = broken.read_text()
    broken.write_text("create table second (id int);\ninsert into nowhere (id) values (1);")
    with pytest.raises(MigrationError, match='0002_second failed: relation "nowhere" does not exist'):
        await migrate(empty_database_url, directory)
    assert await tables(empty_database_url) == {"first", "migration"}
    broken.write_text(whole)
    assert await migrate(empty_database_url, directory) == ["0002_second"]


async def test_no_server_is_unavailable() -> None:
    with pytest.raises(DatabaseUnavailable):
        await migrate("postgresql://127.0.0.1:1/groove")


async def test_a_role_that_may_not_create_tables_is_told_what_to_grant(
    guest_url: str, owner: asyncpg.Connection
) -> None:
    with pytest.raises(MigrationError, match="may not create tables") as refusal:
        await migrate(guest_url)
    grant = str(refusal.value).split("run: ", 1)[1]
    await owner.execute(grant)
    assert await migrate(guest_url) == FILES


async def test_a_role_that_does_not_even_see_the_schema_is_told_the_same(
    guest_url: str, owner: asyncpg.Connection
) -> None:
    await owner.execute("revoke usage on schema public from public")
    with pytest.raises(
        MigrationError, match=r"no schema has been selected .*: grant usage, create on schema public to"
    ):
        await migrate(guest_url)


async def test_tables_of_another_role_are_refused(
    guest_url: str, empty_database_url: str, owner: asyncpg.Connection
) -> None:
    await migrate(empty_database_url)
    await owner.execute("grant create on schema public to public")
    with pytest.raises(MigrationError, match="another role's; connect as that one: permission denied"):
        await migrate(guest_url)


async def test_a_database_that_may_only_be_read_is_refused(empty_database_url: str, owner: asyncpg.Connection) -> None:
    name = urlsplit(empty_database_url).path.removeprefix("/")
    await owner.execute(f"alter database {name} set default_transaction_read_only = on")
    with pytest.raises(MigrationError, match=r"may only be read .*: cannot execute CREATE TABLE in a read-only"):
        await migrate(empty_database_url)


async def test_whatever_else_the_server_refuses_is_said_in_a_sentence(
    empty_database_url: str, owner: asyncpg.Connection
) -> None:
    await owner.execute("create table migration (other int)")
    with pytest.raises(MigrationError, match='cannot be brought to this version: column "name" does not exist'):
        await migrate(empty_database_url)


async def test_a_role_that_may_not_connect_is_unavailable(guest_url: str, owner: asyncpg.Connection) -> None:
    await owner.execute(f"revoke connect on database {urlsplit(guest_url).path.removeprefix('/')} from public")
    with pytest.raises(DatabaseUnavailable, match="does not let us in: permission denied for database"):
        await migrate(guest_url)


@pytest.mark.parametrize("command", [("migrate",), ("serve", "--port", "0")])
async def test_the_command_line_says_it_without_a_trace(command: tuple[str, ...], guest_url: str) -> None:
    result = await run(*command, "--database-url", guest_url)
    assert result.code == 1
    assert "grant usage, create on schema public to" in result.err
    assert "Traceback" not in result.err
    assert len(result.err.splitlines()) == 1
