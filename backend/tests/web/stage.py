"""The socket alone, over TCP, on a source and actions in the test's hands."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from groove_dashboard.clock import SystemClock
from groove_dashboard.live.driver import Driver
from groove_dashboard.live.hub import Hub
from groove_dashboard.live.state import TopicFailure, TopicState
from groove_dashboard.live.version import encode, version_of
from groove_dashboard.web.problems import tell_problems
from groove_dashboard.web.websocket import DashboardSocket
from tests.live.fakes import LEARNING_ID
from tests.web import recording
from tests.web.recording import PATH, RawSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aiohttp.test_utils import TestClient

    from groove_dashboard.live.limits import Limits
    from groove_dashboard.messages.types import DashboardTopic, LearningBrief
    from groove_dashboard.web.origin import Origin

# Small enough that a client which does not read is noticed after some ten kilobytes.
TIGHT = {"write_buffer_bytes": 4096, "send_buffer_bytes": 4096}


class Facts:
    """The source of all topics: a list of one learning or, where the content is long, of fifty that change at once."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.total = 1
        self.content = "x"
        self.failure: TopicFailure | None = None

    def change(self, *, total: int | None = None, failure: TopicFailure | None = None) -> None:
        """A commit, and the news of it."""
        self.total = self.total + 1 if total is None else total
        self.failure = failure
        self._hub.mark_all()

    @property
    def version(self) -> str:
        return version_of(encode(self._state().data))

    async def read(self, topics: Sequence[DashboardTopic]) -> Sequence[TopicState | TopicFailure]:
        return [self.failure or self._state()] * len(topics)

    def _state(self) -> TopicState:
        is_long = len(self.content) > 1
        learning: LearningBrief = {
            "id": LEARNING_ID,
            "content": f"{self.total} {self.content}" if is_long else self.content,
            "category": "solution",
            "scope": {"level": "global"},
            "status": "active",
            "estimated_value": 0.5,
            "confidence": 0.5,
            "session_count": 1,
            "created_at": "2026-03-01T12:00:00Z",
        }
        learnings = [learning] * (50 if is_long else 1)
        return TopicState({"data_type": "learnings", "learnings": learnings, "total": self.total})


class Actions:
    """Carries out actions when the test lets it."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.error: Exception | None = None

    async def act(self, action: str, learning_id: str) -> None:
        self.begun.set()
        await self.may_end.wait()
        if self.error is not None:
            raise self.error
        self.done.append((action, learning_id))


class Stage:
    """A server of the socket alone, on a source in the test's hands."""

    def __init__(self, limits: Limits, allowed_origins: frozenset[Origin]) -> None:
        clock = SystemClock()
        self.hub = Hub(limits, clock)
        self.facts = Facts(self.hub)
        self.actions = Actions()
        self.driver = Driver(self.hub, self.facts.read, limits, clock)
        self.socket = DashboardSocket(
            self.hub, self.actions.act, limits=limits, clock=clock, allowed_origins=allowed_origins
        )
        self.app = web.Application(middlewares=[tell_problems])
        self.app.router.add_get(PATH, self.socket.handle)
        self.app.on_shutdown.append(self.socket.drain)
        self.client: TestClient[web.Request, web.Application]
        self.raws: list[RawSocket] = []

    async def raw(self, *, welcomed: bool = True) -> RawSocket:
        """An impolite client that has heard the welcome, unless there will be none."""
        port = self.client.port
        assert port is not None
        raw = await RawSocket.connect("127.0.0.1", port)
        self.raws.append(raw)
        if welcomed:
            assert (await raw.message())["type"] == "welcome"
        return raw

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that no message tells; fails when it takes too long."""
        async with asyncio.timeout(recording.DEADLINE):
            while not holds():  # noqa: ASYNC110 - statistics set no event
                await asyncio.sleep(0.005)

    async def empty(self) -> None:
        """Wait until the server holds no connection and no topic any more."""
        await self.until(lambda: self.socket.statistics().connections == 0)
        assert self.hub.statistics().subscriptions == 0
