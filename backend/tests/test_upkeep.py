"""The commands `verify` and `retention`, as an operator runs them."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import asyncpg
import pytest
from click.testing import CliRunner, Result

from groove_dashboard.cli import main
from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.store.migrate import migrate, missing_migrations
from groove_dashboard.store.migration import MIGRATIONS, read_migrations
from tests.topics.facts import extracted, recorded

if TYPE_CHECKING:
    from pathlib import Path

    from groove_dashboard.store.database import Database


async def run(*arguments: str) -> Result:
    """The command in a thread, since it has a loop of its own."""
    return await asyncio.to_thread(CliRunner().invoke, main, arguments, catch_exceptions=False)


@pytest.fixture
async def url(database: Database, database_url: str) -> str:
    """A database with a learning and a record of the year 2020."""
    ingest = Ingest(database, lambda: datetime.now(UTC), lambda: None)
    await ingest.apply([extracted(1), recorded("s", 1, 0.5, datetime(2020, 1, 1, tzinfo=UTC))])
    return database_url


async def test_verify_says_that_all_is_right(url: str) -> None:
    result = await run("verify", "--database-url", url)
    assert (result.exit_code, result.output) == (0, "all roll-ups are what the facts say\n")


async def test_verify_names_what_differs_and_mends_it_when_asked(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("update learning_day set records = 7")
    await connection.close()
    result = await run("verify", "--database-url", url)
    assert result.exit_code == 1
    assert (
        "learning_day learning_id=a0000000-0000-7000-8000-000000000001 day=2020-01-01: kept records=7" in result.output
    )
    assert "recomputed records=1" in result.output
    assert result.output.splitlines()[-1].endswith("--repair mends them")

    result = await run("verify", "--repair", "--database-url", url)
    assert result.exit_code == 0
    assert result.output.splitlines()[-1].endswith("all mended")
    assert (await run("verify", "--database-url", url)).exit_code == 0


async def test_retention_names_the_months_that_go(url: str) -> None:
    result = await run("retention", "--keep", "400d", "--database-url", url)
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "gave up the records of 2020-01"
    assert (await run("verify", "--database-url", url)).exit_code == 0


@pytest.mark.parametrize(
    ("keep", "reason"),
    [
        ("400", "not a number of days"),
        ("", "not a number of days"),
        ("30d", "less than 31 days"),
        ("36501d", "more than 36500 days"),
        ("999999d", "more than 36500 days"),
    ],
)
async def test_what_makes_no_sense_to_keep_is_refused(keep: str, reason: str) -> None:
    result = await run("retention", "--keep", keep, "--database-url", "postgresql://nowhere")
    assert result.exit_code == 2
    assert reason in result.output


UPKEEP = (("verify",), ("verify", "--repair"), ("retention", "--keep", "400d"))


@pytest.mark.parametrize("command", UPKEEP)
async def test_a_database_that_is_behind_is_refused_and_not_changed(
    empty_database_url: str, tmp_path: Path, command: tuple[str, ...]
) -> None:
    shutil.copy(MIGRATIONS / "0001_facts.sql", tmp_path)
    await migrate(empty_database_url, tmp_path)
    missing = [one.name for one in read_migrations()[1:]]
    result = await run(*command, "--database-url", empty_database_url)
    assert result.exit_code == 1
    assert f"lacks {', '.join(missing)}" in result.output
    assert "`groove-dashboard migrate`" in result.output
    assert await missing_migrations(empty_database_url) == missing


@pytest.mark.parametrize("command", UPKEEP)
async def test_a_directory_without_data_is_refused_and_not_filled(
    server_directory: Path, command: tuple[str, ...]
) -> None:
    result = await run(*command, "--data-dir", str(server_directory / "data"))
    assert (result.exit_code, result.output) == (1, f"Error: There are no data in {server_directory / 'data'}.\n")
    assert not (server_directory / "data").exists()
