"""What an event lacks is filled in, and what it has stays."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.client.events import Stamp
from groove_dashboard.ingest.events import parse_events

STARTED = {"type": "session_started", "session_id": "s-1"}
MOMENTS = st.lists(st.integers(0, 4_000_000_000_000_000_000), min_size=1, max_size=20)


def test_the_server_takes_what_was_filled_in() -> None:
    [event] = parse_events(Stamp().line(STARTED))
    assert UUID(event["event_id"]).version == 7
    assert {key: event[key] for key in STARTED} == STARTED  # type: ignore[literal-required]


def test_what_is_there_stays_and_what_was_handed_in_is_not_changed() -> None:
    event: dict[str, Any] = {"event_id": "mine", "occurred_at": "then", "type": "any"}
    assert orjson.loads(Stamp().line(event)) == event
    lacking = dict(STARTED)
    Stamp().line(lacking)
    assert lacking == STARTED


@given(MOMENTS)
def test_ids_grow_whatever_the_clock_does(moments: list[int]) -> None:
    left = iter(moments)
    stamp = Stamp(nanoseconds=lambda: next(left))
    ids = [stamp.event_id() for _ in moments]
    assert ids == sorted(set(ids))
    assert all(UUID(one).version == 7 and UUID(one).variant == "specified in RFC 4122" for one in ids)
    assert UUID(ids[0]).int >> 80 == moments[0] // 1_000_000


@given(st.integers(0, 4_000_000_000_000_000_000))
def test_the_time_is_as_the_schema_has_it(moment: int) -> None:
    event = orjson.loads(Stamp(nanoseconds=lambda: moment).line(STARTED))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", event["occurred_at"])


def test_the_time_is_that_of_the_clock() -> None:
    event = orjson.loads(Stamp(nanoseconds=lambda: 1_767_225_599_123_456_789).line(STARTED))
    assert event["occurred_at"] == "2025-12-31T23:59:59.123456Z"


@pytest.mark.parametrize("value", [object(), {1}, b"x", 1 << 70])
def test_what_json_has_no_words_for_is_refused_at_once(value: object) -> None:
    with pytest.raises(TypeError):
        Stamp().line({"type": value})
