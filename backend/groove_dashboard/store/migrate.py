"""Bring the tables to what this version needs: numbered files of plain SQL, each applied once, in order, for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg

from groove_dashboard.store.connection import close, connect
from groove_dashboard.store.errors import MigrationError, translated

if TYPE_CHECKING:
    from collections.abc import Sequence

MIGRATIONS: Final = Path(__file__).parent / "migrations"
LOCK: Final = 0x67726F6F7665  # "groove"; any number will do that nobody else uses
OLDEST_SERVER: Final = 15

CREATE_TABLE: Final = """
create table if not exists migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default clock_timestamp()
)
"""
APPLIED: Final = """
select name, checksum
from migration
order by name
"""
REMEMBER: Final = """
insert into migration (name, checksum)
values ($1, $2)
"""
# Nothing where the role may create tables in the schema that it would create them in.
MISSING_GRANT: Final = """
select format('grant usage, create on schema %I to %I', coalesce(current_schema(), 'public'), current_user)
where has_schema_privilege(current_schema(), 'create') is not true
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Tells whether the file was changed after it had been applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


async def migrate(url: str, directory: Path = MIGRATIONS) -> list[str]:
    """Apply what has not been applied, each file in a transaction of its own; the names of those.

    Processes that start together wait for the first, and then have nothing to do.
    Raises MigrationError where an applied file was changed or is not known here (the database is of a newer version),
    where a file fails, where the database may only be read or the role may not create tables, and where the server is
    older than PostgreSQL 15. Raises DatabaseUnavailable.
    """
    connection = await connect(url, "groove-dashboard-migrate", command_timeout=None)
    try:
        with translated():
            return await _apply_missing(connection, _read(directory))
    except asyncpg.PostgresError as error:
        with translated():
            raise MigrationError(await _explained(connection, error)) from error
    finally:
        await close(connection)


async def _explained(connection: asyncpg.Connection, error: asyncpg.PostgresError) -> str:
    """What is to be done, as far as it is known."""
    if isinstance(error, asyncpg.ReadOnlySQLTransactionError):
        return f"The tables cannot be made in a database that may only be read (connect to its primary server): {error}"
    if isinstance(error, (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidSchemaNameError)):
        grant = await connection.fetchval(MISSING_GRANT)
        if grant is not None:
            return f"The role may not create tables ({error}); let the owner of the database run: {grant}"
        return f"The role may create tables, but those that exist are another role's; connect as that one: {error}"
    return f"The tables cannot be brought to this version: {error}"


def _read(directory: Path) -> list[Migration]:
    return [Migration(file.stem, file.read_text(encoding="utf-8")) for file in sorted(directory.glob("*.sql"))]


async def _apply_missing(connection: asyncpg.Connection, files: Sequence[Migration]) -> list[str]:
    if connection.get_server_version().major < OLDEST_SERVER:
        raise MigrationError(
            f"PostgreSQL {OLDEST_SERVER} or newer is needed; {connection.get_server_version()} is older."
        )
    # Bound to the session, so it goes with the connection, however that ends.
    await connection.execute("select pg_advisory_lock($1)", LOCK)
    await connection.execute(CREATE_TABLE)
    applied: dict[str, str] = {row["name"]: row["checksum"] for row in await connection.fetch(APPLIED)}
    _check_history(applied, files)
    missing = [one for one in files if one.name not in applied]
    for migration in missing:
        await _apply(connection, migration)
    return [one.name for one in missing]


def _check_history(applied: dict[str, str], files: Sequence[Migration]) -> None:
    known = {one.name: one.checksum for one in files}
    for name, checksum in applied.items():
        if name not in known:
            raise MigrationError(f"The database has had migration {name}, which this version does not know. Update it.")
        if known[name] != checksum:
            raise MigrationError(f"Migration {name} was changed after it had been applied. Add a new one instead.")
    newest = max(applied, default="")
    late = [one.name for one in files if one.name not in applied and one.name < newest]
    if late:
        raise MigrationError(f"Migration {late[0]} is numbered before {newest}, which has been applied.")


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    try:
        with translated():
            async with connection.transaction():
                await connection.execute(migration.sql)
                await connection.execute(REMEMBER, migration.name, migration.checksum)
    except asyncpg.PostgresError as error:
        raise MigrationError(f"Migration {migration.name} failed: {error}") from error
