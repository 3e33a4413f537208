from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.store.errors import DatabaseUnavailable, MigrationError
from groove_dashboard.store.migrate import MIGRATIONS, migrate

if TYPE_CHECKING:
    from pathlib import Path

FILES = [file.stem for file in sorted(MIGRATIONS.glob("*.sql"))]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Two migrations of a made-up schema."""
    (tmp_path / "0001_first.sql").write_text("create table first (id int);")
    (tmp_path / "0002_second.sql").write_text("create table second (id int);\ninsert into second (id) values (1);")
    return tmp_path


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
