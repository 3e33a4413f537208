"""What learnings contributed to sessions, and what experiments without them have shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import asyncpg

    from groove_dashboard.messages.types import AblationState, AblationUpdatedEvent, AttributionRecordedEvent

RECORD = """
insert into attribution (
    learning_id, session_id, event_id, occurred_at, activated, withheld, contribution, confidence
)
select distinct on (learning_id, session_id collate "C")
    learning_id, session_id, event_id, occurred_at, activated, withheld, contribution, confidence
from unnest(
    $1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[], $5::bool[], $6::bool[], $7::float8[], $8::float8[]
) as recorded (
    learning_id, session_id, event_id, occurred_at, activated, withheld, contribution, confidence
)
order by learning_id, session_id collate "C", occurred_at desc, event_id desc
on conflict (learning_id, session_id) do update
set
    event_id = excluded.event_id,
    occurred_at = excluded.occurred_at,
    activated = excluded.activated,
    withheld = excluded.withheld,
    contribution = excluded.contribution,
    confidence = excluded.confidence
where (excluded.occurred_at, excluded.event_id) > (attribution.occurred_at, attribution.event_id)
"""

UPDATE_ABLATIONS = """
insert into ablation (experiment_id, learning_id, event_id, occurred_at, state, value, confidence)
select distinct on (experiment_id collate "C")
    experiment_id, learning_id, event_id, occurred_at, state, value, confidence
