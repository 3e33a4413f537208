"""Every event that was ever applied, so that applying it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.store.recordset import recordset

if TYPE_CHECKING:
    from collections.abc import Sequence

    import asyncpg

    from groove_dashboard.messages.types import IngestEvent

# In the order of ids, so that two transactions that claim the same events never wait for each other in a circle.
# Nearly always all are new, so that those that are not are the fewer to tell.
CLAIM: Final = """
with said as (
    select event_id, type, occurred_at
    from json_to_recordset($1::json) as said (event_id uuid, type text, occurred_at timestamptz)
),
claimed as (
    insert into event (event_id, type, occurred_at)
    select event_id, type, occurred_at
    from said
    order by event_id
    on conflict (event_id) do nothing
    returning event_id
)
select event_id
from said
except
select event_id
from claimed
"""


class EventStore:
    """The ids of applied events."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def claim(self, events: Sequence[IngestEvent]) -> set[str]:
        """The ids among these events that were never applied; from here on they count as applied.

        Waits while another transaction that claims one of them is under way.
        """
        said = [
            {"event_id": event["event_id"], "type": event["type"], "occurred_at": event["occurred_at"]}
            for event in events
        ]
        known = await self._connection.fetch(CLAIM, recordset(said))
        return {event["event_id"] for event in events}.difference(row["event_id"] for row in known)
