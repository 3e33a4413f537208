"""The hub reads a topic once for all who watch it, as soon as it may have changed and no oftener than it may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from tests.live.fakes import OVERVIEW, FakeClock, another_list, page, state
from tests.live.watching import Watcher, change, read, version


class TestRefreshing:
    def test_only_topics_that_are_affected_are_read(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        Watcher(hub, clock, OVERVIEW).ask()
        read(hub, state(1), state(2))
        clock.advance(1)
        hub.mark(lambda topic: topic["topic"] == "overview")
        assert [channel.topic for channel in hub.begin()] == [OVERVIEW]

    def test_topics_marked_together_are_due_together(self, hub: Hub, clock: FakeClock) -> None:
        for number in range(3):
            Watcher(hub, clock, page(number)).ask()
        read(hub, state(1), state(1), state(1))
        clock.advance(1)
        hub.mark_all()
        assert len(hub.begin()) == 3
        assert hub.statistics().reading == 3

    def test_an_idle_topic_waits_for_one_that_was_just_read_when_both_have_changed(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        for number in range(2):
            Watcher(hub, clock, page(number)).ask()
        read(hub, state(1), state(1))
        clock.advance(1)
        hub.mark(lambda topic: topic.get("offset") == 0)
        read(hub, state(2))
        clock.advance(0.04)
        hub.mark(lambda _: True)
        assert hub.begin() == []
        clock.advance(0.06)
        assert len(hub.begin()) == 2

    def test_it_waits_for_one_that_is_being_read_as_long(self, hub: Hub, clock: FakeClock) -> None:
        for number in range(2):
            Watcher(hub, clock, page(number)).ask()
        read(hub, state(1), state(1))
        clock.advance(1)
        hub.mark(lambda topic: topic.get("offset") == 0)
        under_way = hub.begin()
        hub.mark(lambda _: True)
        assert hub.begin() == []
        hub.refreshed(under_way, [state(2)])
        clock.advance(0.1)
        assert len(hub.begin()) == 2

    def test_it_waits_until_that_one_may_be_read_again(self, hub: Hub, clock: FakeClock) -> None:
        for number in range(2):
            Watcher(hub, clock, page(number)).ask()
        read(hub, state(1, seconds=0.05), state(1))  # a quarter of the time: every 0.2 s
        clock.advance(0.15)
        hub.mark(lambda _: True)
        assert hub.begin() == []
        clock.advance(0.05)
        assert len(hub.begin()) == 2

    def test_it_does_not_wait_for_one_that_takes_long_to_read(self, hub: Hub, clock: FakeClock) -> None:
        for number in range(2):
            Watcher(hub, clock, page(number)).ask()
        read(hub, state(1, seconds=5), state(1))
        clock.advance(1)
        hub.mark(lambda _: True)
        assert [channel.topic.get("offset") for channel in hub.begin()] == [1]

    def test_an_idle_topic_is_due_at_once_and_a_busy_one_after_the_interval(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1))
        clock.advance(10)
        hub.mark(lambda _: True)
        read(hub, state(2))
        hub.mark(lambda _: True)
        assert hub.begin() == []
        assert hub.next_due() == clock.monotonic() + 0.1
        clock.advance(0.1)
        read(hub, state(3))

    def test_a_topic_that_takes_long_to_read_is_read_a_quarter_of_the_time_at_most(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        Watcher(hub, clock).ask()
        under_way = hub.begin()
        clock.advance(0.5)
        hub.refreshed(under_way, [state(1, seconds=0.5)])
        hub.mark_all()
        assert hub.next_due() == pytest.approx(clock.monotonic() + 1.5)

    def test_a_topic_is_never_in_two_reads_at_once(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        under_way = hub.begin()
        hub.mark_all()
        clock.advance(10)
        assert hub.begin() == []
        hub.refreshed(under_way, [state(1)])
        clock.advance(0.1)
        assert hub.begin() == under_way

    def test_a_state_that_did_not_change_is_not_sent_again(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        clock.advance(1)
        hub.mark_all()
        read(hub, state(1))
        assert watcher.owed == []

    def test_a_change_is_sent_as_a_patch_of_what_was_sent_last(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        change(hub, clock, state(2))
        assert watcher.receives() == {
            "type": "update",
            "topic": watcher.subscription.channel.topic,
            "base": version(1),
            "version": version(2),
            "patch": [{"op": "replace", "path": "/total", "value": 2}],
        }

    def test_a_change_of_nearly_everything_is_sent_as_a_snapshot(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        change(hub, clock, another_list("Something else. " * 50))
        snapshot = watcher.receives()
        assert snapshot is not None
        assert (snapshot["type"], snapshot["reason"]) == ("snapshot", "too_large")

    def test_one_who_fell_behind_a_little_is_sent_what_was_missed(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        for total in (2, 3):
            change(hub, clock, state(total))
        assert [one["version"] for one in watcher.receives_all()] == [version(2), version(3)]

    def test_one_who_fell_behind_by_more_than_is_remembered_is_sent_the_newest_state_alone(
        self, clock: FakeClock
    ) -> None:
        hub = Hub(Limits(history_updates=1), clock)
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        for total in (2, 3, 4):
            change(hub, clock, state(total))
        snapshot = watcher.receives()
        assert snapshot is not None
        assert (snapshot["version"], snapshot["reason"]) == (version(4), "slow")

    def test_one_who_fell_behind_is_sent_nothing_where_the_state_is_what_it_was(
        self, hub: Hub, clock: FakeClock
    ) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1))
        watcher.receives()
        for total in (2, 1):
            clock.advance(1)
            hub.mark_all()
            read(hub, state(total))
        assert watcher.receives() is None

    def test_all_subscribers_share_one_encoding(self, hub: Hub, clock: FakeClock) -> None:
        watchers = [Watcher(hub, clock).ask() for _ in range(2)]
        read(hub, state(1))
        for _ in range(2):  # the snapshot, and then an update
            (first,), (second,) = (one.subscription.messages(clock.monotonic()) for one in watchers)
            assert first is second
            change(hub, clock, state(2))

    def test_whoever_drives_the_hub_is_woken_when_something_becomes_due(self, hub: Hub, clock: FakeClock) -> None:
        woken: list[None] = []
        hub.wake = lambda: woken.append(None)
        watcher = Watcher(hub, clock).ask()
        assert len(woken) == 1
        read(hub, state(1))
        hub.mark(lambda _: False)
        watcher.ask()
        assert len(woken) == 1
        hub.mark(lambda _: True)
        assert len(woken) == 2


class TestTime:
    def test_a_topic_whose_data_change_with_the_clock_is_read_at_that_moment(self, hub: Hub, clock: FakeClock) -> None:
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1, clock.now() + timedelta(seconds=20)))
        watcher.receives()
        due = hub.next_due()
        assert due == pytest.approx(clock.monotonic() + 20)
        clock.advance(19.9)
        assert hub.begin() == []
        clock.advance(0.1)
        read(hub, state(2))
        assert watcher.receives() is not None
        assert hub.next_due() is None

    def test_a_later_moment_is_looked_at_anew_each_half_minute(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1, clock.now() + timedelta(hours=12)))
        assert hub.next_due() == clock.monotonic() + 30

    def test_each_topic_has_its_own_moment(self, hub: Hub, clock: FakeClock) -> None:
        for number in range(3):
            Watcher(hub, clock, page(number)).ask()
        moments = [clock.now() + timedelta(seconds=seconds) for seconds in (10, 5)]
        read(hub, state(1, moments[0]), state(1, moments[1]), state(1))
        clock.advance(5)
        read(hub, state(2))
        assert hub.next_due() == pytest.approx(clock.monotonic() + 5)
        clock.advance(5)
        read(hub, state(2))

    def test_one_who_asks_at_that_moment_is_not_served_from_the_state_at_hand(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1, clock.now() + timedelta(seconds=5)))
        clock.advance(5)
        late = Watcher(hub, clock).ask()
        assert late.receives() is None
        read(hub, state(2))
        assert late.receives() is not None

    def test_a_moment_that_has_passed_already_makes_no_busy_loop(self, hub: Hub, clock: FakeClock) -> None:
        Watcher(hub, clock).ask()
        read(hub, state(1, clock.now() - timedelta(seconds=1)))
        assert hub.next_due() == clock.monotonic()
        assert hub.begin() == []
        assert hub.next_due() == clock.monotonic() + 0.1

    def test_the_moment_of_a_channel_that_has_ended_is_forgotten(self, clock: FakeClock) -> None:
        hub = Hub(Limits(channel_linger=1), clock)
        watcher = Watcher(hub, clock).ask()
        read(hub, state(1, clock.now() + timedelta(seconds=5)))
        hub.unsubscribe(watcher.subscription)
        clock.advance(5)
        assert hub.begin() == []
        assert hub.next_due() is None
