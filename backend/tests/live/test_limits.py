"""Every bound of the live part is one that a test has seen at work, at another value than that of every day."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from tests.live.fakes import FakeClock, state
from tests.live.peer import peer_with
from tests.live.watching import Watcher, change, read

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_some_test_chooses_every_bound(name: str) -> None:
    chosen = re.compile(rf"\b{name}(=|\": )\S")
    assert any(chosen.search(file.read_text("utf-8")) for file in TESTS.rglob("*.py"))


@pytest.mark.parametrize(("share", "pause"), [(0.5, 0.5), (0.1, 4.5)])
def test_the_share_of_the_time_for_which_a_topic_is_read_is_bounded(share: float, pause: float) -> None:
    clock = FakeClock()
    hub = Hub(Limits(refresh_share=share), clock)
    Watcher(hub, clock).ask()
    under_way = hub.begin()
    clock.advance(0.5)
    hub.refreshed(under_way, [state(1, seconds=0.5)])
    hub.mark_all()
    assert hub.next_due() == pytest.approx(clock.monotonic() + pause)


@pytest.mark.parametrize(("share", "told"), [(0.6, "update"), (0.01, "snapshot")])
def test_a_patch_may_have_a_share_of_the_bytes_of_the_data(share: float, told: str) -> None:
    clock = FakeClock()
    hub = Hub(Limits(update_share=share), clock)
    watcher = Watcher(hub, clock).ask()
    read(hub, state(1))
    watcher.receives()
    change(hub, clock, state(2))
    message = watcher.receives()
    assert message is not None
    assert message["type"] == told
    assert message.get("reason") == (None if told == "update" else "too_large")


def test_the_welcome_says_within_which_time_to_come_back() -> None:
    peer = peer_with(retry_min_ms=7, retry_max_ms=70)
    peer.session.open()
    [welcome] = peer.hears()
    assert welcome["retry"] == {"min_ms": 7, "max_ms": 70}
