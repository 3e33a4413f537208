"""How every connection to the database is set up."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import asyncpg

from groove_dashboard.store.errors import DatabaseUnavailable, translated

if TYPE_CHECKING:
    from collections.abc import Iterator

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
# Below the 15 minutes for which changes are kept: a transaction that stays open longer would be told too late.
IDLE_IN_TRANSACTION_SECONDS: Final = 60.0


async def connect(url: str, name: str, *, command_timeout: float | None) -> asyncpg.Connection:
    """A connection beside the pool, under a name that `pg_stat_activity` shows. Times are seconds, None for ever.

    Raises DatabaseUnavailable.
    """
    with connecting():
        connection = await asyncpg.connect(
            url,
            timeout=CONNECT_SECONDS,
            command_timeout=command_timeout,
            server_settings=session_settings(name, command_timeout),
        )
        await set_codecs(connection)
    return connection


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
    except ValueError as error:
        raise DatabaseUnavailable(f"The database URL cannot be used: {error}") from error


def session_settings(name: str, command_timeout: float | None) -> dict[str, str]:
    """Settings of a session. The server gives up when the client does, and no plan waits for a compiler."""
    return {
        "application_name": name,
        "statement_timeout": str(int((command_timeout or 0) * 1000)),
        "idle_in_transaction_session_timeout": str(int(IDLE_IN_TRANSACTION_SECONDS * 1000)),
        "timezone": "UTC",
        "jit": "off",
    }


async def set_codecs(connection: asyncpg.Connection) -> None:
    """Hand ids over as lower-case texts, which is how everything else knows them."""
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str, format="text")
