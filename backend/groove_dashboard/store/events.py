"""Every event that was ever applied, so that applying it again changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import asyncpg

    from groove_dashboard.messages.types import IngestEvent

# In the order of ids, so that two transactions that claim the same events never wait for each other in a circle.
CLAIM: Final = """
insert into event (event_id, type, occurred_at)
select event_id, type, occurred_at
from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as claimed (event_id, type, occurred_at)
order by event_id
on conflict (event_id) do nothing
returning event_id
"""


class EventStore:
    """The ids of applied events."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def claim(self, events: Sequence[IngestEvent]) -> set[str]:
        """The ids among these events that were never applied; from here on they count as applied.

        Waits while another transaction that claims one of them is under way.
        """
        rows = await self._connection.fetch(
            CLAIM,
            [event["event_id"] for event in events],
            [event["type"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
        )
        return {row["event_id"] for row in rows}
