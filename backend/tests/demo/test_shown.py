"""The demo's story as the dashboard shows it: ten minutes of it, with its history, by a clock that the test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import pytest

from groove_dashboard.demo.cast import HURTING, LESSONS
from groove_dashboard.demo.facts import Scribe
from groove_dashboard.demo.pipeline import SEED, run
from groove_dashboard.demo.pulse import CYCLE
from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.topics.provider import TopicState
from groove_dashboard.topics.reader import TopicReader
from tests.topics.conftest import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import DashboardTopic, IngestEvent
    from groove_dashboard.store.database import Database

NOW = datetime(2026, 3, 18, 9, 30, 12, tzinfo=UTC)
SCRIBE = Scribe(SEED)
IDS = {lesson.key: SCRIBE.learning_id(lesson) for lesson in LESSONS}
WATCHED = timedelta(seconds=2 * CYCLE)
LOOK_EVERY: Final = 10
"""Seconds."""
TOPICS: tuple[DashboardTopic, ...] = (
    {"topic": "learning_detail", "id": IDS[HURTING]},
    {"topic": "attribution", "period": {"days": 30}},
    {"topic": "strategy_overrides", "limit": 500},
    {"topic": "health"},
)


class Spectator:
    """Lets the demo write into a database, and looks at the dashboard every ten seconds of it."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self.looks: list[dict[str, Any]] = []
        self._ingest = Ingest(database, self.clock, lambda: None)
        self._reader = TopicReader(database, self.clock, Settings())

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        if self.now > NOW + WATCHED:
            raise Enough
        if int(self.now.timestamp()) % LOOK_EVERY == 0:
            states = await self._reader.read(TOPICS)
            self.looks.append({one.data["data_type"]: one.data for one in states if isinstance(one, TopicState)})

    async def sink(self, events: Sequence[IngestEvent]) -> None:
        await self._ingest.apply(events)

    def seen(self, topic: str) -> list[Any]:
        """The topic's data at each look."""
        return [look[topic] for look in self.looks]


class Enough(Exception):
    """Ends a demo that would not end by itself."""


@pytest.fixture
async def spectator(database: Database) -> Spectator:
    spectator = Spectator(database)
    with pytest.raises(Enough):
        await run(spectator.sink, clock=spectator.clock, sleep=spectator.sleep)
    return spectator


async def test_ten_minutes_show_the_whole_story(spectator: Spectator) -> None:
    assert len(spectator.looks) == WATCHED.total_seconds() / LOOK_EVERY

    # What helps leads, what hurts is among the harmful, at every moment.
    for data in spectator.seen("attribution"):
        assert IDS["tests-first"] in [one["learning_id"] for one in data["top_contributors"]]
        assert IDS[HURTING] in [one["learning_id"] for one in data["negative_impact"]]

    # What hurts is reviewed, for a reason, and not used meanwhile.
    details = spectator.seen("learning_detail")
    assert all(data["estimated_value"] < 0 for data in details)
    under_review = [list(some) for status, some in groupby(details, by("status")) if status == "under_review"]
    assert len(under_review) >= 2
    for review in under_review:
        assert {data["status_reason"] for data in review} == {"Sessions that use it end worse than those that do not"}
    assert any(len({data["times_injected"] for data in review[2:]}) == 1 for review in under_review)

    # A part of the pipeline degrades, fails, and recovers.
    statuses = [
        component["status"]
        for data in spectator.seen("health")
        for component in data["components"]
        if component["component"] == "attribution"
    ]
    changes = [status for status, _ in groupby(statuses)]
    assert ["ok", "degraded", "error", "degraded", "ok"] in [changes[at : at + 5] for at in range(len(changes))]

    # Something that was found meanwhile gets a strategy of its own.
    overrides = [
        {one["learning_id"]: one for one in data["overrides"]} for data in spectator.seen("strategy_overrides")
    ]
    specialized = [{key for key, one in look.items() if one["is_specialized"]} for look in overrides]
    assert specialized[-1] - specialized[0] - set(IDS.values())
    for learning_id in specialized[-1] - specialized[0]:
        left = [look[learning_id]["sessions_to_specialize"] for look in overrides if learning_id in look]
        assert left == sorted(left, reverse=True)
        assert left[-1] == 0
        assert overrides[-1][learning_id]["weights"] != overrides[-1][learning_id]["base_weights"]


def by(name: str) -> Any:
    return lambda data: data[name]
