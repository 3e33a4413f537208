"""The parts of the benchmark of the data, of which a fault would be told as a figure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from benchmarks.data.cases import Case
from benchmarks.data.events import batches
from benchmarks.data.failed import Failed
from benchmarks.data.naive import Naive, of_topic
from benchmarks.data.reads import Reading, compare
from benchmarks.data.results import Fill, Read, Results, Write
from benchmarks.data.targets import targets
from benchmarks.figures import Quartiles
from benchmarks.verdicts import Target
from groove_dashboard.config import Settings
from groove_dashboard.messages.validators import load_ingest_event
from groove_dashboard.store.connection import connect
from groove_dashboard.topics.reader import TopicReader

if TYPE_CHECKING:
    from groove_dashboard.messages.types import IngestEvent
    from groove_dashboard.store.database import Database

NOW = datetime(2026, 3, 18, 9, 30, 12, tzinfo=UTC)
LEARNINGS = [f"0193c1a0-0000-7000-8000-{number:012d}" for number in range(30)]


def some(count: int, size: int, seed: str = "7", days: float = 1.0) -> list[list[IngestEvent]]:
    return list(islice(batches(seed, LEARNINGS, NOW, size, days), count))


class TestEvents:
    def test_they_are_valid_and_each_is_another_one(self) -> None:
        events = [event for batch in some(3, 100) for event in batch]
        assert [load_ingest_event(event) for event in events] == events
        ids = [event["event_id"] for event in events]
        assert ids == sorted(set(ids))
        assert {UUID(one).version for one in ids} == {7}

    @pytest.mark.parametrize("days", [0.5, 300.0])
    def test_they_happened_within_the_days(self, days: float) -> None:
        times = [datetime.fromisoformat(event["occurred_at"]) for batch in some(9, 100, days=days) for event in batch]
        assert max(times) <= NOW
        assert NOW - timedelta(days=days) <= min(times) < NOW - timedelta(days=0.8 * days)

    def test_batches_are_as_large_as_was_asked_for(self) -> None:
        assert [len(batch) for batch in some(4, 7)] == [7] * 4

    def test_the_same_seed_makes_the_same(self) -> None:
        assert some(2, 50) == some(2, 50) != some(2, 50, seed="8")

    def test_a_session_has_one_record_of_a_learning_at_most(self) -> None:
        (events,) = some(1, 1_000)
        pairs = [(one["session_id"], one["learning_id"]) for one in events if one["type"] == "attribution_recorded"]
        assert len(pairs) > 500
        assert len(set(pairs)) == len(pairs)


class TestReading:
    def reading(self, calls: list[int]) -> Reading:
        async def once() -> None:
            calls.append(1)

        return Reading("small", Case("health", {"topic": "health"}), naive=False, once=once)

    async def test_reads_that_warm_up_do_not_count(self) -> None:
        calls: list[int] = []
        reading = self.reading(calls)
        for _ in range(4):
            await reading.read(warm_up=3, at_most=60.0, least=1)
        assert (len(calls), reading.result(0).reads) == (7, 4)

    async def test_when_the_time_is_over_no_more_than_the_least_are_made(self) -> None:
        calls: list[int] = []
        reading = self.reading(calls)
        for _ in range(9):
            await reading.read(warm_up=5, at_most=0.0, least=2)
        assert (len(calls), reading.result(0).reads) == (2, 2)


class TestComparison:
    async def test_a_topic_that_shows_what_the_facts_do_not_say_ends_the_benchmark(
        self, database: Database, database_url: str
    ) -> None:
        case = Case("strategy_overrides", {"topic": "strategy_overrides"})
        connection = await connect(database_url, "test", command_timeout=None)
        try:
            reader, naive = TopicReader(database, lambda: NOW, Settings()), Naive(connection, NOW)
            assert await compare("small", case, reader, naive) > 0
            wrong = Wrong(connection, NOW)
            with pytest.raises(Failed, match=r"small, strategy_overrides: overrides is \[\], but the facts say"):
                await compare("small", case, reader, wrong)
        finally:
            await connection.close()

    def test_a_topic_without_contents_has_an_answer_too(self) -> None:
        assert of_topic({"data_type": "learnings", "learnings": [], "total": 0}) == {"total": 0, "learnings": []}


class Wrong(Naive):
    """Finds what there is not."""

    async def read(self, _topic: Any) -> dict[str, Any]:
        return {"overrides": [("nobody", 1)]}


class TestTargets:
    def results(self, *reads: Read) -> Results:
        fills = [Fill(size=size, seconds=1, facts=1, database_bytes=1) for size in ("small", "large")]
        rate = Quartiles(20_000.0, 1.0, 30_000.0)
        write = Write(size="large", batch=1_000, writers=1, days=0.1, events=1, per_second=rate, p50=1, p95=1)
        return Results(fills=fills, reads=list(reads), writes=[write])

    def read(self, size: str, p95: float, case: str = "health", *, naive: bool = False, answer_bytes: int = 9) -> Read:
        return Read(size=size, case=case, naive=naive, reads=9, p50=0.001, p95=p95, answer_bytes=answer_bytes)

    def test_the_growth_is_that_from_the_smallest_to_the_largest(self) -> None:
        results = self.results(self.read("small", 0.004), self.read("large", 0.02))
        assert [(one.value, one.met) for one in targets(results)] == [(20.0, True), (5.0, False), (20_000.0, True)]

    @pytest.mark.parametrize(("p95", "met"), [(0.0119, True), (0.0121, False)])
    def test_a_longer_answer_may_take_longer(self, p95: float, *, met: bool) -> None:
        results = self.results(self.read("small", 0.001, answer_bytes=100), self.read("large", p95, answer_bytes=400))
        assert [one.met for one in targets(results)] == [True, met, True]

    def test_another_period_may_take_longer_and_grow(self) -> None:
        name = "attribution, 45 days"
        results = self.results(self.read("small", 0.001, name), self.read("large", 0.09, name))
        assert [one.met for one in targets(results)] == [True, True]

    def test_naive_reads_are_aimed_at_by_nobody(self) -> None:
        results = self.results(*(self.read(size, 9.0, naive=True) for size in ("small", "large")))
        assert len(targets(results)) == 1

    def test_an_ingest_that_is_too_slow_misses_its_target(self) -> None:
        assert not Target(name="any", value=19_999, bound=20_000, at_least=True).met
        assert Target(name="any", value=20_001, bound=20_000, at_least=True).met
