"""A proxy between clients and a server that can stop forwarding, as a network does that is gone without a word."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CHUNK: Final = 2048
"""Bytes that the proxy takes at once; it holds little more of a connection, so that the peers' buffers fill up."""


class Proxy:
    """Forwards connections until it is stalled; those that come after that are forwarded again."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._gates: list[asyncio.Event] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def stall(self) -> None:
        """Forward nothing any more over the connections of now, in either direction. They stay open."""
        for gate in self._gates:
            gate.clear()

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A client has come."""
        task = asyncio.create_task(self._forward(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End all connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        gate = asyncio.Event()
        gate.set()
        self._gates.append(gate)
        upstream = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        upstream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, CHUNK)
        upstream.setblocking(False)
        await asyncio.get_running_loop().sock_connect(upstream, (self._host, self._port))
        server_reader, server_writer = await asyncio.open_connection(sock=upstream, limit=CHUNK)
        try:
            await asyncio.gather(_pump(reader, server_writer, gate), _pump(server_reader, writer, gate))
        finally:
            for one in (writer, server_writer):
                one.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(CHUNK):
            await gate.wait()
            writer.write(data)
            await writer.drain()
    await gate.wait()
    writer.close()


@asynccontextmanager
async def proxied(url: str) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy before the server at that URL, and its own URL."""
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    proxy = Proxy(address.hostname, address.port)
    server = await asyncio.start_server(proxy.accept, "127.0.0.1", 0, limit=CHUNK)
    try:
        yield proxy, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await proxy.close()
