"""What the fan-out is measured against: the least that Python can do, and what aiohttp offers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from aiohttp import WSMsgType, web

from benchmarks.live.contestant import GREETING, Baseline
from benchmarks.live.frames import accept, server_frame
from groove_dashboard.messages.protocol import SOCKET_PATH, SUBPROTOCOL
from groove_dashboard.web.server import BACKLOG, listening

if TYPE_CHECKING:
    from contextlib import AsyncExitStack

KEY_HEADER: Final = b"\r\nSec-WebSocket-Key: "


class Bare(Baseline):
    """A protocol of asyncio, and one frame that is made once and written to all of its transports."""

    def __init__(self) -> None:
        super().__init__()
        self._transports: set[asyncio.Transport] = set()

    async def listen(self, stack: AsyncExitStack) -> int:
        """Listen on the loopback address until the stack ends, and give the port."""
        server = await asyncio.get_running_loop().create_server(
            lambda: BareProtocol(self._transports), "127.0.0.1", 0, backlog=BACKLOG
        )
        await stack.enter_async_context(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    async def change(self, topics: int) -> None:
        """Write so many frames to each, one by one."""
        for _ in range(topics):
            frame = server_frame(self._next_text())
            for transport in self._transports:
                transport.write(frame)


class BareProtocol(asyncio.Protocol):
    """One connection, which only the handshake is read from."""

    def __init__(self, transports: set[asyncio.Transport]) -> None:
        self._transports = transports
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a TCP server's
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Wait for the end of the request's head, and upgrade."""
        self._head += data
        if b"\r\n\r\n" not in data:
            return
        key = self._head.partition(KEY_HEADER)[2].partition(b"\r\n")[0]
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: "
            + accept(key)
            + b"\r\nSec-WebSocket-Protocol: "
            + SUBPROTOCOL.encode()
            + b"\r\n\r\n"
            + server_frame(GREETING)
        )
        self._head = b""
        self._transports.add(self._transport)

    def connection_lost(self, _exc: Exception | None) -> None:
        """It is no more."""
        self._transports.discard(self._transport)


class SendFrame(Baseline):
    """aiohttp's socket, and `send_frame` awaited for one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._sockets: set[web.WebSocketResponse] = set()

    async def listen(self, stack: AsyncExitStack) -> int:
        """Listen on the loopback address until the stack ends, and give the port."""
        app = web.Application()
        app.router.add_get(SOCKET_PATH, self._handle)
        return await stack.enter_async_context(listening(app, "127.0.0.1", 0, drain_seconds=0))

    async def change(self, topics: int) -> None:
        """Send so many frames to each, one by one."""
        for _ in range(topics):
            text = self._next_text()
            for socket in tuple(self._sockets):
                await socket.send_frame(text, WSMsgType.TEXT)

    async def _handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=(SUBPROTOCOL,))
        await socket.prepare(request)
        await socket.send_frame(GREETING, WSMsgType.TEXT)
        self._sockets.add(socket)
        try:
            async for _ in socket:
                pass
        finally:
            self._sockets.discard(socket)
        return socket
