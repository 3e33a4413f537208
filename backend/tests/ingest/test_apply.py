from __future__ import annotations

import asyncio
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import asyncpg
import orjson
import pytest

from groove_dashboard.ingest.apply import Ingest, IngestOutcome, UnknownLearning
from groove_dashboard.store.changes import Change, ChangeLog
from groove_dashboard.store.database import Database
from groove_dashboard.store.errors import DatabaseUnavailable
from tests.oracle.histories import crowded_history
from tests.topics.facts import (
    NOW,
    ablated,
    assessed,
    deleted,
    extracted,
    learning_id,
    recorded,
    reported,
    started,
    status_changed,
    tuned,
    worked,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.ingest.apply import SetStatus
    from groove_dashboard.messages.types import IngestEvent, LearningStatus

TABLES = (
    "event",
    "learning",
    "learning_status",
    "learning_decision",
    "learning_tombstone",
    "session",
    "attribution",
    "ablation",
    "strategy_outcome",
    "adaptive_param",
    "component_report",
)

ONE = frozenset({learning_id(1)})


class Taker:
    """An ingest on a database, and what it has told."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.now = NOW
        self.commits = 0
        self.ingest = Ingest(database, lambda: self.now, self._on_commit)

    def _on_commit(self) -> None:
        self.commits += 1

    async def position(self) -> str:
        async with self._database.snapshot() as stores:
            return await stores.changes.position()

    async def changes_since(self, position: str) -> list[Change] | None:
        async with self._database.snapshot() as stores:
            return (await stores.changes.read(position)).changes

    async def status(self, number: int) -> LearningStatus | None:
        """The status of a learning as everybody sees it; None where it is unknown."""
        async with self._database.snapshot() as stores:
            detail = await stores.learnings.detail(learning_id(number))
        return None if detail is None else detail.status


@pytest.fixture
def taker(database: Database) -> Taker:
    return Taker(database)


async def contents(url: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables of facts, but for the times at which they happened to be written."""
    connection = await asyncpg.connect(url)
    rows = {
        table: await connection.fetch(
            f"select (to_jsonb(row) - 'received_at' - 'deleted_at')::text as fact from {table} as row order by 1"  # noqa: S608 (a constant)
        )
        for table in TABLES
    }
    await connection.close()
    return {table: [orjson.loads(row["fact"]) for row in facts] for table, facts in rows.items()}


class TestEvents:
    async def test_new_events_are_accepted_and_known_ones_are_duplicates(self, taker: Taker) -> None:
        events: list[IngestEvent] = [started("s"), assessed("s"), extracted(1)]
        assert await taker.ingest.apply(events[:2]) == IngestOutcome(accepted=2, duplicates=0)
        assert await taker.ingest.apply(events) == IngestOutcome(accepted=1, duplicates=2)
        assert await taker.ingest.apply([events[2], events[2]]) == IngestOutcome(accepted=0, duplicates=2)

    async def test_the_first_of_two_with_one_id_counts(self, taker: Taker, database_url: str) -> None:
        first, second = started("s", number=7, title="first"), started("s", number=7, title="second")
        assert await taker.ingest.apply([first, second]) == IngestOutcome(accepted=1, duplicates=1)
        assert [row["title"] for row in (await contents(database_url))["session"]] == ["first"]

    async def test_no_events_are_no_work(self, taker: Taker) -> None:
        assert await taker.ingest.apply([]) == IngestOutcome(accepted=0, duplicates=0)
        assert taker.commits == 0

    async def test_duplicates_alone_tell_nobody_anything(self, taker: Taker) -> None:
        events = [extracted(1)]
        await taker.ingest.apply(events)
        position = await taker.position()
        await taker.ingest.apply(events)
        assert await taker.changes_since(position) == []
        assert taker.commits == 1

    @pytest.mark.parametrize(
        ("event", "change"),
        [
            (extracted(1), Change("learning", ONE)),
            (status_changed(1, "deprecated"), Change("learning", ONE)),
            (deleted(1), Change("learning", ONE)),
            (started("s"), Change("session")),
            (assessed("s"), Change("session")),
            (recorded("s", 1), Change("attribution", ONE)),
            (ablated("e", 1, value=0.5, confidence=0.5), Change("ablation", ONE)),
            (worked(1, "s"), Change("strategy_outcome", ONE)),
            (tuned("p", 1), Change("adaptive_param")),
            (reported("strategy"), Change("component_report")),
        ],
    )
    async def test_each_type_is_stored_and_told_as_its_kind(
        self, taker: Taker, event: IngestEvent, change: Change
    ) -> None:
        position = await taker.position()
        assert await taker.ingest.apply([event]) == IngestOutcome(accepted=1, duplicates=0)
        assert await taker.changes_since(position) == [change]
        assert taker.commits == 1

    async def test_a_request_is_told_in_one_piece_with_the_learnings_it_names(self, taker: Taker) -> None:
        position = await taker.position()
        await taker.ingest.apply([recorded("s", 1), started("s"), recorded("s", 2), extracted(2), recorded("t", 1)])
        assert await taker.changes_since(position) == [
            Change("attribution", frozenset({learning_id(1), learning_id(2)})),
            Change("session"),
            Change("learning", frozenset({learning_id(2)})),
        ]
        assert taker.commits == 1

    async def test_very_many_learnings_are_not_named(self, taker: Taker) -> None:
        position = await taker.position()
        await taker.ingest.apply([recorded("s", number) for number in range(201)])
        assert await taker.changes_since(position) == [Change("attribution")]

    async def test_a_request_is_stored_as_a_whole_or_not_at_all(
        self, taker: Taker, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fail(_: ChangeLog, changes: Sequence[Change]) -> None:
            raise ZeroDivisionError(len(changes))

        events = crowded_history(1).events
        with monkeypatch.context() as patch:
            patch.setattr(ChangeLog, "record", fail)
            with pytest.raises(ZeroDivisionError):
                await taker.ingest.apply(events)
        assert all(rows == [] for rows in (await contents(database_url)).values())
        assert taker.commits == 0
        assert (await taker.ingest.apply(events)).accepted == len({event["event_id"] for event in events})

    async def test_a_database_that_is_away_stores_nothing_and_tells_nobody(
        self, taker: Taker, database: Database
    ) -> None:
        await database.close()
        with pytest.raises(DatabaseUnavailable):
            await taker.ingest.apply([extracted(1)])
        assert taker.commits == 0

    async def test_eight_tasks_of_two_processes_come_to_the_same_facts_as_one(
        self, taker: Taker, database_url: str
    ) -> None:
        events = crowded_history(2).events
        outcome = await taker.ingest.apply(events)
        expected = await contents(database_url)
        await forget_everything(database_url)
        assert await take_at_once(database_url, events) == outcome.accepted
        assert await contents(database_url) == expected


class TestPeople:
    async def test_a_learning_is_disabled_and_enabled_again(self, taker: Taker) -> None:
        await taker.ingest.apply([extracted(1)])
        position = await taker.position()
        statuses: dict[SetStatus, LearningStatus] = {"disable_learning": "disabled", "enable_learning": "active"}
        for action, status in [*statuses.items()] * 2:
            taker.now += timedelta(seconds=1)
            await taker.ingest.set_learning_status(learning_id(1), action)
            assert await taker.status(1) == status
        assert await taker.changes_since(position) == [Change("learning", ONE)]
        assert taker.commits == 5

    async def test_enabling_what_is_active_changes_nothing_that_is_seen(self, taker: Taker) -> None:
        await taker.ingest.apply([extracted(1)])
        for _ in range(2):
            await taker.ingest.set_learning_status(learning_id(1), "enable_learning")
            assert await taker.status(1) == "active"

    async def test_a_later_event_does_not_enable_what_a_person_disabled(self, taker: Taker) -> None:
        await taker.ingest.apply([extracted(1)])
        await taker.ingest.set_learning_status(learning_id(1), "disable_learning")
        await taker.ingest.apply([status_changed(1, "active", NOW + timedelta(days=1))])
        assert await taker.status(1) == "disabled"

    async def test_a_deleted_learning_stays_deleted(self, taker: Taker) -> None:
        await taker.ingest.apply([extracted(1)])
        position = await taker.position()
        await taker.ingest.delete_learning(learning_id(1))
        assert await taker.changes_since(position) == [Change("learning", ONE)]
        await taker.ingest.apply([extracted(1, NOW + timedelta(days=1))])
        assert await taker.status(1) is None

    async def test_deleting_by_an_event_holds_for_what_comes_later(self, taker: Taker) -> None:
        await taker.ingest.apply([deleted(1), deleted(1)])
        await taker.ingest.apply([extracted(1, NOW + timedelta(days=1))])
        assert await taker.status(1) is None

    @pytest.mark.parametrize("identifier", [learning_id(9), learning_id(1), "", "no uuid", "' or true --"])
    async def test_nobody_acts_on_what_does_not_exist(self, taker: Taker, identifier: str) -> None:
        await taker.ingest.apply([extracted(1), deleted(1)])
        position = await taker.position()
        for act in (
            taker.ingest.set_learning_status(identifier, "enable_learning"),
            taker.ingest.set_learning_status(identifier, "disable_learning"),
            taker.ingest.delete_learning(identifier),
        ):
            with pytest.raises(UnknownLearning) as caught:
                await act
            assert caught.value.learning_id == identifier
        assert await taker.changes_since(position) == []
        assert taker.commits == 1


async def forget_everything(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(f"truncate {', '.join(TABLES)}")
    await connection.close()


async def take_at_once(url: str, events: Sequence[IngestEvent]) -> int:
    """Eight tasks over two pools each take a shuffled half of the events, in small requests; how many were new.

    The halves of each two tasks make the whole.
    """
    random = Random(1)
    pools = [await Database.connect(url) for _ in range(2)]
    takers = [Taker(pool) for pool in pools]

    async def take(taker: Taker, half: Sequence[IngestEvent]) -> int:
        return sum([(await taker.ingest.apply(half[at : at + 50])).accepted for at in range(0, len(half), 50)])

    work = []
    for number in range(4):
        shuffled = random.sample(events, len(events))
        middle = len(events) // 2
        work += [take(takers[number % 2], shuffled[:middle]), take(takers[1 - number % 2], shuffled[middle:])]
    accepted = sum(await asyncio.gather(*work))
    for pool in pools:
        await pool.close()
    return accepted
