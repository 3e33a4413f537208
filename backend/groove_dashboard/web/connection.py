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
    from collections.abc import Callable

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
        self.closes: Callable[[Goodbye | None], None] = _nobody
        """Called before a close frame is written, with what has to be said before: nothing may be written after."""

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True) -> bool:
        """Close as aiohttp does, but in the words of the protocol."""
        if not self.closed:
            goodbye = None
            if code in PEER_FAULTS:
                reason = "A frame was longer than is read, or not as RFC 6455 has it."
                goodbye = Goodbye(CloseCode.NOT_THE_PROTOCOL, reason)
                code, message = goodbye.code, reason.encode()
            self.closes(goodbye)
        return await super().close(code=code, message=message, drain=drain)


class Connection:
    """One prepared socket and its session. `run` returns when the connection is no more."""

    __slots__ = (
        "_actions",
        "_catching_up",
        "_fanout",
        "_is_woken",
        "_limits",
        "_owed_since",
        "_pong",
        "_protocol",
        "_reading",
        "_response",
        "_room",
        "_socket",
        "_transport",
        "_writer",
        "close_code",
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
        self._protocol = request.protocol
        self._response = response
        self._writer = writer
        self._transport = transport
        self._is_woken = False
        self._catching_up: asyncio.Task[None] | None = None
        self._owed_since: float | None = None
        self._reading: asyncio.Timeout | None = None
        self._room: asyncio.Future[None] | None = None
        self._pong: bytes | None = None
        self._actions: list[ActionRequest] = []
        self.close_code: int | None = None
        """Why the server ended the connection; None where it did not."""
        self.session = Session(socket_.hub, socket_.limits, socket_.clock, server_version=__version__, wake=self.wake)
        response.closes = self._closes

    async def run(self) -> None:
        """Speak with the peer until either side ends it. Raises only CancelledError, when the transport is lost."""
        if not self._transport.is_closing():
            self._tune()
        try:
            await self._read()
        finally:
            self.session.end()
            await self._close()

    def wake(self) -> None:
        """There is something to write."""
        if not self._is_woken:
            self._is_woken = True
            self._fanout.add(self)

    def flush(self, now: float) -> bool:
        """Write what the session and the pings are owed, in one write, unless the connection lags.

        True where that was done, and in time: the delay of what a connection is owed that lagged is counted here.
        """
        self._is_woken = False
        if self._catching_up is not None:
            if self._owed_since is None:
                self._owed_since = now
            return False
        has_written = self._write(now)
        if self._owed_since is None:
            return has_written
        self._fanout.lag.observe(now - self._owed_since)
        self._owed_since = None
        return False

    def cut_off(self) -> None:
        """End the connection at once; what the transport still holds, the peer did not take in time, and is lost."""
        self.session.end()
        if self._transport.get_write_buffer_size():
            self._transport.abort()
        else:
            self._transport.close()  # an abort could take from the peer what it has received and not read

    def _tune(self) -> None:
        """Bound what the connection may hold, and how long a peer that vanished goes unnoticed."""
        self._transport.set_write_buffer_limits(high=self._limits.write_buffer_bytes)
        socket_ = self._transport.get_extra_info("socket")
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self._limits.send_buffer_bytes)
        # A peer's address is a tuple over TCP alone; to ask for the socket's family takes ten times as long.
        if sys.platform == "linux" and isinstance(self._transport.get_extra_info("peername"), tuple):
            timeout = round(self._limits.peer_timeout * 1000)
            socket_.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, timeout)

    def _write(self, now: float) -> bool:
        """Write what is owed; True where there was something."""
        if self._transport.is_closing():
            return False
        frames = [*map(self._fanout.frames.of, self.session.take(now))]
        if self._pong is not None and not self.session.finished:
            frames.append(frame_of(WSMsgType.PONG, self._pong))
            self._pong = None
        if frames:
            data = frames[0] if len(frames) == 1 else b"".join(frames)
            self._transport.write(data)
            self._fanout.count(len(frames), len(data))
            if self._protocol.writing_paused and self._catching_up is None:
                self._catching_up = asyncio.get_running_loop().create_task(self._catch_up())
        if self._room is not None:
            self._make_room()
        if self.session.finished:
            self._stop_reading()
        return bool(frames)

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
        self._transport.abort()

    async def _read(self) -> None:
        """Hand what arrives to the session, until the peer has gone or the session has ended."""
        if self.session.finished:
            return
        # Only reading is ever broken off, which is safe.
        try:
            async with asyncio.timeout(None) as self._reading:
                while self._received(await self._response.receive()):  # no name keeps the last message alive
                    await self._room_for_answers()
        except (TimeoutError, ConnectionError):
            return
        finally:
            self._reading = None

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
            self._actions.append(request)
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
            self._actions.pop(0)
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

    def _closes(self, goodbye: Goodbye | None) -> None:
        """A close frame will be written next: say the last words, and nothing more."""
        self._reading = None  # what reads is what closes, and is not to be broken off
        if goodbye is not None:
            self.session.close(goodbye.code, goodbye.reason, goodbye.retry)
            self._write(self._socket.clock.monotonic())
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
        if self._transport.get_write_buffer_size():
            self._transport.abort()


def _nobody(_goodbye: Goodbye | None) -> None:
    """Nobody has to be told."""
