"""The driver reads what is due when it is due, together what is due together, and survives what a read does."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from groove_dashboard.live.driver import Driver
from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.topic import topic_key
from tests.live.fakes import AWAY, FakeClock, FakeSource, page, state
from tests.live.grammar import said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from groove_dashboard.live.subscription import Subscription
    from groove_dashboard.messages.types import DashboardTopic

LIMITS = Limits(refresh_interval=0.1, concurrent_reads=2, read_retry_min=0.5)


class Subscriber:
    """Takes what it is sent at once."""

    def __init__(self, clock: FakeClock, messages: asyncio.Queue[bytes]) -> None:
        self._clock = clock
        self._messages = messages
        self.subscription: Subscription

    def wake(self) -> None:
        (message,) = self.subscription.messages(self._clock.monotonic())
        self._messages.put_nowait(message)


class Stage:
    """A driver that runs, with everything around it in the hands of the test."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.source = FakeSource()
        self.hub = Hub(LIMITS, self.clock, jitter=lambda: 0)
        self.driver = Driver(self.hub, self.source.read, LIMITS, self.clock)
        self._messages: asyncio.Queue[bytes] = asyncio.Queue()

    def subscribe(self, *topics: DashboardTopic) -> None:
        for topic in topics:
            self._subscribe(topic)

    def _subscribe(self, topic: DashboardTopic) -> None:
        subscriber = Subscriber(self.clock, self._messages)
        subscriber.subscription = self.hub.subscribe(topic, subscriber)
        self.hub.ask(subscriber.subscription, "subscribe")

    async def message(self) -> dict[str, object]:
        return dict(said(await self._messages.get()))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    task = asyncio.create_task(stage.driver.run())
    assert await stage.clock.waited_for() is None
    yield stage
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert stage.source.under_way == 0


async def test_what_was_asked_for_before_it_ran_is_read_once_it_runs() -> None:
    stage = Stage()
    stage.subscribe(page(0))
    task = asyncio.create_task(stage.driver.run())
    assert (await stage.source.reading()).topics == [stage_topic(0)]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert stage.source.under_way == 0


async def test_topics_that_are_due_together_are_read_in_one_call(stage: Stage) -> None:
    stage.subscribe(page(0), page(1), page(1))
    reading = await stage.source.reading()
    assert reading.topics == [stage_topic(0), stage_topic(1)]
    reading.bring(state(1), state(2))
    assert [(await stage.message())["type"] for _ in range(3)] == ["snapshot"] * 3


async def test_a_change_of_an_idle_topic_is_read_at_once_and_the_next_one_after_the_interval(stage: Stage) -> None:
    stage.subscribe(page(0))
    (await stage.source.reading()).bring(state(1))
    await stage.message()
    stage.clock.advance(10)
    stage.hub.mark_all()
    (await stage.source.reading()).bring(state(2))
    await stage.message()
    stage.hub.mark_all()
    assert await stage.clock.waited_for() == pytest.approx(0.1)
    assert stage.source.idle
    stage.clock.advance(0.1)
    (await stage.source.reading()).bring(state(3))
    await stage.message()


async def test_changes_during_a_read_lead_to_one_more_read(stage: Stage) -> None:
    stage.subscribe(page(0))
    reading = await stage.source.reading()
    for _ in range(3):
        stage.hub.mark_all()
    reading.bring(state(1))
    await stage.message()
    assert await stage.clock.waited_for() == pytest.approx(0.1)
    stage.clock.advance(0.1)
    (await stage.source.reading()).bring(state(2))
    await stage.message()
    assert await stage.clock.waited_for() is None


async def test_a_slow_read_holds_up_no_other_topic(stage: Stage) -> None:
    stage.subscribe(page(0))
    slow = await stage.source.reading()
    stage.subscribe(page(1))
    (await stage.source.reading()).bring(state(2))
    assert (await stage.message())["topic"] == stage_topic(1)
    slow.bring(state(1))
    assert (await stage.message())["topic"] == stage_topic(0)


async def test_only_so_many_reads_are_under_way_at_once(stage: Stage) -> None:
    readings = []
    for number in range(2):
        stage.subscribe(page(number))
        readings.append(await stage.source.reading())
    stage.subscribe(page(2), page(3))
    assert await stage.clock.waited_for() is None
    assert stage.source.under_way == 2
    readings[0].bring(state(1))
    assert (await stage.source.reading()).topics == [stage_topic(2), stage_topic(3)]


async def test_as_many_may_be_under_way_after_some_have_ended(stage: Stage) -> None:
    for first in (0, 2, 4):
        readings = []
        for number in (first, first + 1):
            stage.subscribe(page(number))
            readings.append(await stage.source.reading())
        stage.subscribe(page(6 + first))
        assert await stage.clock.waited_for() is None
        assert stage.source.under_way == 2
        readings[0].bring(state(1))
        (await stage.source.reading()).bring(state(1))
        readings[1].bring(state(1))
        for _ in range(3):
            await stage.message()
    assert await stage.clock.waited_for() is None
    assert stage.source.under_way == 0


async def test_a_topic_is_read_again_when_its_data_change_with_the_clock(stage: Stage) -> None:
    stage.subscribe(page(0))
    (await stage.source.reading()).bring(state(1, stage.clock.now() + timedelta(seconds=9)))
    await stage.message()
    assert await stage.clock.waited_for() == pytest.approx(9)
    stage.clock.advance(9)
    (await stage.source.reading()).bring(state(2))
    assert (await stage.message())["type"] == "update"


async def test_an_unavailable_topic_is_tried_again_until_it_is_back(stage: Stage) -> None:
    stage.subscribe(page(0))
    (await stage.source.reading()).bring(AWAY)
    assert (await stage.message())["code"] == "unavailable"
    assert await stage.clock.waited_for() == pytest.approx(0.5)
    stage.clock.advance(0.5)
    (await stage.source.reading()).bring(state(1))
    assert (await stage.message())["reason"] == "initial"


async def test_a_read_that_breaks_is_logged_told_without_its_text_and_tried_again(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.subscribe(page(0), page(1))
    with caplog.at_level(logging.ERROR):
        (await stage.source.reading()).break_with(RuntimeError("secret"))
        messages = [await stage.message() for _ in range(2)]
    assert [(message["code"], message["message"]) for message in messages] == [
        ("internal", "The topic could not be read.")
    ] * 2
    assert caplog.messages == [f"reading {topic_key(page(0))}, {topic_key(page(1))}"]
    assert "secret" in caplog.text
    assert await stage.clock.waited_for() == pytest.approx(0.5)
    stage.clock.advance(0.5)
    (await stage.source.reading()).bring(state(1), state(2))
    assert (await stage.message())["type"] == "snapshot"


def stage_topic(offset: int) -> DashboardTopic:
    return {"topic": "learnings", "filters": {}, "limit": 100, "offset": offset, "sort": "recency"}
