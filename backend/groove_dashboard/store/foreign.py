"""Writers that do not come through our ingest: opt-in triggers that tell the change feed what they changed.

Our own connections say in a setting that they tell it themselves, and the triggers leave them alone. They are not a
migration, since whoever has no such writers should not pay for them, and a migration is for good.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import asyncpg

from groove_dashboard.store.connection import UNHURRIED, connected, transaction
from groove_dashboard.store.errors import Contention, MigrationError, translated
from groove_dashboard.store.migrate import DEFAULT_PATIENCE, LOCK, Patience, patiently

STATEMENTS: Final = Path(__file__).parent / "foreign_writers"


async def install_triggers(url: str, *, patience: Patience = DEFAULT_PATIENCE) -> None:
    """Make the triggers, or bring them up to date. The database needs the tables of this version.

    Waits for the locks of others as a migration does. Raises DatabaseUnavailable, and MigrationError where others are
    in the way for too long, and where the role may not make them, since the tables are another's.
    """
    await _run(url, "install", patience)


async def remove_triggers(url: str, *, patience: Patience = DEFAULT_PATIENCE) -> None:
    """Take the triggers away, where there are any. Waits and raises as `install_triggers` does."""
    await _run(url, "remove", patience)


async def _run(url: str, name: str, patience: Patience) -> None:
    statements = (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
    try:
        with translated():
            async with connected(url, "groove-dashboard-triggers") as connection:
                await patiently(lambda: _execute(connection, statements, patience), f"triggers {name}", patience)
    except (asyncpg.LockNotAvailableError, Contention) as error:
        raise MigrationError(
            "The triggers for foreign writers were not changed, since transactions of others that stay open were in "
            f"the way. Find them in pg_stat_activity, end them, and run this again. The reason: {error}"
        ) from error
    except asyncpg.PostgresError as error:
        raise MigrationError(f"The triggers for foreign writers cannot be changed: {error}") from error


async def _execute(connection: asyncpg.Connection, statements: str, patience: Patience) -> None:
    async with transaction(connection, UNHURRIED):
        await connection.execute(patience.lock_setting)
        # Nobody migrates or installs meanwhile. On this very connection: a pooler may have no other to give.
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(statements)
