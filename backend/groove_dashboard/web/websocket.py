"""The socket: who may connect, how many, and how everybody is seen off."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from aiohttp import WSCloseCode

from groove_dashboard.live.closing import Goodbye
from groove_dashboard.messages.protocol import SUBPROTOCOL, CloseCode
from groove_dashboard.web.connection import Connection, DashboardResponse
from groove_dashboard.web.fanout import AT_ONCE, Fanout
from groove_dashboard.web.heartbeat import Heartbeats
from groove_dashboard.web.origin import is_allowed
from groove_dashboard.web.problems import ForeignOrigin

if TYPE_CHECKING:
    from collections.abc import Collection, Coroutine, Mapping

    from aiohttp import web

    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.hub import Hub
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.messages.types import RetryWindow
    from groove_dashboard.web.histogram import Distribution
    from groove_dashboard.web.origin import Origin
    from groove_dashboard.web.services import Act

NO_CODE: Final = 1005
"""RFC 6455: the close frame had no code."""
RECONNECT_MS: Final = 2
"""How many milliseconds of the retry window each connection gets: one takes about 0.4 ms of a core, plus its topics."""
LEAST_RETRY_SPREAD_MS: Final = 1000
LONGEST_RETRY_MS: Final = 3_600_000
"""As the schema has it."""
CLIENT_CODES: Final = frozenset({WSCloseCode.OK, WSCloseCode.GOING_AWAY, NO_CODE, WSCloseCode.ABNORMAL_CLOSURE})
"""Those that browsers close with; counting any that a client makes up would let it fill the memory."""
CUT_OFF_SECONDS: Final = 1.0
"""How long what was cut off may take to end."""

log = logging.getLogger(__name__)


class Close(NamedTuple):
    """How a connection ended."""

    by: Literal["server", "client"]
    code: str
    """The close code; one that clients are not known to send is "other"."""


class SocketStatistics(NamedTuple):
    """The first is of this moment, the others have been counted since the start."""

    connections: int
    opened: int
    received: int
    """Messages."""
    sent: int
    """Frames."""
    sent_bytes: int
    """All frames but those that close, with their headers."""
    lag: Distribution
    """How long it took from the moment at which a connection was owed something until it was written."""
    closes: Mapping[Close, int]
    """Connections that have ended, by who ended them and the close code."""


class DashboardSocket:
    """All WebSocket connections of a process."""

    def __init__(
        self,
        hub: Hub,
        act: Act,
        *,
        limits: Limits,
        clock: Clock,
        allowed_origins: Collection[Origin] = frozenset(),
    ) -> None:
        self.hub = hub
        self.act = act
        self.limits = limits
        self.clock = clock
        self._allowed_origins = frozenset(allowed_origins)
        self._connections: set[Connection] = set()
        self._actions: set[asyncio.Task[None]] = set()
        self._leaving = False
        self._opened = 0
        self._received = 0
        self._closes: Counter[Close] = Counter()
        self._fewer = asyncio.Event()
        self._heartbeats = Heartbeats(self._connections, limits, clock)
        self.fanout = Fanout(clock)
        hub.wake_all = self.fanout.add_subscribers

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Upgrade the request, and give the response on which the peer is spoken with. Raises ForeignOrigin.

        Who is not taken is upgraded all the same, since only then a browser can read why: a goodbye and the close code.
        For the same reason a subprotocol that the server does not speak is accepted before it is refused.
        """
        if self._is_foreign(request):
            raise ForeignOrigin
        response = self._response_to(request)
        transport = request.transport
        if transport is None:  # the peer has gone already
            return response
        await self._connect(request, response, transport)
        return response

    def ended(self, connection: Connection) -> None:
        """The connection is no more."""
        self._closes[_close(connection)] += 1
        self._connections.discard(connection)
        if not self._connections:
            self._heartbeats.stop()
        self._fewer.set()

    async def drain(self, _app: web.Application | None = None) -> None:
        """Say goodbye to everybody and take nobody any more; to be called when the server stops (`on_shutdown`).

        Clients are told to come back within a window that is the longer the more of them there are. The goodbye takes
        `shutdown_timeout` at most; whoever has not gone by then is cut off. Actions that were begun are let finish in
        the same time.
        """
        self._leaving = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.shutdown_timeout):
                await self._see_off()
                await self._nobody_left()
        if not self._connections and not self._actions:
            return
        log.info("%d connections and %d actions are cut off", len(self._connections), len(self._actions))
        for connection in self._connections:
            connection.cut_off()
        for action in self._actions:
            action.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CUT_OFF_SECONDS):
                await self._nobody_left()

    async def _see_off(self) -> None:
        """Say goodbye, to some connections at a time, so that those that were told can go meanwhile."""
        retry = self._retry_window()
        connections = iter(tuple(self._connections))
        while some := tuple(islice(connections, AT_ONCE)):
            for connection in some:
                connection.session.close(CloseCode.GOING_AWAY, "The server is going away.", retry)
            await asyncio.sleep(0)

    async def _nobody_left(self) -> None:
        """Wait until all connections and actions have ended."""
        while self._connections or self._actions:
            self._fewer.clear()
            await self._fewer.wait()

    def statistics(self) -> SocketStatistics:
        """How many there are and how much was said."""
        return SocketStatistics(
            connections=len(self._connections),
            opened=self._opened,
            received=self._received,
            sent=self.fanout.sent,
            sent_bytes=self.fanout.sent_bytes,
            lag=self.fanout.lag.distribution(),
            closes=dict(self._closes),
        )

    def start(self, action: Coroutine[object, object, None]) -> None:
        """Run what a person asked for, to its end even if that person's connection is lost meanwhile."""
        task = asyncio.create_task(action)
        self._actions.add(task)
        task.add_done_callback(self._ended)

    def count_received(self) -> None:
        """A message has arrived."""
        self._received += 1

    def _ended(self, action: asyncio.Task[None]) -> None:
        self._actions.discard(action)
        self._fewer.set()

    def _is_foreign(self, request: web.Request) -> bool:
        own = f"{request.scheme}://{request.host}"
        return not is_allowed(request.headers.get("Origin"), own=own, allowed=self._allowed_origins)

    def _response_to(self, request: web.Request) -> DashboardResponse:
        offered = _offered(request)
        return DashboardResponse(
            (SUBPROTOCOL,) if not offered or SUBPROTOCOL in offered else (offered[0],),
            max_message_bytes=self.limits.max_message_bytes,
            close_timeout=self.limits.close_timeout,
        )

    async def _connect(self, request: web.Request, response: DashboardResponse, transport: asyncio.Transport) -> None:
        refusal = self._refusal(_offered(request))
        writer = await response.prepare(request)
        connection = Connection(self, request, response, writer, transport)
        if refusal is None:
            connection.session.open()
        else:
            connection.session.close(refusal.code, refusal.reason, refusal.retry)
        self._connections.add(connection)
        self._heartbeats.start()
        self._opened += 1
        self.fanout.write_at_once(connection)

    def _refusal(self, offered: list[str]) -> Goodbye | None:
        """Why the peer is not taken, None where it is."""
        if offered and SUBPROTOCOL not in offered:
            return Goodbye(CloseCode.VERSION_NOT_SUPPORTED, f"This server speaks {SUBPROTOCOL}.")
        if self._leaving:
            return Goodbye(CloseCode.GOING_AWAY, "The server is going away.", self._retry_window())
        if len(self._connections) >= self.limits.max_connections:
            window: RetryWindow = {"min_ms": self.limits.retry_min_ms, "max_ms": self.limits.retry_max_ms}
            return Goodbye(CloseCode.TOO_MANY, "There are too many connections.", window)
        return None

    def _retry_window(self) -> RetryWindow:
        spread = max(LEAST_RETRY_SPREAD_MS, RECONNECT_MS * len(self._connections))
        return {
            "min_ms": self.limits.retry_min_ms,
            "max_ms": min(self.limits.retry_min_ms + spread, LONGEST_RETRY_MS),
        }


def _close(connection: Connection) -> Close:
    if connection.close_code is not None:
        return Close("server", str(connection.close_code))
    code = connection.peer_close_code
    return Close("client", str(code) if code in CLIENT_CODES else "other")


def _offered(request: web.Request) -> list[str]:
    """The subprotocols that the client offers."""
    names = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
    return [name.strip() for name in names if name.strip()]
