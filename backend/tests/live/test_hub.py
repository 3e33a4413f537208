"""The hub wakes those alone who are sent something, and tells what there is and what was done."""

from __future__ import annotations

import pytest

from groove_dashboard.live.hub import Hub, HubStatistics
from tests.live.fakes import AWAY, FakeClock, another_list, page, state
from tests.live.watching import Watcher, change, read, version


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
