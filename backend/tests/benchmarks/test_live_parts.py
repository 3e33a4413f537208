"""The parts of the benchmark of the live part, of which a fault would be told as a figure."""

from __future__ import annotations

import struct

import orjson
import pytest

from benchmarks.figures import percentile, quartiles, ratios
from benchmarks.live.baselines import Bare
from benchmarks.live.frames import NotTheProtocol, accept, client_frame, server_frame, take_texts
from benchmarks.live.opening import Opening, hold_against_schema, messages
from benchmarks.live.slices import Slice
from benchmarks.live.source import ENVELOPE, Source, timeline, timeline_topic
from benchmarks.tables import table
from benchmarks.verdicts import Target
from groove_dashboard.clock import SystemClock
from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.version import encode
from groove_dashboard.messages.validators import load_topic_data

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"


class TestFrames:
    def test_the_key_of_the_rfc_is_answered_as_the_rfc_has_it(self) -> None:
        assert accept(b"dGhlIHNhbXBsZSBub25jZQ==") == b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    @pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536])
    def test_a_text_of_any_length_is_taken_as_it_was_sent(self, length: int) -> None:
        text = b"x" * length
        buffer = bytearray(server_frame(text) * 2)
        assert list(take_texts(buffer)) == [text, text]
        assert not buffer

    def test_what_is_not_all_there_is_left(self) -> None:
        frame = server_frame(b"x" * 70_000)
        for end in (1, 2, 9, 10, len(frame) - 1):
            buffer = bytearray(frame[:end])
            assert list(take_texts(buffer)) == []
            assert buffer == frame[:end]

    def test_a_client_masks_as_it_must(self) -> None:
        assert client_frame(b"abc") == b"\x81" + struct.pack("!B", 0x80 | 3) + bytes(4) + b"abc"

    @pytest.mark.parametrize(
        "frame", [client_frame(b"abc"), b"\x82\x01x", b"\x88\x00"], ids=["masked", "binary", "close"]
    )
    def test_no_other_frame_is_taken_for_a_text(self, frame: bytes) -> None:
        with pytest.raises(NotTheProtocol):
            list(take_texts(bytearray(frame)))


class TestOpening:
    def opening(self, awaited: int = 2) -> Opening:
        return Opening({"type": "subscribe", "topics": [timeline_topic(0), timeline_topic(1)]}, awaited)

    def test_a_request_follows_the_welcome_however_the_bytes_are_cut(self) -> None:
        opening = self.opening()
        answers = [opening.received(bytes([one])) for one in UPGRADED + server_frame(b'{"type":"welcome"}')]
        assert b"".join(answers[:-1]) == b""
        assert b'"type":"subscribe"' in answers[-1]

    def test_it_is_ready_when_every_state_has_come(self) -> None:
        opening = self.opening()
        opening.received(UPGRADED + server_frame(b'{"type":"subscribed"}') + server_frame(b'{"type":"snapshot"}'))
        assert not opening.ready
        opening.received(server_frame(b'{"type":"batch","messages":[{"type":"current"}]}'))
        assert opening.ready

    def test_an_error_is_no_state(self) -> None:
        with pytest.raises(NotTheProtocol, match="internal"):
            self.opening().received(UPGRADED + server_frame(b'{"type":"error","code":"internal"}'))

    def test_neither_is_a_refused_upgrade(self) -> None:
        with pytest.raises(NotTheProtocol, match="421"):
            self.opening().received(b"HTTP/1.1 421 Misdirected Request\r\n\r\n")

    def test_what_the_schema_does_not_know_is_refused(self) -> None:
        hold_against_schema(b'{"type":"pong"}')
        with pytest.raises(NotTheProtocol):
            hold_against_schema(b'{"type":"pong","extra":1}')

    def test_the_messages_of_a_batch_are_counted_one_by_one(self) -> None:
        assert len(messages(b'{"type":"batch","messages":[{"type":"current"},{"type":"current"}]}')) == 2
        assert len(messages(b'{"type":"current"}')) == 1


class TestSource:
    def test_a_timeline_is_as_long_as_was_asked_for(self) -> None:
        for size in (*range(1_000, 1_500), 19_846):  # over one length of a session and more
            assert len(encode(timeline(1, 7, size))) == size

    def test_the_shortest_one_is_empty(self) -> None:
        assert timeline(1, 7, 200 - ENVELOPE)["sessions"] == []

    def test_it_is_one_as_the_schema_has_it(self) -> None:
        load_topic_data(timeline(1, 7, 1_846))

    def test_no_session_survives_a_change(self) -> None:
        before, after = (timeline(1, change, 1_846)["sessions"] for change in (1, 2))
        assert before
        assert {one["session_id"] for one in before}.isdisjoint(one["session_id"] for one in after)

    async def test_every_read_is_counted(self) -> None:
        limits = Limits()
        source = Source(Hub(limits, SystemClock()))
        await source.read([timeline_topic(0), timeline_topic(1)])
        await source.read([timeline_topic(0)])
        assert source.reads == 2


class TestBaselines:
    def test_a_change_is_exactly_as_long_as_was_asked_for_and_never_the_same(self) -> None:
        bare = Bare()
        bare.prepare(235)
        one, other = bare._next_text(), bare._next_text()
        assert len(one) == len(other) == 235
        assert orjson.loads(one)["version"] != orjson.loads(other)["version"]


class TestFigures:
    def test_a_slice_tells_what_a_delivery_cost(self) -> None:
        one = Slice(deliveries=1_000, seconds=0.5, cpu_seconds=0.01, latencies=[])
        assert (one.per_second, one.cpu_per_delivery) == (2_000, 1e-05)

    def test_ratios_are_taken_turn_by_turn(self) -> None:
        spread = ratios([2.0, 30.0, 400.0], [1.0, 10.0, 100.0])
        assert (spread.first, spread.median, spread.third) == (2.5, 3.0, 3.5)

    def test_the_middle_is_not_moved_by_one_bad_turn(self) -> None:
        assert quartiles([1.0, 1.0, 1.0, 1.0, 99.0]).median == 1.0

    def test_percentiles_are_values_that_were_measured(self) -> None:
        values = [float(value) for value in range(200, 0, -1)]
        assert (percentile(values, 0.5), percentile(values, 0.99)) == (101, 199)
        assert percentile([1.0, 5.0], 0.99) == 5

    @pytest.mark.parametrize(
        ("value", "below", "met"), [(1.0, False, True), (1.0, True, False), (0.9, True, True), (1.1, False, False)]
    )
    def test_a_target_is_met_up_to_its_bound(self, value: float, below: bool, met: bool) -> None:  # noqa: FBT001
        assert Target(name="any", value=value, bound=1.0, below=below).met is met


def test_a_table_has_straight_columns() -> None:
    assert table([("who", "n"), ("bare", "1,000")]) == "who       n\nbare  1,000"
