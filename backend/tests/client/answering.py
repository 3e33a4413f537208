"""A server that answers as it is told, for a client that is to make something of it."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Answer = tuple[int, bytes] | tuple[int, bytes, "Mapping[str, str]"]
AWAY: Final = (503, b'{"detail": "not now"}')


class Answering:
    """It asks `answer` what to say to a body; what it was sent is kept."""

    def __init__(self, answer: Callable[[bytes], Answer]) -> None:
        self.answer = answer
        self.url = ""
        self.paths: list[str] = []
        self.bodies: list[bytes] = []

    @property
    def batches(self) -> list[list[Any]]:
        """The events of each request."""
        return [[orjson.loads(line) for line in body.split(b"\n")] for body in self.bodies]


class Keeper:
    """Answers as the real one does: refuses events with a `fault`, a hundred at a time, and keeps the others once."""

    def __init__(self, most_events: int = 10_000, most_faults: int = 100) -> None:
        self.kept: dict[str, Any] = {}
        self.is_away = False
        self._most_events = most_events
        self._most_faults = most_faults

    def __call__(self, body: bytes) -> Answer:
        if self.is_away:
            return AWAY
        events = [orjson.loads(line) for line in body.split(b"\n")]
        if len(events) > self._most_events:
            return 413, b'{"detail": "too many"}'
        faults = [
            {"index": index, "path": "/fault", "message": "no"} for index, one in enumerate(events) if "fault" in one
        ]
        if faults:
            return 422, orjson.dumps({"errors": faults[: self._most_faults]})
        new = {one["event_id"]: one for one in events if one["event_id"] not in self.kept}
        self.kept |= new
        return 200, orjson.dumps({"accepted": len(new), "duplicates": len(events) - len(new)})


def in_turn(*answers: Answer) -> Callable[[bytes], Answer]:
    """These answers, the last one for ever."""
    left = list(answers)
    return lambda _body: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def answering(answer: Callable[[bytes], Answer], port: int = 0) -> Iterator[Answering]:
    """The server while the block lasts, on a free port or on that one."""
    it = Answering(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            it.paths.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            it.bodies.append(body)
            status, text, *headers = it.answer(body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            for name, value in headers[0].items() if headers else ():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the class overridden
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        it.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield it
        finally:
            server.shutdown()
            thread.join()


def nobody() -> str:
    """The address of a server that has just gone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return f"http://127.0.0.1:{server.server_port}"


def numbered(number: int) -> dict[str, Any]:
    return {"event_id": str(number), "occurred_at": "2026-01-10T12:00:00Z", "number": number}


def soon(holds: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)
