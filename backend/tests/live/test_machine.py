"""Whatever happens in whatever order, a client that takes what it is sent ends up with the state of the facts.

A naive model plays the facts, the reads and some clients against one hub. Nothing waits and nothing is concurrent:
reads begin and end when the machine says so, and a client takes a frame when the machine says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from tests.live.believer import GONE, STATES, Believer
from tests.live.fakes import AWAY, NO_SUCH_LEARNING, FakeClock, Polling
from tests.live.grammar import CheckedSession

if TYPE_CHECKING:
    from groove_dashboard.live.channel import Channel
    from groove_dashboard.live.state import TopicFailure, TopicState
    from groove_dashboard.live.topic import TopicKey
    from groove_dashboard.messages.types import DashboardTopic

TOPICS = 3
CLIENTS = 4
LIMITS = Limits(
    message_burst=10**9,
    max_batch_bytes=1500,
    history_updates=4,
    history_seconds=5,
    history_bytes=700,
    channel_linger=8,
    lingering_channels=1,
    snapshots_at_once=10**9,
)

topics = st.integers(0, TOPICS - 1)
several = st.sets(topics, min_size=1)
clients = st.integers(0, CLIENTS - 1)
values = st.integers(0, len(STATES) - 1)


@dataclass
class Reading:
    """A read that is under way, and the facts as it saw them."""

    channels: list[Channel]
    seen: list[int]


class LiveMachine(RuleBasedStateMachine):
    """The hub and its sessions against the model."""

    reached: ClassVar[Counter[str]] = Counter()
    """Counts what has been sent in all runs."""

    @initialize()
    def start(self) -> None:
        self.clock = FakeClock()
        self.hub = Hub(LIMITS, self.clock, jitter=lambda: 0)
        self.facts: list[list[int]] = [[0] for _ in range(TOPICS)]
        self.readings: list[Reading] = []
        self.channels: dict[TopicKey, Channel] = {}
        self.clients = [self._client() for _ in range(CLIENTS)]
        for client in self.clients:
            client.subscribe(range(TOPICS))

    def _client(self) -> Believer:
        session = CheckedSession(self.hub, LIMITS, self.clock, server_version="1", subscriber=Polling())
        return Believer(session, self.facts, self.reached)

    @rule(number=topics, value=values)
    def a_fact_changes(self, number: int, value: int) -> None:
        self.facts[number].append(value)
        self.hub.mark(lambda topic: _number(topic) == number)

    @rule(number=topics, changes=st.lists(values, min_size=2, max_size=6), late=st.sets(clients, min_size=1))
    def facts_change_and_reach_whoever_does_not_stall(self, number: int, changes: list[int], late: set[int]) -> None:
        """Some after each change, the others after all of them: what the finer steps would rarely add up to."""
        for value in changes:
            self.a_fact_changes(number, value)
            self._all_is_read()
            self._all_drain(set(range(CLIENTS)) - late)
        self._all_drain(late)

    @rule(number=topics, value=values, who=clients)
    def a_client_asks_after_a_fact_that_a_read_has_not_seen(self, number: int, value: int, who: int) -> None:
        self.hub.mark_all()
        self.clock.advance(0.1)
        self.a_read_begins()
        self.a_fact_changes(number, value)
        self.clients[who].subscribe([number])
        self._all_ends()
        self._all_drain({who})

    @rule()
    def the_database_is_away(self) -> None:
        self.hub.mark_all()
        self._all_is_read(works=False)
        self._all_drain(set(range(CLIENTS)))

    @rule(number=topics)
    def a_topic_is_no_more(self, number: int) -> None:
        self.a_fact_changes(number, GONE)

    @rule()
    def news_was_missed(self) -> None:
        self.hub.mark_all()

    @rule(seconds=st.sampled_from([0.05, 0.1, 3, 10]))
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule()
    def a_read_begins(self) -> None:
        channels = self.hub.begin()
        if channels:
            under_way = {channel.key for reading in self.readings for channel in reading.channels if _lives(channel)}
            assert under_way.isdisjoint(channel.key for channel in channels), "a topic is in two reads"
            seen = [self.facts[_number(channel.topic)][-1] for channel in channels]
            self.readings.append(Reading(channels, seen))
            self.channels.update((channel.key, channel) for channel in channels)

    @precondition(lambda self: self.readings)
    @rule(data=st.data(), works=st.sampled_from([True, True, True, False]))
    def a_read_ends(self, data: st.DataObject, works: bool) -> None:  # noqa: FBT001 - drawn by name
        self._end(self.readings.pop(data.draw(st.integers(0, len(self.readings) - 1))), works=works)

    def _end(self, reading: Reading, *, works: bool = True) -> None:
        self.hub.refreshed(reading.channels, [_result(value) if works else AWAY for value in reading.seen])

    def _all_is_read(self, *, works: bool = True) -> None:
        self.clock.advance(0.1)
        self.a_read_begins()
        self._all_ends(works=works)

    def _all_ends(self, *, works: bool = True) -> None:
        while self.readings:
            self._end(self.readings.pop(0), works=works)

    def _all_drain(self, who: set[int]) -> None:
        for one in sorted(who):
            if not self.clients[one].stalled:
                self.clients[one].drain()

    @rule(who=clients, numbers=several)
    def a_client_subscribes(self, who: int, numbers: set[int]) -> None:
        self.clients[who].subscribe(sorted(numbers))

    @rule(who=clients, held=st.dictionaries(topics, values, min_size=1))
    def a_client_resumes_from_anything(self, who: int, held: dict[int, int]) -> None:
        self.clients[who].resume(held)

    @rule(who=clients, numbers=several)
    def a_client_unsubscribes(self, who: int, numbers: set[int]) -> None:
        self.clients[who].unsubscribe(sorted(numbers))

    @rule(who=clients)
    def a_client_stalls(self, who: int) -> None:
        self.clients[who].stalled = True

    @rule(who=clients)
    def a_client_drains(self, who: int) -> None:
        self.clients[who].stalled = False
        self.clients[who].drain()

    @rule(who=clients, frames=st.integers(1, 3))
    def a_client_takes_frames(self, who: int, frames: int) -> None:
        for _ in range(frames):
            self.clients[who].take()

    @rule(who=clients)
    def a_client_goes_and_another_comes(self, who: int) -> None:
        self.clients[who].session.end()
        self.clients[who] = self._client()

    @rule(who=clients, lost=st.integers(0, 2))
    def a_client_is_cut_off_and_comes_back(self, who: int, lost: int) -> None:
        """What was sent last may never have arrived."""
        for _ in range(lost):
            self.clients[who].session.texts()
        self.clients[who].session.end()
        self.clients[who] = self._client().come_back(self.clients[who])

    @rule()
    def the_server_is_restarted(self) -> None:
        """Or: all clients come back to another process, which has its own hub and no history."""
        self.hub = Hub(LIMITS, self.clock, jitter=lambda: 0)
        self.readings.clear()
        self.channels.clear()
        self.clients = [self._client().come_back(client) for client in self.clients]

    @rule()
    def all_is_quiet_in_the_end(self) -> None:
        """Every read ends well and all clients take all: then each holds what a newcomer is sent: the facts."""
        newcomer = self._client()
        newcomer.subscribe(range(TOPICS))
        while self.readings or self.hub.next_due() is not None:
            while self.readings:
                self._end(self.readings.pop())
            self.clock.advance(10)
            self.a_read_begins()
        for client in (newcomer, *self.clients):
            client.stalled = False
            client.drain()
            client.knows_all()
            assert client.subscribed.items() <= newcomer.subscribed.items()
            self.reached["drained"] += 1
        newcomer.session.end()
        assert self.hub.statistics().reading == 0

    @invariant()
    def what_is_owed_is_bounded(self) -> None:
        for client in self.clients:
            client.is_within_bounds()

    @invariant()
    def the_history_is_bounded(self) -> None:
        for channel in self.channels.values():
            assert len(channel.history) <= LIMITS.history_updates
            assert channel.history.size <= LIMITS.history_bytes

    @invariant()
    def only_watched_topics_and_one_that_was_have_a_channel(self) -> None:
        statistics = self.hub.statistics()
        watched = {number for client in self.clients for number in client.subscribed}
        assert statistics.channels <= len(watched) + LIMITS.lingering_channels
        # A topic that is no more stays with the clients until they are told.
        assert statistics.subscriptions <= sum(client.session.statistics().topics for client in self.clients)


def _number(topic: DashboardTopic) -> int:
    assert topic["topic"] == "learnings"
    return topic["offset"]


def _lives(channel: Channel) -> bool:
    return bool(channel.subscriptions)


def _result(value: int) -> TopicState | TopicFailure:
    return NO_SUCH_LEARNING if value == GONE else STATES[value]


@pytest.mark.timeout(400)  # a counterexample is made small for up to five minutes
def test_a_client_that_takes_what_it_is_sent_ends_up_with_the_state_of_the_facts() -> None:
    LiveMachine.reached.clear()
    often = settings(max_examples=4 * settings().max_examples, stateful_step_count=40, deadline=None)
    run_state_machine_as_test(LiveMachine, settings=often)
    each = {"initial", "stale", "expired", "slow", "too_large", "current", "update", "chain", "drained"}
    assert LiveMachine.reached.keys() >= each | {"unavailable", "not_found"}, "a way of the protocol was not walked"
