"""Connections to PostgreSQL, and the transactions that lend out the stores."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self, TypeVar

import asyncpg

from groove_dashboard.store.connection import (
    CLOSE_SECONDS,
    CONNECT_SECONDS,
    GOODBYE_FAILED,
    connecting,
    leave_as_it_is,
    named,
    set_codecs,
    settings,
    transaction,
)
from groove_dashboard.store.errors import Contention, translated
from groove_dashboard.store.pooler import is_pooled
from groove_dashboard.store.stores import Stores

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from groove_dashboard.store.connection import Isolation

T = TypeVar("T")

ATTEMPTS: Final = 5
STATEMENTS_KEPT: Final = 200  # prepared, of each connection; a plan is made once for each


@dataclass(frozen=True, slots=True)
class DatabaseStatistics:
    """How many connections are open, how many of them wait for work, and how many there may be."""

    open: int
    idle: int
    limit: int


class Database:
    """A pool of connections. It may be used while the server is away, and works again once the server is back."""

    def __init__(self, pool: asyncpg.Pool, *, acquire_timeout: float, command_timeout: float) -> None:
        self._pool = pool
        self._acquire_timeout = acquire_timeout
        self._settings = settings(command_timeout)

    @classmethod
    async def connect(
        cls,
        url: str,
        *,
        min_size: int = 1,
        max_size: int = 8,
        acquire_timeout: float = 5.0,
        command_timeout: float = 10.0,
    ) -> Self:
        """Open `min_size` connections, later up to `max_size`. Times are seconds.

        Who gets none of them within `acquire_timeout` is told that the database is unavailable, and so is who runs a
        statement for longer than `command_timeout`. Behind a pooler no statement is kept prepared.

        Raises DatabaseUnavailable where there is no server, no such database or no permission.
        """
        pooled = await is_pooled(url)
        with connecting():
            pool = await asyncpg.create_pool(
                url,
                # No floor to be kept: while the server is away, the pool would log a trace for each vain attempt.
                min_size=0,
                init_size=min_size,
                max_size=max_size,
                max_inactive_connection_lifetime=0,
                timeout=CONNECT_SECONDS,
                command_timeout=command_timeout,
                statement_cache_size=0 if pooled else STATEMENTS_KEPT,
                server_settings=named("groove-dashboard"),
                init=set_codecs,
                reset=leave_as_it_is,
            )
        return cls(pool, acquire_timeout=acquire_timeout, command_timeout=command_timeout)

    async def close(self) -> None:
        """Close all connections; those still in use two seconds later are cut."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._pool.close()
        except GOODBYE_FAILED:
            self._pool.terminate()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Stores]:
        """Stores that see the database as it is at one moment, and cannot write. Raises DatabaseUnavailable."""
        async with self._transaction("repeatable_read", readonly=True) as stores:
            yield stores

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Stores]:
        """Stores that write; leaving the block commits, an exception rolls back.

        Raises DatabaseUnavailable, and Contention where the transaction is worth another try, which `run` makes.
        """
        async with self._transaction("read_committed", readonly=False) as stores:
            yield stores

    async def run(self, work: Callable[[Stores], Awaitable[T]]) -> T:
        """Do the work in a transaction and commit. It is done up to five times where other writers are in the way.

        Raises DatabaseUnavailable; where that happens during the commit, the work may have been committed.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._run_once(work)
            except Contention:
                continue
        return await self._run_once(work)

    async def ping(self) -> None:
        """Raise DatabaseUnavailable unless the database answers."""
        async with self._connection() as connection:
            await connection.execute("select 1")

    async def notify(self, channel: str) -> None:
        """Wake whoever listens on the channel, in a transaction of its own. Raises DatabaseUnavailable."""
        async with self._connection() as connection, transaction(connection, self._settings):
            await connection.execute("select pg_notify($1, '')", channel)

    def statistics(self) -> DatabaseStatistics:
        """The pool at this moment."""
        return DatabaseStatistics(self._pool.get_size(), self._pool.get_idle_size(), self._pool.get_max_size())

    async def _run_once(self, work: Callable[[Stores], Awaitable[T]]) -> T:
        async with self.transaction() as stores:
            return await work(stores)

    @asynccontextmanager
    async def _transaction(self, isolation: Isolation, *, readonly: bool) -> AsyncIterator[Stores]:
        async with (
            self._connection() as connection,
            transaction(connection, self._settings, isolation=isolation, readonly=readonly),
        ):
            yield Stores.on(connection)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.Connection]:
        with translated():
            async with self._pool.acquire(timeout=self._acquire_timeout) as connection:
                yield connection
