"""What can go wrong in the store.

    StoreError
    ├── DatabaseUnavailable     no answer now; the same call may work a moment later
    │   └── Contention          other writers were in the way, several times in a row
    ├── SharedSessions          a pooler stands where a session of our own is needed
    ├── WrongListenUrl          what is listened to is another database
    ├── MigrationError          the tables are not what this version needs
    ├── BackupError             a dump could not be written, or not be loaded
    ├── NotEmpty                what needs an empty database was given one with facts
    └── EmbeddedServerError     the embedded PostgreSQL could not be started or stopped

Outside this room nobody sees an exception of the driver: `translated` turns them into these.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Iterator

UNREACHABLE: Final = (
    OSError,  # refused, reset, no such socket
    TimeoutError,
    asyncpg.PostgresConnectionError,  # lost in the middle of something
    asyncpg.OperatorInterventionError,  # shutting down, starting up, statement_timeout
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InvalidAuthorizationSpecificationError,  # wrong user or password
    asyncpg.InvalidCatalogNameError,  # no such database
    # The driver has lost the thread: a statement met the server's farewell to an idle session, before its end was seen.
    asyncpg.InternalClientError,
)
IN_THE_WAY: Final = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


class StoreError(Exception):
    """The base of everything that the store raises by itself."""


class DatabaseUnavailable(StoreError):
    """The database cannot be reached, or does not answer in time. A write may or may not have been committed."""


class Contention(DatabaseUnavailable):
    """A transaction was rolled back for the sake of others, several times in a row. Nothing is written."""


class SharedSessions(StoreError):
    """What is to be done needs the server's own address; the text says how to give it."""


class WrongListenUrl(StoreError):
    """The address at which the change feed listens is not that of the database."""


class MigrationError(StoreError):
    """The database's migrations are not those of this version, or one of them failed."""


class BackupError(StoreError):
    """A dump could not be written or loaded, and nothing of it is there; the text says why."""


class NotEmpty(StoreError):
    """The database has facts already, and what was asked for needs an empty one. Nothing is written."""


class EmbeddedServerError(StoreError):
    """The embedded PostgreSQL server could not be started or stopped; the text says what to do."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise DatabaseUnavailable or Contention for the driver's exceptions that mean so; let all others through."""
    try:
        yield
    except IN_THE_WAY as error:
        raise Contention(f"Other writers were in the way: {error}") from error
    except UNREACHABLE as error:
        raise DatabaseUnavailable(f"The database does not answer: {error or type(error).__name__}") from error
    except asyncpg.InterfaceError as error:
        # The driver has one class for "you use me wrongly" and for "the connection is gone"; only the texts differ.
        if type(error) is not asyncpg.InterfaceError or not ("closed" in str(error) or "closing" in str(error)):
            raise
        raise DatabaseUnavailable(f"The connection to the database is gone: {error}") from error
