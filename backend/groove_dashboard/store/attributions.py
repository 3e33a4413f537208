"""What learnings contributed to sessions, and what experiments without them have shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groove_dashboard.store.recordset import array, columns, recordset

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    import asyncpg

    from groove_dashboard.messages.types import AblationState, AblationUpdatedEvent, AttributionRecordedEvent

MAKE_MONTHS = """
select make_attribution_month(day)
from unnest($1::date[]) as month (day)
order by day
"""

HORIZON = """
select horizon
from retention
"""

# The experiments may be about other learnings so far, whose figures change too.
ABLATED = """
select learning_id
from ablation
where experiment_id = any($1::text[])
order by experiment_id
for no key update
"""

# The triggers are told that what the transaction writes about is held. The planner takes the few sessions of a batch
# for so many that it would rather read all records; `offset 0` keeps it from that in what is looked up, and the last
# setting in what is corrected.
HOLD_LEARNINGS = """
select
    hold_learnings($1::text::uuid[]),
    set_config('groove_dashboard.holds', 'on', true),
    set_config('enable_seqscan', 'off', true)
"""

# The spans are made here, in one order with those that are there, and not by the trigger: a writer that has made one
# would wait there for another that was made meanwhile, and is held by who waits for the first. What is wide enough is
# held all the same.
HOLD_SESSIONS = """
insert into attribution_session as kept (session_id, first_at, last_at)
select session_id collate "C" as named, min(occurred_at), max(occurred_at)
from unnest($1::text::text[], $2::text::timestamptz[]) as recorded (session_id, occurred_at)
group by named
order by named
on conflict (session_id) do update
set
    first_at = least(kept.first_at, excluded.first_at),
    last_at = greatest(kept.last_at, excluded.last_at)
where excluded.first_at < kept.first_at or excluded.last_at > kept.last_at
"""

# The learnings are held, so nobody else writes a record of theirs between the looking and the writing.
RECORD = """
with recorded as (
    select distinct on (session_id collate "C", learning_id)
        session_id collate "C" as session_id,
        learning_id, event_id, occurred_at, activated, coalesce(withheld, false) as withheld, contribution, confidence
    from unnest(
        $1::text::text[], $2::text::uuid[], $3::text::uuid[], $4::text::timestamptz[],
        $5::text::boolean[], $6::text::boolean[], $7::text::float8[], $8::text::float8[]
    ) as recorded (session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence)
    order by session_id collate "C", learning_id, occurred_at desc, event_id desc
),
present as (
    select record.session_id, record.learning_id, record.event_id, record.occurred_at
    from (select distinct session_id from recorded) as named
    cross join lateral (
        select first_at, last_at
        from attribution_session
        where attribution_session.session_id = named.session_id
        offset 0
    ) as span
    cross join lateral (
        select session_id, learning_id, event_id, occurred_at
        from attribution
        where
            attribution.session_id = named.session_id
            and attribution.occurred_at >= span.first_at
            and attribution.occurred_at <= span.last_at
        offset 0
    ) as record
),
corrected as (
    update attribution as record
    set
        event_id = recorded.event_id,
        occurred_at = recorded.occurred_at,
        activated = recorded.activated,
        withheld = recorded.withheld,
        contribution = recorded.contribution,
        confidence = recorded.confidence
    from present
    join recorded
        on recorded.session_id = present.session_id
        and recorded.learning_id = present.learning_id
    where
        record.session_id = present.session_id
        and record.learning_id = present.learning_id
        and record.occurred_at = present.occurred_at
        and (recorded.occurred_at, recorded.event_id) > (present.occurred_at, present.event_id)
)
insert into attribution (
    session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
)
select session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
from recorded
where not exists (
    select from present
    where present.session_id = recorded.session_id and present.learning_id = recorded.learning_id
)
order by occurred_at, session_id, learning_id
"""

UPDATE_ABLATIONS = """
insert into ablation (experiment_id, learning_id, event_id, occurred_at, state, value, confidence)
select distinct on (experiment_id collate "C")
    experiment_id, learning_id, event_id, occurred_at, state, value, confidence
