"""Clients of the socket that hold every frame against the schema, and the server against its word.

`RecordingSocket` is a polite client on aiohttp; `RawSocket` speaks TCP and is as impolite as a test wants. What a test
sends wrong on purpose has to be wrong: the schema must refuse it.
"""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import struct
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import orjson
from aiohttp import WSMsgType

from tests.live.grammar import Dialogue, may_be_asked, must_be_refused, said
from tests.web.mirror import Mirror

if TYPE_CHECKING:
    from types import TracebackType

    from aiohttp import ClientSession, ClientWebSocketResponse
    from aiohttp.test_utils import TestClient
    from aiohttp.web import Application, Request

PATH = "/ws/groove/dashboard"
SUBPROTOCOL = "groove.dashboard.v1"
ABNORMAL = 1006
DEADLINE = 10.0
"""Seconds after which a frame that a test waits for is taken not to come."""

Message: TypeAlias = dict[str, Any]
Client: TypeAlias = "TestClient[Request, Application] | ClientSession"


class RecordingSocket:
    """Checks every request before it is sent and every message that arrives, and keeps both."""

    def __init__(self, socket_: ClientWebSocketResponse) -> None:
        self._socket = socket_
        self.asked: list[Message] = []
        self.heard: list[Message] = []
        """Messages in the order of their arrival, those of a batch one by one."""
        self.close_code: int | None = None
        self.mirror = Mirror()
        """What this client holds; every state is seen to be the one that the server names."""
        self._dialogue = Dialogue()

    @property
    def protocol(self) -> str | None:
        """The subprotocol that was agreed on."""
        return self._socket.protocol

    async def ask(self, *, padded_to: int = 0, **request: Any) -> None:
        """Send a request that the schema allows, in so many bytes at least."""
        may_be_asked(request)
        self.asked.append(request)
        self._dialogue.asks(request)
        await self._socket.send_frame(orjson.dumps(request).ljust(padded_to), WSMsgType.TEXT)

    async def send_invalid(self, text: bytes) -> None:
        """Send a text that the schema refuses."""
        must_be_refused(text)
        await self._socket.send_frame(text, WSMsgType.TEXT)

    async def send_binary(self, payload: bytes) -> None:
        """Send a binary frame, which the protocol does not know."""
        await self._socket.send_bytes(payload)

    async def message(self) -> Message:
        """The next message, a batch as a whole; fails where the connection ends instead."""
        frame = await self._frame()
        assert frame is not None, f"closed with {self.close_code}"
        return frame

    async def message_or_end(self, patience: float) -> Message | None:
        """The next message; None where the connection ends instead. Raises TimeoutError after so many seconds."""
        return await self._frame(patience)

    async def next(self, kind: str) -> Message:
        """The next message, which must be of that type."""
        message = await self.message()
        assert message["type"] == kind, message
        return message

    async def until(self, kind: str) -> Message:
        """The next message of that type; what comes before it is kept in `heard`."""
        while True:
            message = await self.message()
            if message["type"] == kind:
                return message

    async def closed(self) -> int:
        """Wait for the end and return the close code; fails where the server closed without saying goodbye."""
        while await self._frame() is not None:
            pass
        assert self.close_code is not None
        last = self.heard[-1] if self.heard else None
        if self.close_code != ABNORMAL:
            assert last is not None
            assert (last["type"], last["code"]) == ("goodbye", self.close_code)
        return self.close_code

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()

    def abandon(self) -> None:
        """Be gone without a word, and without waiting for one."""
        connection = self._socket._conn
        if connection is not None and connection.transport is not None:
            connection.transport.abort()

    async def _frame(self, patience: float = DEADLINE) -> Message | None:
        received = await self._socket.receive(timeout=patience)
        if received.type is WSMsgType.TEXT:
            message: Message = {**said(received.data.encode())}
            self.heard.extend(message["messages"] if message["type"] == "batch" else [message])
            self._dialogue.hears(message)
            self.mirror.take(message)
            return message
        assert received.type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.ERROR}, received
        self.close_code = received.data if received.type is WSMsgType.CLOSE else self._socket.close_code
        return None


