"""The roll-ups that topics read: kept by triggers with every fact, moved on when the day ends, made anew when need be.

The migrations hold what they are and how they are kept. Nothing here changes what a topic shows, only what it costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    import asyncpg

PAUSE: Final = """
select set_config('groove_dashboard.rolls_up', 'off', true)
"""

REBUILD: Final = """
select rebuild_roll_ups()
"""

ADVANCE: Final = """
select advance_windows($1, $2)
"""


async def pause(connection: asyncpg.Connection) -> None:
    """Let the facts that the rest of this transaction writes leave the roll-ups alone; `rebuild` is to follow.

    For whoever fills an empty database with millions of facts at once.
    """
    await connection.execute(PAUSE)


async def rebuild(connection: asyncpg.Connection) -> None:
    """Make all roll-ups anew from the facts, in the connection's transaction; nobody reads or writes meanwhile.

    Takes some 5 seconds for a million attribution records. `groove_dashboard verify --repair` mends them without that.
    """
    await connection.execute(REBUILD, timeout=None)


async def advance(connection: asyncpg.Connection, today: date, *, at_most: int) -> int:
    """Let the periods of up to so many learnings end with this UTC day; how many learnings that were."""
    count: int = await connection.fetchval(ADVANCE, today, at_most)
    return count
