"""All clients of one server, in one thread that does little but count bytes: it must not be what is measured."""

from __future__ import annotations

import select
import socket
import time
from itertools import count
from typing import TYPE_CHECKING, Final

from benchmarks.live.frames import UPGRADE, NotTheProtocol, take_texts
from benchmarks.live.opening import Opening

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groove_dashboard.messages.types import DashboardRequest

DEADLINE: Final = 60.0
"""Seconds after which what should come is taken not to come. A storm on a busy machine takes its time."""
SAMPLES: Final = 3
"""Clients of which every byte is kept, to be looked at when no time is taken."""


class NothingCame(Exception):
    """The server was silent for too long, or has gone."""


class Crowd:
    """Clients that have all been sent the same number of bytes since they were open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._epoll = select.epoll()
        self._clients: dict[int, socket.socket] = {}
        self._received: dict[int, int] = {}
        self._expected = 0
        self._sources = (f"127.0.1.{number}" for number in count(1))
        # A port waits for a minute after its connection; those of another address are all free.
        self._buffer = bytearray(1 << 18)
        self.kept: dict[int, bytearray] = {}
        """What came to the samples and has not been looked at."""

    def __len__(self) -> int:
        return len(self._clients)

    def open(self, clients: int, request: DashboardRequest, awaited: int) -> list[Opening]:
        """Connect that many more clients at once; return when each has heard `awaited` states."""
        openings: dict[int, Opening] = {}
        source = next(self._sources)
        for _ in range(clients):
            client = socket.create_connection(("127.0.0.1", self._port), DEADLINE, source_address=(source, 0))
            client.sendall(UPGRADE)
            client.setblocking(False)
            self._clients[client.fileno()] = client
            openings[client.fileno()] = Opening(request, awaited)
            self._epoll.register(client, select.EPOLLIN)
        self._hear(openings)
        self._received = dict.fromkeys(self._clients, 0)
        self._expected = 0
        step = max(1, len(self._clients) // SAMPLES)
        self.kept = {fd: bytearray() for fd in list(self._clients)[::step][:SAMPLES]}
        return list(openings.values())

    def close(self) -> None:
        """Leave, all at once and without a word."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()
        self._received.clear()
        self.kept.clear()

    def receive(self, more: int) -> float:
        """Return when each client has been sent exactly so many bytes more; when that was, on the monotonic clock."""
        self._expected += more
        expected, received, clients, kept = self._expected, self._received, self._clients, self.kept
        buffer, view = self._buffer, memoryview(self._buffer)
        waiting = sum(1 for one in received.values() if one < expected)
        while waiting:
            for fd in self._readable():
                length = clients[fd].recv_into(buffer)
                if not length:
                    raise NothingCame("a connection was closed")
                if fd in kept:
                    kept[fd] += view[:length]
                total = received[fd] + length
                received[fd] = total
                if total >= expected:
                    waiting -= 1
                    if total > expected:
                        raise NotTheProtocol(f"{total - expected} bytes more than were expected")
        return time.monotonic()

    def receive_texts(self, is_enough: Callable[[Sequence[bytes]], bool]) -> int:
        """Wait until the first sample has got enough, then for all others; the bytes that each has got."""
        fd = next(iter(self.kept))
        texts: list[bytes] = []
        unread, sent = bytearray(), 0
        while not is_enough(texts):
            for readable in self._readable():
                data = self._clients[readable].recv(len(self._buffer))
                if not data:
                    raise NothingCame("a connection was closed")
                self._received[readable] += len(data)
                if readable in self.kept:
                    self.kept[readable] += data
                if readable == fd:
                    unread += data
                    sent += len(data)
            texts += take_texts(unread)
        self.receive(sent)
        return sent

    def _hear(self, openings: dict[int, Opening]) -> None:
        waiting = len(openings)
        while waiting:
            for fd in self._readable():
                opening, client = openings[fd], self._clients[fd]
                data = client.recv(len(self._buffer))
                if not data:
                    raise NothingCame("a connection was closed while it was opened")
                answer = opening.received(data)
                if answer:
                    client.sendall(answer)
                waiting -= opening.ready

    def _readable(self) -> list[int]:
        events = self._epoll.poll(DEADLINE)
        if not events:
            raise NothingCame(f"nothing came for {DEADLINE} s")
        return [fd for fd, _ in events]
