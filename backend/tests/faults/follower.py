"""A client that goes on: it loses connections, comes back with what it holds, and follows its topics for ever."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from aiohttp import ClientError

from groove_dashboard.live.topic import topic_key
from tests.oracle.model import NOT_FOUND
from tests.web.mirror import Mirror
from tests.web.recording import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aiohttp import ClientSession

    from groove_dashboard.live.topic import TopicKey
    from groove_dashboard.messages.types import DashboardTopic
    from tests.web.recording import Message, RecordingSocket

BACK_OFF: Final = 0.05
"""Seconds between two attempts; a real client waits longer, a test has no time."""
PATIENCE: Final = 35.0
"""Seconds without a frame after which a connection is dead: a heartbeat was due after 25."""
AWAY: Final = (ClientError, OSError, TimeoutError)


class Follower:
    """Follows topics as the protocol says a client should; every frame is held against the schema and the versions.

    `patience` is how many seconds may pass without a frame.
    """

    def __init__(self, client: ClientSession, topics: Sequence[DashboardTopic], *, patience: float = PATIENCE) -> None:
        self.client = client
        self.topics = topics
        self.connections = 0
        """How many there have been."""
        self.may_connect = asyncio.Event()
        self.may_connect.set()
        self._mirror = Mirror()
        self._missing: set[TopicKey] = set()
        self._patience = patience
        self._news = asyncio.Event()

    def data(self, topic: DashboardTopic) -> Any:
        """What is held of the topic: its data, NOT_FOUND where it is about nothing, None where nothing was said."""
        if topic_key(topic) in self._missing:
            return NOT_FOUND
        with suppress(KeyError):
            return self._mirror.data(topic)
        return None

    async def until(self, holds: Callable[[Follower], bool]) -> None:
        """Wait until the condition holds, looking after each frame, and every second since time passes too."""
        while not holds(self):
            self._news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self._news.wait()

    async def run(self) -> None:
        """Follow for ever. Fails where the server says what it may not say; cancel it to end it."""
        while True:
            await self.may_connect.wait()
            with suppress(*AWAY):
                await self._follow()
            await asyncio.sleep(BACK_OFF)

    async def _follow(self) -> None:
        """One connection, to its end."""
        async with connect(self.client, welcomed=False) as socket:
            socket.mirror = self._mirror
            self.connections += 1
            await self._ask(socket)
            try:
                while (message := await socket.message_or_end(self._patience)) is not None:
                    self._take(message)
            except TimeoutError:
                socket.abandon()

    async def _ask(self, socket: RecordingSocket) -> None:
        held = self._mirror.subscriptions()
        if held:
            await socket.ask(type="resume", subscriptions=held)
        fresh = [topic for topic in self.topics if self.data(topic) is None]
        if fresh:
            await socket.ask(type="subscribe", topics=fresh)

    def _take(self, message: Message) -> None:
        for one in message["messages"] if message["type"] == "batch" else [message]:
            if one["type"] == "error":
                # What is unavailable now comes by itself later.
                assert one["code"] in {"not_found", "unavailable"}, one
                if one["code"] == "not_found":
                    self._missing.add(topic_key(one["topic"]))
                    self._mirror.forget(one["topic"])
        self._news.set()
