"""Learnings: what was extracted, what became of it, and all that is kept of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from groove_dashboard.store.judged_learnings import JudgedLearning
from groove_dashboard.store.recordset import recordset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import asyncpg

    from groove_dashboard.messages.types import LearningExtractedEvent, LearningStatusChangedEvent

Decision: TypeAlias = Literal["enabled", "disabled"]

EXTRACT = """
insert into learning (
    id, event_id, created_at, scope_level, scope_name, category,
    content, content_folded, confidence, extraction_method, source_session
)
select distinct on (id)
    id, event_id, occurred_at, scope ->> 'level', scope ->> 'name', category,
    content, content_folded, confidence, extraction_method, source_session
from json_to_recordset($1::json) as extracted (
    id uuid, event_id uuid, occurred_at timestamptz, scope json, category text,
    content text, content_folded text, confidence double precision, extraction_method text, source_session text
)
order by id, occurred_at desc, event_id desc
on conflict (id) do update
set
    event_id = excluded.event_id,
    created_at = excluded.created_at,
    scope_level = excluded.scope_level,
    scope_name = excluded.scope_name,
    category = excluded.category,
    content = excluded.content,
    content_folded = excluded.content_folded,
    confidence = excluded.confidence,
    extraction_method = excluded.extraction_method,
    source_session = excluded.source_session
where (excluded.created_at, excluded.event_id) > (learning.created_at, learning.event_id)
"""

CHANGE_STATUS = """
insert into learning_status (learning_id, event_id, occurred_at, status, reason)
select distinct on (learning_id) learning_id, event_id, occurred_at, status, reason
from json_to_recordset($1::json) as changed (
    learning_id uuid, event_id uuid, occurred_at timestamptz, status text, reason text
)
order by learning_id, occurred_at desc, event_id desc
on conflict (learning_id) do update
set
    event_id = excluded.event_id,
    occurred_at = excluded.occurred_at,
    status = excluded.status,
    reason = excluded.reason
where (excluded.occurred_at, excluded.event_id) > (learning_status.occurred_at, learning_status.event_id)
"""

DELETE = """
insert into learning_tombstone (learning_id, deleted_at)
select distinct learning_id, $2::timestamptz
from unnest($1::uuid[]) as deleted (learning_id)
order by learning_id
on conflict (learning_id) do nothing
"""

# What a person decides last stands, even where the clocks of two servers disagree about which was last.
DECIDE = """
insert into learning_decision (learning_id, decided_at, decision)
values ($1::uuid, $2, $3)
on conflict (learning_id) do update
set
    decided_at = greatest(excluded.decided_at, learning_decision.decided_at),
    decision = excluded.decision
"""

IS_KNOWN = """
select exists (
    select from known_learning
    where id = $1::uuid
)
"""

# The temporal pair is what the records alone come to.
DETAIL = """
select
    total.learning_id,
    present.created_at,
    present.scope_level,
    present.scope_name,
    total.category,
    present.content,
    total.status,
    total.value,
    total.confidence,
    total.activated,
    total.records,
    rounded_figure(temporal_value(total.activated, total.contribution_sum)) as temporal_value,
    rounded_figure(temporal_confidence(total.activated)) as temporal_confidence,
    present.status_reason,
    present.source_session,
    present.extraction_method
from learning_total as total
join known_learning as present on present.id = total.learning_id
where total.learning_id = $1::uuid
"""


@dataclass(frozen=True, slots=True)
class LearningDetail(JudgedLearning):
    """A known learning with all that is kept of it; figures are rounded as they are shown."""

    times_injected: int
    """Records that were not withheld."""
    temporal_value: float
    temporal_confidence: float
    status_reason: str | None
    source_session: str | None
    extraction_method: str


class LearningStore:
    """Reads and writes learnings in the transaction of one connection; batches may be empty."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def extract(self, events: Sequence[LearningExtractedEvent]) -> None:
        """Keep the latest extraction of each learning."""
        extracted = [
            {
                **event["learning"],
                "content_folded": event["learning"]["content"].casefold(),
                "event_id": event["event_id"],
                "occurred_at": event["occurred_at"],
            }
            for event in events
        ]
        await self._connection.execute(EXTRACT, recordset(extracted))

    async def change_status(self, events: Sequence[LearningStatusChangedEvent]) -> None:
        """Keep the latest status that an event set on each learning."""
        await self._connection.execute(CHANGE_STATUS, recordset(events))

    async def delete(self, ids: Sequence[str], at: datetime) -> None:
        """Delete learnings for good, known or not."""
        await self._connection.execute(DELETE, ids, at)

    async def decide(self, learning_id: str, decision: Decision, at: datetime) -> None:
        """Keep what a person decided about a learning; `at` is the moment of the decision."""
        await self._connection.execute(DECIDE, learning_id, at, decision)

    async def is_known(self, learning_id: str) -> bool:
        """Whether the learning was extracted and not deleted."""
        return bool(await self._connection.fetchval(IS_KNOWN, learning_id))

    async def detail(self, learning_id: str) -> LearningDetail | None:
        """All that is kept of a learning; None where it is unknown or deleted."""
        record = await self._connection.fetchrow(DETAIL, learning_id)
        return None if record is None else LearningDetail(*record)
