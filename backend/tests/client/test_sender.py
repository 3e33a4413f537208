"""The sender tells apart what to try again, what to correct and what to give up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import orjson
import pytest

from groove_dashboard.client import ClientError, EventsRefused, RequestRefused, RequestTooLarge, Sender, ServerAway
from tests.client.answering import answering, in_turn, nobody

RESULT = {"accepted": 1, "duplicates": 2}


def test_what_the_server_counted_is_returned() -> None:
    with answering(in_turn((200, orjson.dumps(RESULT)))) as server:
        assert Sender(server.url).send(b"[]") == RESULT
        assert (server.paths, server.bodies) == (["/api/groove/events"], [b"[]"])


def test_a_path_in_front_of_the_server_is_kept() -> None:
    with answering(in_turn((200, orjson.dumps(RESULT)))) as server:
        Sender(f"{server.url}/groove/").send(b"")
        assert server.paths == ["/groove/api/groove/events"]


def test_faults_are_handed_on() -> None:
    faults = [{"index": 3, "path": "/type", "message": "no"}]
    with answering(in_turn((422, orjson.dumps({"errors": faults})))) as server, pytest.raises(EventsRefused) as refused:
        Sender(server.url).send(b"[]")
    assert refused.value.faults == faults


@pytest.mark.parametrize("status", [502, 503, 504, 429])
def test_a_server_that_cannot_now_is_away(status: int) -> None:
    body = orjson.dumps({"detail": "The database does not answer now."})
    with answering(in_turn((status, body))) as server, pytest.raises(ServerAway, match="does not answer now") as away:
        Sender(server.url).send(b"[]")
    assert away.value.retry_after is None


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("7", 7, 7),
        ("0", 0, 0),
        (format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True), 1800, 3600),
        ("Thu, 01 Jan 1970 00:00:00 -0000", 0, 0),
    ],
    ids=["in seconds", "at once", "a date to come", "a date that has gone"],
)
def test_a_server_may_say_for_how_long_it_is_away(header: str, least: float, most: float) -> None:
    with (
        answering(in_turn((503, b"", {"Retry-After": header}))) as server,
        pytest.raises(ServerAway) as away,
    ):
        Sender(server.url).send(b"[]")
    assert away.value.retry_after is not None
    assert least <= away.value.retry_after <= most


@pytest.mark.parametrize("header", ["soon", "", "-1", "1e3", "٣"])
def test_what_it_cannot_have_meant_is_passed_over(header: str) -> None:
    away = (503, b"", {"Retry-After": header.encode().decode("latin-1")})
    with answering(in_turn(away)) as server, pytest.raises(ServerAway) as raised:
        Sender(server.url).send(b"[]")
    assert raised.value.retry_after is None


def test_nobody_there_is_away_too() -> None:
    sender = Sender(nobody(), answer_seconds=5)
    with pytest.raises(ServerAway) as away:
        sender.send(b"[]")
    assert away.value.url == sender.url
    assert "refused" in str(away.value)


@pytest.mark.parametrize(
    ("status", "body", "text"),
    [
        (400, b'{"detail": "The body is not JSON"}', "400: The body is not JSON"),
        (200, b"<html>", "200: "),
        (200, b'{"accepted": 1}', "200: "),
        (404, b"[]", "404: "),
        (422, b'{"errors": 1}', "422: "),
        (422, b'{"errors": [{"index": "1", "path": "", "message": ""}]}', "422: "),
        (422, b'{"errors": [{"index": 1, "path": ""}]}', "422: "),
    ],
)
def test_any_other_answer_is_a_refusal(status: int, body: bytes, text: str) -> None:
    with answering(in_turn((status, body))) as server, pytest.raises(RequestRefused, match=text) as refused:
        Sender(server.url).send(b"[]")
    assert refused.value.status == status


def test_what_is_too_much_at_once_is_told_apart() -> None:
    with answering(in_turn((413, b"too large"))) as server, pytest.raises(RequestTooLarge):
        Sender(server.url).send(b"[]")


@pytest.mark.parametrize("url", ["", "127.0.0.1:8765", "ftp://host", "http://", "http://host?x=1", "http://host:port"])
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the standard library's for some of them
        Sender(url)


def test_all_that_can_go_wrong_is_one_kind_of_error() -> None:
    assert issubclass(ServerAway, ClientError)
    assert issubclass(EventsRefused, ClientError)
    assert issubclass(RequestRefused, ClientError)
