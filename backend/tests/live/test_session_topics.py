"""A session is sent the topics that it has asked for, and those alone."""

from __future__ import annotations

from groove_dashboard.live.version import encode, version_of
from tests.live.fakes import (
    ALL_LEARNINGS,
    AWAY,
    LEARNING_ID,
    NO_SUCH_LEARNING,
    page,
    state,
)
from tests.live.peer import Peer, peer_with, types


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
