"""One WebSocket connection: carries frames between a socket and its session.

Frames go straight to the transport, which takes them at once, all but the close frame; so what is written here and what
aiohttp writes stays in order. Nothing waits for a write, since in aiohttp 3.14 a send or drain that is cancelled or
timed out breaks those that come after it. A connection whose transport rises above its high-water mark lags: nothing
more is taken from its session, which remembers what is owed, until the transport has drained. A peer that stops reading
is ended by aborting the transport; closing it would wait for the very bytes that the peer does not take.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from typing import TYPE_CHECKING, Final

from aiohttp import WSCloseCode, WSMsgType, web

from groove_dashboard import __version__
from groove_dashboard.live.closing import Goodbye
from groove_dashboard.live.session import Session
from groove_dashboard.messages.protocol import CloseCode
from groove_dashboard.web.frames import frame_of
from groove_dashboard.web.problems import INTERNAL, RETRY_AFTER_SECONDS, answer_of

if TYPE_CHECKING:
    from aiohttp import WSMessage
    from aiohttp.abc import AbstractStreamWriter

    from groove_dashboard.live.session import ActionRequest
    from groove_dashboard.web.websocket import DashboardSocket

PEER_FAULTS: Final = frozenset(
    {
        WSCloseCode.PROTOCOL_ERROR,
        WSCloseCode.UNSUPPORTED_DATA,
        WSCloseCode.INVALID_TEXT,
        WSCloseCode.MESSAGE_TOO_BIG,
    }
)
ENDS: Final = frozenset({WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR})
LONGEST_CLOSE_REASON: Final = 123
READ_AHEAD: Final = 16
"""Frames up to so many times the longest message are read, to be refused in words; a longer one ends the connection."""

log = logging.getLogger(__name__)


class DashboardResponse(web.WebSocketResponse):
    """aiohttp's socket, with a goodbye where aiohttp itself ends the connection of a peer that breaks RFC 6455."""

    def __init__(self, protocols: tuple[str, ...], *, max_message_bytes: int, close_timeout: float) -> None:
        super().__init__(
            protocols=protocols,
            compress=False,  # 14.5 KiB a connection instead of up to 210
            heartbeat=None,  # aiohttp's would close, not abort, a peer that is stuck
            autoping=False,  # aiohttp's answers are sent at once, however many wait already
            max_msg_size=READ_AHEAD * max_message_bytes,
            timeout=close_timeout,
            writer_limit=sys.maxsize,  # a send never waits; the connection waits by itself
            decode_text=False,
        )
        self.connection: Connection | None = None
        """Who speaks on it once it is prepared."""

    async def write_eof(self) -> None:  # type: ignore[override]  # as aiohttp's own
        """Speak with the peer, and close.

        That is done here, where aiohttp ends what the handler has begun, and not in the handler itself: it would be
        kept as long as the connection stands, and each middleware around it, which is up to 2 KiB for each connection.
        """
        if self.connection is not None:
            await self.connection.run()
        await super().write_eof()

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True) -> bool:
        """Close as aiohttp does, but in the words of the protocol."""
        if not self.closed:
            goodbye = None
            if code in PEER_FAULTS:
                reason = "A frame was longer than is read, or not as RFC 6455 has it."
                goodbye = Goodbye(CloseCode.NOT_THE_PROTOCOL, reason)
                code, message = goodbye.code, reason.encode()
            if self.connection is not None:
                self.connection.closes(goodbye)
        return await super().close(code=code, message=message, drain=drain)


class _InEachRound:
    """What each round looks at of a connection, and nothing else.

    The slots of a base come first in memory, side by side: so it is in one or two lines of the processor's cache, not
    in all four of a connection, which none of thousands has left there since the last round.
    """

    __slots__ = ("_catching_up", "_outbox", "_owed_since", "_pong", "_room", "round", "transport")


