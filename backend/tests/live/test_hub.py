"""The hub reads a topic once for all who watch it, as soon as it may have changed and no oftener than it may."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from groove_dashboard.live.hub import Hub, HubStatistics
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.version import encode, version_of
from tests.live.fakes import AWAY, LEARNINGS, NO_SUCH_LEARNING, OVERVIEW, FakeClock, another_list, page, state
from tests.live.grammar import said

if TYPE_CHECKING:
    from groove_dashboard.live.state import TopicFailure, TopicState
    from groove_dashboard.live.subscription import Question, Subscription
    from groove_dashboard.messages.types import DashboardTopic, Version

LIMITS = Limits(refresh_interval=0.1, read_retry_min=0.5, read_retry_max=5)


class Watcher:
    """One who subscribes, and notes what is owed."""

    def __init__(self, hub: Hub, clock: FakeClock, topic: DashboardTopic = LEARNINGS) -> None:
        self.hub = hub
        self.clock = clock
        self.owed: list[Subscription] = []
        self.is_woken = False
        self.subscription = hub.subscribe(topic, self._wake)

    def _wake(self) -> None:
        self.is_woken = True
        if self.subscription.due:
            self.owed.append(self.subscription)

    def ask(self, question: Question = "subscribe", held: Version | None = None) -> Watcher:
        self.hub.ask(self.subscription, question, held)
        return self

    def receives_all(self) -> list[dict[str, Any]]:
        """What goes out when all that is owed is sent."""
        messages = [message for one in self.owed for message in one.messages(self.clock.monotonic())]
        self.owed.clear()
        self.is_woken = False
        return [dict(said(message)) for message in messages]

    def receives(self) -> dict[str, Any] | None:
        """The same where that is one message; None for nothing."""
        messages = self.receives_all()
        assert len(messages) <= 1
        return messages[0] if messages else None


def version(total: int) -> Version:
    """The version of a state."""
    return version_of(encode(state(total).data))


def change(hub: Hub, clock: FakeClock, *results: TopicState | TopicFailure) -> None:
    """Everything may have changed, and all is read again."""
    clock.advance(1)
    hub.mark_all()
    read(hub, *results)


def read(hub: Hub, *results: TopicState | TopicFailure) -> None:
    """All that is due is read."""
    channels = hub.begin()
    assert channels, "nothing is due"
    hub.refreshed(channels, results)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def hub(clock: FakeClock) -> Hub:
    return Hub(LIMITS, clock, jitter=lambda: 0)


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


def test_a_read_brings_one_result_for_each_topic(hub: Hub, clock: FakeClock) -> None:
    for number in range(2):
        Watcher(hub, clock, page(number)).ask()
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        read(hub, state(1))


def test_what_several_reads_have_under_way_or_have_failed_at_is_added_up(hub: Hub, clock: FakeClock) -> None:
    Watcher(hub, clock, page(0)).ask()
    first = hub.begin()
    for number in (1, 2):
        Watcher(hub, clock, page(number)).ask()
    second = hub.begin()
    assert hub.statistics().reading == 3
    hub.refreshed(first, [AWAY])
    assert (hub.statistics().reading, hub.statistics().failures) == (2, 1)
    hub.refreshed(second, [AWAY, AWAY])
    assert (hub.statistics().reading, hub.statistics().failures) == (0, 3)


def test_nobody_is_woken_who_is_sent_nothing(hub: Hub, clock: FakeClock) -> None:
    watcher = Watcher(hub, clock).ask()
    read(hub, state(1))
    watcher.receives()
    assert not watcher.is_woken
    change(hub, clock, state(1))
    assert not watcher.is_woken
    change(hub, clock, AWAY)
    watcher.receives()
    clock.advance(1)
    read(hub, AWAY)
    assert not watcher.is_woken


def test_statistics_tell_how_those_who_came_back_went_on(hub: Hub, clock: FakeClock) -> None:
    Watcher(hub, clock).ask()
    read(hub, state(1))
    for total in (2, 3):
        change(hub, clock, state(total))
    for held in (version(3), version(3), version(2), version(1), "nobody knows", "nobody knows"):
        Watcher(hub, clock).ask("resume", held).receives_all()
    change(hub, clock, another_list("Something else. " * 50))
    for _ in range(2):
        Watcher(hub, clock).ask("resume", version(3)).receives()
    back = [Watcher(hub, clock, page(1)).ask("resume", version(1)) for _ in range(2)]
    read(hub, AWAY)
    for one in back:
        one.receives()
    clock.advance(1)
    read(hub, state(1))
    for one in back:
        one.receives()
    assert hub.statistics().resumptions == {
        "current": 2,
        "updates": 2,
        "snapshot_expired": 2,
        "snapshot_too_large": 2,
        "snapshot_after_failure": 2,
    }


def test_statistics_tell_how_often_one_who_fell_behind_was_sent_less(hub: Hub, clock: FakeClock) -> None:
    watcher = Watcher(hub, clock).ask()
    read(hub, state(1))
    watcher.receives()
    change(hub, clock, state(2))
    watcher.receives()
    assert hub.statistics().conflations == 0
    for total in (3, 5):
        change(hub, clock, state(total))
        change(hub, clock, state(total + 1))
        watcher.receives_all()
    assert hub.statistics().conflations == 2


def test_statistics_tell_what_there_is_and_what_was_done(hub: Hub, clock: FakeClock) -> None:
    for number in (0, 1, 1):
        Watcher(hub, clock, page(number)).ask()
    read(hub, state(1, seconds=0.125), AWAY)
    clock.advance(1)
    hub.mark(lambda topic: topic.get("offset") == 0)
    read(hub, state(1, seconds=0.0625), state(1))
    change(hub, clock, state(1), state(2))
    hub.mark_all()
    clock.advance(1)
    hub.begin()
    assert hub.statistics() == HubStatistics(
        channels=2,
        subscriptions=3,
        reading=2,
        failing=0,
        refreshes=5,
        changes=3,
        failures=1,
        read_seconds=0.1875,
        conflations=0,
        resumptions={},
    )
