"""No topic and no ingest reads a whole table of facts: the plans that the server chose, as at a million records.

The tables hold a tenth of that, and the statistics say the whole, which is what the server goes by.
"""

# ruff: noqa: S608 (statements are put together from constants)

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest

from groove_dashboard.config import Settings
from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.live.topic import canonical
from groove_dashboard.store import rollups
from groove_dashboard.store.database import Database
from groove_dashboard.topics.provider import TopicState
from groove_dashboard.topics.reader import TopicReader
from tests.databases import set_day
from tests.topics.facts import ablated, assessed, learning_id, recorded, started, worked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groove_dashboard.messages.types import DashboardTopic, IngestEvent

NOW: Final = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY: Final = "'2026-03-10T12:00:00Z'::timestamptz"
LEARNINGS: Final = 1000
SESSIONS: Final = 5000
RECORDS: Final = 20 * SESSIONS
ID: Final = "('a0000000-0000-7000-8000-' || lpad(to_hex({}), 12, '0'))::uuid"
BIG: Final = (
    *("attribution", "attribution_session", "session", "event", "strategy_outcome", "strategy_session", "learning_day"),
    *("component_report", "adaptive_param"),
)
SCAN: Final = re.compile(rf"Seq Scan on ({'|'.join(BIG)})(_\d{{4}}_\d\d|_other)?\b[^(]*\([^)]*\) \(actual")

FILL: Final = (
    f"""
    insert into learning (
        id, event_id, created_at, scope_level, scope_name, category, content, content_folded, confidence,
        extraction_method
    )
    select
        {ID.format("n")}, gen_random_uuid(), {TODAY} - n * interval '1 hour', 'project', 'p' || n % 40,
        (array['correction', 'preference', 'solution'])[1 + n % 3], 'learning ' || n, 'learning ' || n, 0.5, 'x'
    from generate_series(1, {LEARNINGS}) as n
    """,
    f"""
    insert into session (id, started_at, started_event, assessed_at, assessed_event, outcome, score)
    select 's' || n, at, gen_random_uuid(), at, gen_random_uuid(), 'success', n % 100 / 100.0
    from (
        select n, {TODAY} - n * interval '365 days' / {SESSIONS} as at
        from generate_series(1, {SESSIONS}) as n
    ) as spread
    """,
    f"""
    insert into attribution (
        session_id, learning_id, event_id, occurred_at, activated, withheld, contribution, confidence
    )
    select
        's' || n, {ID.format(f"1 + (n * 7919 + k * k * 31) % {LEARNINGS}")}, gen_random_uuid(),
        {TODAY} - n * interval '365 days' / {SESSIONS}, true, false, ((n * 31 + k) % 2001 - 900) / 1500.0, 0.5
    from generate_series(1, {SESSIONS}) as n
    cross join generate_series(1, 20) as k
    on conflict do nothing
    """,
    """
    insert into event (event_id, type, occurred_at, received_at)
    select event_id, 'attribution_recorded', occurred_at, occurred_at
    from attribution
    """,
    f"""
    insert into strategy_outcome (
        event_id, learning_id, session_id, occurred_at, context_type, variant, value, confidence
    )
    select
        gen_random_uuid(), {ID.format(f"1 + n % {LEARNINGS}")}, 's' || n, {TODAY}, 'batch', 'subagent', 0.5, 0.5
    from generate_series(1, {SESSIONS}) as n
    """,
    f"""
    insert into component_report (event_id, component, occurred_at, status, message)
    select gen_random_uuid(), 'strategy', {TODAY} - n * interval '1 minute', 'ok', ''
    from generate_series(1, {SESSIONS}) as n
    """,
    f"""
    insert into adaptive_param (event_id, name, occurred_at, value, confidence)
    select gen_random_uuid(), 'p' || n % 5, {TODAY} - n * interval '1 minute', 0.5, 0.5
    from generate_series(1, {SESSIONS}) as n
    """,
)
TOPICS: Final[list[DashboardTopic]] = [
    {"topic": "overview"},
    {"topic": "learnings"},
    {"topic": "learnings", "sort": "value", "filters": {"category": "solution", "scope": {"level": "project"}}},
    {"topic": "learnings", "filters": {"search": "ning 17"}},
    {"topic": "learning_detail", "id": learning_id(7)},
    {"topic": "attribution", "period": {"days": 7}},
    {"topic": "attribution", "period": {"days": 30}},
    {"topic": "attribution", "period": {"days": 90}},
    {"topic": "attribution", "period": {"days": 50}},
    {"topic": "session_timeline"},
    {"topic": "session_timeline", "period": {"days": 90}, "limit": 500},
    {"topic": "strategy_distributions"},
    {"topic": "strategy_overrides"},
    {"topic": "strategy_overrides", "limit": 500},
    {"topic": "health"},
]


