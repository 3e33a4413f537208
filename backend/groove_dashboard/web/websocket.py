"""The socket: who may connect, how many, and how everybody is seen off."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, NamedTuple

from groove_dashboard.live.closing import Goodbye
from groove_dashboard.messages.protocol import SUBPROTOCOL, CloseCode
from groove_dashboard.web.connection import Connection, DashboardResponse
from groove_dashboard.web.origin import is_allowed
from groove_dashboard.web.problems import ForeignOrigin

if TYPE_CHECKING:
    from collections.abc import Collection, Coroutine

    from aiohttp import web

    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.hub import Hub
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.messages.types import RetryWindow
    from groove_dashboard.web.origin import Origin
    from groove_dashboard.web.services import Act

RECONNECT_MS: Final = 2
"""How many milliseconds of the retry window each connection gets: one takes about 0.4 ms of a core, plus its topics."""
LEAST_RETRY_SPREAD_MS: Final = 1000
LONGEST_RETRY_MS: Final = 3_600_000
"""As the schema has it."""
CUT_OFF_SECONDS: Final = 1.0
"""How long what was cut off may take to end."""

log = logging.getLogger(__name__)


class SocketStatistics(NamedTuple):
    """The first is of this moment, the others have been counted since the start."""

    connections: int
    opened: int
    received: int
    """Messages."""
    sent: int
    """Frames."""
    sent_bytes: int
    too_slow: int
    """Connections that were ended since they did not drain."""


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
        self._sent = 0
        self._sent_bytes = 0
        self._too_slow = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Upgrade the request and speak with the peer. Raises ForeignOrigin; after the upgrade, nothing.

        Who is not taken is upgraded all the same, since only then a browser can read why: a goodbye and the close code.
        For the same reason a subprotocol that the server does not speak is accepted before it is refused.
        """
        own = f"{request.scheme}://{request.host}"
        if not is_allowed(request.headers.get("Origin"), own=own, allowed=self._allowed_origins):
            raise ForeignOrigin
        offered = _offered(request)
        response = DashboardResponse(
            (SUBPROTOCOL,) if not offered or SUBPROTOCOL in offered else (offered[0],),
            max_message_bytes=self.limits.max_message_bytes,
            close_timeout=self.limits.close_timeout,
        )
        transport = request.transport
        if transport is None:  # the peer has gone already
            return response
        refusal = self._refusal(offered)
        writer = await response.prepare(request)
        connection = Connection(self, request, response, writer, transport)
        if refusal is None:
            connection.session.open()
        else:
            connection.session.close(refusal.code, refusal.reason, refusal.retry)
        self._connections.add(connection)
        self._opened += 1
        try:
            await connection.run()
        finally:
            self._connections.discard(connection)
            connection.ended.set_result(None)
        return response

    async def drain(self, _app: web.Application | None = None) -> None:
        """Say goodbye to everybody and take nobody any more; to be called when the server stops (`on_shutdown`).

        Clients are told to come back within a window that is the longer the more of them there are. The goodbye takes
        `shutdown_timeout` at most; whoever has not gone by then is cut off. Actions that were begun are let finish in
        the same time.
        """
        self._leaving = True
        retry = self._retry_window()
        for connection in self._connections:
            connection.session.close(CloseCode.GOING_AWAY, "The server is going away.", retry)
        waited_for = [*(connection.ended for connection in self._connections), *self._actions]
        if waited_for:
            await asyncio.wait(waited_for, timeout=self.limits.shutdown_timeout)
        cut_off = list(self._connections)
        for connection in cut_off:
            connection.cut_off()
        for action in self._actions:
            action.cancel()
        left = [*(connection.ended for connection in cut_off), *self._actions]
        if left:
            log.info("%d connections and %d actions were cut off", len(cut_off), len(self._actions))
            await asyncio.wait(left, timeout=CUT_OFF_SECONDS)

    def statistics(self) -> SocketStatistics:
        """How many there are and how much was said."""
        return SocketStatistics(
            connections=len(self._connections),
            opened=self._opened,
            received=self._received,
            sent=self._sent,
            sent_bytes=self._sent_bytes,
            too_slow=self._too_slow,
        )

    def start(self, action: Coroutine[object, object, None]) -> None:
        """Run what a person asked for, to its end even if that person's connection is lost meanwhile."""
        task = asyncio.create_task(action)
        self._actions.add(task)
        task.add_done_callback(self._actions.discard)

    def count_received(self) -> None:
        """A message has arrived."""
        self._received += 1

    def count_sent(self, payload_bytes: int) -> None:
        """A frame has gone out."""
        self._sent += 1
        self._sent_bytes += payload_bytes

    def count_too_slow(self) -> None:
        """A connection was too slow."""
        self._too_slow += 1

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


def _offered(request: web.Request) -> list[str]:
    """The subprotocols that the client offers."""
    names = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
    return [name.strip() for name in names if name.strip()]
