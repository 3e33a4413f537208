"""How every connection to the database is set up.

Nothing here depends on a session of our own: between us and the server a pooler may stand that hands its sessions out
for one transaction each. So a transaction brings its settings along, they end with it, and statements that take
parameters are run in transactions, outside of which a pooler may send the two halves of one to different sessions.
"""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import asyncpg

from groove_dashboard.store.errors import DatabaseUnavailable, translated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

Isolation: TypeAlias = Literal["read_committed", "repeatable_read"]

CONNECT_SECONDS: Final = 5.0
CLOSE_SECONDS: Final = 2.0
# Nothing depends on whether a session ends politely.
GOODBYE_FAILED: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
UNUSABLE_URL: Final = (
    "The database URL cannot be used. It is to be postgresql://USER:PASSWORD@HOST:PORT/NAME, and in its parts every "
    "character such as / : ? # @ % or a space is to be percent-encoded (%2F for /)."
)
# Below the 15 minutes for which changes are kept: a transaction that stays open longer would be told too late.
IDLE_IN_TRANSACTION_SECONDS: Final = 60.0
# Settings of a transaction of ours, in milliseconds. The server gives up when the client does, no plan waits for a
# compiler, and the triggers for foreign writers leave alone whoever records its changes by itself. `jit` itself is the
# driver's: it turns that off for the session while it asks about a type, and on again only where it was on before.
SETTINGS: Final = """
set local statement_timeout = {statement};
set local idle_in_transaction_session_timeout = {idle};
set local timezone = 'UTC';
set local jit_above_cost = -1;
set local groove_dashboard.tells_changes = on
"""


async def connect(
    url: str, name: str, *, command_timeout: float | None, statement_cache_size: int = 0
) -> asyncpg.Connection:
    """A connection beside the pool, under a name that `pg_stat_activity` shows. Times are seconds, None for ever.

    A `statement_cache_size` is for sessions that nobody shares. Raises DatabaseUnavailable.
    """
    with connecting():
        connection = await asyncpg.connect(
            url,
            timeout=CONNECT_SECONDS,
            command_timeout=command_timeout,
            statement_cache_size=statement_cache_size,
            server_settings=named(name),
        )
        await set_codecs(connection)
    return connection


@asynccontextmanager
async def connected(url: str, name: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection for work that may take its time, closed at the end of the block. Raises DatabaseUnavailable."""
    connection = await connect(url, name, command_timeout=None)
    try:
        yield connection
    finally:
        await close(connection)


async def close(connection: asyncpg.Connection) -> None:
    """Close a connection, broken or not, in two seconds at most."""
    try:
        await connection.close(timeout=CLOSE_SECONDS)
    except GOODBYE_FAILED:
        connection.terminate()


@contextmanager
def connecting() -> Iterator[None]:
    """As `translated`; besides, what a server refuses to let in and a URL that makes no sense are unavailable too."""
    try:
        with translated():
            yield
    except asyncpg.PostgresError as error:  # no right to connect, a setting in the URL that the server does not know
        raise DatabaseUnavailable(f"The database does not let us in: {error}") from error
    except ValueError:
        # What the driver says quotes the URL, up to a password whose special characters make it unreadable.
        raise DatabaseUnavailable(UNUSABLE_URL) from None


def named(name: str) -> dict[str, str]:
    """What a session is told when it begins; a pooler refuses anything more."""
    return {"application_name": name}


def settings(statement_seconds: float | None) -> str:
    """The statement that a transaction begins with; None lets its statements take as long as they need."""
    return SETTINGS.format(
        statement=int((statement_seconds or 0) * 1000),
        idle=int(IDLE_IN_TRANSACTION_SECONDS * 1000),
    )


UNHURRIED: Final = settings(None)
"""Of work that may take its time."""


@asynccontextmanager
async def transaction(
    connection: asyncpg.Connection,
    begun_with: str,
    *,
    isolation: Isolation = "read_committed",
    readonly: bool = False,
) -> AsyncIterator[None]:
    """A transaction with these `settings`: leaving the block commits, an exception rolls back."""
    async with connection.transaction(isolation=isolation, readonly=readonly):
        await connection.execute(begun_with)
        yield


async def set_codecs(connection: asyncpg.Connection) -> None:
    """Hand ids over as lower-case texts, which is how everything else knows them."""
    async with connection.transaction():
        await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str, format="text")


async def leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """A session that goes back to the pool keeps nothing of its transactions, so nothing is to be undone."""
