"""Work on a database beside the servers that use it: what the commands other than `serve` do to it.

Each takes the directory of an embedded PostgreSQL, which is started for as long as it takes where it does not run, or
instead the URL of a database. Each raises StoreError, whose text says what to do.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from groove_dashboard.store import backup, foreign
from groove_dashboard.store import migrate as migrations
from groove_dashboard.store.embedded import has_data, running_embedded
from groove_dashboard.store.errors import EmbeddedServerError
from groove_dashboard.store.migration import read_migrations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


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
    if database_url is None and not has_data(data_dir):
        raise EmbeddedServerError(f"There are no data in {data_dir}.")
    async with maintained(data_dir, database_url, programs) as url:
        await backup.dump(url, file)


async def load(data_dir: Path, database_url: str | None, file: Path) -> list[str]:
    """Put a dump into an empty database and bring it to what this version needs; the names of the migrations."""
    async with maintained(data_dir, database_url) as url:
        await backup.load(url, file)
        return await migrations.migrate(url)


@asynccontextmanager
async def maintained(data_dir: Path, database_url: str | None, programs: Path | None = None) -> AsyncIterator[str]:
    """The URL of the database, whose server runs while the block lasts."""
    if database_url is not None:
        yield database_url
    else:
        async with running_embedded(data_dir, programs) as server:
            yield server.url
