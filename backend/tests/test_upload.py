"""A file of events is sent in batches, its lines are known by number, and its days can be moved to today."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import orjson
import pytest

from groove_dashboard.client import EventsRefused, ServerAway
from groove_dashboard.upload import (
    Line,
    LineFault,
    LinesRefused,
    Tally,
    batches,
    days_to_now,
    read_lines,
    rereadable,
    shifted,
    upload,
)

if TYPE_CHECKING:
    from groove_dashboard.messages.types import IngestResult

NOW = datetime(2026, 3, 18, 9, 30, tzinfo=UTC)


def line(occurred_at: str, number: int = 1) -> Line:
    text = orjson.dumps({"occurred_at": occurred_at})
    return Line(number, text, len(text))


def some_lines(count: int) -> list[Line]:
    return [Line(number, b"{}", 3) for number in range(1, count + 1)]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    lines = list(read_lines(BytesIO(b"\n{}\r\n\n  \n{ }")))
    assert [(one.number, one.text) for one in lines] == [(2, b"{}"), (5, b"{ }")]
    assert [one.size for one in lines] == [4, 3]


def test_batches_hold_a_thousand_lines() -> None:
    assert [len(batch) for batch in batches(some_lines(2500))] == [1000, 1000, 500]
    assert list(batches([])) == []


def test_batches_stay_below_a_size() -> None:
    lines = [Line(number, b"x" * 40, 41) for number in range(5)]
    assert [len(batch) for batch in batches(lines, most_bytes=100)] == [2, 2, 1]
    assert [len(batch) for batch in batches(lines, most_bytes=10)] == [1] * 5


def test_what_the_server_counts_is_added_up() -> None:
    bodies: list[bytes] = []

    def send(body: bytes) -> IngestResult:
        bodies.append(body)
        return {"accepted": 2, "duplicates": 1}

    tally = Tally()
    sent = list(upload(some_lines(1500), send, tally))
    assert [len(batch) for batch in sent] == [1000, 500]
    assert bodies[1] == b"\n".join([b"{}"] * 500)
    assert (tally.accepted, tally.duplicates) == (4, 2)


def test_faults_are_told_by_the_lines_of_the_file() -> None:
    def send(body: bytes) -> IngestResult:
        if body.count(b"\n") == 999:
            return {"accepted": 1000, "duplicates": 0}
        raise EventsRefused([{"index": 1, "path": "/type", "message": "no"}])

    tally = Tally()
    lines = [Line(one.number * 2, one.text, one.size) for one in some_lines(1500)]
    with pytest.raises(LinesRefused) as refused:
        list(upload(lines, send, tally))
    assert refused.value.faults == (LineFault(2004, "/type", "no"),)
    assert tally.accepted == 1000


def test_a_server_that_is_away_is_not_hidden() -> None:
    def send(_body: bytes) -> IngestResult:
        raise ServerAway("http://host", "gone")

    with pytest.raises(ServerAway):
        list(upload(some_lines(1), send, Tally()))


@pytest.mark.parametrize(
    ("newest", "days"),
    [
        ("2026-03-18T09:30:00Z", 0),
        ("2026-03-17T09:30:00Z", 1),
        ("2026-03-17T09:30:01Z", 0),  # one day more would lie in the future
        ("2026-01-20T20:14:07Z", 56),
        ("2026-01-20T08:14:07.250000Z", 57),
        ("2026-03-19T09:30:00Z", -1),  # the future comes back
        ("2026-03-18T09:30:00.000001Z", -1),
    ],
)
def test_the_newest_event_gets_as_near_to_now_as_whole_days_allow(newest: str, days: int) -> None:
    lines = [line("2025-12-24T16:19:41Z"), line(newest), line("2025-12-31T23:59:59Z")]
    assert days_to_now(lines, NOW) == days
    moved = datetime.fromisoformat(orjson.loads(shifted(line(newest), days).text)["occurred_at"])
    assert 0 <= (NOW - moved).total_seconds() < 86_400


def test_the_time_of_day_stays_as_it_is_written() -> None:
    moved = shifted(line("2025-12-30T16:19:41.500Z", 7), 3)
    assert orjson.loads(moved.text) == {"occurred_at": "2026-01-02T16:19:41.500Z"}
    assert moved.number == 7


@pytest.mark.parametrize("text", [b"{", b"[]", b"1", b"{}", b'{"occurred_at": 5}', b'{"occurred_at": "noon"}', b"NaN"])
def test_what_is_no_event_is_left_for_the_server_to_judge(text: bytes) -> None:
    broken = Line(1, text, len(text))
    assert shifted(broken, 5) is broken
    assert days_to_now([broken], NOW) == 0
    assert days_to_now([broken, line("2026-03-16T00:00:00Z")], NOW) == 2


def test_a_pipe_can_be_read_twice_by_a_copy() -> None:
    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

    with rereadable(Pipe(b"a\nb\n")) as source:
        assert source.read() == b"a\nb\n"
        source.seek(0)
        assert source.read() == b"a\nb\n"


def test_a_file_is_read_twice_as_it_is() -> None:
    file = BytesIO(b"a\n")
    with rereadable(file) as source:
        assert source is file
