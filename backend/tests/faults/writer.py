"""A pipeline and a person that do not give up: what is not acknowledged is sent again, until it is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Final

import orjson

from tests.faults.follower import AWAY, BACK_OFF
from tests.oracle.events import LEARNING_IDS, EventMaker
from tests.oracle.facts import Decision
from tests.oracle.histories import Batch, random_world
from tests.oracle.model import Oracle
from tests.web.site import extracted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aiohttp import ClientSession

    from groove_dashboard.messages.types import IngestEvent
    from tests.oracle.histories import Step

BATCHES: Final = 30
EVENTS: Final = 8


def random_steps(seed: int) -> list[Step]:
    """All learnings, so that each is known, then random events of these days; halfway, a person disables a learning."""
    random = Random(seed)
    now = datetime.now(UTC)
    world = random_world(random, now)
    maker = EventMaker(world, random.choice)
    first: Sequence[IngestEvent] = [extracted(one, id=one) for one in LEARNING_IDS[:6]]
    steps: list[Step] = [Batch(tuple(first))]
    steps.extend(Batch(tuple(maker.event() for _ in range(EVENTS))) for _ in range(BATCHES))
    steps.insert(BATCHES // 2, Decision("disable_learning", world.learning_ids[-1], now))
    return steps


class Writer:
    """Takes the steps one after the other; `oracle` has been told of those that were acknowledged."""

    def __init__(self, client: ClientSession, steps: Sequence[Step]) -> None:
        self.client = client
        self.oracle = Oracle()
        self.acknowledged: list[Step] = []
        self.refused = 0
        """How many attempts were not acknowledged."""
        self._steps = steps
        self._news = asyncio.Event()

    @property
    def is_done(self) -> bool:
        return len(self.acknowledged) == len(self._steps)

    async def until(self, holds: Callable[[Writer], bool]) -> None:
        """Wait until the condition holds, looking after each attempt."""
        while not holds(self):
            self._news.clear()
            await self._news.wait()

    async def run(self, count: int | None = None) -> None:
        """Take so many steps, or all that are left."""
        done = len(self.acknowledged)
        for step in self._steps[done:] if count is None else self._steps[done : done + count]:
            while not await self._is_acknowledged(step):
                self.refused += 1
                self._news.set()
                await asyncio.sleep(BACK_OFF)
            self._remember(step)
            self._news.set()

    async def lost(self) -> int:
        """How many of the acknowledged events the server does not know any more. It knows them again after that."""
        events = [event for step in self.acknowledged if isinstance(step, Batch) for event in step.events]
        async with self.client.post("/api/groove/events", data=orjson.dumps(events)) as response:
            assert response.status == 200, await response.text()
            accepted: int = (await response.json())["accepted"]
            return accepted

    async def _is_acknowledged(self, step: Step) -> bool:
        try:
            if isinstance(step, Batch):
                request = self.client.post("/api/groove/events", data=orjson.dumps(step.events))
            else:
                request = self.client.post(f"/api/groove/learnings/{step.learning_id}/disable")
            async with request as response:
                # A learning that an event has deleted meanwhile cannot be disabled; the oracle knows.
                assert response.status in {200, 503} | ({404} if isinstance(step, Decision) else set()), response
                return response.status != 503
        except AWAY:
            return False

    def _remember(self, step: Step) -> None:
        self.acknowledged.append(step)
        if isinstance(step, Batch):
            self.oracle.apply(step.events)
        else:
            self.oracle.act(step.action, step.learning_id, step.at)