class Connection(_InEachRound):
    """One prepared socket and its session. `run` returns when the connection is no more."""

    __slots__ = (
        "_actions",
        "_fanout",
        "_limits",
        "_reading",
        "_response",
        "_socket",
        "_writer",
        "close_code",
        "is_woken",
        "protocol",
        "session",
    )

    def __init__(
        self,
        socket_: DashboardSocket,
        request: web.Request,
        response: DashboardResponse,
        writer: AbstractStreamWriter,
        transport: asyncio.Transport,
    ) -> None:
        self._socket = socket_
        self._fanout = socket_.fanout
        self._limits = socket_.limits
        self.protocol = request.protocol
        self._response = response
        self._writer = writer
        self.transport = transport
        self._catching_up: asyncio.Task[None] | None = None
        self._owed_since: float | None = None
        self._reading: asyncio.Timeout | None = None
        self._room: asyncio.Future[None] | None = None
        self._pong: bytes | None = None
        self._actions: tuple[ActionRequest, ...] = ()
        self.is_woken = False
        """Whether it stands in the list of those to whom the next round writes."""
        self.round = 0
        """The round that came to it last."""
        self.close_code: int | None = None
        """Why the server ended the connection; None where it did not."""
        self.session = Session(socket_.hub, socket_.limits, socket_.clock, server_version=__version__, subscriber=self)
        self._outbox = self.session.outbox
        response.connection = self

    async def run(self) -> None:
        """Speak with the peer until either side ends it. Raises only CancelledError, when the transport is lost."""
        try:
            if not self.transport.is_closing():
                self._tune()
            if not self.session.finished:
                async with asyncio.timeout(None) as self._reading:  # only reading is ever broken off, which is safe
                    while self._received(await self._response.receive()):  # no name keeps the last message alive
                        self._fanout.write_at_once(self)
                        await self._room_for_answers()
        except (TimeoutError, ConnectionError):
            return
        finally:
            self._reading = None
            self.session.end()
            try:
                await self._close()
            finally:
                self._socket.ended(self)

    @property
    def peer_close_code(self) -> int | None:
        """The code of the close frame that ended the connection; None where there was none."""
        return self._response.close_code

    def wake(self) -> None:
        """There is something to write."""
        if not self.is_woken:
            self.is_woken = True
            self._fanout.add(self)

    def take(self, now: float) -> bytes | None:
        """What the session and the pings are owed, for `write`; None where that is nothing, or the connection lags.

        The delay of what a connection is owed that lagged is counted here.
        """
        if self._catching_up is not None:
            if self._owed_since is None:
                self._owed_since = now
            return None
        messages = self._outbox.take_next(now)
        data: bytes | None
        if messages and self._pong is None and self._room is None:
            data = self._fanout.frames.of(messages)  # as it is for thousands at once
        else:
            data = self._take_all(messages, now)
        if self._owed_since is not None:
            if data:
                self._fanout.count_late(now - self._owed_since)
            self._owed_since = None
        return data

    def lags(self) -> None:
        """The transport has no room for more: take nothing until it has."""
        if self._catching_up is None:
            self._catching_up = asyncio.get_running_loop().create_task(self._catch_up())

    def cut_off(self) -> None:
        """End the connection at once; what the transport still holds, the peer did not take in time, and is lost."""
        self.session.end()
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            self.transport.close()  # an abort could take from the peer what it has received and not read

    def _tune(self) -> None:
        """Bound what the connection may hold, and how long a peer that vanished goes unnoticed."""
        self.transport.set_write_buffer_limits(high=self._limits.write_buffer_bytes)
        socket_ = self.transport.get_extra_info("socket")
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self._limits.send_buffer_bytes)
        # A peer's address is a tuple over TCP alone; to ask for the socket's family takes ten times as long.
        if sys.platform == "linux" and isinstance(self.transport.get_extra_info("peername"), tuple):
            timeout = round(self._limits.peer_timeout * 1000)
            socket_.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, timeout)

    def _take_all(self, messages: tuple[bytes, ...] | None, now: float) -> bytes | None:
        """All frames as one, of which those messages are the first; what waited for room or for the end goes on."""
        frames = self.session.take(now)
        made = [*map(self._fanout.frames.of, [messages, *frames] if messages else frames)]
        if self._pong is not None and not self.session.finished:
            made.append(frame_of(WSMsgType.PONG, self._pong))
            self._pong = None
        if self._room is not None:
            self._make_room()
        if self.session.finished:
            self._stop_reading()
        self._fanout.count_joined(len(made))
        return b"".join(made) or None

    async def _catch_up(self) -> None:
        """Wait until the transport has drained, and write what is owed then; or end the connection if it does not."""
        stall = asyncio.get_running_loop().call_later(self._limits.drain_timeout, self._too_slow)
        try:
            with contextlib.suppress(ConnectionError):  # the peer has gone; there is nobody to write to
                await self._writer.drain()
        finally:
            stall.cancel()
            self._catching_up = None
        self.wake()

    def _too_slow(self) -> None:
        log.info("a connection did not drain for %s s, which is %d", self._limits.drain_timeout, CloseCode.TOO_SLOW)
        self.close_code = CloseCode.TOO_SLOW
        self.session.end()
        self.transport.abort()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            reading, self._reading = self._reading, None
            reading.reschedule(0)

    async def _room_for_answers(self) -> None:
        """A peer that asks faster than it takes the answers is not read from."""
        while self.session.crowded or len(self._actions) >= self._limits.pending_actions:
            self._room = asyncio.get_running_loop().create_future()
            await self._room

    def _make_room(self) -> None:
        """Look again whether there is room: something has been written or done."""
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    def _received(self, message: WSMessage) -> bool:
        """Deal with a frame; False where it is the last one.

        What breaks doing so is a fault of ours, and no reason to end the connection.
        """
        if message.type in ENDS:
            return False
        try:
            if message.type is WSMsgType.TEXT:
                self._received_text(message.data)
            elif message.type is WSMsgType.BINARY:
                self.session.received_binary()
            elif message.type is WSMsgType.PING and self.session.received_ping():
                self._pong = message.data  # RFC 6455: only the newest ping has to be answered
                self.wake()
        except Exception:
            log.exception("a message could not be dealt with")
            self.session.failed("internal", str(INTERNAL.detail))
        return True

    def _received_text(self, text: bytes) -> None:
        self._socket.count_received()
        request = self.session.received(text)
        if request is not None:
            self._actions += (request,)
            if len(self._actions) == 1:
                self._socket.start(self._perform())

    async def _perform(self) -> None:
        """Carry out the actions that wait, in the order in which they came; those of a peer that has gone, too."""
        while self._actions:
            request = self._actions[0]
            try:
                await self._socket.act(request.action, request.id)
            except Exception as error:  # noqa: BLE001 - the one table of problems knows what each means
                self._tell_failure(request, error)
            else:
                self.session.answered(request)
            self._actions = self._actions[1:]
            self._make_room()

    def _tell_failure(self, request: ActionRequest, error: Exception) -> None:
        answer = answer_of(error)
        if answer is INTERNAL:
            log.error("an action failed", exc_info=error)
        code = answer.code or "internal"
        self.session.failed(
            code,
            str(error) if answer.detail is None else answer.detail,
            request_id=request.request_id,
            retry_after_ms=RETRY_AFTER_SECONDS * 1000 if code == "unavailable" else None,
        )

    def closes(self, goodbye: Goodbye | None) -> None:
        """A close frame will be written next: say what is to be said before it, and nothing more."""
        self._reading = None  # what reads is what closes, and is not to be broken off
        if goodbye is not None:
            self.session.close(goodbye.code, goodbye.reason, goodbye.retry)
            self._fanout.write_at_once(self)
        self.session.end()

    async def _close(self) -> None:
        """Close in the way that was said goodbye to, wait a little for the peer's answer, and leave nothing behind."""
        goodbye = self.session.goodbye
        if goodbye is None:
            await self._response.close(drain=False)
        else:
            self.close_code = goodbye.code
            reason = goodbye.reason.encode()[:LONGEST_CLOSE_REASON]
            await self._response.close(code=goodbye.code, message=reason, drain=False)
        if self.transport.get_write_buffer_size():
            self.transport.abort()
