"""Whether a pooler such as PgBouncer stands between us and the server, and what that forbids.

A pooler answers for the server when a session begins, so the process id that it names there is not that of the process
which then does the work.
"""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

from groove_dashboard.store.connection import connected
from groove_dashboard.store.errors import SharedSessions, WrongListenUrl, translated

if TYPE_CHECKING:
    import asyncpg

NAME: Final = "groove-dashboard-start"
LOOKS: Final = 8
LISTEN_ADVICE: Final = (
    "The change feed has to listen, which takes a session of its own: give the server's own address by --listen-url."
)
DIRECT_ADVICE: Final = "Give the server's own address."
IDENTITY: Final = """
select pg_postmaster_start_time(), oid
from pg_database
where datname = current_database()
"""


async def is_pooled(url: str) -> bool:
    """Whether the sessions at this address are a pooler's. Raises DatabaseUnavailable."""
    async with connected(url, NAME) as connection:
        named: int = connection.get_server_pid()
        return await _backend(connection) != named


async def require_own_sessions(url: str, advice: str) -> None:
    """Raise SharedSessions, with the advice, where a pooler hands its sessions out for one transaction each.

    Such a pooler is found out by two connections, each of which has a session of its own otherwise: they are seen to
    be given the same one in turn, or one of them to be given several. A busy pooler may escape that.
    Raises DatabaseUnavailable.
    """
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(connected(url, NAME))
        if await _backend(one) == one.get_server_pid():
            return
        another = await stack.enter_async_context(connected(url, NAME))
        seen = [(await _backend(one), await _backend(another)) for _ in range(LOOKS)]
        ones, others = ({pair[side] for pair in seen} for side in (0, 1))
        if len(ones) > 1 or len(others) > 1 or ones & others:
            raise SharedSessions(
                f"The database URL leads to a pooler that hands its sessions out for a transaction, as PgBouncer does "
                f"with pool_mode = transaction. {advice}"
            )


async def require_same_database(url: str, listen_url: str) -> None:
    """Raise WrongListenUrl where the two addresses lead to different databases. Raises DatabaseUnavailable."""
    if await _identity(url) != await _identity(listen_url):
        raise WrongListenUrl("The --listen-url leads to another database than the --database-url.")


async def _identity(url: str) -> tuple[object, ...]:
    async with connected(url, NAME) as connection:
        with translated():
            async with connection.transaction():
                return tuple(await connection.fetchrow(IDENTITY))


async def _backend(connection: asyncpg.Connection) -> int:
    with translated():
        async with connection.transaction():
            pid: int = await connection.fetchval("select pg_backend_pid()")
    return pid