from unnest(
    $1::text[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::float8[], $7::float8[]
) as updated (
    experiment_id, learning_id, event_id, occurred_at, state, value, confidence
)
order by experiment_id collate "C", occurred_at desc, event_id desc
on conflict (experiment_id) do update
set
    learning_id = excluded.learning_id,
    event_id = excluded.event_id,
    occurred_at = excluded.occurred_at,
    state = excluded.state,
    value = excluded.value,
    confidence = excluded.confidence
where (excluded.occurred_at, excluded.event_id) > (ablation.occurred_at, ablation.event_id)
"""

# Contributions are added as exact decimals, so that the sum does not depend on their order.
EVIDENCE = """
with tally as (
    select
        learning_id,
        count(*) as times_injected,
        count(*) filter (where activated) as session_count,
        sum(contribution::numeric) filter (where activated) as contribution_sum
    from attribution
    where
        not withheld
        and ($1::uuid[] is null or learning_id = any($1))
        and ($2::timestamptz is null or occurred_at >= $2)
        and ($3::timestamptz is null or occurred_at < $3)
    group by learning_id
),
trusted as (
    select distinct on (learning_id) learning_id, value, confidence
    from ablation
    where
        state = 'completed'
        and confidence > $4
        and ($1::uuid[] is null or learning_id = any($1))
        and ($2::timestamptz is null or occurred_at >= $2)
        and ($3::timestamptz is null or occurred_at < $3)
    order by learning_id, occurred_at desc, event_id desc
)
select
    learning_id,
    coalesce(tally.times_injected, 0) as times_injected,
    coalesce(tally.session_count, 0) as session_count,
    coalesce(tally.contribution_sum, 0)::float8 as contribution_sum,
    trusted.value as ablation_value,
    trusted.confidence as ablation_confidence
from tally
full join trusted using (learning_id)
where exists (
    select from known_learning
    where known_learning.id = learning_id
)
"""

DAYS_OF = """
select
    (occurred_at at time zone 'utc')::date as day,
    sum(contribution::numeric)::float8 as contribution_sum,
    count(*) as session_count
from attribution
where
    learning_id = $1::uuid
    and activated
    and not withheld
    and occurred_at >= $2
    and occurred_at < $3
group by day
"""

LATEST_ABLATION = """
select state, value, confidence
from ablation
where
    learning_id = $1::uuid
    and state <> 'pending'
order by state = 'completed' desc, occurred_at desc, event_id desc
limit 1
"""

ABLATION_STATES = """
with state as (
    select
        learning_id,
        bool_or(state = 'completed') as completed,
        bool_or(state = 'in_progress') as in_progress
    from ablation
    group by learning_id
)
select
    count(*) as learnings,
    count(*) filter (where state.completed) as completed,
    count(*) filter (where state.in_progress and not state.completed) as in_progress
from known_learning
left join state on state.learning_id = known_learning.id
"""

CONTRIBUTIONS = """
select
    attribution.session_id,
    attribution.learning_id,
    attribution.contribution,
    known_learning.content
from attribution
left join known_learning on known_learning.id = attribution.learning_id
where
    attribution.session_id = any($1::text[])
    and attribution.activated
    and not attribution.withheld
    and (
        known_learning.id is not null
        or exists (
            select from learning_tombstone
            where learning_tombstone.learning_id = attribution.learning_id
        )
    )
"""

RECORD_COUNT = """
select count(*)
from attribution
join known_learning on known_learning.id = attribution.learning_id
where not attribution.withheld
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to judge a known learning by."""

    learning_id: str
    times_injected: int
    """Records that were not withheld."""
    session_count: int
    """Those of them that were activated."""
    contribution_sum: float
    """Over the activated ones."""
    ablation_value: float | None
    ablation_confidence: float | None
    """Of the latest completed experiment that is trusted; both None where there is none."""


@dataclass(frozen=True, slots=True)
class ContributionDay:
    """A learning's activated records of one UTC day; days without any have no row."""

    day: date
    contribution_sum: float
    session_count: int


@dataclass(frozen=True, slots=True)
class AblationRow:
    """How far an experiment has come; value and confidence are None where they were not given."""

    state: AblationState
    value: float | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class AblationStates:
    """How many learnings are known, and how many of them have an experiment that has come this far."""

    learnings: int
    completed: int
    in_progress: int
    """Without those that also have a completed one."""


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """What an activated learning contributed to a session."""

    session_id: str
    learning_id: str
    contribution: float
    content: str | None
    """None for a deleted learning."""


class AttributionStore:
    """Reads and writes attribution records and ablations in the transaction of one connection; batches may be empty."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def record(self, events: Sequence[AttributionRecordedEvent]) -> None:
        """Keep the latest record of each learning in each session."""
        await self._connection.execute(
            RECORD,
            [event["learning_id"] for event in events],
            [event["session_id"] for event in events],
            [event["event_id"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
            [event["activated"] for event in events],
            [event.get("withheld", False) for event in events],
            [event["contribution"] for event in events],
            [event["confidence"] for event in events],
        )

    async def update_ablations(self, events: Sequence[AblationUpdatedEvent]) -> None:
        """Keep the latest state of each experiment, and the learning that it is about."""
        await self._connection.execute(
            UPDATE_ABLATIONS,
            [event["experiment_id"] for event in events],
            [event["learning_id"] for event in events],
            [event["event_id"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
            [event["state"] for event in events],
            [event.get("value") for event in events],
            [event.get("confidence") for event in events],
        )

    async def evidence(
        self,
        *,
        ablation_above: float,
        learning_ids: Sequence[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> dict[str, Evidence]:
        """What there is to judge each known learning by; a learning with nothing is left out.

        Experiments count when they are completed with a confidence above `ablation_above`. Records and experiments
        count from `since` until just before `until`; without them, those of all time.
        """
        records = await self._connection.fetch(EVIDENCE, learning_ids, since, until, ablation_above)
        return {record["learning_id"]: Evidence(*record) for record in records}

    async def days_of(self, learning_id: str, since: datetime, until: datetime) -> list[ContributionDay]:
        """The learning's activated records from `since` until just before `until`, by UTC day, in no order."""
        records = await self._connection.fetch(DAYS_OF, learning_id, since, until)
        return [ContributionDay(*record) for record in records]

    async def latest_ablation(self, learning_id: str) -> AblationRow | None:
        """The learning's latest completed experiment, else the latest in progress; None where there is neither."""
        record = await self._connection.fetchrow(LATEST_ABLATION, learning_id)
        return None if record is None else AblationRow(*record)

    async def ablation_states(self) -> AblationStates:
        """How many known learnings have been through an experiment."""
        return AblationStates(*await self._connection.fetchrow(ABLATION_STATES))

    async def contributions(self, session_ids: Sequence[str]) -> list[ContributionRow]:
        """What activated learnings, known or deleted, contributed to the sessions, in no order."""
        return [ContributionRow(*record) for record in await self._connection.fetch(CONTRIBUTIONS, session_ids)]

    async def record_count(self) -> int:
        """How many records known learnings have that were not withheld."""
        return int(await self._connection.fetchval(RECORD_COUNT))
