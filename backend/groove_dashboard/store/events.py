"""Every event that was ever applied, so that applying it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.store.recordset import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import asyncpg

    from groove_dashboard.messages.types import IngestEvent

CLAIM: Final = """
select claim_events($1::text::uuid[], $2::text::text[], $3::text::timestamptz[])
"""


class EventStore:
    """The ids of applied events."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def claim(self, events: Sequence[IngestEvent]) -> set[str]:
        """The ids among these events that were never applied; from here on they count as applied.

        Waits while another transaction that claims one of them is under way.
        """
        known = await self._connection.fetch(CLAIM, *columns(events, "event_id", "type", "occurred_at"))
        return {event["event_id"] for event in events}.difference(event_id for [event_id] in known)
