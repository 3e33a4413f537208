"""The writer delivers in the background what it is given, and says of what it cannot."""

from __future__ import annotations

import fcntl
import math
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from groove_dashboard.client import (
    ClientError,
    EventsRefused,
    EventWriter,
    RefusedEvent,
    RequestRefused,
    ServerAway,
    SpoolError,
    Undelivered,
    WriterClosed,
    WriterFailed,
    WriterLimits,
)
from groove_dashboard.client.spool import PATTERN, REFUSED
from tests.client.answering import AWAY, Keeper, answering, in_turn, nobody, numbered, soon

if TYPE_CHECKING:
    from tests.client.answering import Answering

EVENT = {"type": "session_started", "session_id": "s-1"}
PROMPT = WriterLimits(batch_seconds=0, patience_seconds=20, close_seconds=20)
HASTY = WriterLimits(batch_seconds=0, patience_seconds=0.2, close_seconds=0.1)
SMALL = WriterLimits(
    batch_events=2,
    batch_bytes=200,
    memory_bytes=400,
    spool_bytes=800,
    batch_seconds=0,
    patience_seconds=0.2,
    close_seconds=20,
)


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses of a few milliseconds."""
    monkeypatch.setattr("groove_dashboard.client.courier.BackOff", Quick)


class Quick:
    """A back-off that is over at once, and remembers what it was asked to wait, and NaN for each fresh start."""

    asked: list[float | None] = []  # noqa: RUF012 - one for all

    def seconds(self, retry_after: float | None = None) -> float:
        self.asked.append(retry_after)
        return 0.005

    def reset(self) -> None:
        self.asked.append(math.nan)


def test_what_is_written_arrives(server: Answering, keeper: Keeper, place: Path | None) -> None:
    with EventWriter(server.url, place) as writer:
        writer.write(EVENT)
        writer.write(EVENT)
    assert len(keeper.kept) == 2
    assert all(one["occurred_at"] and one["session_id"] == "s-1" for one in keeper.kept.values())
    counts = writer.statistics()
    assert (counts.written, counts.settled, counts.accepted, counts.duplicates) == (2, 2, 2, 0)


def test_batches_are_bounded_by_number_and_bytes(server: Answering, keeper: Keeper, place: Path | None) -> None:
    limits = WriterLimits(batch_events=5, batch_bytes=300, batch_seconds=60)
    with EventWriter(server.url, place, limits=limits) as writer:
        for number in range(100):
            writer.write({**numbered(number), "text": "x" * (number % 3 * 60)})
    assert list(keeper.kept) == [str(number) for number in range(100)]
    assert all(len(body) <= 300 for body in server.bodies)
    assert max(len(batch) for batch in server.batches) <= 5
    assert len(server.bodies) < 80


def test_an_event_alone_goes_when_it_is_old_enough(server: Answering, keeper: Keeper, place: Path | None) -> None:
    with EventWriter(server.url, place, limits=WriterLimits(batch_seconds=0.05)) as writer:
        began = time.monotonic()
        writer.write(EVENT)
        soon(lambda: len(keeper.kept) == 1)
        assert time.monotonic() >= began + 0.05
    assert len(server.bodies) == 1


def test_a_full_batch_does_not_wait(server: Answering, keeper: Keeper, place: Path | None) -> None:
    with EventWriter(server.url, place, limits=WriterLimits(batch_events=3, batch_seconds=600)) as writer:
        for number in range(3):
            writer.write(numbered(number))
        soon(lambda: len(keeper.kept) == 3)


def test_flush_returns_when_all_is_stored(server: Answering, keeper: Keeper, place: Path | None) -> None:
    with EventWriter(server.url, place, limits=WriterLimits(batch_seconds=600)) as writer:
        writer.flush()
        for number in range(3):
            writer.write(numbered(number))
            writer.flush()
            assert list(keeper.kept) == [str(one) for one in range(number + 1)]


def test_a_server_that_is_away_is_tried_until_it_is_back(server: Answering, keeper: Keeper, place: Path | None) -> None:
    troubles: list[ClientError] = []
    Quick.asked.clear()
    server.answer = in_turn((502, b""), (503, b"", {"Retry-After": "3"}), (500, b""), (404, b""))
    with EventWriter(server.url, place, limits=PROMPT, on_trouble=troubles.append) as writer:
        writer.write(EVENT)
        soon(lambda: len(server.bodies) >= 5)
        assert isinstance(writer.statistics().trouble, RequestRefused)
        server.answer = keeper
        soon(lambda: writer.statistics().settled == 1)
        assert writer.statistics().trouble is None
    assert len(keeper.kept) == 1
    assert len(set(server.bodies)) == 1, "the same request again and again"
    assert [str(one) for one in troubles] == [f"no server answers at {server.url}: it answered 502"]
    assert Quick.asked[:4] == [None, 3, None, None]
    assert math.isnan(Quick.asked[-1] or 0), "an answer starts the pauses afresh"


def test_a_lost_answer_makes_a_duplicate_and_no_second_event(keeper: Keeper, place: Path | None) -> None:
    lost = iter([True, False])

    def answer(body: bytes) -> Any:
        stored = keeper(body)
        return AWAY if next(lost) else stored

    with answering(answer) as server, EventWriter(server.url, place) as writer:
        writer.write(EVENT)
    assert len(keeper.kept) == 1
    assert (writer.statistics().accepted, writer.statistics().duplicates) == (0, 1)


def test_the_invalid_are_told_by_index_and_pointer_and_the_others_go_on(
    server: Answering, keeper: Keeper, place: Path | None
) -> None:
    told: list[RefusedEvent] = []
    with EventWriter(server.url, place, on_refused=told.append) as writer:
        for number in range(2500):
            writer.write(numbered(number) | ({"fault": 1} if number % 500 == 7 else {}))
    assert len(keeper.kept) == 2495
    assert [one.index for one in told] == [7, 507, 1007, 1507, 2007]
    assert [orjson.loads(one.event)["number"] for one in told] == [7, 507, 1007, 1507, 2007]
    assert [list(one.faults) for one in told] == [[{"path": "/fault", "message": "no"}]] * 5
    counts = writer.statistics()
    assert (counts.settled, counts.accepted, counts.refused) == (2500, 2495, 5)
    if place is not None:
        kept = [orjson.loads(line) for line in (place / REFUSED).read_bytes().splitlines()]
        assert [one["event"]["number"] for one in kept] == [7, 507, 1007, 1507, 2007]
        assert list(place.glob(PATTERN)) == []


def test_a_refused_event_is_logged_where_nobody_else_is_told(
    server: Answering, place: Path | None, caplog: pytest.LogCaptureFixture
) -> None:
    with EventWriter(server.url, place) as writer:
        writer.write(numbered(0) | {"fault": 1})
    assert "refused event 0, and the others go on: /fault: no" in caplog.text


def test_what_the_server_does_not_take_at_once_goes_in_parts(place: Path | None) -> None:
    keeper = Keeper(most_events=3)
    with answering(keeper) as server, EventWriter(server.url, place) as writer:
        for number in range(10):
            writer.write(numbered(number))
    assert list(keeper.kept) == [str(number) for number in range(10)]


def test_without_room_a_write_waits_for_it(server: Answering, keeper: Keeper, place: Path | None) -> None:
    keeper.is_away = True
    limits = WriterLimits(batch_bytes=200, memory_bytes=400, spool_bytes=800, batch_seconds=0, close_seconds=20)
    waiting, count = threading.Event(), 0
    with EventWriter(server.url, place, limits=limits) as writer:

        def come_back() -> None:
            while (seen := count) < 3 or not waiting.wait(0.05) or seen != count:
                pass
            keeper.is_away = False

        thread = threading.Thread(target=come_back)
        thread.start()
        for number in range(40):
            waiting.set()
            writer.write(numbered(number))
            count = number + 1
            waited = writer.statistics()
            assert waited.written - waited.settled <= 12
        thread.join()
    assert list(keeper.kept) == [str(number) for number in range(40)]


def test_a_write_that_has_waited_long_enough_says_why_and_takes_nothing(
    server: Answering, keeper: Keeper, place: Path | None
) -> None:
    keeper.is_away = True
    taken = []
    with EventWriter(server.url, place, limits=SMALL) as writer:
        with pytest.raises(ServerAway, match="not now"):  # noqa: PT012 - which write it is, depends on the place
            for number in range(100):
                writer.write(numbered(number))
                taken.append(str(number))
        assert 0 < len(taken) < 20
        keeper.is_away = False
    assert list(keeper.kept) == taken


def test_a_write_does_not_wait_for_ever_for_room_that_others_have_taken(server: Answering, tmp_path: Path) -> None:
    theirs = tmp_path / "events-1.ndjson"
    theirs.write_bytes(b"x" * SMALL.spool_bytes + b"\n")
    with theirs.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with EventWriter(server.url, tmp_path, limits=SMALL) as writer, pytest.raises(SpoolError, match="no room"):
            writer.write(EVENT)


def test_flush_gives_up_and_the_events_still_wait(server: Answering, keeper: Keeper, place: Path | None) -> None:
    keeper.is_away = True
    with EventWriter(server.url, place, limits=SMALL) as writer:
        writer.write(numbered(0))
        with pytest.raises(ServerAway):
            writer.flush()
        keeper.is_away = False
        writer.flush()
    assert list(keeper.kept) == ["0"]


def test_flush_does_not_wait_for_what_waiting_cannot_mend(place: Path | None) -> None:
    limits = WriterLimits(patience_seconds=math.inf, close_seconds=0)
    with answering(in_turn((404, b"{}"))) as server:
        writer = EventWriter(server.url, place, limits=limits)
        writer.write(EVENT)
        with pytest.raises(RequestRefused, match="404"):
            writer.flush()
        if place is None:
            with pytest.raises(Undelivered, match="1 events were not delivered: the server answered 404"):
                writer.close()
        else:
            writer.close()


def test_an_answer_about_other_events_is_no_loop_without_pauses(place: Path | None) -> None:
    faults = {"errors": [{"index": 9, "path": "", "message": "no"}]}
    Quick.asked.clear()
    with answering(in_turn((422, orjson.dumps(faults)))) as server:
        writer = EventWriter(server.url, place, limits=HASTY)
        writer.write(EVENT)
        with pytest.raises(RequestRefused, match="names no event that was sent"):
            writer.flush()
        assert Quick.asked
        end(writer, place)


def end(writer: EventWriter, place: Path | None) -> None:
    """Close a writer that has something left."""
    if place is None:
        with pytest.raises(Undelivered):
            writer.close()
    else:
        writer.close()


def test_what_is_left_in_a_spool_is_delivered_by_the_next(tmp_path: Path, keeper: Keeper) -> None:
    with EventWriter(nobody(), tmp_path, limits=HASTY) as writer:
        for number in range(5):
            writer.write(numbered(number))
    with answering(keeper) as server, EventWriter(server.url, tmp_path) as writer:
        writer.write(numbered(5))
        writer.flush()
        assert list(keeper.kept) == [str(number) for number in range(6)]
        assert (writer.statistics().written, writer.statistics().accepted) == (1, 6)
    assert list(tmp_path.iterdir()) == []


def test_what_was_left_and_is_invalid_is_told_without_an_index(tmp_path: Path, keeper: Keeper) -> None:
    (tmp_path / "events-1.ndjson").write_bytes(
        b'{"event_id":"1","fault":1}\n\x00\x00\n{"event_id":"2"}\n{"event_id":"3'
    )
    told: list[RefusedEvent] = []
    with answering(keeper) as server, EventWriter(server.url, tmp_path, on_refused=told.append) as writer:
        writer.flush()
    assert list(keeper.kept) == ["2"]
    assert sorted((one.index is None, one.event) for one in told) == [
        (True, b"\x00\x00"),
        (True, b'{"event_id":"1","fault":1}'),
    ]


def test_several_writers_share_a_directory(server: Answering, keeper: Keeper, tmp_path: Path) -> None:
    def work(first: int) -> None:
        with EventWriter(server.url, tmp_path, limits=PROMPT) as writer:
            for number in range(first, first + 200):
                writer.write(numbered(number))

    threads = [threading.Thread(target=work, args=(first,)) for first in range(0, 1000, 200)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(map(int, keeper.kept)) == list(range(1000))
    assert sum(map(len, server.batches)) == 1000, "and none was sent by two"
    assert list(tmp_path.iterdir()) == []


def test_several_threads_share_a_writer(server: Answering, keeper: Keeper, place: Path | None) -> None:
    def write() -> None:
        for _ in range(200):
            writer.write(EVENT)

    with EventWriter(server.url, place) as writer:
        threads = [threading.Thread(target=write) for _ in range(5)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert len(keeper.kept) == 1000


def test_a_closed_writer_takes_nothing_and_closing_again_is_no_error(server: Answering, place: Path | None) -> None:
    with EventWriter(server.url, place) as writer:
        pass
    writer.close()
    with pytest.raises(WriterClosed):
        writer.write(EVENT)


def test_what_the_block_raises_is_not_replaced(place: Path | None) -> None:
    with pytest.raises(KeyError), EventWriter(nobody(), place, limits=HASTY) as writer:  # noqa: PT012 - the writer's block
        writer.write(EVENT)
        raise KeyError


def test_a_fault_of_a_function_that_was_given_is_raised_by_the_next_call(server: Answering, place: Path | None) -> None:
    def give_up(_refused: RefusedEvent) -> None:
        raise EventsRefused([])

    writer = EventWriter(server.url, place, on_refused=give_up)
    writer.write(numbered(0) | {"fault": 1})
    with pytest.raises(WriterFailed) as failed:
        writer.flush()
    assert isinstance(failed.value.__cause__, EventsRefused)
    with pytest.raises(WriterFailed):
        writer.write(EVENT)
    with pytest.raises(WriterFailed):
        writer.close()


def test_what_can_be_no_event_is_refused_at_once(server: Answering, place: Path | None) -> None:
    with EventWriter(server.url, place, limits=SMALL) as writer:
        with pytest.raises(ValueError, match="more than the 200"):
            writer.write({"text": "x" * 200})
        with pytest.raises(ValueError, match="line break"):
            writer.write_line(b"{\n}")
        with pytest.raises(TypeError):
            writer.write({"at": object()})
    assert server.bodies == []


@pytest.mark.parametrize("url", ["", "127.0.0.1:8765", "ftp://host"])
def test_what_is_no_address_is_refused_at_once(url: str, place: Path | None) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the standard library's for some of them
        EventWriter(url, place)


def test_what_has_to_wait_is_synced_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    monkeypatch.setattr("os.fsync", lambda descriptor: synced.append(name_of(descriptor)))
    limits = WriterLimits(batch_seconds=0, sync_seconds=0.01, close_seconds=0)
    with EventWriter(nobody(), tmp_path, limits=limits) as writer:
        writer.write(EVENT)
        soon(lambda: len(synced) >= 2)
    [path] = tmp_path.iterdir()
    assert synced[:2] == [str(path), str(tmp_path)]


def name_of(descriptor: int) -> str:
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())
