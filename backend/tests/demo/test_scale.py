"""A database that fills itself has a history of the size that was asked for, which might as well have been ingested."""

from __future__ import annotations

from asyncio import TaskGroup
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from groove_dashboard.config import Settings
from groove_dashboard.demo.scale import Scale
from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.messages.validators import load_ingest_event
from groove_dashboard.store.bulk import fill
from groove_dashboard.store.connection import connect
from groove_dashboard.store.database import Database
from groove_dashboard.store.errors import NotEmpty
from groove_dashboard.store.migrate import migrate
from groove_dashboard.topics.provider import TopicState
from groove_dashboard.topics.reader import TopicReader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from groove_dashboard.messages.types import DashboardTopic, IngestEvent

UNTIL = datetime(2026, 3, 18, 9, 30, 12, tzinfo=UTC)
SMALL = Scale(learnings=100, sessions=120, records=1_000, days=50, until=UNTIL, seed=7)
FACTS = (
    "learning", "learning_status", "learning_decision", "learning_tombstone", "session", "attribution", "ablation",
    "strategy_outcome", "adaptive_param", "component_report",
)  # fmt: skip
NEWS = {
    "event_id": "0193c1a0-0000-7000-8000-000000000001",
    "type": "learning_extracted",
    "occurred_at": "2026-03-01T09:00:00Z",
    "learning": {
        "id": "0193c1a0-0000-7000-8000-000000000002",
        "scope": {"level": "global"},
        "category": "preference",
        "content": "Ask before adding a dependency",
        "confidence": 0.9,
        "extraction_method": "by hand",
    },
}
TOPICS: list[DashboardTopic] = [
    {"topic": "overview"},
    {"topic": "learnings", "sort": "value", "limit": 500},
    {"topic": "attribution", "period": {"days": 7}},
    {"topic": "attribution", "period": {"days": 41}},
    {"topic": "session_timeline", "period": {"days": 30}, "limit": 500},
    {"topic": "strategy_distributions"},
    {"topic": "strategy_overrides", "limit": 500},
    {"topic": "health"},
]


async def filled(url: str, scale: Scale) -> None:
    await fill(url, scale.steps(), lambda _name: None)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await connect(url, "test", command_timeout=None)
    try:
        yield connection
    finally:
        await connection.close()


async def facts(url: str) -> dict[str, list[Any]]:
    async with connected(url) as connection:
        return {
            name: [
                dict(row)
                for row in await connection.fetch(f"select * from {name} order by {name}::text")  # noqa: S608
            ]
            for name in FACTS
        }


async def answers(url: str, detail_of: str) -> list[Any]:
    database = await Database.connect(url)
    try:
        reader = TopicReader(database, lambda: UNTIL, Settings())
        results = await reader.read([*TOPICS, {"topic": "learning_detail", "id": detail_of}])
    finally:
        await database.close()
    return [result.data if isinstance(result, TopicState) else result for result in results]


@pytest.fixture
async def other_url(empty_database_url: str) -> str:
    """A second database with all tables."""
    await migrate(empty_database_url)
    return empty_database_url


async def test_it_is_as_large_as_was_asked_for(database_url: str) -> None:
    await filled(database_url, SMALL)
    found = await facts(database_url)
    assert len(found["learning"]) == SMALL.learnings
    assert len(found["session"]) == SMALL.sessions
    assert len(found["attribution"]) == SMALL.records
    assert all(found.values())


async def test_the_same_seed_makes_the_same_facts_and_another_one_others(database_url: str, other_url: str) -> None:
    await filled(database_url, SMALL)
    await filled(other_url, SMALL)
    first = await facts(database_url)
    assert await facts(other_url) == first
    async with connected(other_url) as connection:
        await connection.execute("truncate event, " + ", ".join(FACTS))
    await filled(other_url, Scale(learnings=100, sessions=120, records=1_000, days=50, until=UNTIL, seed=8))
    second = await facts(other_url)
    assert all(first[name] != second[name] for name in FACTS)


