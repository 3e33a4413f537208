"""Fill an empty database with facts by SQL alone, many times as fast as events do: all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, get_args

from groove_dashboard.store import rollups
from groove_dashboard.store.changes import Change, ChangeLog, FactKind
from groove_dashboard.store.connection import UNHURRIED, connected, transaction
from groove_dashboard.store.errors import NotEmpty, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import asyncpg

Step: TypeAlias = tuple[str, str, tuple[object, ...]]
"""A name for people, statements, and the arguments of their parameters."""

# Whoever ingests begins with the events' ids, and waits here.
HOLD: Final = """
lock table event in exclusive mode
"""

IS_EMPTY: Final = """
select
    not exists (select from event)
    and not exists (select from learning)
    and not exists (select from session)
    and not exists (select from attribution)
"""

# The roll-ups are made by queries that are planned for many rows.
LOOK: Final = """
analyze
"""

# With statistics, and with all rows known to be visible, so that reads are as quick as they are after a while of use.
TIDY: Final = """
vacuum (analyze)
"""


async def fill(url: str, steps: Iterable[Step], progress: Callable[[str], object]) -> None:
    """Run the steps in one transaction, then tell everybody; `progress` is told the name of each before.

    Ingest waits meanwhile. Takes minutes for millions of facts, without any time-out.
    Raises NotEmpty where there are facts already, and DatabaseUnavailable.
    """
    with translated():
        async with connected(url, "groove-dashboard-fill") as connection:
            async with transaction(connection, UNHURRIED):
                await _fill(connection, steps, progress)
            progress("tidying up")
            await connection.execute(TIDY)


async def _fill(connection: asyncpg.Connection, steps: Iterable[Step], progress: Callable[[str], object]) -> None:
    await connection.execute(HOLD)
    if not await connection.fetchval(IS_EMPTY):
        raise NotEmpty("The database has facts already; only an empty one can be filled.")
    await rollups.pause(connection)
    for name, sql, arguments in steps:
        progress(name)
        await connection.execute(sql, *arguments)
    progress("roll-ups")
    await connection.execute(LOOK)
    await rollups.rebuild(connection)
    await ChangeLog(connection).record(Change(kind, None) for kind in get_args(FactKind))
