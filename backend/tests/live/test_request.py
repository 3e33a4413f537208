"""A text is judged strictly, and one that comes from everybody at once only the first time."""

from __future__ import annotations

import orjson
import pytest

from groove_dashboard.live.request import REMEMBERED_BYTES, Refusal, read_request
from tests.live.fakes import remembered_requests

MAX_BYTES = 65_536
PING = b'{"type":"ping"}'
TOKEN = b'{"type":"authenticate","token":"secret"}'


def test_a_text_that_came_before_is_not_judged_again() -> None:
    assert read_request(PING, MAX_BYTES) is read_request(PING, MAX_BYTES)
    assert remembered_requests() == (1, 1)


@pytest.mark.parametrize(("size", "remembered"), [(REMEMBERED_BYTES, 1), (REMEMBERED_BYTES + 1, 0)])
def test_a_long_text_is_not_remembered(size: int, remembered: int) -> None:
    assert read_request(PING.ljust(size), MAX_BYTES) == {"type": "ping"}
    assert remembered_requests() == (remembered, 0)


def test_a_secret_is_not_remembered() -> None:
    assert read_request(TOKEN, MAX_BYTES) == orjson.loads(TOKEN)
    assert remembered_requests() == (0, 0)


@pytest.mark.parametrize("text", [b"[]", b'"ping"', b"null"])
def test_json_that_is_no_object_is_refused_without_an_id(text: bytes) -> None:
    refusal = read_request(text, MAX_BYTES)
    assert isinstance(refusal, Refusal)
    assert (refusal.message, refusal.request_id, refusal.is_json) == ("This is not a request.", None, True)
    assert [fault["path"] for fault in refusal.faults] == [""]


def test_a_refusal_carries_the_id_of_what_it_refuses() -> None:
    refusal = read_request(b'{"type":"pong","request_id":"r"}', MAX_BYTES)
    assert isinstance(refusal, Refusal)
    assert (refusal.message, refusal.request_id) == ("This is not a request.", "r")