async def test_batches_make_the_same_as_one(database_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await filled(database_url, SMALL)
    monkeypatch.setattr("groove_dashboard.demo.scale.BATCH_RECORDS", 70)
    assert len([step for step in SMALL.steps() if step.name == "records"]) == 15
    await filled(other_url, SMALL)
    assert await facts(other_url) == await facts(database_url)


async def test_every_fact_lies_in_its_time(database_url: str) -> None:
    await filled(database_url, SMALL)
    found = await facts(database_url)
    first_day = UNTIL.date() - timedelta(days=SMALL.days - 1)
    assert all(row["started_at"].date() >= first_day for row in found["session"])
    extracted = {row["id"]: row["created_at"] for row in found["learning"]}
    ended = {row["id"]: row["assessed_at"] or row["started_at"] for row in found["session"]}
    for row in found["attribution"]:
        assert max(extracted[row["learning_id"]], ended[row["session_id"]]) <= row["occurred_at"] <= UNTIL
    async with connected(database_url) as connection:
        assert await connection.fetchval("select max(occurred_at) from event") <= UNTIL
        assert await connection.fetchval("select max(occurred_at) from event") > UNTIL - timedelta(days=1)


async def test_its_figures_are_those_of_the_same_facts_by_events(database_url: str, other_url: str) -> None:
    await filled(database_url, SMALL)
    found = await facts(database_url)
    events = told(found)
    async with connected(database_url) as connection:
        rows = await connection.fetch("select event_id, type, occurred_at from event")
    assert {(row["event_id"], row["type"], timestamp(row["occurred_at"])) for row in rows} == {
        (event["event_id"], event["type"], event["occurred_at"]) for event in events
    }
    await ingested(other_url, found, events)
    (busiest,) = {row["id"] for row in found["learning"] if row["content"].find("(case 1)") >= 0}
    assert await answers(other_url, busiest) == await answers(database_url, busiest)
    assert await facts(other_url) == found


async def test_the_history_has_something_to_show(database_url: str) -> None:
    await filled(database_url, SMALL)
    (overview, *_, overrides, health, _) = await answers(database_url, "00000000-0000-7000-8000-000000000000")
    assert overview["attribution"]["under_review_count"] > 0
    assert overview["attribution"]["negative_count"] > 0
    assert len(overview["attribution"]["top_contributors"]) == 5
    assert any(one["is_specialized"] for one in overrides["overrides"])
    assert {one["component"] for one in health["components"] if one["item_count"] > 0} == {
        "assessment", "extraction", "attribution", "strategy",
    }  # fmt: skip


async def test_a_database_with_facts_is_left_alone(database_url: str) -> None:
    await filled(database_url, SMALL)
    before = await facts(database_url)
    with pytest.raises(NotEmpty):
        await filled(database_url, SMALL)
    assert await facts(database_url) == before


async def test_what_breaks_halfway_leaves_nothing(database_url: str) -> None:
    steps = [step for step in SMALL.steps() if step.name != "sessions"]
    with pytest.raises(asyncpg.PostgresError):
        await fill(database_url, [*steps[:-1], ("broken", "select 1 / 0", ())], lambda _name: None)
    assert not any((await facts(database_url)).values())


async def test_ingest_waits_until_all_is_there(database_url: str) -> None:
    steps = list(SMALL.steps())
    last = ("wait", "select pg_advisory_xact_lock(7)", ())
    database = await Database.connect(database_url)
    async with connected(database_url) as gate, connected(database_url) as watch, TaskGroup() as tasks:

        async def waiting() -> int:
            return int(await watch.fetchval("select count(*) from pg_locks where not granted"))

        await gate.execute("select pg_advisory_lock(7)")
        tasks.create_task(fill(database_url, [*steps, last], lambda _name: None))
        while await waiting() < 1:
            pass
        event = load_ingest_event(NEWS)
        ingesting = tasks.create_task(Ingest(database, lambda: UNTIL, lambda: None).apply([event]))
        while await waiting() < 2:
            pass
        assert not ingesting.done()
        await gate.execute("select pg_advisory_unlock(7)")
    await database.close()
    async with connected(database_url) as connection:
        assert await connection.fetchval("select count(*) from learning") == SMALL.learnings + 1


async def test_servers_hear_of_it(database_url: str) -> None:
    await filled(database_url, SMALL)
    async with connected(database_url) as connection:
        changes = await connection.fetchval("select changes::text from change_log")
    assert changes.count('"ids": null') == 7


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"learnings": 0}, "number of learnings must be from 1"),
        ({"records": 119}, "at least as many records as sessions"),
        ({"records": 6_000}, "up to 91 records"),
        ({"days": 0}, "number of days"),
    ],
)
def test_numbers_that_do_not_fit_are_refused_in_words(sizes: dict[str, int], said: str) -> None:
    numbers = {"learnings": 100, "sessions": 120, "records": 1_000, "days": 50, **sizes}
    with pytest.raises(ValueError, match=said):
        Scale(until=UNTIL, **numbers)


