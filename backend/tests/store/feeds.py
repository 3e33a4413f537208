"""What the tests of the change feed need: a feed that runs, and what it told."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from groove_dashboard.store.feed import ChangeFeed, FeedTiming

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

    from groove_dashboard.store.changes import Change

# Half a minute stands for "never" where a test wants to see what happens without.
NEVER = 30.0
QUICK = FeedTiming(poll=0.05, gap=0.0, shortest_retry=0.01, longest_retry=0.05)
ONLY_WOKEN = FeedTiming(poll=NEVER, gap=0.0, shortest_retry=0.01, longest_retry=0.05)


class Told:
    """Remembers what a feed told, and lets tests wait for it."""

    def __init__(self) -> None:
        self.calls: list[list[Change]] = []
        self.gaps = 0
        self._news = asyncio.Event()

    def on_changes(self, changes: Sequence[Change]) -> None:
        self.calls.append(list(changes))
        self._news.set()

    def on_gap(self) -> None:
        self.gaps += 1
        self._news.set()

    @property
    def ids(self) -> list[str]:
        """The ids of all changes told, in no order; one told twice is there twice."""
        return [one for call in self.calls for change in call for one in change.ids or ()]

    async def until(self, holds: Callable[[Told], bool]) -> None:
        """Wait until the condition holds; the test's time-out ends it if it never does."""
        while not holds(self):
            self._news.clear()
            await self._news.wait()


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """The work goes on while the block lasts."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def following(url: str, timing: FeedTiming = QUICK) -> AsyncIterator[tuple[ChangeFeed, Told]]:
    """A feed that runs and has taken its first position."""
    told = Told()
    feed = ChangeFeed(url, told.on_changes, told.on_gap, timing=timing)
    async with running(feed.run()):
        await told.until(lambda it: it.gaps == 1)
        yield feed, told


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait for what no event tells; the test's time-out ends it if it never comes."""
    while not holds():  # noqa: ASYNC110 (there is no event to wait for)
        await asyncio.sleep(0.005)
