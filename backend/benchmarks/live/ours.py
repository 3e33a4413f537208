"""The real socket, hub and driver, on a source without a database."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from aiohttp import web

from benchmarks.live.contestant import Contestant
from benchmarks.live.source import Source
from groove_dashboard.clock import SystemClock
from groove_dashboard.live.driver import Driver
from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.messages.protocol import SOCKET_PATH
from groove_dashboard.web.problems import tell_problems
from groove_dashboard.web.server import collect_garbage_less_often, listening
from groove_dashboard.web.websocket import DashboardSocket

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AsyncExitStack

    from groove_dashboard.messages.types import LearningAction, Uuid

LIMITS: Final = Limits(
    max_connections=20_000,
    heartbeat_seconds=3600,  # no byte may come that the load does not expect
    refresh_interval=0,  # the load sets the pace
)


class Ours(Contestant):
    """The dashboard's own server."""

    def __init__(self) -> None:
        clock = SystemClock()
        self._hub = Hub(LIMITS, clock)
        self._source = Source(self._hub)
        self._driver = Driver(self._hub, self._source.read, LIMITS, clock)
        self._socket = DashboardSocket(self._hub, _act, limits=LIMITS, clock=clock)

    async def listen(self, stack: AsyncExitStack) -> int:
        """Listen on the loopback address until the stack ends, and give the port."""
        collect_garbage_less_often()  # as `serve` does
        app = web.Application(middlewares=[tell_problems])
        app.router.add_get(SOCKET_PATH, self._socket.handle)
        await stack.enter_async_context(self._driving())
        return await stack.enter_async_context(listening(app, "127.0.0.1", 0, drain_seconds=0))

    def prepare(self, size: int) -> None:
        """From now on, the message of a changed topic has about so many bytes."""
        self._source.size = size

    async def change(self, topics: int) -> None:
        """Change so many topics in one commit."""
        self._source.change(topics)

    def change_row(self) -> None:
        """Change one row of a list of 500."""
        self._source.change_row()

    @property
    def reads(self) -> int:
        """How often the source has been read."""
        return self._source.reads

    @asynccontextmanager
    async def _driving(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            driving = tasks.create_task(self._driver.run())
            yield
            driving.cancel()


async def _act(action: LearningAction, _id: Uuid) -> None:
    raise NotImplementedError(f"nobody asks for {action} here")
