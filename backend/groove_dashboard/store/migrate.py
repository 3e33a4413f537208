"""Bring the tables to what this version needs: numbered files of plain SQL, each applied once, in order, for good.

Servers may be at work meanwhile. A file waits for the locks of others only for a moment, since whoever comes after it
waits behind it, and then tries again later.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import asyncpg

from groove_dashboard.store.connection import UNHURRIED, connected, transaction
from groove_dashboard.store.errors import Contention, MigrationError, translated
from groove_dashboard.store.migration import MIGRATIONS, read_migrations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
    from pathlib import Path

    from groove_dashboard.store.migration import IndexChange, Migration

LOCK: Final = 0x67726F6F7665  # "groove"; any number will do that nobody else uses
OLDEST_SERVER: Final = 15
NAME: Final = "groove-dashboard-migrate"

HAS_TABLE: Final = """
select to_regclass('migration') is not null
"""
CREATE_TABLE: Final = """
create table migration (
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
# No row where there is no such index; false where making it failed or is under way.
INDEX_IS_VALID: Final = """
select indisvalid
from pg_index
where indexrelid = to_regclass(quote_ident($1))
"""
DROP_INDEX: Final = """
drop index concurrently {index}
"""
# Nothing where the role may create tables in the schema that it would create them in.
MISSING_GRANT: Final = """
select format('grant usage, create on schema %I to %I', coalesce(current_schema(), 'public'), current_user)
where has_schema_privilege(current_schema(), 'create') is not true
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long is waited for others, in seconds."""

    lock: float = 1.0
    """For a lock on a table, in one attempt; whoever wants the table then waits as long."""
    attempts: int = 20
    shortest_delay: float = 0.2
    longest_delay: float = 5.0
    index: float = 3600.0
    """For an index that is made or dropped while others write, which waits for their transactions and stops nobody."""
    turn: float = 600.0
    """For another process that brings the same tables up to date."""

    @property
    def lock_setting(self) -> str:
        """The statement that bounds what a transaction waits for a lock."""
        return f"set local lock_timeout = {int(self.lock * 1000)}"

    def delays(self) -> Iterator[float]:
        """What is waited before each further attempt; in all, with the locks, a minute and a half by default."""
        for number in range(self.attempts - 1):
            yield min(self.shortest_delay * 2**number, self.longest_delay)


DEFAULT_PATIENCE: Final = Patience()


async def migrate(url: str, directory: Path = MIGRATIONS, *, patience: Patience = DEFAULT_PATIENCE) -> list[str]:
    """Apply what has not been applied, each file as a whole or not at all; the names of those.

    Processes that start together wait for the first, and then have nothing to do. It may be broken off at any moment
    and run again.

    Raises MigrationError where an applied file was changed or is not known here (the database is of a newer version),
    where a file fails or others are in its way for too long, where the database may only be read or the role may not
    create tables, and where the server is older than PostgreSQL 15. Raises DatabaseUnavailable.
    """
    files = read_migrations(directory)
    async with connected(url, NAME) as connection, _explaining(connection):
        _check_server(connection)
        if not _missing(await _applied(connection), files):
            return []
        async with turn(url, patience):
            applied = await _applied(connection)
            if applied is None:
                await _make_table(connection)
            missing = _missing(applied, files)
            for migration in missing:
                log.info("applying migration %s", migration.name)
                await _apply(connection, migration, patience)
    return [one.name for one in missing]


async def missing_migrations(url: str, directory: Path = MIGRATIONS) -> list[str]:
    """The names of what `migrate` would apply; changes nothing. Raises as `migrate` does."""
    files = read_migrations(directory)
    async with connected(url, NAME) as connection, _explaining(connection):
        _check_server(connection)
        return [one.name for one in _missing(await _applied(connection), files)]


async def require_current(url: str, directory: Path = MIGRATIONS) -> None:
    """Raise MigrationError, with what is missing, where `migrate` would apply anything; changes nothing."""
    if missing := await missing_migrations(url, directory):
        raise MigrationError(
            f"The database is behind this version: it lacks {', '.join(missing)}. Run `groove-dashboard migrate` first."
        )


@asynccontextmanager
async def _explaining(connection: asyncpg.Connection) -> AsyncIterator[None]:
    try:
        with translated():
            yield
    except asyncpg.PostgresError as error:
        with translated():
            raise MigrationError(await _explained(connection, error)) from error


async def _explained(connection: asyncpg.Connection, error: asyncpg.PostgresError) -> str:
    """What is to be done, as far as it is known."""
    if isinstance(error, asyncpg.ReadOnlySQLTransactionError):
        return f"The tables cannot be made in a database that may only be read (connect to its primary server): {error}"
    if isinstance(error, (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidSchemaNameError)):
        async with connection.transaction():
            grant = await connection.fetchval(MISSING_GRANT)
        if grant is not None:
            return f"The role may not create tables ({error}); let the owner of the database run: {grant}"
        return f"The role may create tables, but those that exist are another role's; connect as that one: {error}"
    return f"The tables cannot be brought to this version: {error}"


def _check_server(connection: asyncpg.Connection) -> None:
    version = connection.get_server_version()
    if version.major < OLDEST_SERVER:
        raise MigrationError(f"PostgreSQL {OLDEST_SERVER} or newer is needed; {version} is older.")


@asynccontextmanager
async def turn(url: str, patience: Patience) -> AsyncIterator[None]:
    """Be the only one that migrates. On a connection of its own, since some files are applied outside a transaction.

    Who waits asks again and again: a transaction that waited would hold a snapshot, and who makes an index
    concurrently waits for the end of every snapshot.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience.turn
    async with connected(url, NAME) as gate:
        while loop.time() < deadline:
            async with gate.transaction():
                if await gate.fetchval("select pg_try_advisory_xact_lock($1)", LOCK):
                    # A statement without parameters comes last: with it, the snapshot of the one before is let go.
                    await gate.execute("set local idle_in_transaction_session_timeout = 0")
                    yield
                    return
            await asyncio.sleep(patience.shortest_delay)
    raise MigrationError(f"Another process has been changing the tables for {patience.turn:.0f} seconds. Look at it.")


async def patiently(attempt: Callable[[], Awaitable[None]], name: str, patience: Patience) -> None:
    """Make the attempt again, and again later, where others are in its way. Raises what the last one raises."""
    for delay in patience.delays():
        try:
            return await attempt()
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            log.warning("%s waits for others; the next attempt is in %.1f s", name, delay)
        await asyncio.sleep(delay)
    return await attempt()


async def _applied(connection: asyncpg.Connection) -> dict[str, str] | None:
    """Names and checksums; None where nothing has ever been applied."""
    async with transaction(connection, UNHURRIED, readonly=True):
        if not await connection.fetchval(HAS_TABLE):
            return None
        return {row["name"]: row["checksum"] for row in await connection.fetch(APPLIED)}


async def _make_table(connection: asyncpg.Connection) -> None:
    async with connection.transaction():
        await connection.execute(CREATE_TABLE)


def _missing(applied: dict[str, str] | None, files: Sequence[Migration]) -> list[Migration]:
    if applied is None:
        return list(files)
    known = {one.name: one.checksum for one in files}
    for name, checksum in applied.items():
        if name not in known:
            raise MigrationError(f"The database has had migration {name}, which this version does not know. Update it.")
        if known[name] != checksum:
            raise MigrationError(f"Migration {name} was changed after it had been applied. Add a new one instead.")
    newest = max(applied, default="")
    missing = [one for one in files if one.name not in applied]
    if missing and missing[0].name < newest:
        raise MigrationError(f"Migration {missing[0].name} is numbered before {newest}, which has been applied.")
    return missing


async def _apply(connection: asyncpg.Connection, migration: Migration, patience: Patience) -> None:
    try:
        with translated():
            if migration.concurrent is None:
                await patiently(
                    lambda: _apply_at_once(connection, migration, patience), f"migration {migration.name}", patience
                )
            else:
                await _apply_concurrently(connection, migration, migration.concurrent, patience)
    except (asyncpg.LockNotAvailableError, Contention) as error:
        raise MigrationError(
            f"Migration {migration.name} was not applied, since transactions of others that stay open were in its way. "
            f"Find them in pg_stat_activity, end them, and run this again. The reason: {error}"
        ) from error
    except asyncpg.PostgresError as error:
        raise MigrationError(f"Migration {migration.name} failed: {error}") from error


async def _apply_at_once(connection: asyncpg.Connection, migration: Migration, patience: Patience) -> None:
    async with transaction(connection, UNHURRIED):
        await connection.execute(patience.lock_setting)
        await connection.execute(migration.sql)
        await connection.execute(REMEMBER, migration.name, migration.checksum)


async def _apply_concurrently(
    connection: asyncpg.Connection, migration: Migration, change: IndexChange, patience: Patience
) -> None:
    """What a try that failed has left is made anew; what one has done that was killed before it said so, is kept."""
    try:
        await _drop_invalid(connection, change.index, patience)
        exists = await _is_valid(connection, change.index) is not None
        if exists == change.is_dropped:
            await _change_index(connection, migration, change, patience)
    except TimeoutError as error:
        raise MigrationError(
            f"Migration {migration.name} was broken off after {patience.index:g} seconds. It waits for every older "
            f"transaction: find those in pg_stat_activity, end them, and run this again, which removes what it has "
            f"left unfinished."
        ) from error
    async with transaction(connection, UNHURRIED):
        await connection.execute(REMEMBER, migration.name, migration.checksum)


async def _change_index(
    connection: asyncpg.Connection, migration: Migration, change: IndexChange, patience: Patience
) -> None:
    try:
        await connection.execute(migration.sql, timeout=patience.index)
    except asyncpg.PostgresError:
        await _drop_invalid(connection, change.index, patience)  # it would cost writers time and be of use to nobody
        raise


async def _drop_invalid(connection: asyncpg.Connection, index: str, patience: Patience) -> None:
    if await _is_valid(connection, index) is False:
        await connection.execute(DROP_INDEX.format(index=index), timeout=patience.index)


async def _is_valid(connection: asyncpg.Connection, index: str) -> bool | None:
    async with transaction(connection, UNHURRIED, readonly=True):
        valid: bool | None = await connection.fetchval(INDEX_IS_VALID, index)
    return valid
