"""A session answers each request as the protocol says, and knows when to end the connection."""

from __future__ import annotations

from typing import Any

import pytest

from groove_dashboard.live.session import ActionRequest
from groove_dashboard.messages.protocol import CloseCode
from groove_dashboard.messages.validators import SCHEMA_HASH
from tests.live.fakes import (
    ALL_LEARNINGS,
    LEARNING_ID,
    page,
    state,
)
from tests.live.peer import Peer, peer_with, types


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