class Plans:
    """What the server notes of a database's statements, and of those within triggers."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._read = log.stat().st_size

    def new(self) -> str:
        """What was noted since the call before."""
        with self._log.open("rb") as log:
            log.seek(self._read)
            text = log.read()
        self._read += len(text)
        return text.decode()


@pytest.fixture
async def plans(database_url: str) -> Plans:
    """The notes of a database with a year of facts, as it says a million records."""
    connection = await asyncpg.connect(database_url)
    try:
        await set_day(connection, date(2026, 3, 10))
        async with connection.transaction():
            await rollups.pause(connection)
            for month in range(13):
                await connection.execute(
                    f"select make_attribution_month(({TODAY} - {month} * interval '1 month')::date)"
                )
            for statement in FILL:
                await connection.execute(statement)
            await rollups.rebuild(connection)
        assert await connection.fetchval("select count(distinct as_of) from learning_total") == 1
        await connection.execute("vacuum analyze")
        await connection.execute(
            "update pg_class set reltuples = reltuples * 10 where relname ~ $1 and relkind = 'r'",
            f"^({'|'.join(BIG)})",
        )
        name = await connection.fetchval("select quote_ident(current_database())")
        for setting in (
            "session_preload_libraries = auto_explain",
            "auto_explain.log_min_duration = 0",
            "auto_explain.log_analyze = on",
            "auto_explain.log_timing = off",
            "auto_explain.log_nested_statements = on",
        ):
            await connection.execute(f"alter database {name} set {setting}")
        return Plans(Path(await connection.fetchval("show data_directory")) / "server.log")
    finally:
        await connection.close()


def scans(noted: str) -> list[str]:
    """The sequential scans of big tables that were made."""
    return [match[0] for match in SCAN.finditer(noted)]


async def test_topics_and_ingest_find_what_they_need_by_indexes(plans: Plans, database_url: str) -> None:
    for mode in ("force_custom_plan", "force_generic_plan"):
        database = await Database.connect(f"{database_url}&plan_cache_mode={mode}", max_size=1)
        try:
            plans.new()
            reader = TopicReader(database, lambda: NOW, Settings())
            for topic in TOPICS:
                [state] = await reader.read([canonical(topic)])
                assert isinstance(state, TopicState)
                noted = plans.new()
                assert "Query Text" in noted
                assert scans(noted) == [], (mode, topic)
            ingest = Ingest(database, lambda: NOW, lambda: None)
            for events in batches():
                await ingest.apply(events)
                noted = plans.new()
                assert "insert into attribution" in noted
                assert scans(noted) == [], mode
        finally:
            await database.close()


def batches() -> Iterator[list[IngestEvent]]:
    """New sessions; late, corrected and repeated records of old ones."""
    sessions: list[str] = []
    for size in (1, 300):
        sessions = [f"new {size} {number}" for number in range(size)]
        yield [
            *(started(one) for one in sessions),
            *(assessed(one) for one in sessions),
            *(recorded(one, 1 + number, 0.5) for number, one in enumerate(sessions)),
            *(recorded(f"s{1 + 10 * number}", 1 + number, 0.25) for number in range(size)),
            *(worked(1 + number, one) for number, one in enumerate(sessions)),
            *(ablated(f"e{number}", 1 + number, value=0.1, confidence=0.9) for number in range(size)),
        ]
    yield [recorded(one, 1 + number, -0.5) for number, one in enumerate(sessions)]


async def test_a_scan_is_seen(plans: Plans, database_url: str) -> None:
    """A watchman who sees nothing is none."""
    connection = await asyncpg.connect(database_url)
    plans.new()
    await connection.fetch("select count(*) from attribution where contribution > 0.1")
    await connection.close()
    assert scans(plans.new())
