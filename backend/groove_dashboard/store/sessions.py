"""Sessions: when they started, what they were about, how they were judged.

An event sets some groups of a session's columns; each group follows its own latest event and is upserted on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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

START = """
insert into session (id, started_at, started_event)
select distinct on (id collate "C") id, started_at, started_event
from unnest($1::text[], $2::timestamptz[], $3::uuid[]) as started (id, started_at, started_event)
order by id collate "C", started_at desc, started_event desc
on conflict (id) do update
set
    started_at = excluded.started_at,
    started_event = excluded.started_event
where
    session.started_at is null
    or (excluded.started_at, excluded.started_event) > (session.started_at, session.started_event)
"""

SET_SCOPES = """
insert into session (id, scope_at, scope_event, scope_level, scope_name)
select distinct on (id collate "C") id, scope_at, scope_event, scope_level, scope_name
from unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[])
    as scoped (id, scope_at, scope_event, scope_level, scope_name)
order by id collate "C", scope_at desc, scope_event desc
on conflict (id) do update
set
    scope_at = excluded.scope_at,
    scope_event = excluded.scope_event,
    scope_level = excluded.scope_level,
    scope_name = excluded.scope_name
where
    session.scope_at is null
    or (excluded.scope_at, excluded.scope_event) > (session.scope_at, session.scope_event)
"""

SET_TITLES = """
insert into session (id, title_at, title_event, title)
select distinct on (id collate "C") id, title_at, title_event, title
from unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[])
    as titled (id, title_at, title_event, title)
order by id collate "C", title_at desc, title_event desc
on conflict (id) do update
set
    title_at = excluded.title_at,
    title_event = excluded.title_event,
    title = excluded.title
where
    session.title_at is null
    or (excluded.title_at, excluded.title_event) > (session.title_at, session.title_event)
"""

ASSESS = """
insert into session (id, assessed_at, assessed_event, outcome, score)
select distinct on (id collate "C") id, assessed_at, assessed_event, outcome, score
from unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[], $5::float8[])
    as assessed (id, assessed_at, assessed_event, outcome, score)
order by id collate "C", assessed_at desc, assessed_event desc
on conflict (id) do update
set
    assessed_at = excluded.assessed_at,
    assessed_event = excluded.assessed_event,
    outcome = excluded.outcome,
    score = excluded.score
where
    session.assessed_at is null
    or (excluded.assessed_at, excluded.assessed_event) > (session.assessed_at, session.assessed_event)
"""

SCORE_DAYS = """
select
    (assessed_at at time zone 'utc')::date as day,
    sum(score::numeric) as score_sum,
    count(*) as session_count
from session
where
    assessed_at >= $1
    and assessed_at < $2
group by day
"""

SEEN = """
select
    count(*) as seen,
    count(assessed_at) as assessed
from session
where
    (started_at >= $1 and started_at < $2)
    or (assessed_at >= $1 and assessed_at < $2)
"""

ASSESSED_COUNT = """
select count(*)
from session
where assessed_at is not null
"""

ASSESSED_COUNT_WITHIN = """
select count(*)
from session
where
    assessed_at >= $1
    and assessed_at < $2
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
class ScoreDay:
    """The sessions assessed on one UTC day; days without any have no row."""

    day: date
    score_sum: Decimal
    """Exact, so that days can be added up in any order."""
    session_count: int


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

    async def start(self, events: Sequence[SessionStartedEvent]) -> None:
        """Keep each session's latest start, and the latest scope and title where they are given."""
        await self._connection.execute(
            START,
            [event["session_id"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
            [event["event_id"] for event in events],
        )
        await self._set_scopes([event for event in events if "scope" in event])
        await self._set_titles([event for event in events if "title" in event])

    async def assess(self, events: Sequence[SessionAssessedEvent]) -> None:
        """Keep each session's latest assessment, and the latest title where one is given."""
        await self._connection.execute(
            ASSESS,
            [event["session_id"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
            [event["event_id"] for event in events],
            [event["outcome"] for event in events],
            [event.get("score", DEFAULT_SCORES[event["outcome"]]) for event in events],
        )
        await self._set_titles([event for event in events if "title" in event])

    async def _set_scopes(self, events: Sequence[SessionStartedEvent]) -> None:
        if not events:
            return
        await self._connection.execute(
            SET_SCOPES,
            [event["session_id"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
            [event["event_id"] for event in events],
            [event["scope"]["level"] for event in events],
            [event["scope"].get("name") for event in events],
        )

    async def _set_titles(self, events: Sequence[SessionStartedEvent | SessionAssessedEvent]) -> None:
        if not events:
            return
        await self._connection.execute(
            SET_TITLES,
            [event["session_id"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
            [event["event_id"] for event in events],
            [event["title"] for event in events],
        )

    async def score_days(self, since: datetime, until: datetime) -> list[ScoreDay]:
        """The sessions assessed in a period, by UTC day, in no order."""
        return [ScoreDay(*record) for record in await self._connection.fetch(SCORE_DAYS, since, until)]

    async def seen(self, since: datetime, until: datetime) -> SeenSessions:
        """The sessions that were started or assessed in a period."""
        return SeenSessions(*await self._connection.fetchrow(SEEN, since, until))

    async def assessed_count(self) -> int:
        """How many sessions have been assessed."""
        return int(await self._connection.fetchval(ASSESSED_COUNT))

    async def assessed_count_within(self, since: datetime, until: datetime) -> int:
        """How many sessions were assessed in a period."""
        return int(await self._connection.fetchval(ASSESSED_COUNT_WITHIN, since, until))

    async def assessed(self, since: datetime, until: datetime, limit: int) -> list[AssessedSession]:
        """The sessions assessed in a period, newest first, ties by id, `limit` at most."""
        return [AssessedSession(*record) for record in await self._connection.fetch(ASSESSED, since, until, limit)]
