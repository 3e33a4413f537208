"""Keeps the hub's topics read: the one loop of the live part."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from groove_dashboard.live.state import TopicFailure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.live.channel import Channel
    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.hub import Hub
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.live.state import Read, TopicState

log = logging.getLogger(__name__)


class Driver:
    """Reads what is due and hands it to the hub.

    All topics that are due at one moment are read in one call, so that they come from one view of the database. A topic
    is never in two reads at once. A slow read does not hold up topics that become due meanwhile, as long as there are
    fewer than `concurrent_reads`.
    """

    def __init__(self, hub: Hub, read: Read, limits: Limits, clock: Clock) -> None:
        self._hub = hub
        self._read = read
        self._limits = limits
        self._clock = clock
        self._woken = asyncio.Event()
        self._reads = 0

    async def run(self) -> None:
        """Run until cancelled; reads that are under way are cancelled with it."""
        self._hub.wake = self._woken.set
        async with asyncio.TaskGroup() as reads:
            while True:
                self._woken.clear()
                until = None
                if self._reads < self._limits.concurrent_reads:
                    self._begin(reads)
                    until = self._hub.next_due()
                await self._clock.wait(self._woken, until)

    def _begin(self, reads: asyncio.TaskGroup) -> None:
        channels = self._hub.begin()
        if channels:
            self._reads += 1
            reads.create_task(self._refresh(channels))

    async def _refresh(self, channels: Sequence[Channel]) -> None:
        results = await self._results(channels)
        self._reads -= 1
        self._hub.refreshed(channels, results)
        self._woken.set()

    async def _results(self, channels: Sequence[Channel]) -> Sequence[TopicState | TopicFailure]:
        """What the read brings; one that breaks counts as failed for each of its topics, and is tried again."""
        try:
            results = await self._read([channel.topic for channel in channels])
        except Exception:
            log.exception("reading %s", ", ".join(channel.key for channel in channels))
            return [TopicFailure("internal", "The topic could not be read.")] * len(channels)
        return results
