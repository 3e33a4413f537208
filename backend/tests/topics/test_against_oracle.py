"""Whatever happened, in whatever order: every topic equals what the judge works out by plain loops.

Each seed is a random history, taken in by the real ingest into a real PostgreSQL and read by the real providers.
GROOVE_TEST_HISTORIES sets how many there are and GROOVE_TEST_SEED the first one; thousands of new ones belong into a
nightly run. A history that shows a difference is reduced to the steps that are needed for it before it is reported.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pprint import pformat
from random import Random
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import orjson
import pytest

from groove_dashboard.config import Settings
from groove_dashboard.ingest.apply import Ingest, UnknownLearning
from groove_dashboard.ingest.events import RecordsGivenUp
from groove_dashboard.live.topic import canonical, topic_key
from groove_dashboard.messages.validators import load_topic_data
from groove_dashboard.store.retention import retain
from groove_dashboard.store.verification import verify
from groove_dashboard.topics.provider import TopicState
from groove_dashboard.topics.reader import TopicReader
from tests.databases import set_day
from tests.oracle.arithmetic import timestamp
from tests.oracle.events import LEARNING_IDS
from tests.oracle.facts import Decision
from tests.oracle.histories import (
    MOMENTS,
    Batch,
    GivingUp,
    History,
    Midnight,
    crowded_history,
    in_batches,
    random_events,
    random_history,
    random_world,
    with_upkeep,
)
from tests.oracle.model import NOT_FOUND, Oracle
from tests.oracle.questions import every_topic, random_topics, widest_topics
from tests.oracle.reduction import reduced

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from groove_dashboard.messages.types import DashboardTopic, IngestEvent
    from groove_dashboard.store.database import Database
    from tests.oracle.facts import PersonAction

FIRST: Final = int(os.environ.get("GROOVE_TEST_SEED", "0"))
HISTORIES: Final = int(os.environ.get("GROOVE_TEST_HISTORIES", "60"))
SEEDS: Final = range(FIRST, FIRST + HISTORIES)
# A history that shows a difference is tried again many times; all others take a second.
pytestmark = pytest.mark.timeout(300)
# These read everything twice.
SOME_SEEDS: Final = SEEDS[: max(1, HISTORIES // 3)]


class RealThing:
    """Ingest and providers on a database of their own, at the moment that a test says."""

    def __init__(self, database: Database, database_url: str) -> None:
        self._url = database_url
        self._database = database
        self._now = MOMENTS[0]
        self._ingest = Ingest(database, lambda: self._now, lambda: None)
        self._reader = TopicReader(database, lambda: self._now, Settings())

    async def live_through(self, history: History, oracle: Oracle) -> None:
        """Let both take all steps, and see to it that they agree on what was new and what was possible."""
        for step in history.steps:
            if isinstance(step, Midnight):
                await self._turn(step.today)
            elif isinstance(step, GivingUp):
                oracle.give_up(step.horizon)
                await retain(self._url, step.keep, step.at)
            elif isinstance(step, Batch):
                await self._take(step.events, oracle)
            else:
                assert await self._act(step) == oracle.act(step.action, step.learning_id, step.at)

    async def take(self, batches: Sequence[Batch]) -> None:
        for batch in batches:
            await self._ingest.apply(batch.events)

    async def _take(self, events: Sequence[IngestEvent], oracle: Oracle) -> None:
        """Send the events, without those that both say come too late."""
        if late := oracle.too_late(events):
            with pytest.raises(RecordsGivenUp) as refused:
                await self._ingest.apply(events)
            assert [fault["index"] for fault in refused.value.faults] == late
            events = [event for index, event in enumerate(events) if index not in late]
        outcome = await self._ingest.apply(events)
        accepted = oracle.apply(events)
        assert (outcome.accepted, outcome.duplicates) == (accepted, len(events) - accepted)

    async def _act(self, decision: Decision) -> bool:
        self._now = decision.at
        try:
            if decision.action == "delete_learning":
                await self._ingest.delete_learning(decision.learning_id)
            else:
                await self._ingest.set_learning_status(decision.learning_id, decision.action)
        except UnknownLearning:
            return False
        return True

    async def _turn(self, today: date) -> None:
        """Some learnings at a time, so that a reader might come in between."""
        async with self._database._connection() as connection:
            await set_day(connection, today)
        while await self._database.run(lambda stores: stores.roll_ups.advance(at_most=2)):
            pass
        while await self._database.run(lambda stores: stores.roll_ups.keep_next_week()):
            pass

    async def answers(self, topics: Sequence[DashboardTopic], now: datetime) -> list[Any]:
        """The data of each topic, checked by the schema; NOT_FOUND where there are none."""
        self._now = now
        answers: list[Any] = []
        for topic, result in zip(topics, await self._reader.read([canonical(one) for one in topics]), strict=True):
            if isinstance(result, TopicState):
                assert load_topic_data(orjson.loads(orjson.dumps(result.data))) == result.data
                assert result.data["data_type"] == topic["topic"]
                answers.append(result.data)
            else:
                assert result.code == "not_found", result
                answers.append(NOT_FOUND)
        return answers

    async def disagreements(self, topics: Sequence[DashboardTopic], oracle: Oracle, now: datetime) -> list[str]:
        """The topics whose answer is not, to the byte, what the oracle says; each with both answers.

        And the roll-ups that are not what the facts say, whether a topic shows it or not.
        """
        differences, _ = await verify(self._url)
        expected = [oracle.data(topic, now) for topic in topics]
        return [
            f"{topic_key(topic)}\n--- the oracle:\n{pformat(wanted, width=120)}\n--- the real thing:\n"
            f"{pformat(found, width=120)}"
            for topic, wanted, found in zip(topics, expected, await self.answers(topics, now), strict=True)
            if as_bytes(wanted) != as_bytes(found)
        ] + [f"{difference}" for difference in differences]

    async def forget_everything(self) -> None:
        await self.execute(
            """
            do $$
            begin
                execute (
                    select 'truncate ' || string_agg(quote_ident(tablename), ', ')
                    from pg_tables
                    where schemaname = 'public' and tablename <> 'migration'
                );
            end
            $$
            """
        )

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def as_bytes(answer: Any) -> bytes:
    """What tells 0 from 0.0 and from -0.0 too, as the versions of topics do."""
    return b"not found" if answer == NOT_FOUND else orjson.dumps(answer, option=orjson.OPT_SORT_KEYS)


@pytest.fixture
def real(database: Database, database_url: str) -> RealThing:
    return RealThing(database, database_url)


async def judge(real: RealThing, history: History, topics: Sequence[DashboardTopic]) -> None:
    """Fail with the shortest history that shows the difference, where there is one."""

    async def disagreements(tried: History) -> list[str]:
        oracle = Oracle()
        await real.live_through(tried, oracle)
        return await real.disagreements(topics, oracle, tried.now)

    async def disagreements_afresh(tried: History) -> list[str]:
        await real.forget_everything()
        return await disagreements(tried)

    if not await disagreements(history):
        return
    shortest = await reduced(history, disagreements_afresh)
    first, *others = await disagreements_afresh(shortest)
    pytest.fail(f"{first}\n--- and {len(others)} other topics, after\n{pformat(shortest, width=120)}", pytrace=False)


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_topic_equals_the_oracle(real: RealThing, seed: int) -> None:
    await judge(real, with_upkeep(random_history(seed), Random(seed)), [*every_topic(), *random_topics(Random(seed))])


async def test_every_list_equals_the_oracle_at_its_limit(real: RealThing) -> None:
    await judge(real, crowded_history(FIRST), widest_topics(LEARNING_IDS[:4]))


@pytest.mark.parametrize("seed", SOME_SEEDS)
async def test_the_order_of_arrival_changes_nothing(real: RealThing, seed: int) -> None:
    random = Random(seed)
    now = random.choice(MOMENTS)
    events = random_events(random, random_world(random, now))
    topics = every_topic()
    await real.take(in_batches(random, events))
    one_order = await real.answers(topics, now)

    await real.forget_everything()
    await real.take(in_batches(random, random.sample([*events, *events], 2 * len(events))))
    assert await real.answers(topics, now) == one_order


LEARNING: Final = LEARNING_IDS[0]
ONE_OF_EACH: Final[list[IngestEvent]] = [
    {
        "event_id": "00000000-0000-4000-8000-000000000001",
        "type": "learning_extracted",
        "occurred_at": "2026-03-14T08:00:00Z",
        "learning": {
            "id": LEARNING,
            "scope": {"level": "project", "name": "groove"},
            "category": "solution",
            "content": "run the tests",
            "confidence": 0.9,
            "extraction_method": "by hand",
        },
    },
    {
        "event_id": "00000000-0000-4000-8000-000000000002",
        "type": "session_assessed",
        "occurred_at": "2026-03-15T09:00:00Z",
        "session_id": "s1",
        "outcome": "partial",
    },
    {
        "event_id": "00000000-0000-4000-8000-000000000003",
        "type": "attribution_recorded",
        "occurred_at": "2026-03-15T09:00:00Z",
        "session_id": "s1",
        "learning_id": LEARNING,
        "activated": True,
        "contribution": 0.25,
        "confidence": 0.5,
    },
    {
        "event_id": "00000000-0000-4000-8000-000000000004",
        "type": "strategy_outcome",
        "occurred_at": "2026-03-15T09:00:00Z",
        "session_id": "s1",
        "learning_id": LEARNING,
        "context_type": "interactive",
        "variant": "subagent",
        "value": 0.5,
        "confidence": 0.5,
    },
    {
        "event_id": "00000000-0000-4000-8000-000000000005",
        "type": "ablation_updated",
        "occurred_at": "2026-03-15T09:00:00Z",
        "experiment_id": "e1",
        "learning_id": LEARNING,
        "state": "in_progress",
    },
    {
        "event_id": "00000000-0000-4000-8000-000000000006",
        "type": "adaptive_param_updated",
        "occurred_at": "2026-03-15T09:00:00Z",
        "name": "rate",
        "value": 0.5,
        "confidence": 0.5,
    },
    {
        "event_id": "00000000-0000-4000-8000-000000000007",
        "type": "component_reported",
        "occurred_at": "2026-03-15T12:00:00Z",
        "component": "strategy",
        "status": "ok",
        "message": "fine",
    },
]
LEARNING_TOPICS: Final = {"overview", "learnings", "learning_detail", "attribution", "session_timeline"}


def scored(number: int, day: str, score: float) -> IngestEvent:
    return {
        "event_id": f"00000000-0000-4000-9000-{number:012}",
        "type": "session_assessed",
        "occurred_at": f"2026-03-{day}T09:00:00Z",
        "session_id": f"s{number}",
        "outcome": "partial",
        "score": score,
    }


def reviewed(number: int, at: datetime) -> IngestEvent:
    return {
        "event_id": f"00000000-0000-4000-9000-{number:012}",
        "type": "learning_status_changed",
        "occurred_at": timestamp(at),
        "learning_id": LEARNING,
        "status": "under_review",
        "reason": f"reason {number}",
    }


@pytest.mark.parametrize("score", [0.489, 0.49, 0.51, 0.511])
async def test_corners_of_the_improvement(real: RealThing, score: float) -> None:
    """Two hundredths, and just beyond."""
    events = (scored(1, "08", 0.5), scored(2, "15", score))
    await judge(real, History((Batch(events),), MOMENTS[0]), [{"topic": "overview"}])


@pytest.mark.parametrize("later", [timedelta(0), timedelta(microseconds=1)])
@pytest.mark.parametrize("action", ["enable_learning", "disable_learning"])
async def test_corners_of_the_status(real: RealThing, action: PersonAction, later: timedelta) -> None:
    """An event and a person at one moment, and two events at one moment."""
    now = MOMENTS[0]
    before, after = Batch((reviewed(2, now + later),)), Batch((reviewed(1, now + later),))
    steps = (Batch((ONE_OF_EACH[0],)), before, Decision(action, LEARNING, now), after)
    await judge(real, History(steps, now), every_topic([LEARNING]))


@pytest.mark.parametrize(
    ("forgery", "betrayed_by"),
    [
        ("update attribution set contribution = contribution + 0.000001", LEARNING_TOPICS),
        ("update attribution set withheld = true", LEARNING_TOPICS | {"health"}),
        ("update session set score = 0.8", {"overview", "session_timeline"}),
        (
            "update learning set created_at = created_at + interval '1 second'",
            LEARNING_TOPICS - {"attribution", "session_timeline"},
        ),
        ("update learning set content = 'run all tests'", LEARNING_TOPICS | {"strategy_overrides"}),
        ("update strategy_outcome set variant = 'deferred'", {"strategy_distributions", "strategy_overrides"}),
        ("update ablation set state = 'pending'", {"learning_detail", "attribution"}),
        ("update adaptive_param set value = 0.6", {"health"}),
        ("update component_report set status = 'degraded'", {"overview", "health"}),
        ("update component_report set occurred_at = occurred_at - interval '16 minutes'", {"overview", "health"}),
    ],
)
async def test_the_oracle_notices_a_single_forged_fact(real: RealThing, forgery: str, betrayed_by: set[str]) -> None:
    """A judge that never says no is none."""
    oracle, topics = Oracle(), every_topic([LEARNING])
    await real.live_through(History((Batch(tuple(ONE_OF_EACH)),), MOMENTS[0]), oracle)
    assert await real.disagreements(topics, oracle, MOMENTS[0]) == []
    await real.execute(forgery)
    disagreements = await real.disagreements(topics, oracle, MOMENTS[0])
    assert {orjson.loads(one.splitlines()[0])["topic"] for one in disagreements} == betrayed_by
