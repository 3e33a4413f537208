"""Who watches and who writes while something breaks, and the judgement at the end."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from groove_dashboard.live.topic import topic_key
from tests.faults.follower import PATIENCE, Follower
from tests.faults.writer import Writer, random_steps
from tests.oracle.model import NOT_FOUND
from tests.oracle.questions import every_topic
from tests.web.site import client_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from groove_dashboard.live.topic import TopicKey
    from groove_dashboard.messages.types import DashboardTopic
    from tests.oracle.model import Oracle

TOPICS_EACH: Final = 24
SETTLE_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A writer at work and followers that together watch every topic."""

    writer: Writer
    followers: list[Follower]

    async def settled(self) -> None:
        """Everything is written, everybody holds what the oracle says of it, and nothing acknowledged is lost."""
        async with asyncio.timeout(SETTLE_SECONDS):
            await self.writer.until(lambda it: it.is_done)
        await converged(self.followers, self.writer.oracle)
        assert await self.writer.lost() == 0


@asynccontextmanager
async def scene(
    url: str, *, written_to: str | None = None, writing: bool = True, patience: float = PATIENCE
) -> AsyncIterator[Scene]:
    """Followers at that address, and a writer there or elsewhere; they go on while the block lasts.

    At the beginning all followers hold all topics; the learnings are known, so that only a deleted one is not found.
    Without `writing` the test lets the writer take its steps.
    """
    topics = every_topic()
    async with client_of(url) as client, client_of(written_to or url) as pipeline, asyncio.TaskGroup() as group:
        followers = [
            Follower(client, topics[start : start + TOPICS_EACH], patience=patience)
            for start in range(0, len(topics), TOPICS_EACH)
        ]
        writer = Writer(pipeline, random_steps(seed=0))
        await writer.run(count=1)
        tasks = [group.create_task(one.run()) for one in followers]
        await first_held(followers)
        if writing:
            tasks.append(group.create_task(writer.run()))
        yield Scene(writer, followers)
        for task in tasks:
            task.cancel()


async def first_held(followers: Iterable[Follower]) -> None:
    """Wait until each follower has been told of each of its topics."""
    async with asyncio.timeout(SETTLE_SECONDS):
        for follower in followers:
            await follower.until(lambda it: all(it.data(topic) is not None for topic in it.topics))


async def converged(followers: Sequence[Follower], oracle: Oracle) -> None:
    """Wait until everybody holds what the oracle says; fail with the first topic of which somebody does not in time."""
    began = asyncio.get_running_loop().time()
    while True:
        expected = Expected(oracle)
        try:
            # What is to be held changes with the time of day too, so it is worked out anew now and then.
            async with asyncio.timeout(SETTLE_SECONDS / 6):
                for follower in followers:
                    await follower.until(lambda it, expected=expected: expected.difference(it) is None)  # type: ignore[misc]
        except TimeoutError:
            told = [difference for one in followers if (difference := expected.difference(one)) is not None]
            assert not told or asyncio.get_running_loop().time() < began + SETTLE_SECONDS, told[0]
        else:
            return


class Expected:
    """What the oracle says at this moment, each topic worked out once."""

    def __init__(self, oracle: Oracle) -> None:
        self._oracle = oracle
        self._now = datetime.now(UTC)
        self._answers: dict[TopicKey, bytes] = {}

    def difference(self, follower: Follower) -> str | None:
        """The first topic of which the follower holds something else, with both; None for none."""
        for topic in follower.topics:
            held, wanted = as_bytes(follower.data(topic)), self._answer(topic)
            if held != wanted:
                return f"{topic_key(topic)}\n--- the oracle: {wanted.decode()}\n--- the follower: {held.decode()}"
        return None

    def _answer(self, topic: DashboardTopic) -> bytes:
        key = topic_key(topic)
        if key not in self._answers:
            self._answers[key] = as_bytes(self._oracle.data(topic, self._now))
        return self._answers[key]


def as_bytes(data: Any) -> bytes:
    """What tells 0 from 0.0 too, as versions do."""
    return b"not found" if data == NOT_FOUND else orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
