"""Sessions: when they started, what they were about, how they were judged.

An event sets some groups of a session's columns; each group follows its own latest event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from groove_dashboard.store.recordset import recordset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    import asyncpg

    from groove_dashboard.messages.types import SessionAssessedEvent, SessionOutcome, SessionStartedEvent

DEFAULT_SCORES: Final[Mapping[SessionOutcome, float]] = {
    "success": 1.0,
    "partial": 0.75,
    "failure": 0.25,
    "abandoned": 0.0,
}
"""What an assessment without a score is worth."""

# One statement for all groups, so that it changes each row once and each day's figures in one go.
# Each group takes the latest of its own events, of those that come and the one that is kept.
KEEP = """
with said as (
    select
        session_id collate "C" as id,
        occurred_at as at,
        event_id,
        type = 'session_started' as is_start,
        outcome,
        score,
        scope ->> 'level' as scope_level,
        scope ->> 'name' as scope_name,
        title
    from json_to_recordset($1::json) as said (
        session_id text, occurred_at timestamptz, event_id uuid, type text,
        outcome text, score double precision, scope json, title text
    )
),
started as (
    select distinct on (id) id, at, event_id
    from said
    where is_start
    order by id, at desc, event_id desc
),
scoped as (
    select distinct on (id) id, at, event_id, scope_level, scope_name
    from said
    where scope_level is not null
    order by id, at desc, event_id desc
),
titled as (
    select distinct on (id) id, at, event_id, title
    from said
    where title is not null
    order by id, at desc, event_id desc
),
assessed as (
    select distinct on (id) id, at, event_id, outcome, score
    from said
    where not is_start
    order by id, at desc, event_id desc
)
insert into session (
    id, started_at, started_event, scope_at, scope_event, scope_level, scope_name, title_at, title_event, title,
    assessed_at, assessed_event, outcome, score
)
select
    named.id, started.at, started.event_id, scoped.at, scoped.event_id, scoped.scope_level, scoped.scope_name,
    titled.at, titled.event_id, titled.title, assessed.at, assessed.event_id, assessed.outcome, assessed.score
from (select distinct id from said) as named
left join started on started.id = named.id
left join scoped on scoped.id = named.id
left join titled on titled.id = named.id
left join assessed on assessed.id = named.id
order by named.id
on conflict (id) do update
set
    (started_at, started_event) = (
        select new.at, new.event_id
        from (
            values (session.started_at, session.started_event), (excluded.started_at, excluded.started_event)
        ) as new (at, event_id)
        order by new.at desc nulls last, new.event_id desc
        limit 1
    ),
    (scope_at, scope_event, scope_level, scope_name) = (
        select new.at, new.event_id, new.scope_level, new.scope_name
        from (
            values
                (session.scope_at, session.scope_event, session.scope_level, session.scope_name),
                (excluded.scope_at, excluded.scope_event, excluded.scope_level, excluded.scope_name)
        ) as new (at, event_id, scope_level, scope_name)
        order by new.at desc nulls last, new.event_id desc
        limit 1
    ),
    (title_at, title_event, title) = (
        select new.at, new.event_id, new.title
        from (
            values
                (session.title_at, session.title_event, session.title),
                (excluded.title_at, excluded.title_event, excluded.title)
        ) as new (at, event_id, title)
        order by new.at desc nulls last, new.event_id desc
        limit 1
    ),
    (assessed_at, assessed_event, outcome, score) = (
        select new.at, new.event_id, new.outcome, new.score
        from (
            values
                (session.assessed_at, session.assessed_event, session.outcome, session.score),
                (excluded.assessed_at, excluded.assessed_event, excluded.outcome, excluded.score)
        ) as new (at, event_id, outcome, score)
        order by new.at desc nulls last, new.event_id desc
        limit 1
    )
"""

DAYS = """
select started_day, assessed_day, sessions, score_sum
from session_day
where
    sessions <> 0
    and (
        (assessed_day >= $1 and assessed_day < $2)
        or (started_day >= $1 and started_day < $2)
    )
"""

ASSESSED_COUNT_WITHIN = """
select coalesce(sum(sessions), 0)::bigint
from session_day
where
    assessed_day >= $1
    and assessed_day < $2
"""

ASSESSED = """
select id, title, assessed_at, score, outcome
from session
where
    assessed_at >= $1
    and assessed_at < $2
order by assessed_at desc, id
limit $3
"""


@dataclass(frozen=True, slots=True)
class SessionDay:
    """The sessions that were started on one UTC day and assessed on one; None where they were not."""

    started_day: date | None
    assessed_day: date | None
    sessions: int
    score_sum: Decimal
    """Of those assessed; exact, so that days can be added up in any order."""


@dataclass(frozen=True, slots=True)
class SeenSessions:
    """How many sessions were started or assessed, and how many of them have been assessed."""

    seen: int
    assessed: int


@dataclass(frozen=True, slots=True)
class AssessedSession:
    """A session as it was last judged; its title is None where none was given."""

    id: str
    title: str | None
    assessed_at: datetime
    score: float
    outcome: SessionOutcome


class SessionStore:
    """Reads and writes sessions in the transaction of one connection; batches may be empty.

    Where two moments bound a period, the first is in it and the second is not.
    """

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def keep(self, events: Sequence[SessionStartedEvent | SessionAssessedEvent]) -> None:
        """Keep each session's latest start and assessment, and the latest scope and title of those that have one."""
        await self._connection.execute(KEEP, recordset([{**event, "score": _score(event)} for event in events]))

    async def days(self, since: datetime, until: datetime) -> list[SessionDay]:
        """The sessions that were started or assessed in a period of whole UTC days, in no order."""
        records = await self._connection.fetch(DAYS, _utc_day(since), _utc_day(until))
        return [SessionDay(*record) for record in records]

    async def seen(self, since: datetime, until: datetime) -> SeenSessions:
        """The sessions that were started or assessed in a period of whole UTC days."""
        return seen_sessions(await self.days(since, until))

    async def assessed_count_within(self, since: datetime, until: datetime) -> int:
        """How many sessions were assessed in a period of whole UTC days."""
        return int(await self._connection.fetchval(ASSESSED_COUNT_WITHIN, _utc_day(since), _utc_day(until)))

    async def assessed(self, since: datetime, until: datetime, limit: int) -> list[AssessedSession]:
        """The sessions assessed in a period, newest first, ties by id, `limit` at most."""
        return [AssessedSession(*record) for record in await self._connection.fetch(ASSESSED, since, until, limit)]


def _score(event: SessionStartedEvent | SessionAssessedEvent) -> float | None:
    if event["type"] == "session_started":
        return None
    return event.get("score", DEFAULT_SCORES[event["outcome"]])


def seen_sessions(days: Iterable[SessionDay]) -> SeenSessions:
    """How many sessions the days have, and how many of them have been assessed."""
    days = list(days)
    assessed = [day.sessions for day in days if day.assessed_day is not None]
    return SeenSessions(sum(day.sessions for day in days), sum(assessed))


def _utc_day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
