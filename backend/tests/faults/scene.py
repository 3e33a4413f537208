"""Who watches and who writes while something breaks, and the judgement at the end."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from groove_dashboard.live.topic import topic_key
from tests.faults.follower import Follower
from tests.faults.writer import Writer, random_steps
from tests.oracle.model import NOT_FOUND
from tests.oracle.questions import every_topic
from tests.web.recording import DEADLINE
from tests.web.site import client_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from groove_dashboard.messages.types import DashboardTopic
    from tests.oracle.model import Oracle

TOPICS_EACH: Final = 24
SETTLE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A writer at work and followers that together watch every topic."""

    writer: Writer
    followers: list[Follower]

    async def settled(self) -> None:
        """Everything is written, everybody holds what the oracle says of it, and nothing acknowledged is lost."""
        async with asyncio.timeout(SETTLE_SECONDS):
            await self.writer.until(lambda it: it.is_done)
        for follower in self.followers:
            await converged(follower, self.writer.oracle)
        assert await self.writer.lost() == 0


@asynccontextmanager
async def scene(
    url: str, *, written_to: str | None = None, seed: int = 0, patience: float = DEADLINE
) -> AsyncIterator[Scene]:
    """Followers at that address, and a writer there or elsewhere; they go on while the block lasts.

    At the beginning all followers hold all topics; the learnings are known, so that only a deleted one is not found.
    """
    topics = every_topic()
    async with client_of(url) as client, client_of(written_to or url) as pipeline, asyncio.TaskGroup() as group:
        followers = [
            Follower(client, topics[start : start + TOPICS_EACH], patience=patience)
            for start in range(0, len(topics), TOPICS_EACH)
        ]
        writer = Writer(pipeline, random_steps(seed))
        await writer.run(count=1)
        tasks = [group.create_task(one.run()) for one in followers]
        await first_held(followers)
        tasks.append(group.create_task(writer.run()))
        yield Scene(writer, followers)
        for task in tasks:
            task.cancel()


async def first_held(followers: Iterable[Follower]) -> None:
    """Wait until each follower has been told of each of its topics."""
    async with asyncio.timeout(SETTLE_SECONDS):
        for follower in followers:
            await follower.until(lambda it: all(it.data(topic) is not None for topic in it.topics))


async def converged(follower: Follower, oracle: Oracle) -> None:
    """Wait until the follower holds what the oracle says; fail with the first topic of which it does not in time."""
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            await follower.until(lambda it: difference(it, oracle) is None)
    except TimeoutError:
        raise AssertionError(f"not what the oracle says: {difference(follower, oracle)}") from None


def difference(follower: Follower, oracle: Oracle) -> str | None:
    """The first topic of which the follower holds something else than the oracle says, with both; None for none."""
    now = datetime.now(UTC)
    for topic in follower.topics:
        held, wanted = follower.data(topic), oracle.data(topic, now)
        if as_bytes(held) != as_bytes(wanted):
            return f"{topic_key(topic)}\n--- the oracle: {wanted}\n--- the follower: {held}"
    return None


def as_bytes(data: Any) -> bytes:
    """What tells 0 from 0.0 too, as versions do."""
    return b"not found" if data == NOT_FOUND else orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
