"""The sender tells apart what to try again, what to correct and what to give up."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import orjson
import pytest

from groove_dashboard.client import ClientError, EventsRefused, RequestRefused, Sender, ServerAway

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULT = {"accepted": 1, "duplicates": 2}


@contextmanager
def answering(*answers: tuple[int, bytes]) -> Iterator[tuple[Sender, list[tuple[str, bytes]]]]:
    """A server that gives these answers, the last one for ever, and what it was sent."""
    left = list(answers)
    seen: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            status, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the class overridden
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Sender(f"http://127.0.0.1:{server.server_port}"), seen
        finally:
            server.shutdown()
            thread.join()


def nobody() -> Sender:
    """The address of a server that has just gone."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return Sender(f"http://127.0.0.1:{server.server_port}", answer_seconds=5)


class Clock:
    """Moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


def test_what_the_server_counted_is_returned() -> None:
    with answering((200, orjson.dumps(RESULT))) as (sender, seen):
        assert sender.send(b"[]") == RESULT
        assert seen == [("/api/groove/events", b"[]")]


def test_a_path_in_front_of_the_server_is_kept() -> None:
    with answering((200, orjson.dumps(RESULT))) as (sender, seen):
        Sender(f"{sender.url}/groove/").send(b"")
        assert seen[0][0] == "/groove/api/groove/events"


def test_faults_are_handed_on() -> None:
    faults = [{"index": 3, "path": "/type", "message": "no"}]
    with answering((422, orjson.dumps({"errors": faults}))) as (sender, _), pytest.raises(EventsRefused) as refused:
        sender.send(b"[]")
    assert refused.value.faults == faults


@pytest.mark.parametrize("status", [502, 503, 504, 429])
def test_a_server_that_cannot_now_is_away(status: int) -> None:
    body = orjson.dumps({"detail": "The database does not answer now."})
    with answering((status, body)) as (sender, _), pytest.raises(ServerAway, match="does not answer now"):
        sender.send(b"[]")


def test_nobody_there_is_away_too() -> None:
    sender = nobody()
    with pytest.raises(ServerAway) as away:
        sender.send(b"[]")
    assert away.value.url == sender.url
    assert "refused" in str(away.value)


@pytest.mark.parametrize(
    ("status", "body", "text"),
    [
        (400, b'{"detail": "The body is not JSON"}', "400: The body is not JSON"),
        (413, b"too large", "413: "),
        (200, b"<html>", "200: "),
        (200, b'{"accepted": 1}', "200: "),
        (404, b"[]", "404: "),
    ],
)
def test_any_other_answer_is_a_refusal(status: int, body: bytes, text: str) -> None:
    with answering((status, body)) as (sender, _), pytest.raises(RequestRefused, match=text) as refused:
        sender.send(b"[]")
    assert refused.value.status == status


def test_patience_waits_with_growing_delays_until_the_server_is_back() -> None:
    away = (503, b"{}")
    clock = Clock()
    waits: list[ServerAway] = []
    with answering(away, away, away, (200, orjson.dumps(RESULT))) as (sender, seen):
        result = sender.send_patiently(b"[]", seconds=60, clock=clock, sleep=clock.sleep, on_wait=waits.append)
    assert result == RESULT
    assert len(seen) == 4
    assert clock.sleeps == [0.2, 0.4, 0.8]
    assert len(waits) == 1


def test_patience_has_an_end() -> None:
    clock = Clock()
    with answering((503, b"{}")) as (sender, _), pytest.raises(ServerAway):
        sender.send_patiently(b"[]", seconds=20, clock=clock, sleep=clock.sleep)
    assert clock.now == pytest.approx(20)
    assert max(clock.sleeps) == 5


def test_patience_does_not_repeat_what_was_refused() -> None:
    with answering((422, b'{"errors": []}')) as (sender, seen):
        with pytest.raises(EventsRefused):
            sender.send_patiently(b"[]", seconds=60)
        assert len(seen) == 1


@pytest.mark.parametrize("url", ["", "127.0.0.1:8765", "ftp://host", "http://", "http://host?x=1", "http://host:port"])
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the standard library's for some of them
        Sender(url)


def test_all_that_can_go_wrong_is_one_kind_of_error() -> None:
    assert issubclass(ServerAway, ClientError)
    assert issubclass(EventsRefused, ClientError)
    assert issubclass(RequestRefused, ClientError)
