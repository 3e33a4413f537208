"""The hub tells a topic's failure to those who watch it, and reads it again after growing pauses."""

from __future__ import annotations

import pytest

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.version import encode, version_of
from tests.live.fakes import AWAY, NO_SUCH_LEARNING, FakeClock, state
from tests.live.watching import LIMITS, Watcher, read


class TestFailures:
    def test_an_unavailable_topic_is_told_once_and_read_again_ever_later(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, AWAY)
        assert watcher.receives() == {
            "type": "error",
            "code": "unavailable",
            "message": "The database is away.",
            "topic": watcher.subscription.channel.topic,
            "retry_after_ms": 500,
        }
        for delay in (0.5, 1, 2, 4, 5, 5):
            due = hub.next_due()
            assert due == pytest.approx(clock.monotonic() + delay)
            assert hub.begin() == []
            clock.advance(delay)
            read(hub, AWAY)
            assert watcher.receives() is None
        assert hub.statistics().failing == 1

    def test_many_failures_do_not_overflow_the_delay(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        for _ in range(2000):
            read(hub, AWAY)
            clock.advance(5)
        assert hub.next_due() is not None

    def test_chance_halves_the_delay_at_most(self, clock: FakeClock) -> None:
        hub = Hub(LIMITS, clock, jitter=lambda: 1)
        Watcher(hub, clock).ask()
        read(hub, AWAY)
        assert hub.next_due() == pytest.approx(clock.monotonic() + 0.25)

    def test_once_it_can_be_read_again_the_first_state_is_still_the_initial_one(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, AWAY)
        watcher.receives()
        clock.advance(0.5)
        read(hub, state(1))
        snapshot = watcher.receives()
        assert snapshot is not None
        assert snapshot["reason"] == "initial"

    def test_after_a_failure_the_state_is_sent_even_if_it_is_what_it_was(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        clock.advance(1)
        hub.mark_all()
        read(hub, AWAY)
        error = watcher.receives()
        assert error is not None
        assert error["type"] == "error"
        clock.advance(0.5)
        read(hub, state(1))
        snapshot = watcher.receives()
        assert snapshot is not None
        assert (snapshot["type"], snapshot["version"]) == ("snapshot", version_of(encode(state(1).data)))
        assert "reason" not in snapshot

    def test_one_who_resumed_into_a_failure_is_sent_the_state_it_holds(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask("resume", version_of(encode(state(1).data)))
        read(hub, AWAY)
        watcher.receives()
        clock.advance(0.5)
        read(hub, state(1))
        snapshot = watcher.receives()
        assert snapshot is not None
        assert snapshot["type"] == "snapshot"
        assert "reason" not in snapshot

    def test_a_failure_that_passed_before_it_was_told_is_not_told(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, AWAY)
        clock.advance(0.5)
        read(hub, state(1))
        snapshot = watcher.receives()
        assert snapshot is not None
        assert snapshot["type"] == "snapshot"

    def test_one_who_asks_during_a_failure_is_told_at_once(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, AWAY)
        clock.advance(0.2)
        error = Watcher(hub, clock).ask().receives()
        assert error is not None
        assert (error["code"], error["retry_after_ms"]) == ("unavailable", 300)

    def test_the_time_that_is_told_is_the_time_that_is_left_to_the_millisecond(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        Watcher(hub, clock).ask()
        for _ in range(5):
            read(hub, AWAY)
            clock.advance(5)
        read(hub, AWAY)
        for passed, left in ((0, 5000), (4.75, 250), (0.25, 0), (3, 0)):
            clock.advance(passed)
            error = Watcher(hub, clock).ask().receives()
            assert error is not None
            assert error["retry_after_ms"] == left

    def test_one_who_asks_again_during_a_failure_is_told_again(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, AWAY)
        assert watcher.receives() is not None
        assert watcher.ask().receives() is not None

    def test_a_change_does_not_hasten_the_next_try_but_news_that_the_database_is_back_does(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, AWAY)
        watcher.receives()
        hub.mark(lambda _: True)
        assert hub.begin() == []
        hub.mark_all()
        read(hub, state(1))
        assert watcher.receives() is not None

    def test_a_topic_that_is_no_more_is_told_once_and_ends(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        clock.advance(1)
        hub.mark_all()
        read(hub, NO_SUCH_LEARNING)
        assert watcher.receives() == {
            "type": "error",
            "code": "not_found",
            "message": "There is no such learning.",
            "topic": watcher.subscription.channel.topic,
        }
        assert watcher.subscription.channel.ended
        assert hub.statistics().channels == 0
        hub.mark_all()
        assert hub.begin() == []

    def test_one_who_was_told_that_it_is_unavailable_is_told_that_it_is_no_more(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, AWAY)
        watcher.receives()
        clock.advance(0.5)
        read(hub, NO_SUCH_LEARNING)
        error = watcher.receives()
        assert error is not None
        assert error["code"] == "not_found"

    def test_whoever_subscribes_to_it_again_makes_it_be_read_again(self, hub: Hub, clock: FakeClock) -> None:
        ended = Watcher(hub, clock).ask()
        read(hub, NO_SUCH_LEARNING)
        watcher = Watcher(hub, clock).ask()
        hub.unsubscribe(ended.subscription)
        read(hub, state(1))
        assert watcher.receives() is not None

    def test_a_failure_of_a_channel_that_has_ended_is_dropped(self, hub: Hub, clock: FakeClock) -> None:
        gone = Watcher(hub, clock).ask()
        under_way = hub.begin()
        hub.unsubscribe(gone.subscription)
        hub.refreshed(under_way, [AWAY])
        assert hub.next_due() is None
        assert gone.owed == []

    def test_that_a_channel_which_has_ended_is_no_more_does_not_end_the_one_that_came_after_it(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        gone = Watcher(hub, clock).ask()
        under_way = hub.begin()
        hub.unsubscribe(gone.subscription)
        fresh = Watcher(hub, clock).ask()
        hub.refreshed(under_way, [NO_SUCH_LEARNING])
        assert (gone.receives(), fresh.receives()) == (None, None)
        read(hub, state(1))
        assert fresh.receives() is not None