from json_to_recordset($1::json) as updated (
    experiment_id text, learning_id uuid, event_id uuid, occurred_at timestamptz,
    state text, value double precision, confidence double precision
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

DAYS_OF = """
select day, contribution_sum, activated
from learning_day
where
    learning_id = $1::uuid
    and activated <> 0
    and day >= $2
    and day < $3
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

# A session's records lie between the moments that are kept for it, so few months are read; `offset 0` as in RECORD.
# They come as lists: there may be thousands, and a row for each takes twice as long to send and to read.
# That is planned for itself: the planner takes it for so dear that it would not mind how their learnings are found.
CONTRIBUTIONS = """
with record as materialized (
    select named.session_id, found.learning_id, found.contribution
    from unnest($1::text[]) as named (session_id)
    cross join lateral (
        select first_at, last_at
        from attribution_session
        where attribution_session.session_id = named.session_id
        offset 0
    ) as span
    cross join lateral (
        select learning_id, contribution, activated, withheld
        from attribution
        where
            attribution.session_id = named.session_id
            and attribution.occurred_at >= span.first_at
            and attribution.occurred_at <= span.last_at
        offset 0
    ) as found
    where found.activated and not found.withheld
)
select
    record.session_id,
    array_agg(record.learning_id::text) as learning_ids,
    array_agg(learning.content) as contents,
    array_agg(record.contribution) as contributions,
    count(*) filter (where total.value < 0) as negative_learnings
from record
left join learning_total as total on total.learning_id = record.learning_id and total.known
left join learning on learning.id = total.learning_id
where
    total.known
    or exists (
        select from learning_tombstone
        where learning_tombstone.learning_id = record.learning_id
    )
group by record.session_id
"""


@dataclass(frozen=True, slots=True)
class ContributionDay:
    """A learning's activated records of one UTC day; days without any have no row."""

    day: date
    contribution_sum: Decimal
    session_count: int


@dataclass(frozen=True, slots=True)
class AblationRow:
    """How far an experiment has come; value and confidence are None where they were not given."""

    state: AblationState
    value: float | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class SessionContributions:
    """What activated learnings, known or deleted, contributed to a session: three lists of one length, in no order."""

    session_id: str
    learning_ids: list[str]
    contents: list[str | None]
    """None for a deleted learning."""
    contributions: list[float]
    negative_learnings: int
    """How many of the learnings have a lifetime value below 0."""


class AttributionStore:
    """Reads and writes attribution records and ablations in the transaction of one connection; batches may be empty."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def make_months(self, days: Collection[date]) -> None:
        """Make the tables of the months in which these UTC days lie, in a transaction of their own.

        Records of a month without one are kept all the same, and only cost more when they are given up.
        """
        await self._connection.execute(MAKE_MONTHS, days)

    async def horizon(self) -> date | None:
        """The first UTC day whose records have not been given up; None where none ever were."""
        day: date | None = await self._connection.fetchval(HORIZON)
        return day

    async def hold(
        self,
        learning_ids: Collection[str],
        experiment_ids: Collection[str],
        recorded: Sequence[AttributionRecordedEvent],
    ) -> None:
        """Wait for the figures of all that events are about, in one order for every writer, until the transaction ends.

        The learnings are all that any event of the transaction names, the experiments those that are updated, and the
        events all that are to be recorded.
        """
        ablated = []
        if experiment_ids:
            ablated = await self._connection.fetch(ABLATED, experiment_ids)
        ids = [*{*learning_ids, *(row["learning_id"] for row in ablated)}]
        if ids:
            await self._connection.execute(HOLD_LEARNINGS, array(ids))
        if recorded:
            await self._connection.execute(HOLD_SESSIONS, *columns(recorded, "session_id", "occurred_at"))

    async def record(self, events: Sequence[AttributionRecordedEvent]) -> None:
        """Keep the latest record of each learning in each session. The learnings are held."""
        members = ("session_id", "learning_id", "event_id", "occurred_at", "activated", "withheld")
        await self._connection.execute(RECORD, *columns(events, *members, "contribution", "confidence"))

    async def update_ablations(self, events: Sequence[AblationUpdatedEvent]) -> None:
        """Keep the latest state of each experiment, and the learning that it is about."""
        await self._connection.execute(UPDATE_ABLATIONS, recordset(events))

    async def days_of(self, learning_id: str, since: datetime, until: datetime) -> list[ContributionDay]:
        """The learning's activated records from one UTC midnight until just before another, by UTC day, in no order."""
        records = await self._connection.fetch(DAYS_OF, learning_id, since.date(), until.date())
        return [ContributionDay(*record) for record in records]

    async def latest_ablation(self, learning_id: str) -> AblationRow | None:
        """The learning's latest completed experiment, else the latest in progress; None where there is neither."""
        record = await self._connection.fetchrow(LATEST_ABLATION, learning_id)
        return None if record is None else AblationRow(*record)

    async def contributions(self, session_ids: Sequence[str]) -> list[SessionContributions]:
        """What learnings contributed to those of the sessions in which any was activated, in no order."""
        return [SessionContributions(*record) for record in await self._connection.fetch(CONTRIBUTIONS, session_ids)]
