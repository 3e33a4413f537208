"""A file of events is sent in batches, its lines are known by number, and its days can be moved to today."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import orjson
import pytest

from groove_dashboard.client import EventWriter, ServerAway, Undelivered, WriterLimits
from groove_dashboard.upload import Line, Settled, Upload, days_to_now, read_lines, rereadable, shifted
from tests.client.answering import Keeper, answering, nobody

NOW = datetime(2026, 3, 18, 9, 30, tzinfo=UTC)


def line(occurred_at: str, number: int = 1) -> Line:
    text = orjson.dumps({"occurred_at": occurred_at})
    return Line(number, text, len(text))


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    lines = list(read_lines(BytesIO(b"\n{}\r\n\n  \n{ }")))
    assert [(one.number, one.text) for one in lines] == [(2, b"{}"), (5, b"{ }")]
    assert [one.size for one in lines] == [4, 3]


def test_each_line_is_given_once_it_is_through_with_what_is_wrong_with_it() -> None:
    texts = {3: b'{"event_id":"a"}', 4: b'{"event_id":"b","fault":1}', 8: b"[]", 9: b'{"x":"%s"}' % (b"x" * 200)}
    lines = [Line(number, text, len(text)) for number, text in texts.items()]
    last = Line(10, b'{"event_id":"c"}', 17)
    upload, keeper = Upload(), Keeper()
    limits = WriterLimits(batch_bytes=100)
    with (
        answering(keeper) as server,
        EventWriter(server.url, None, limits=limits, on_refused=upload.refused) as writer,
    ):
        through = sorted(upload.send([*lines, last], writer), key=lambda one: one.line.number)
    assert [one.line for one in through] == [*lines, last]
    assert through[0] == Settled(lines[0])
    assert list(through[1].faults) == [{"path": "/fault", "message": "no"}]
    assert [len(one.faults) for one in through] == [0, 1, 1, 1, 0]
    assert "more than the 100" in through[3].faults[0]["message"]
    assert list(keeper.kept) == ["a", "c"]


def test_lines_go_on_while_others_are_on_their_way() -> None:
    lines = [Line(number, b'{"event_id":"%d"}' % number, 20) for number in range(1, 2501)]
    upload, keeper = Upload(), Keeper()
    with answering(keeper) as server, EventWriter(server.url, None, on_refused=upload.refused) as writer:
        assert [one.line for one in upload.send(iter(lines), writer)] == lines
        assert max(map(len, server.batches)) <= 1000
    assert len(keeper.kept) == 2500


def test_a_server_that_is_away_is_not_hidden() -> None:
    limits = WriterLimits(patience_seconds=0, close_seconds=0)
    upload = Upload()
    writer = EventWriter(nobody(), None, limits=limits)
    with pytest.raises(ServerAway):
        list(upload.send([Line(1, b"{}", 3)], writer))
    with pytest.raises(Undelivered):
        writer.close()


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
