"""A session takes no more than it has to, and sends no more at once than it should."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from groove_dashboard.live.session import SessionStatistics
from groove_dashboard.live.state import TopicState
from groove_dashboard.live.version import encode, version_of
from groove_dashboard.messages.protocol import CloseCode
from tests.live.fakes import (
    another_list,
    learning,
    page,
    state,
)
from tests.live.peer import Peer, peer_with, types


class TestInvalidMessages:
    def test_each_fault_is_told_with_its_place(self, peer: Peer) -> None:
        topics = [{"topic": "learnings", "filters": {"category": "opinion"}, "limit": 0}, {"topic": "weather"}]
        peer.sends_invalid(orjson.dumps({"type": "subscribe", "topics": topics, "request_id": "s", "colour": 1}))
        (error,) = peer.hears()
        assert (error["type"], error["code"], error["request_id"]) == ("error", "invalid_message", "s")
        assert {fault["path"] for fault in error["details"]} == {
            "/topics/0/filters/category",
            "/topics/0/limit",
            "/topics/1/topic",
            "/colour",
        }

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            (b"[]", ""),
            (b"null", ""),
            (b'"ping"', ""),
            (b"{}", "/type"),
            (b'{"type":"dance"}', "/type"),
            (b'{"type":"subscribe"}', "/topics"),
            (b'{"type":"subscribe","topics":[]}', "/topics"),
            (b'{"type":"disable_learning","id":"7"}', "/id"),
        ],
    )
    def test_the_place_of_a_fault_is_a_json_pointer(self, peer: Peer, text: bytes, path: str) -> None:
        peer.sends_invalid(text)
        (error,) = peer.hears()
        assert error["message"] == "This is not a request."
        assert [fault["path"] for fault in error["details"]] == [path]
        assert "request_id" not in error

    @pytest.mark.parametrize("request_id", [7, "", "x" * 65, None, ["a"]])
    def test_a_request_id_that_is_invalid_itself_is_not_carried_back(self, peer: Peer, request_id: Any) -> None:
        peer.sends_invalid(orjson.dumps({"type": "ping", "request_id": request_id}))
        (error,) = peer.hears()
        assert "request_id" not in error
        assert error["details"][0]["path"] == "/request_id"

    def test_an_error_lists_a_hundred_faults_at_most(self, peer: Peer) -> None:
        peer.sends_invalid(orjson.dumps({"type": "ping", **{f"x{number}": 0 for number in range(1000)}}))
        assert len(peer.hears()[0]["details"]) == 100

    def test_three_in_a_row_end_the_connection(self, peer: Peer) -> None:
        for _ in range(3):
            peer.sends_invalid(b"{}")
        assert types(peer.hears()) == ["error", "error", "error", "goodbye"]
        assert peer.session.goodbye is not None
        assert peer.session.goodbye.code == CloseCode.NOT_THE_PROTOCOL

    def test_a_valid_one_between_them_starts_the_count_anew(self, peer: Peer) -> None:
        for _ in range(5):
            peer.sends_invalid(b"{}")
            peer.sends_invalid(b"{}")
            peer.asks(type="ping")
        assert peer.session.goodbye is None

    def test_a_message_that_is_too_large_is_refused_unread_and_counts_as_invalid(self) -> None:
        peer = peer_with(max_message_bytes=40, invalid_in_a_row=2)
        peer.asks(type="ping", padded_to=40)
        assert types(peer.hears()) == ["pong"]
        peer.asks(type="ping", padded_to=41)
        assert peer.hears() == [
            {"type": "error", "code": "message_too_large", "message": "A message may have 40 bytes."}
        ]
        peer.sends_invalid(b"x" * 41)
        assert types(peer.hears()) == ["error", "goodbye"]

    @pytest.mark.parametrize("text", [b"", b"ping", b'{"type":', b"NaN", b'{"type":"ping"}x', b'"\xff"', b"[" * 5000])
    def test_what_is_not_json_is_told_and_ends_the_connection(self, peer: Peer, text: bytes) -> None:
        peer.sends_invalid(text)
        error, goodbye = peer.hears()
        assert (error["code"], error["message"]) == ("invalid_message", "This is not JSON.")
        (fault,) = error["details"]
        assert fault["path"] == ""
        assert "line 1 column" in fault["message"] or "UTF-8" in fault["message"]
        assert goodbye == {"type": "goodbye", "code": 4400, "reason": "A message was not JSON."}

    def test_a_binary_frame_ends_the_connection(self, peer: Peer) -> None:
        peer.session.received_binary()
        assert peer.hears() == [
            {"type": "goodbye", "code": 4400, "reason": "Messages are text frames, never binary ones."}
        ]


class TestRate:
    def test_more_than_a_burst_is_told_when_to_go_on(self) -> None:
        peer = peer_with(message_burst=2, messages_per_second=4)
        for number in range(3):
            peer.asks(type="ping", request_id=str(number))
        assert peer.hears()[2] == {
            "type": "error",
            "code": "rate_limited",
            "message": "Send at most 4 messages a second.",
            "request_id": "2",
            "retry_after_ms": 250,
        }
        peer.clock.advance(0.25)
        peer.asks(type="ping")
        assert types(peer.hears()) == ["pong"]

    @pytest.mark.parametrize(("size", "answered"), [(50, {"request_id": "p"}), (51, {})])
    def test_the_request_id_of_a_message_over_the_rate_is_read_unless_the_message_is_too_large(
        self, size: int, answered: dict[str, str]
    ) -> None:
        peer = peer_with(message_burst=1, max_message_bytes=50)
        peer.asks(type="ping")
        peer.asks(type="ping", request_id="p", padded_to=size)
        error = peer.hears()[1]
        assert {name: error[name] for name in error if name == "request_id"} == answered

    @pytest.mark.parametrize("text", [b"{", b"{}", b"x" * 100])
    def test_a_message_over_the_rate_is_not_looked_at(self, text: bytes) -> None:
        peer = peer_with(message_burst=1, max_message_bytes=50)
        peer.asks(type="ping")
        for _ in range(4):
            peer.sends_invalid(text)
        peer.asks(type="ping")
        assert types(peer.hears()) == ["pong"] + ["error"] * 5
        assert peer.session.goodbye is None

    def test_going_on_and_on_ends_the_connection(self) -> None:
        peer = peer_with(message_burst=1, rate_limited_in_a_row=3)
        for _ in range(4):
            peer.asks(type="ping")
        *heard, goodbye = peer.hears()
        assert types(heard) == ["pong", "error", "error", "error"]
        assert goodbye == {
            "type": "goodbye",
            "code": CloseCode.TOO_MANY,
            "reason": "Far too many messages.",
            "retry": {"min_ms": 500, "max_ms": 20000},
        }

    def test_pausing_starts_that_count_anew(self) -> None:
        peer = peer_with(message_burst=1, messages_per_second=1, rate_limited_in_a_row=2)
        for _ in range(5):
            peer.asks(type="ping")
            peer.asks(type="ping")
            peer.clock.advance(1)
        assert peer.session.goodbye is None

    def test_ping_frames_count_as_messages(self) -> None:
        peer = peer_with(message_burst=2, rate_limited_in_a_row=2)
        assert [peer.session.received_ping() for _ in range(3)] == [True, True, False]
        assert peer.hears() == []
        assert peer.session.received_ping() is False
        assert types(peer.hears()) == ["goodbye"]
        assert peer.session.received_ping() is False


class TestBounds:
    def test_a_session_is_crowded_once_so_many_answers_wait(self) -> None:
        peer = peer_with(pending_replies=2)
        crowded = []
        for step in (*[lambda: peer.asks(type="ping")] * 3, peer.session.texts):
            step()
            crowded.append(peer.session.crowded)
        assert crowded == [False, True, True, False]

    def test_the_bound_of_a_batch_counts_each_byte(self) -> None:
        def sizes(bound: int) -> list[int]:
            """How many snapshots come in each frame."""
            peer = peer_with(max_batch_bytes=bound)
            peer.asks(type="subscribe", topics=[page(1), page(2)])
            peer.read(state(1), state(1))
            _subscribed, *frames = [text for texts in iter(peer.session.texts, []) for text in texts]
            return [frame.count(b'"snapshot"') for frame in frames]

        peer = peer_with()
        peer.asks(type="subscribe", topics=[page(1)])
        peer.read(state(1))
        _subscribed, snapshot = peer.session.texts()
        length = len(snapshot)
        assert [sizes(1), sizes(length), sizes(length + 1)] == [[1, 1], [1, 1], [2]]

    def test_what_was_missed_of_many_topics_comes_in_batches_that_the_schema_allows(self) -> None:
        topics, changes = 10, 128
        peer = peer_with(max_topics=topics)
        rows = [learning(f"{number} ".ljust(2000, "x")) for number in range(20)]
        states = [
            TopicState({"data_type": "learnings", "learnings": rows, "total": total}) for total in range(changes + 1)
        ]
        pages = [page(number) for number in range(topics)]
        peer.asks(type="subscribe", topics=pages)
        for one in states:
            peer.hub.mark_all()
            peer.read(*[one] * topics)
            peer.clock.advance(0.2)
        peer.hears()
        held = version_of(encode(states[0].data))
        peer.asks(type="resume", subscriptions=[{"topic": one, "version": held} for one in pages])
        _, *batches = peer.hears()
        assert len(batches) > 1
        assert sum(len(batch["messages"]) for batch in batches) == topics * changes

    def test_statistics_tell_what_a_connection_holds(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(number) for number in range(3)])
        peer.read(state(1), state(1), state(1))
        assert peer.session.statistics() == SessionStatistics(topics=3, owed=3, replies=1)

    def test_a_batch_that_has_grown_large_is_sent_and_the_rest_follows(self) -> None:
        peer = peer_with(max_batch_bytes=2000)
        peer.asks(type="subscribe", topics=[page(number) for number in range(5)])
        peer.read(*[state(1)] * 5)
        _, *frames = peer.hears()
        sizes = [len(frame.get("messages", [frame])) for frame in frames]
        assert sizes == [3, 2]

    def test_the_bound_of_a_batch_counts_changes_as_well(self) -> None:
        peer = peer_with(max_batch_bytes=1500)
        peer.asks(type="subscribe", topics=[page(number) for number in range(5)])
        peer.read(*[another_list("Long. " * 100)] * 5)
        peer.hears()
        peer.clock.advance(1)
        peer.hub.mark_all()
        peer.read(*[another_list("Other. " * 100)] * 5)
        woken = peer.woken
        frames = []
        for number in range(3):
            frames += [orjson.loads(text) for text in peer.session.texts()]
            assert peer.woken == woken + min(number + 1, 2)  # while there is more
        assert peer.session.texts() == []
        offsets = [[one["topic"]["offset"] for one in frame.get("messages", [frame])] for frame in frames]
        assert offsets == [[4, 0], [1, 2], [3]]  # the snapshots came in three frames, too, of which the last had one

    def test_a_topic_that_changes_all_the_time_does_not_keep_others_waiting(self) -> None:
        peer = peer_with(max_batch_bytes=1)
        peer.asks(type="subscribe", topics=[page(number) for number in range(4)])
        peer.read(*[another_list("Long. " * 100)] * 4)
        peer.hears()
        sent = []
        for number in range(5):
            peer.clock.advance(1)
            peer.hub.mark_all()
            peer.read(*[another_list(f"{number} ".ljust(500, "x"))] * 4)
            (text,) = peer.session.texts()
            sent.append(orjson.loads(text)["topic"]["offset"])
        assert sent == [0, 1, 2, 3, 0]

    def test_a_topic_that_is_back_where_it_was_is_left_out_of_a_batch(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(number) for number in range(3)])
        peer.read(state(1), state(1), state(1))
        peer.hears()
        for totals in ((2, 2, 2), (2, 1, 2)):
            peer.clock.advance(1)
            peer.hub.mark_all()
            peer.read(*[state(total) for total in totals])
        (batch,) = peer.hears()
        assert [one["topic"]["offset"] for one in batch["messages"]] == [0, 2]

    def test_whoever_sends_is_woken_for_whatever_there_is_to_send(self, peer: Peer) -> None:
        peer.asks(type="ping")
        assert peer.woken == 1
        peer.asks(type="subscribe", topics=[page(0)])
        assert peer.woken == 2
        peer.read(state(1))
        assert peer.woken == 3
        peer.session.close(CloseCode.GOING_AWAY, "The server stops.")
        assert peer.woken == 4
        peer.session.end()
        assert peer.woken == 5