class Connecting:
    """What `connect` returns."""

    def __init__(
        self, client: Client, url: str, protocols: tuple[str, ...], headers: dict[str, str], *, welcomed: bool
    ) -> None:
        self._client = client
        self._url = url
        self._protocols = protocols
        self._headers = headers
        self._welcomed = welcomed

    async def __aenter__(self) -> RecordingSocket:
        socket_ = await self._client.ws_connect(self._url, protocols=self._protocols, headers=self._headers)
        self._socket = RecordingSocket(socket_)
        if self._welcomed:
            await self._socket.next("welcome")
        return self._socket

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()


def connect(
    client: Client,
    url: str = PATH,
    *,
    protocols: tuple[str, ...] = (SUBPROTOCOL,),
    headers: dict[str, str] | None = None,
    welcomed: bool = True,
) -> Connecting:
    """A client that connects when the block is entered, hears the welcome unless told not to, and leaves at its end."""
    return Connecting(client, url, protocols, headers or {}, welcomed=welcomed)


Opcode: TypeAlias = Literal[0, 1, 2, 8, 9, 10]
CONTINUATION: Opcode = 0
TEXT: Opcode = 1
BINARY: Opcode = 2
CLOSE: Opcode = 8
PING: Opcode = 9
PONG: Opcode = 10


class RawSocket:
    """A client that takes as little as it is told to: bytes that it does not ask for stay in small kernel buffers."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._dialogue = Dialogue()

    @classmethod
    async def connect(cls, host: str, port: int, *, receive_buffer: int = 4096) -> RawSocket:
        """Connect and shake hands."""
        socket_ = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        socket_.setblocking(False)
        await asyncio.get_running_loop().sock_connect(socket_, (host, port))
        reader, writer = await asyncio.open_connection(sock=socket_, limit=receive_buffer)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write(
            f"GET {PATH} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head
        return cls(reader, writer)

    async def ask(self, *, padded_to: int = 0, fragments: int = 1, **request: Any) -> None:
        """Send a request that the schema allows, in so many bytes at least and in so many frames."""
        may_be_asked(request)
        self._dialogue.asks(request)
        text = orjson.dumps(request).ljust(padded_to)
        size = -(-len(text) // fragments)
        for number in range(fragments):
            piece = text[number * size : (number + 1) * size]
            await self._send(CONTINUATION if number else TEXT, piece, final=number == fragments - 1)

    async def send_invalid(self, text: bytes) -> None:
        """Send a text that the schema refuses."""
        must_be_refused(text)
        await self._send(TEXT, text)

    async def send_frame(self, opcode: int, payload: bytes) -> None:
        """Send a frame that holds no message: anything but a text."""
        assert opcode != TEXT
        await self._send(opcode, payload)

    async def _send(self, opcode: int, payload: bytes, *, final: bool = True) -> None:
        """Send one frame, masked as a client has to."""
        mask = os.urandom(4)
        size = len(payload)
        length = (
            struct.pack("!B", 0x80 | size)
            if size < 126
            else struct.pack("!BH", 0x80 | 126, size)
            if size < 65536
            else struct.pack("!BQ", 0x80 | 127, size)
        )
        repeated = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(size, "big")
        self._writer.write(bytes([(0x80 if final else 0) | opcode]) + length + mask + masked)
        await self._writer.drain()

    async def frame(self) -> tuple[int, bytes]:
        """The next frame: its opcode and payload. Raises IncompleteReadError or ConnectionError at the end."""
        async with asyncio.timeout(DEADLINE):
            first, second = await self._reader.readexactly(2)
            size = second & 0x7F
            if size == 126:
                (size,) = struct.unpack("!H", await self._reader.readexactly(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", await self._reader.readexactly(8))
            opcode, payload = first & 0x0F, await self._reader.readexactly(size)
        if opcode == TEXT:
            self._dialogue.hears(said(payload))
        return opcode, payload

    async def message(self) -> Message:
        """The next message."""
        opcode, payload = await self.frame()
        assert opcode == TEXT, (opcode, payload)
        message: Message = orjson.loads(payload)
        return message

    async def close_frame(self) -> int:
        """The close code of the next frame, which must be a close frame."""
        opcode, payload = await self.frame()
        assert opcode == CLOSE, (opcode, payload)
        return int.from_bytes(payload[:2], "big")

    async def is_cut_off(self) -> None:
        """Read whatever is left, and return when the connection has been cut."""
        try:
            while True:
                await self.frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            return

    async def leave(self, *, abruptly: bool = False) -> None:
        """Close the TCP connection."""
        if abruptly:
            self._writer.transport.abort()
        self._writer.close()
        try:
            await self._writer.wait_closed()
        except ConnectionError:
            return
