"""Work on a database beside the servers that use it: what the commands other than `serve` do to it.

Each takes the directory of an embedded PostgreSQL, which is started for as long as it takes where it does not run, or
instead the URL of a database. Each raises StoreError, whose text says what to do.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from groove_dashboard.store import backup, bulk, foreign, retention, verification
from groove_dashboard.store import migrate as migrations
from groove_dashboard.store.embedded import has_data, running_embedded
from groove_dashboard.store.errors import EmbeddedServerError
from groove_dashboard.store.migration import read_migrations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from datetime import datetime, timedelta
    from pathlib import Path

    from groove_dashboard.store.bulk import Step
    from groove_dashboard.store.retention import Retained
    from groove_dashboard.store.verification import Difference


async def migrate(data_dir: Path, database_url: str | None) -> list[str]:
    """Bring the tables of the database to what this version needs; the names of the migrations."""
    async with maintained(data_dir, database_url) as url:
        return await migrations.migrate(url)


async def missing_migrations(data_dir: Path, database_url: str | None) -> list[str]:
    """The names of what `migrate` would apply. Changes nothing, and makes no directory."""
    if database_url is None and not has_data(data_dir):
        return [one.name for one in read_migrations()]
    async with maintained(data_dir, database_url) as url:
        return await migrations.missing_migrations(url)


async def hear_foreign_writers(data_dir: Path, database_url: str | None) -> None:
    """Let the feed be told what other programs write, into the tables of this version."""
    async with maintained(data_dir, database_url) as url:
        await migrations.migrate(url)
        await foreign.install_triggers(url)


async def ignore_foreign_writers(data_dir: Path, database_url: str | None) -> None:
    """Let the feed be told of our own ingest only, as it is in the beginning."""
    async with maintained(data_dir, database_url) as url:
        await foreign.remove_triggers(url)


async def dump(data_dir: Path, database_url: str | None, file: Path, programs: Path | None) -> None:
    """Write everything that the database holds into a file.

    `programs` are those of the PostgreSQL that the data directory is of, if not those that we have.
    """
    _require_data(data_dir, database_url)
    async with maintained(data_dir, database_url, programs) as url:
        await backup.dump(url, file)


async def load(data_dir: Path, database_url: str | None, file: Path) -> list[str]:
    """Put a dump into an empty database and bring it to what this version needs; the names of the migrations."""
    async with maintained(data_dir, database_url) as url:
        await backup.load(url, file)
        return await migrations.migrate(url)


async def fill(
    data_dir: Path, database_url: str | None, steps: Iterable[Step], progress: Callable[[str], object]
) -> None:
    """Run the steps that fill the database, which must be empty; `progress` is told each."""
    async with maintained(data_dir, database_url) as url:
        await migrations.migrate(url)
        await bulk.fill(url, steps, progress)


async def verify(
    data_dir: Path, database_url: str | None, *, repair: bool
) -> tuple[list[Difference], list[Difference]]:
    """What differs in the roll-ups from the facts, and what does so still. The tables must be of this version."""
    _require_data(data_dir, database_url)
    async with maintained(data_dir, database_url) as url:
        await migrations.require_current(url)
        return await verification.verify(url, repair=repair)


async def retain(data_dir: Path, database_url: str | None, keep: timedelta, now: datetime) -> Retained:
    """Give up records that are older than is to be kept. The tables must be of this version."""
    _require_data(data_dir, database_url)
    async with maintained(data_dir, database_url) as url:
        await migrations.require_current(url)
        return await retention.retain(url, keep, now)


@asynccontextmanager
async def maintained(data_dir: Path, database_url: str | None, programs: Path | None = None) -> AsyncIterator[str]:
    """The URL of the database, whose server runs while the block lasts."""
    if database_url is not None:
        yield database_url
    else:
        async with running_embedded(data_dir, programs) as server:
            yield server.url


def _require_data(data_dir: Path, database_url: str | None) -> None:
    """Raise EmbeddedServerError where a directory has no data, which would else be filled with empty tables."""
    if database_url is None and not has_data(data_dir):
        raise EmbeddedServerError(f"There are no data in {data_dir}.")