async def test_the_least_history_can_be_made(database_url: str) -> None:
    await filled(database_url, Scale(learnings=5, sessions=1, records=1, days=1, until=UNTIL))
    assert len((await facts(database_url))["attribution"]) == 1


async def ingested(url: str, found: dict[str, list[Any]], events: list[IngestEvent]) -> None:
    """The events by the usual way, and what people decided."""
    database = await Database.connect(url)
    try:
        await Ingest(database, lambda: UNTIL, lambda: None).apply(events)
        async with database.transaction() as stores:
            for row in found["learning_decision"]:
                await stores.learnings.decide(row["learning_id"], row["decision"], row["decided_at"])
            for row in found["learning_tombstone"]:
                await stores.learnings.delete([row["learning_id"]], row["deleted_at"])
    finally:
        await database.close()


def told(found: dict[str, list[Any]]) -> list[IngestEvent]:
    """The facts as a pipeline would tell them."""
    events: list[dict[str, Any]] = []

    def tell(type_: str, event_id: str, at: datetime, **fields: Any) -> None:
        given = {name: value for name, value in fields.items() if value is not None}
        events.append({"event_id": event_id, "type": type_, "occurred_at": timestamp(at), **given})

    def rest(row: dict[str, Any], *names: str) -> dict[str, Any]:
        return {name: row[name] for name in names}

    for row in found["learning"]:
        scope = {"level": row["scope_level"], "name": row["scope_name"]}
        learning = rest(row, "id", "category", "content", "confidence", "extraction_method", "source_session")
        learning["scope"] = {name: value for name, value in scope.items() if value is not None}
        given = {name: value for name, value in learning.items() if value is not None}
        tell("learning_extracted", row["event_id"], row["created_at"], learning=given)
    for row in found["learning_status"]:
        fields = rest(row, "learning_id", "status", "reason")
        tell("learning_status_changed", row["event_id"], row["occurred_at"], **fields)
    for row in found["session"]:
        scope = {"level": row["scope_level"], "name": row["scope_name"]}
        started = {"session_id": row["id"], "scope": scope, "title": row["title"]}
        tell("session_started", row["started_event"], row["started_at"], **started)
        if row["assessed_at"] is not None:
            assessed = {"session_id": row["id"], "outcome": row["outcome"], "score": row["score"]}
            tell("session_assessed", row["assessed_event"], row["assessed_at"], **assessed)
    for table, type_, names in (
        ("attribution", "attribution_recorded",
         ("session_id", "learning_id", "activated", "withheld", "contribution", "confidence")),
        ("ablation", "ablation_updated", ("experiment_id", "learning_id", "state", "value", "confidence")),
        ("strategy_outcome", "strategy_outcome",
         ("learning_id", "session_id", "context_type", "variant", "value", "confidence")),
        ("adaptive_param", "adaptive_param_updated", ("name", "value", "confidence")),
        ("component_report", "component_reported", ("component", "status", "message")),
    ):  # fmt: skip
        for row in found[table]:
            tell(type_, row["event_id"], row["occurred_at"], **rest(row, *names))
    return [load_ingest_event(event) for event in events]
