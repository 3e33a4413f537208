"""Who asks the hub for a topic gets what it holds, what was missed, or the next state that is read."""

from __future__ import annotations

import pytest

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.version import encode, version_of
from tests.live.fakes import LEARNINGS, FakeClock, page, state
from tests.live.watching import LIMITS, Watcher, change, read, version


class TestSubscribing:
    def test_a_topic_that_nobody_watched_is_read_at_once_and_then_owed(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        assert watcher.receives() is None
        assert hub.next_due() is not None
        read(hub, state(1))
        assert watcher.receives() == {
            "type": "snapshot",
            "topic": {"topic": "learnings", "filters": {}, "limit": 100, "offset": 0, "sort": "recency"},
            "version": version_of(encode(state(1).data)),
            "data": state(1).data,
            "reason": "initial",
        }
        assert hub.next_due() is None

    def test_a_second_watcher_is_served_from_the_state_at_hand(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1))
        snapshot = Watcher(hub, clock, {"topic": "learnings", "limit": 100}).ask().receives()
        assert snapshot is not None
        assert snapshot["reason"] == "initial"
        assert hub.begin() == []

    def test_a_state_that_may_have_changed_since_it_was_read_will_not_do(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1))
        hub.mark(lambda _: True)
        late = Watcher(hub, clock).ask()
        assert late.receives() is None
        clock.advance(0.1)
        read(hub, state(2))
        snapshot = late.receives()
        assert snapshot is not None
        assert (snapshot["type"], snapshot["version"]) == ("snapshot", version(2))

    def test_a_read_that_began_before_a_change_does_not_answer_one_who_asked_after_it(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        early = Watcher(hub, clock).ask()
        under_way = hub.begin()
        hub.mark(lambda _: True)
        late = Watcher(hub, clock).ask()
        hub.refreshed(under_way, [state(1)])
        assert early.receives() is not None
        assert late.receives() is None
        clock.advance(0.1)
        read(hub, state(1))
        assert late.receives() is not None
        assert early.receives() is None

    def test_a_read_under_way_answers_one_who_asks_when_nothing_has_changed_since_it_began(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        Watcher(hub, clock).ask()
        under_way = hub.begin()
        late = Watcher(hub, clock).ask()
        assert hub.begin() == []
        hub.refreshed(under_way, [state(1)])
        assert late.receives() is not None

    def test_asking_again_brings_the_state_again(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        first = watcher.receives()
        assert watcher.ask().receives() == first

    def test_a_channel_without_a_state_ends_with_its_last_subscription(self, hub: Hub, clock: FakeClock) -> None:
        watchers = [Watcher(hub, clock).ask() for _ in range(2)]
        for watcher in watchers:
            assert hub.statistics().channels == 1
            hub.unsubscribe(watcher.subscription)
            hub.unsubscribe(watcher.subscription)
        assert hub.statistics().channels == 0
        assert hub.begin() == []

    def test_what_a_read_brings_for_a_channel_that_has_ended_is_dropped(self, hub: Hub, clock: FakeClock) -> None:
        gone = Watcher(hub, clock).ask()
        under_way = hub.begin()
        hub.unsubscribe(gone.subscription)
        fresh = Watcher(hub, clock).ask()
        hub.refreshed(under_way, [state(1, clock.now())])
        assert (gone.receives(), fresh.receives()) == (None, None)
        read(hub, state(2))
        assert fresh.receives() is not None


class TestResuming:
    def test_the_newest_version_is_current(self, hub: Hub, clock: FakeClock) -> None:
        version = version_of(encode(state(1).data))
        watcher = Watcher(hub, clock).ask("resume", version)
        assert watcher.receives() is None  # a hub that has just started must read before it can tell
        read(hub, state(1))
        assert watcher.receives() == {
            "type": "current",
            "topic": watcher.subscription.channel.topic,
            "version": version,
        }

    def test_another_version_has_expired(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask("resume", "no version of ours")
        read(hub, state(1))
        snapshot = watcher.receives()
        assert snapshot is not None
        assert snapshot["reason"] == "expired"

    def test_after_current_only_changes_are_sent(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask("resume", version_of(encode(state(1).data)))
        read(hub, state(1))
        watcher.receives()
        hub.mark(lambda _: True)
        clock.advance(1)
        read(hub, state(1))
        assert watcher.receives() is None
        hub.mark(lambda _: True)
        clock.advance(1)
        read(hub, state(2))
        update = watcher.receives()
        assert update is not None
        assert (update["type"], update["base"], update["version"]) == ("update", version(1), version(2))

    def test_what_was_missed_is_sent_in_order(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1))
        for total in (2, 3):
            change(hub, clock, state(total))
        for _ in range(2):  # one who was away, and another who was away for as long
            updates = Watcher(hub, clock).ask("resume", version(1)).receives_all()
            assert [(one["base"], one["version"]) for one in updates] == [
                (version(1), version(2)),
                (version(2), version(3)),
            ]
            assert [one["patch"] for one in updates] == [
                [{"op": "replace", "path": "/total", "value": n}] for n in (2, 3)
            ]

    def test_one_who_has_received_nothing_since_the_snapshot_can_resume_twice(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        change(hub, clock, state(2))
        watcher.owed.clear()  # the connection broke before it went out
        for _ in range(2):
            again = Watcher(hub, clock).ask("resume", version(1)).receives()
            assert again is not None
            assert again["base"] == version(1)

    def test_what_counts_is_when_the_topic_was_in_that_state_last(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1))
        for total in (2, 1, 3):
            change(hub, clock, state(total))
        update = Watcher(hub, clock).ask("resume", version(1)).receives()
        assert update is not None
        assert (update["base"], update["version"]) == (version(1), version(3))

    def test_a_topic_that_is_back_in_the_state_that_is_held_is_current(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1))
        for total in (2, 1):
            change(hub, clock, state(total))
        current = Watcher(hub, clock).ask("resume", version(1)).receives()
        assert current is not None
        assert current["type"] == "current"

    def test_more_than_a_snapshot_would_take_is_sent_as_a_snapshot(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(0))
        for total in range(1, 8):
            change(hub, clock, state(total))
        snapshot = Watcher(hub, clock).ask("resume", version(0)).receives()
        assert snapshot is not None
        assert (snapshot["type"], snapshot["reason"]) == ("snapshot", "too_large")

    @pytest.mark.parametrize(
        "limits", [Limits(history_updates=1), Limits(history_seconds=1.5), Limits(history_bytes=400)]
    )
    def test_what_has_left_the_history_has_expired(self, clock: FakeClock, limits: Limits) -> None:
        hub = Hub(limits, clock)
        Watcher(hub, clock).ask()
        read(hub, state(1))
        change(hub, clock, state(2))
        change(hub, clock, state(3))
        clock.advance(1)
        kept = Watcher(hub, clock).ask("resume", version(2)).receives()
        assert kept is not None
        assert kept["type"] == "update"
        gone = Watcher(hub, clock).ask("resume", version(1)).receives()
        assert gone is not None
        assert (gone["type"], gone["reason"]) == ("snapshot", "expired")

    def test_another_process_answers_from_the_data_alone(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        other = Hub(LIMITS, clock)
        same = Watcher(other, clock, LEARNINGS).ask("resume", version(1))
        behind = Watcher(other, clock, LEARNINGS).ask("resume", version(7))
        read(other, state(1))
        assert [(one.receives() or {}).get("type") for one in (same, behind)] == ["current", "snapshot"]


class TestLingering:
    def test_one_who_comes_back_in_time_is_sent_what_was_missed(self, hub: Hub, clock: FakeClock) -> None:
        gone = Watcher(hub, clock).ask()
        read(hub, state(1))
        hub.unsubscribe(gone.subscription)
        change(hub, clock, state(2))
        update = Watcher(hub, clock).ask("resume", version(1)).receives()
        assert update is not None
        assert update["type"] == "update"

    def test_after_that_the_topic_is_not_read_any_more(self, hub: Hub, clock: FakeClock) -> None:
        gone = Watcher(hub, clock).ask()
        read(hub, state(1))
        hub.unsubscribe(gone.subscription)
        assert hub.next_due() == clock.monotonic() + 120
        hub.mark_all()
        clock.advance(120)
        assert hub.begin() == []
        assert (hub.statistics().channels, hub.next_due()) == (0, None)

    def test_one_who_came_back_keeps_it(self, hub: Hub, clock: FakeClock) -> None:
        gone = Watcher(hub, clock).ask()
        read(hub, state(1))
        hub.unsubscribe(gone.subscription)
        Watcher(hub, clock).ask()
        clock.advance(200)
        hub.begin()
        assert hub.statistics().channels == 1

    def test_only_so_many_are_kept_and_the_one_left_for_longest_goes_first(self, clock: FakeClock) -> None:
        hub = Hub(Limits(lingering_channels=1), clock)
        watchers = [Watcher(hub, clock, page(number)).ask() for number in range(2)]
        read(hub, state(1), state(1))
        for watcher in watchers:
            clock.advance(1)
            hub.unsubscribe(watcher.subscription)
        hub.mark_all()
        assert [channel.topic.get("offset") for channel in hub.begin()] == [1]
