"""Writers that do not come through our ingest: opt-in triggers that tell the change feed what they changed.

Our own connections say in a setting that they tell it themselves, and the triggers leave them alone. They are not a
migration, since whoever has no such writers should not pay for them, and a migration is for good.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import asyncpg

from groove_dashboard.store.connection import UNHURRIED, connected, transaction
from groove_dashboard.store.errors import MigrationError, translated
from groove_dashboard.store.migrate import LOCK

STATEMENTS: Final = Path(__file__).parent / "foreign_writers"


async def install_triggers(url: str) -> None:
    """Make the triggers, or bring them up to date. The database needs the tables of this version.

    Raises DatabaseUnavailable, and MigrationError where the role may not make them, since the tables are another's.
    """
    await _run(url, "install")


async def remove_triggers(url: str) -> None:
    """Take the triggers away, where there are any. Raises as `install_triggers` does."""
    await _run(url, "remove")


async def _run(url: str, name: str) -> None:
    statements = (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")
    try:
        async with connected(url, "groove-dashboard-triggers") as connection:
            with translated():
                async with transaction(connection, UNHURRIED):
                    # Nobody migrates or installs meanwhile.
                    await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
                    await connection.execute(statements)
    except asyncpg.PostgresError as error:
        raise MigrationError(f"The triggers for foreign writers cannot be changed: {error}") from error
