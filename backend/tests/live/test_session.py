"""A session answers each request as the protocol says, and knows when to end the connection."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.session import ActionRequest, SessionStatistics
from groove_dashboard.live.state import TopicState
from groove_dashboard.live.version import encode, version_of
from groove_dashboard.messages.protocol import CloseCode
from groove_dashboard.messages.validators import SCHEMA_HASH
from tests.live.fakes import (
    ALL_LEARNINGS,
    AWAY,
    LEARNING_ID,
    NO_SUCH_LEARNING,
    FakeClock,
    another_list,
    learning,
    page,
    state,
)
from tests.live.grammar import CheckedSession


class Peer:
    """A connection whose other end is the test."""

    def __init__(self, limits: Limits) -> None:
        self.clock = FakeClock()
        self.hub = Hub(limits, self.clock, jitter=lambda: 0)
        self.woken = 0
        self.session = CheckedSession(self.hub, limits, self.clock, server_version="1.2.3", wake=self._wake)

    def _wake(self) -> None:
        self.woken += 1

    def asks(self, *, padded_to: int = 0, **request: Any) -> ActionRequest | None:
        """Send a valid request, in so many bytes at least."""
        return self.session.received(orjson.dumps(request).ljust(padded_to))

    def sends_invalid(self, text: bytes) -> None:
        """Send what is no valid request."""
        assert self.session.received_invalid(text) is None

    def hears(self) -> list[dict[str, Any]]:
        """Everything that goes out now."""
        return [orjson.loads(text) for texts in iter(self.session.texts, []) for text in texts]

    def read(self, *results: Any) -> None:
        self.hub.refreshed(self.hub.begin(), results)


def peer_with(**limits: Any) -> Peer:
    return Peer(Limits(**limits))


@pytest.fixture
def peer() -> Peer:
    return peer_with()


def types(messages: list[dict[str, Any]]) -> list[str]:
    return [message["type"] for message in messages]


class TestHandshake:
    def test_the_welcome_says_who_the_server_is_and_what_it_takes(self, peer: Peer) -> None:
        peer.session.open()
        assert peer.hears() == [
            {
                "type": "welcome",
                "protocol_version": 1,
                "schema_hash": SCHEMA_HASH,
                "server_version": "1.2.3",
                "server_time": "2026-03-01T12:00:00Z",
                "heartbeat_seconds": 25,
                "roles": ["viewer", "operator"],
                "limits": {
                    "max_message_bytes": 65536,
                    "max_topics": 64,
                    "messages_per_second": 20,
                    "message_burst": 60,
                },
                "retry": {"min_ms": 500, "max_ms": 20000},
            }
        ]

    def test_authenticating_is_answered_with_the_welcome(self, peer: Peer) -> None:
        peer.asks(type="authenticate", token="secret")
        assert types(peer.hears()) == ["welcome"]

    def test_the_welcome_that_answers_carries_the_request_id_back(self, peer: Peer) -> None:
        peer.asks(type="authenticate", token="secret", request_id="a")
        [welcome] = peer.hears()
        assert (welcome["type"], welcome["request_id"]) == ("welcome", "a")

    def test_requests_may_be_pipelined_behind_authenticate(self, peer: Peer) -> None:
        peer.asks(type="authenticate", token="secret")
        peer.asks(type="ping", request_id="p")
        assert types(peer.hears()) == ["welcome", "pong"]


class TestSubscribing:
    def test_subscribed_comes_before_the_snapshots_which_share_a_batch(self, peer: Peer) -> None:
        peer.asks(type="subscribe", request_id="s", topics=[{"topic": "learnings"}, page(100)])
        peer.read(state(1), state(2))
        subscribed, batch = peer.hears()
        assert subscribed == {
            "type": "subscribed",
            "topics": [ALL_LEARNINGS, {**ALL_LEARNINGS, "offset": 100}],
            "request_id": "s",
        }
        assert batch["type"] == "batch"
        assert [(one["topic"], one["reason"], one["data"]["total"]) for one in batch["messages"]] == [
            (ALL_LEARNINGS, "initial", 1),
            ({**ALL_LEARNINGS, "offset": 100}, "initial", 2),
        ]

    def test_two_spellings_are_one_subscription(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[{"topic": "learnings"}, {"topic": "learnings", "sort": "recency"}])
        peer.read(state(1))
        subscribed, snapshot = peer.hears()
        assert subscribed == {"type": "subscribed", "topics": [ALL_LEARNINGS]}
        assert snapshot["topic"] == ALL_LEARNINGS
        assert peer.session.statistics().topics == 1

    def test_subscribing_again_brings_a_fresh_snapshot_and_no_second_subscription(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        peer.hears()
        peer.asks(type="subscribe", topics=[page(0)])
        assert types(peer.hears()) == ["subscribed", "snapshot"]
        peer.clock.advance(1)
        peer.hub.mark_all()
        peer.read(state(2))
        assert types(peer.hears()) == ["update"]

    def test_one_who_asks_for_snapshot_after_snapshot_has_to_wait_and_is_told_so(self) -> None:
        peer = peer_with(snapshots_at_once=3, snapshot_span=10)
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        for _ in range(2):
            peer.asks(type="resume", subscriptions=[{"topic": page(0), "version": "of another process"}])
        assert types(peer.hears()) == ["subscribed"] * 3 + ["snapshot"]
        peer.clock.advance(1)
        for _ in range(2):
            peer.asks(type="subscribe", topics=[page(0)])
            assert types(peer.hears()) == ["subscribed", "snapshot"]
        peer.clock.advance(2)
        for _ in range(2):  # asking again does not help
            peer.asks(type="subscribe", topics=[page(0)])
            subscribed, error = peer.hears()
            assert subscribed["type"] == "subscribed"
            assert error == {
                "type": "error",
                "code": "rate_limited",
                "message": "The whole state was asked for too often; it follows by itself.",
                "topic": ALL_LEARNINGS,
                "retry_after_ms": 7000,
            }
        assert peer.session.heartbeat_at == peer.clock.monotonic() + 7
        peer.clock.advance(6.9)
        assert peer.hears() == []
        peer.clock.advance(0.1)
        (snapshot,) = peer.hears()
        assert snapshot["reason"] == "initial"

    def test_one_who_resumes_from_what_nobody_knows_has_to_wait_as_well(self) -> None:
        peer = peer_with(snapshots_at_once=1, snapshot_span=10)
        unknown = [{"topic": page(0), "version": "of another process"}]
        peer.asks(type="resume", subscriptions=unknown)
        peer.read(state(1))
        assert types(peer.hears()) == ["subscribed", "snapshot"]
        peer.asks(type="resume", subscriptions=unknown)
        assert types(peer.hears()) == ["subscribed", "error"]
        peer.clock.advance(10)
        (snapshot,) = peer.hears()
        assert snapshot["reason"] == "expired"

    def test_what_costs_no_snapshot_does_not_have_to_wait(self) -> None:
        peer = peer_with(snapshots_at_once=1, snapshot_span=10)
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        _, snapshot = peer.hears()
        for _ in range(3):
            peer.asks(type="resume", subscriptions=[{"topic": page(0), "version": snapshot["version"]}])
            assert types(peer.hears()) == ["subscribed", "current"]
        peer.clock.advance(1)
        peer.hub.mark_all()
        peer.read(state(2))
        for _ in range(3):
            peer.asks(type="resume", subscriptions=[{"topic": page(0), "version": snapshot["version"]}])
            assert types(peer.hears()) == ["subscribed", "update"]

    def test_a_change_too_large_to_be_remembered_is_sent_as_a_snapshot(self) -> None:
        peer = peer_with(history_bytes=10)
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        peer.hears()
        peer.clock.advance(1)
        peer.hub.mark_all()
        peer.read(state(2))
        (snapshot,) = peer.hears()
        assert (snapshot["type"], snapshot["reason"]) == ("snapshot", "too_large")

    def test_a_change_that_was_still_owed_is_not_sent_beside_the_fresh_snapshot(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        peer.hears()
        peer.clock.advance(1)
        peer.hub.mark_all()
        peer.read(state(2))
        peer.asks(type="subscribe", topics=[page(0)])
        subscribed, snapshot = peer.hears()
        assert (subscribed["type"], snapshot["reason"]) == ("subscribed", "initial")

    def test_after_unsubscribing_nothing_more_is_sent(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0), page(1)])
        peer.read(state(1), state(1))
        peer.asks(type="unsubscribe", request_id="u", topics=[page(0), page(1)])
        peer.hub.mark_all()
        subscribed, unsubscribed = peer.hears()
        assert subscribed["type"] == "subscribed"
        assert unsubscribed == {
            "type": "unsubscribed",
            "topics": [ALL_LEARNINGS, {**ALL_LEARNINGS, "offset": 1}],
            "request_id": "u",
        }
        assert peer.hub.statistics().subscriptions == 0

    def test_unsubscribing_from_what_was_never_subscribed_is_no_error(self, peer: Peer) -> None:
        peer.asks(type="unsubscribe", topics=[page(0)])
        assert types(peer.hears()) == ["unsubscribed"]

    def test_too_many_topics_are_refused_as_a_whole(self) -> None:
        peer = peer_with(max_topics=2)
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        peer.hears()
        peer.asks(type="subscribe", request_id="s", topics=[page(1), page(2)])
        assert peer.hears() == [
            {
                "type": "error",
                "code": "too_many_topics",
                "message": "A connection may have 2 topics; nothing was subscribed.",
                "request_id": "s",
            }
        ]
        assert peer.hub.statistics().channels == 1
        peer.asks(type="subscribe", topics=[page(1), page(0)])
        assert types(peer.hears())[0] == "subscribed"

    def test_an_unknown_learning_is_subscribed_then_told_and_no_subscription_any_more(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[{"topic": "learning_detail", "id": LEARNING_ID}])
        peer.read(NO_SUCH_LEARNING)
        subscribed, error = peer.hears()
        assert subscribed["type"] == "subscribed"
        assert error == {
            "type": "error",
            "code": "not_found",
            "message": "There is no such learning.",
            "topic": {"topic": "learning_detail", "id": LEARNING_ID},
        }
        assert peer.session.statistics().topics == 0

    def test_subscribing_again_before_it_was_told_supersedes_that(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(NO_SUCH_LEARNING)
        peer.asks(type="subscribe", topics=[page(0)])
        assert types(peer.hears()) == ["subscribed", "subscribed"]
        peer.read(state(1))
        assert types(peer.hears()) == ["snapshot"]

    def test_an_unavailable_topic_keeps_its_subscription(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(AWAY)
        error = peer.hears()[1]
        assert (error["code"], error["topic"], error["retry_after_ms"]) == ("unavailable", ALL_LEARNINGS, 500)
        peer.clock.advance(0.5)
        peer.read(state(1))
        assert types(peer.hears()) == ["snapshot"]


class TestResuming:
    def test_what_is_current_and_what_has_expired_share_a_batch(self, peer: Peer) -> None:
        version = version_of(encode(state(1).data))
        held = [{"topic": page(0), "version": version}, {"topic": page(1), "version": "another"}]
        peer.asks(type="resume", request_id="r", subscriptions=held)
        peer.read(state(1), state(2))
        subscribed, batch = peer.hears()
        assert (subscribed["type"], subscribed["request_id"], len(subscribed["topics"])) == ("subscribed", "r", 2)
        current, snapshot = batch["messages"]
        assert current == {"type": "current", "topic": ALL_LEARNINGS, "version": version}
        assert (snapshot["type"], snapshot["reason"]) == ("snapshot", "expired")

    def test_a_topic_that_is_subscribed_already_may_be_resumed(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        version = peer.hears()[1]["version"]
        peer.asks(type="resume", subscriptions=[{"topic": page(0), "version": version}])
        assert types(peer.hears()) == ["subscribed", "current"]
        peer.asks(type="resume", subscriptions=[{"topic": page(0), "version": "what it should not hold"}])
        assert types(peer.hears()) == ["subscribed", "snapshot"]
        assert peer.session.statistics().topics == 1

    def test_resuming_counts_towards_the_limit(self) -> None:
        peer = peer_with(max_topics=1)
        peer.asks(type="resume", subscriptions=[{"topic": page(number), "version": "v"} for number in range(2)])
        assert peer.hears()[0]["code"] == "too_many_topics"


class TestActions:
    @pytest.mark.parametrize("action", ["enable_learning", "disable_learning", "delete_learning"])
    def test_an_action_is_handed_back_to_be_carried_out(self, peer: Peer, action: Any) -> None:
        request = peer.asks(type=action, id=LEARNING_ID, request_id="a")
        assert request == ActionRequest(action, LEARNING_ID, "a")
        assert peer.hears() == []
        peer.session.answered(request)
        assert peer.hears() == [{"type": "action_result", "action": action, "id": LEARNING_ID, "request_id": "a"}]

    def test_an_action_that_failed_is_answered_with_an_error(self, peer: Peer) -> None:
        peer.session.failed("unavailable", "The database is away.", request_id="a", retry_after_ms=1000)
        assert peer.hears() == [
            {
                "type": "error",
                "code": "unavailable",
                "message": "The database is away.",
                "request_id": "a",
                "retry_after_ms": 1000,
            }
        ]

    def test_an_action_result_goes_out_before_topics_that_are_owed(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        request = peer.asks(type="disable_learning", id=LEARNING_ID)
        assert request is not None
        peer.session.answered(request)
        assert types(peer.hears()) == ["subscribed", "action_result", "snapshot"]


class TestPing:
    def test_a_ping_is_answered_with_a_pong(self, peer: Peer) -> None:
        peer.asks(type="ping")
        peer.asks(type="ping", request_id="p")
        assert peer.hears() == [{"type": "pong"}, {"type": "pong", "request_id": "p"}]


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


class TestSilence:
    def test_a_heartbeat_follows_a_silence_and_only_that(self) -> None:
        peer = peer_with(heartbeat_seconds=5)
        peer.clock.advance(4.9)
        assert peer.hears() == []
        peer.clock.advance(0.1)
        assert peer.hears() == [{"type": "heartbeat", "server_time": "2026-03-01T12:00:05Z"}]
        assert peer.session.heartbeat_at == peer.clock.monotonic() + 5

    def test_whatever_is_sent_puts_it_off(self) -> None:
        peer = peer_with(heartbeat_seconds=5)
        peer.clock.advance(4)
        peer.asks(type="ping")
        peer.hears()
        peer.clock.advance(4)
        assert peer.hears() == []
        peer.clock.advance(1.5)
        assert peer.hears() == [{"type": "heartbeat", "server_time": "2026-03-01T12:00:09.500000Z"}]


class TestEnding:
    def test_answers_still_go_out_and_topics_do_not(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0)])
        peer.read(state(1))
        peer.session.close(CloseCode.GOING_AWAY, "The server stops.", {"min_ms": 1, "max_ms": 2})
        assert peer.hears() == [
            {"type": "subscribed", "topics": [ALL_LEARNINGS]},
            {
                "type": "goodbye",
                "code": 1001,
                "reason": "The server stops.",
                "retry": {"min_ms": 1, "max_ms": 2},
            },
        ]
        assert peer.session.finished
        assert peer.hub.statistics().subscriptions == 0

    def test_nothing_follows_the_goodbye(self, peer: Peer) -> None:
        assert peer.session.finished is False
        peer.session.close(CloseCode.GOING_AWAY, "The server stops.")
        peer.hears()
        peer.asks(type="ping")
        peer.session.received_binary()
        peer.session.failed("internal", "Too late.")
        peer.clock.advance(100)
        assert peer.hears() == []

    def test_requests_behind_the_reason_to_end_are_not_looked_at(self, peer: Peer) -> None:
        peer.session.received_binary()
        assert peer.asks(type="delete_learning", id=LEARNING_ID) is None
        assert types(peer.hears()) == ["goodbye"]

    def test_the_first_reason_to_end_counts(self, peer: Peer) -> None:
        peer.session.received_binary()
        peer.session.close(CloseCode.GOING_AWAY, "The server stops.")
        assert [message["code"] for message in peer.hears()] == [4400]

    def test_a_connection_that_is_gone_holds_nothing(self, peer: Peer) -> None:
        peer.asks(type="subscribe", topics=[page(0), page(1)])
        peer.session.end()
        peer.session.end()
        assert peer.session.finished
        assert peer.session.texts() == []
        assert peer.session.statistics().topics == 0
        assert peer.hub.statistics().channels == 0
        assert peer.asks(type="ping") is None
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
