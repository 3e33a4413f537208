"""One WebSocket connection: carries frames between a socket and its session.

The handler's own task is the only one that sends, and it is never cancelled while the peer is there: in aiohttp 3.14 a
send or drain that is cancelled or timed out breaks those that come after it. A peer that stops reading is recognised by
its transport, which stays above its high-water mark, and is ended by aborting that transport; closing it would wait for
the very bytes that the peer does not take.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys
from collections import deque
from typing import TYPE_CHECKING, Final

import orjson
from aiohttp import WSCloseCode, WSMsgType, web

from groove_dashboard import __version__
from groove_dashboard.live.closing import Goodbye
from groove_dashboard.live.session import Session
from groove_dashboard.messages.protocol import CloseCode
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

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True) -> bool:
        """Close as aiohttp does, but in the words of the protocol."""
        if code in PEER_FAULTS and not self.closed:
            goodbye = Goodbye(CloseCode.NOT_THE_PROTOCOL, "A frame was longer than is read, or not as RFC 6455 has it.")
            await self.send_frame(orjson.dumps(goodbye.message()), WSMsgType.TEXT)
            code, message = goodbye.code, goodbye.reason.encode()
        return await super().close(code=code, message=message, drain=drain)


class Connection:
    """One prepared socket and its session. `run` returns when the connection is no more."""

    def __init__(
        self,
        socket_: DashboardSocket,
        request: web.Request,
        response: DashboardResponse,
        writer: AbstractStreamWriter,
        transport: asyncio.Transport,
    ) -> None:
        self._socket = socket_
        self._limits = socket_.limits
        self._clock = socket_.clock
        self._protocol = request.protocol
        self._response = response
        self._writer = writer
        self._transport = transport
        self._woken = asyncio.Event()
        self._room = asyncio.Event()
        self._heartbeat: asyncio.TimerHandle | None = None
        self._pong: bytes | None = None
        self._actions: deque[ActionRequest] = deque()
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the connection is no more."""
        self.session = Session(
            socket_.hub,
            socket_.limits,
            socket_.clock,
            server_version=__version__,
            wake=self._woken.set,
        )

    async def run(self) -> None:
        """Speak with the peer until either side ends it. Raises only CancelledError, when the transport is lost."""
        if not self._transport.is_closing():
            self._tune()
        reading = asyncio.create_task(self._read())
        try:
            with contextlib.suppress(ConnectionError):  # the peer has gone; there is nobody to tell
                await self._write()
        finally:
            self.session.end()
            reading.cancel()
            await asyncio.wait([reading])
            if self._heartbeat is not None:
                self._heartbeat.cancel()
            await self._close()

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
        if sys.platform == "linux" and socket_.family in {socket.AF_INET, socket.AF_INET6}:
            timeout = round(self._limits.peer_timeout * 1000)
            socket_.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, timeout)

    async def _read(self) -> None:
        """Hand what arrives to the session, until the peer has gone; that ends the session, and so the writing."""
        try:
            while True:
                await self._room_for_answers()
                message = await self._response.receive()
                if message.type in ENDS:
                    return
                self._received(message)
        except ConnectionError:
            return
        finally:
            self.session.end()

    async def _room_for_answers(self) -> None:
        """A peer that asks faster than it takes the answers is not read from."""
        while self.session.crowded or len(self._actions) >= self._limits.pending_actions:
            self._room.clear()
            await self._room.wait()

    def _received(self, message: WSMessage) -> None:
        """Deal with a frame. What breaks doing so is a fault of ours, and no reason to end the connection."""
        try:
            if message.type is WSMsgType.TEXT:
                self._received_text(message.data)
            elif message.type is WSMsgType.BINARY:
                self.session.received_binary()
            elif message.type is WSMsgType.PING and self.session.received_ping():
                self._pong = message.data  # RFC 6455: only the newest ping has to be answered
                self._woken.set()
        except Exception:
            log.exception("a message could not be dealt with")
            self.session.failed("internal", str(INTERNAL.detail))

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
            self._actions.popleft()
            self._room.set()

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

    async def _write(self) -> None:
        """Send what the session and the pings are owed, until nothing will come any more."""
        while not self.session.finished:
            self._woken.clear()
            frame = self.session.take()
            if frame is not None:
                await self._send(frame, WSMsgType.TEXT)
            elif self._pong is not None:
                pong, self._pong = self._pong, None
                await self._send(pong, WSMsgType.PONG)
            else:
                self._set_heartbeat()
                await self._woken.wait()

    async def _send(self, payload: bytes, opcode: WSMsgType) -> None:
        await self._response.send_frame(payload, opcode)
        self._socket.count_sent(len(payload))
        self._room.set()
        if self._protocol.writing_paused:
            stall = asyncio.get_running_loop().call_later(self._limits.drain_timeout, self._too_slow)
            try:
                await self._writer.drain()
            finally:
                stall.cancel()

    def _set_heartbeat(self) -> None:
        """Look again when a heartbeat may be due. One timer at a time, however much is sent meanwhile."""
        if self._heartbeat is None:
            delay = self.session.heartbeat_at - self._clock.monotonic()
            self._heartbeat = asyncio.get_running_loop().call_later(delay, self._heartbeat_due)

    def _heartbeat_due(self) -> None:
        self._heartbeat = None
        self._woken.set()

    def _too_slow(self) -> None:
        log.info("a connection did not drain for %s s, which is %d", self._limits.drain_timeout, CloseCode.TOO_SLOW)
        self._socket.count_too_slow()
        self.cut_off()

    async def _close(self) -> None:
        """Close in the way that was said goodbye to, wait a little for the peer's answer, and leave nothing behind."""
        goodbye = self.session.goodbye
        if goodbye is None:
            await self._response.close(drain=False)
        else:
            reason = goodbye.reason.encode()[:LONGEST_CLOSE_REASON]
            await self._response.close(code=goodbye.code, message=reason, drain=False)
        if self._transport.get_write_buffer_size():
            self._transport.abort()
