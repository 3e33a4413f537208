"""Connections that have the same topics in the same states are told the same, which is found out once."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import orjson

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from tests.live.fakes import AWAY, FakeClock, Polling, page, state
from tests.live.grammar import CheckedSession
from tests.live.peer import peer_with, types

if TYPE_CHECKING:
    from groove_dashboard.live.state import TopicFailure, TopicState

LIMITS = Limits(refresh_interval=0.0, heartbeat_seconds=3600, history_updates=4)


class House:
    """Several sessions on one hub."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.hub = Hub(LIMITS, self.clock, jitter=lambda: 0)
        self.sessions: list[CheckedSession] = []

    def comes(self, *pages: int) -> CheckedSession:
        """One more, subscribed to these pages."""
        session = CheckedSession(self.hub, LIMITS, self.clock, server_version="1", subscriber=Polling())
        session.received(request(type="subscribe", topics=[page(number) for number in pages]))
        self.sessions.append(session)
        return session

    def read(self, *results: TopicState | TopicFailure) -> None:
        """Everything may have changed, and all is read again: the first results, the last of which is for the rest."""
        self.clock.advance(1)
        self.hub.mark_all()
        channels = self.hub.begin()
        rest = [results[-1]] * (len(channels) - len(results))
        self.hub.refreshed(channels, [*results, *rest])

    def take(self, session: CheckedSession) -> list[tuple[bytes, ...]]:
        return session.take(self.clock.monotonic())

    def settle(self) -> None:
        """All are sent what they are owed."""
        for session in self.sessions:
            while self.take(session):
                pass


def request(**request: Any) -> bytes:
    """What a client sends."""
    return orjson.dumps(request)


def test_the_messages_of_those_who_stand_together_are_one_object() -> None:
    house = House()
    sessions = [house.comes(0, 1, 2) for _ in range(3)]
    house.read(state(1))
    house.settle()
    house.read(state(2))
    (first,), (second,), (third,) = [house.take(session) for session in sessions]
    assert len(first) == 3
    assert first is second is third
    house.hub.positions.moved()
    assert len(house.hub.positions) == 1


def test_those_who_asked_in_another_order_stand_elsewhere() -> None:
    house = House()
    sessions = [house.comes(0, 1), house.comes(1, 0)]
    house.read(state(1))
    house.settle()
    assert len(house.hub.positions) == 2
    house.read(state(2))
    (first,), (second,) = [house.take(session) for session in sessions]
    assert first == second[::-1]


def test_one_that_fell_behind_is_brought_to_where_the_others_are() -> None:
    house = House()
    slow, fast = house.comes(0), house.comes(0)
    house.read(state(1))
    house.settle()
    for total in (2, 3):
        house.read(state(total))
        house.take(fast)
    assert slow.statistics().owed == 1
    ((_, _),) = house.take(slow)  # two updates
    house.read(state(4))
    (one,), (other,) = house.take(slow), house.take(fast)
    assert one is other
    assert house.hub.statistics().conflations == 1


def test_one_that_is_never_sent_anything_keeps_no_positions() -> None:
    house = House()
    _, fast = house.comes(0), house.comes(0)
    house.read(state(1))
    house.settle()
    for total in range(2, 100):
        house.read(state(total))
        house.take(fast)
    assert len(house.hub.positions) <= 3  # the slow one's, the last one and the one before


def test_nobody_leaves_a_position_behind() -> None:
    house = House()
    for pages in ((0,), (0, 1), (1,)):
        house.comes(*pages)
    house.read(state(1))
    house.settle()
    house.read(state(2))
    house.settle()
    for session in house.sessions:
        session.end()
    house.clock.advance(LIMITS.channel_linger)
    house.hub.begin()
    assert house.hub.statistics().channels == 0
    assert len(house.hub.positions) == 0


def test_those_who_come_and_go_while_nothing_changes_leave_nothing_behind() -> None:
    house = House()
    house.comes(*range(4))
    house.read(state(1))
    house.settle()
    for pages in permutations(range(4)):
        session = house.comes(*pages)
        house.settle()
        session.end()
    assert len(house.hub.positions) == 1


def test_a_failure_is_told_to_each_and_they_meet_again_behind_it() -> None:
    house = House()
    sessions = [house.comes(0, 1) for _ in range(2)]
    house.read(state(1))
    house.settle()
    house.read(AWAY, state(2))
    for session in sessions:
        (messages,) = house.take(session)
        assert len(messages) == 2  # an error and an update
        assert session.statistics().owed == 0
    house.clock.advance(10)
    house.read(state(3))
    house.settle()
    house.read(state(4))
    (first,), (second,) = [house.take(session) for session in sessions]
    assert first is second


def test_those_to_whom_a_topic_came_back_as_it_was_stand_together_again() -> None:
    house = House()
    sessions = [house.comes(0) for _ in range(2)]
    house.read(state(1))
    house.settle()
    house.read(AWAY)
    house.settle()
    house.clock.advance(10)
    house.read(state(1))
    house.settle()
    house.read(state(2))
    (first,), (second,) = [house.take(session) for session in sessions]
    assert first is second


def test_the_silence_after_which_a_heartbeat_is_due_begins_anew_with_what_all_are_sent() -> None:
    house = House()
    session = house.comes(0)
    house.read(state(1))
    house.settle()
    house.read(state(2))
    assert session.take_next()
    assert session.heartbeat_at == house.clock.monotonic() + LIMITS.heartbeat_seconds


def test_how_many_topics_are_owed_is_known_at_a_position() -> None:
    house = House()
    session = house.comes(0, 1, 2)
    house.read(state(1))
    house.settle()
    assert session.statistics().owed == 0
    house.read(state(2), state(1))
    assert session.statistics().owed == 1
    house.settle()
    assert session.statistics().owed == 0


def test_who_unsubscribes_from_one_topic_goes_on_with_the_others_from_where_it_was() -> None:
    house = House()
    session = house.comes(0, 1)
    house.read(state(1))
    house.settle()
    house.read(state(2))
    session.received(request(type="unsubscribe", topics=[page(0)]))
    (_, (update,)) = house.take(session)
    assert b'"type":"update"' in update


def test_a_change_that_would_make_a_batch_too_large_is_sent_in_parts() -> None:
    house = House()
    house.hub = Hub(Limits(refresh_interval=0.0, max_batch_bytes=1), house.clock)
    session = CheckedSession(
        house.hub,
        Limits(refresh_interval=0.0, max_batch_bytes=1),
        house.clock,
        server_version="1",
        subscriber=Polling(),
    )
    session.received(request(type="subscribe", topics=[page(0), page(1)]))
    house.read(state(1))
    while house.take(session):
        pass
    house.read(state(2))
    assert [len(messages) for messages in house.take(session)] == [1]
    assert [len(messages) for messages in house.take(session)] == [1]
    assert house.take(session) == []


def test_once_all_is_sent_nobody_is_woken_however_large_the_last_frame_was() -> None:
    peer = peer_with(max_batch_bytes=1, heartbeat_seconds=60)
    peer.asks(type="subscribe", topics=[page(0)])
    peer.read(state(1))
    peer.hears()
    woken = peer.woken
    assert peer.hears() == []
    assert peer.woken == woken
    peer.clock.advance(60)
    assert types(peer.hears()) == ["heartbeat"]
