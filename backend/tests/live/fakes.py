"""A clock that is moved by hand, a source of topics that answers when told, and topics to read."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from groove_dashboard.live import request
from groove_dashboard.live.clock import Clock
from groove_dashboard.live.state import TopicFailure, TopicState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import DashboardTopic, LearningBrief, LearningsTopic, OverviewTopic

OVERVIEW: OverviewTopic = {"topic": "overview"}
LEARNINGS: LearningsTopic = {"topic": "learnings"}
ALL_LEARNINGS: DashboardTopic = {"topic": "learnings", "filters": {}, "limit": 100, "offset": 0, "sort": "recency"}
LEARNING_ID = "01985f6e-3c1a-7b7a-9d5e-0a1b2c3d4e5f"
AWAY = TopicFailure("unavailable", "The database is away.")
NO_SUCH_LEARNING = TopicFailure("not_found", "There is no such learning.")


class Polling:
    """A subscriber that looks by itself whether there is something to send."""

    def wake(self) -> None:
        """It does not wait for that."""


def remembered_requests() -> tuple[int, int]:
    """How many requests are remembered, and how often one was asked for again."""
    told = request._read_again.cache_info()
    return told.currsize, told.hits


def forget_requests() -> None:
    """Remember none."""
    request._read_again.cache_clear()


def page(topic_number: int) -> LearningsTopic:
    """One of many topics."""
    return {"topic": "learnings", "offset": topic_number}


def learning(content: str) -> LearningBrief:
    """A row of the list."""
    return {
        "id": str(uuid5(NAMESPACE_URL, content)),
        "content": content,
        "category": "preference",
        "scope": {"level": "global"},
        "status": "active",
        "estimated_value": 0.25,
        "confidence": 0.5,
        "session_count": 3,
        "created_at": "2026-03-01T12:00:00Z",
    }


def state(total: int, fresh_until: datetime | None = None, *, seconds: float = 0) -> TopicState:
    """A state of the list of learnings; states of one total are equal, and others differ by little."""
    return TopicState(
        {"data_type": "learnings", "learnings": [learning("Any. " * 100)], "total": total}, fresh_until, seconds
    )


def another_list(content: str) -> TopicState:
    """A state of the list of which no other has anything."""
    return TopicState({"data_type": "learnings", "learnings": [learning(content)], "total": 1})


@dataclass(eq=False)
class Wait:
    """Someone waits for an event or for a time."""

    event: asyncio.Event
    until: float | None
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def goes_on(self) -> bool:
        return not self.event.is_set() and not self.reached.is_set()


class FakeClock(Clock):
    """Stands still until `advance` moves it."""

    def __init__(self) -> None:
        self._elapsed = 0.0
        self._waits: list[Wait] = []
        self._changed = asyncio.Event()

    def monotonic(self) -> float:
        return 1000 + self._elapsed

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=self._elapsed)

    def advance(self, seconds: float) -> None:
        """Let time pass, and end the waits whose time has come."""
        self._elapsed += seconds
        for wait in self._waits:
            self._look(wait)

    async def wait(self, event: asyncio.Event, until: float | None) -> None:
        wait = Wait(event, until)
        self._look(wait)
        self._waits.append(wait)
        self._changed.set()
        tasks = [asyncio.create_task(one.wait()) for one in (event, wait.reached)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waits.remove(wait)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def waited_for(self) -> float | None:
        """How many seconds from now the one that waits wants to be woken, None for never; waits until someone waits."""
        while True:
            for wait in self._waits:
                if wait.goes_on:
                    return None if wait.until is None else wait.until - self.monotonic()
            self._changed.clear()
            await self._changed.wait()

    def _look(self, wait: Wait) -> None:
        if wait.until is not None and wait.until <= self.monotonic():
            wait.reached.set()


@dataclass
class Reading:
    """A read that is under way."""

    topics: Sequence[DashboardTopic]
    _results: asyncio.Future[Sequence[TopicState | TopicFailure]] = field(default_factory=asyncio.Future)

    def bring(self, *results: TopicState | TopicFailure) -> None:
        self._results.set_result(results)

    def break_with(self, error: Exception) -> None:
        self._results.set_exception(error)

    async def results(self) -> Sequence[TopicState | TopicFailure]:
        return await self._results


class FakeSource:
    """Hands each read to the test, which says when it ends and what it brings."""

    def __init__(self) -> None:
        self._readings: asyncio.Queue[Reading] = asyncio.Queue()
        self.under_way = 0

    async def read(self, topics: Sequence[DashboardTopic]) -> Sequence[TopicState | TopicFailure]:
        reading = Reading(topics)
        self._readings.put_nowait(reading)
        self.under_way += 1
        try:
            return await reading.results()
        finally:
            self.under_way -= 1

    async def reading(self) -> Reading:
        """The next read, once it has begun."""
        return await self._readings.get()

    @property
    def idle(self) -> bool:
        """Whether no read has begun that the test does not know of."""
        return self._readings.empty()
