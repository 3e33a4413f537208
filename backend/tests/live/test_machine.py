"""Whatever happens in whatever order, a client that takes what it is sent ends up with the state of the facts.

A naive model plays the facts, the reads and two clients against one hub. Nothing waits and nothing is concurrent: reads
begin and end when the machine says so, and a client takes a frame when the machine says so. A client believes what it
was sent alone, and applies patches by somebody else's implementation of RFC 6902.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jsonpatch
import orjson
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.version import encode, version_of
from tests.live.fakes import AWAY, NO_SUCH_LEARNING, FakeClock, another_list, page, state
from tests.live.grammar import CheckedSession

if TYPE_CHECKING:
    from groove_dashboard.live.channel import Channel
    from groove_dashboard.live.state import TopicFailure, TopicState
    from groove_dashboard.messages.types import DashboardTopic

TOPICS = 2
CLIENTS = 2
GONE = -1
"""The fact that there is no such topic any more."""
LIMITS = Limits(
    message_burst=10**9,
    max_batch_bytes=1500,
    history_updates=3,
    history_seconds=5,
    channel_linger=8,
    lingering_channels=1,
)

topics = st.integers(0, TOPICS - 1)
several = st.lists(topics, min_size=1, max_size=TOPICS)
clients = st.integers(0, CLIENTS - 1)
STATES = [*map(state, range(5)), another_list("Nothing that the others have. " * 20)]
values = st.integers(0, len(STATES) - 1)


def version(value: int) -> str:
    return version_of(encode(STATES[value].data))


VALUES = {version(value): value for value in range(len(STATES))}


@dataclass
class Client:
    """What a client believes, from what it was sent alone."""

    session: CheckedSession
    subscribed: dict[int, int | None] = field(default_factory=dict)
    """By topic, the value that it holds; None while it holds none."""
    stale: set[int] = field(default_factory=set)
    asked_at: dict[int, int] = field(default_factory=dict)
    """By topic that was asked for and not answered, how long the topic's history was then."""
    answers: int = 0
    """Answers to requests that have not been taken."""


@dataclass
class Reading:
    """A read that is under way, and the facts as it saw them."""

    channels: list[Channel]
    seen: list[int]


class LiveMachine(RuleBasedStateMachine):
    """The hub and its sessions against the model."""

    @initialize()
    def start(self) -> None:
        self.clock = FakeClock()
        self.hub = Hub(LIMITS, self.clock, jitter=lambda: 0)
        self.clients = [Client(self._session()) for _ in range(CLIENTS)]
        self.histories: list[list[int]] = [[0] for _ in range(TOPICS)]
        self.readings: list[Reading] = []
        for who in range(CLIENTS):
            self.a_client_subscribes(who, list(range(TOPICS)))

    def _session(self) -> CheckedSession:
        return CheckedSession(self.hub, LIMITS, self.clock, server_version="1", wake=lambda: None)

    @rule(number=topics, value=values)
    def a_fact_changes(self, number: int, value: int) -> None:
        self.histories[number].append(value)
        self.hub.mark(lambda topic: _number(topic) == number)

    @rule(number=topics, changes=st.lists(values, min_size=1, max_size=4), who=st.sets(clients))
    def facts_change_and_reach_some_clients(self, number: int, changes: list[int], who: set[int]) -> None:
        """What the finer steps would rarely add up to."""
        for value in changes:
            self.a_fact_changes(number, value)
            self.clock.advance(0.1)
            self.a_read_begins()
            while self.readings:
                self._end(self.readings.pop(0))
        for one in who:
            while self._take(self.clients[one]):
                pass

    @rule(number=topics)
    def a_topic_is_no_more(self, number: int) -> None:
        self.histories[number].append(GONE)
        self.hub.mark(lambda topic: _number(topic) == number)

    @rule()
    def news_was_missed(self) -> None:
        self.hub.mark_all()

    @rule(seconds=st.sampled_from([0.05, 0.1, 10]))
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule()
    def a_read_begins(self) -> None:
        channels = self.hub.begin()
        if channels:
            under_way = {channel.key for reading in self.readings for channel in reading.channels if _lives(channel)}
            assert under_way.isdisjoint(channel.key for channel in channels), "a topic is in two reads"
            seen = [self.histories[_number(channel.topic)][-1] for channel in channels]
            self.readings.append(Reading(channels, seen))

    @precondition(lambda self: self.readings)
    @rule(data=st.data(), works=st.sampled_from([True, True, True, False]))
    def a_read_ends(self, data: st.DataObject, works: bool) -> None:  # noqa: FBT001 - drawn by name
        reading = self.readings.pop(data.draw(st.integers(0, len(self.readings) - 1)))
        self._end(reading, works=works)

    def _end(self, reading: Reading, *, works: bool = True) -> None:
        self.hub.refreshed(reading.channels, [_result(value) if works else AWAY for value in reading.seen])

    @rule(who=clients, numbers=several)
    def a_client_subscribes(self, who: int, numbers: list[int]) -> None:
        client = self.clients[who]
        self._ask(client, {"type": "subscribe", "topics": [page(number) for number in numbers]})
        for number in numbers:
            client.subscribed[number] = None
            self._note(client, number)

    @rule(who=clients, number=topics, value=values)
    def a_client_resumes(self, who: int, number: int, value: int) -> None:
        client = self.clients[who]
        self._ask(client, {"type": "resume", "subscriptions": [{"topic": page(number), "version": version(value)}]})
        client.subscribed[number] = value
        self._note(client, number)

    @rule(who=clients, numbers=several)
    def a_client_unsubscribes(self, who: int, numbers: list[int]) -> None:
        client = self.clients[who]
        self._ask(client, {"type": "unsubscribe", "topics": [page(number) for number in numbers]})
        for number in numbers:
            client.subscribed.pop(number, None)
            client.stale.discard(number)
            client.asked_at.pop(number, None)

    @rule(who=clients, frames=st.integers(1, 3))
    def a_client_takes_frames(self, who: int, frames: int) -> None:
        for _ in range(frames):
            self._take(self.clients[who])

    @rule(who=clients)
    def a_client_goes_and_another_comes(self, who: int) -> None:
        self.clients[who].session.end()
        self.clients[who] = Client(self._session())

    @rule(who=clients)
    def a_client_is_cut_off_and_comes_back(self, who: int) -> None:
        self.clients[who].session.end()
        self.clients[who] = self._back(self.clients[who])

    @rule()
    def the_server_is_restarted(self) -> None:
        """Or: all clients come back to another process, which has its own hub and no history."""
        self.hub = Hub(LIMITS, self.clock, jitter=lambda: 0)
        self.readings.clear()
        self.clients = [self._back(client) for client in self.clients]

    def _back(self, gone: Client) -> Client:
        """The client on a new connection, on which it resumes what it holds and subscribes to what it does not."""
        client = Client(self._session())
        client.subscribed = gone.subscribed
        held = {number: value for number, value in gone.subscribed.items() if value is not None}
        if held:
            subscriptions = [{"topic": page(number), "version": version(value)} for number, value in held.items()]
            self._ask(client, {"type": "resume", "subscriptions": subscriptions})
        missing = [page(number) for number in gone.subscribed if number not in held]
        if missing:
            self._ask(client, {"type": "subscribe", "topics": missing})
        for number in gone.subscribed:
            self._note(client, number)
        return client

    @rule()
    def all_is_quiet_in_the_end(self) -> None:
        """Every read ends well and every client takes all: then each holds the facts, and nothing is owed."""
        while self.readings or self.hub.next_due() is not None:
            while self.readings:
                self._end(self.readings.pop())
            self.clock.advance(10)
            self.a_read_begins()
        for client in self.clients:
            while self._take(client):
                pass
            assert not client.asked_at, "a question was not answered"
            assert not client.stale
            for number, value in client.subscribed.items():
                assert value == self.histories[number][-1]
            assert client.session.statistics().topics == len(client.subscribed)
        assert self.hub.statistics().reading == 0

    @invariant()
    def what_is_owed_is_bounded(self) -> None:
        for client in self.clients:
            statistics = client.session.statistics()
            assert statistics.owed <= TOPICS
            assert statistics.replies == client.answers

    @invariant()
    def only_watched_topics_and_one_that_was_have_a_channel(self) -> None:
        watched = {number for client in self.clients for number in client.subscribed}
        assert self.hub.statistics().channels <= len(watched) + LIMITS.lingering_channels

    def _ask(self, client: Client, request: dict[str, Any]) -> None:
        assert client.session.received(orjson.dumps(request)) is None
        client.answers += 1

    def _note(self, client: Client, number: int) -> None:
        client.asked_at[number] = len(self.histories[number]) - 1
        client.stale.discard(number)

    def _take(self, client: Client) -> bool:
        texts = client.session.texts()
        for text in texts:
            self._take_message(client, orjson.loads(text))
        return bool(texts)

    def _take_message(self, client: Client, message: dict[str, Any]) -> None:
        if message["type"] in {"subscribed", "unsubscribed"}:
            client.answers -= 1
        elif message["type"] != "heartbeat":
            assert client.answers == 0, "a topic overtook an answer"
            messages = message["messages"] if message["type"] == "batch" else [message]
            numbers = [one["topic"]["offset"] for one in messages]
            for index, one in enumerate(messages):
                self._apply(client, one, leads_on=numbers[index] in numbers[index + 1 :])

    def _apply(self, client: Client, message: dict[str, Any], *, leads_on: bool) -> None:
        """Take in a message; `leads_on` where it is one of several updates of a topic and not the last."""
        number = message["topic"]["offset"]
        assert number in client.subscribed, "sent what is not subscribed"
        if message["type"] == "error":
            self._apply_error(client, number, message["code"])
            return
        value, held = VALUES[message["version"]], client.subscribed[number]
        asked_at = None if leads_on else client.asked_at.pop(number, None)
        if asked_at is not None:
            assert value in self.histories[number][asked_at:], "an answer is older than its question"
        elif number not in client.stale and not leads_on:
            assert value != held, "sent what is held"
        if message["type"] == "current":
            assert value == held, "current, but another state is held"
        elif message["type"] == "snapshot":
            assert message["data"] == STATES[value].data
        else:
            assert held is not None
            assert message["base"] == version(held), "a patch of another state than is held"
            assert jsonpatch.apply_patch(STATES[held].data, message["patch"]) == STATES[value].data
        client.subscribed[number] = value
        client.stale.discard(number)

    def _apply_error(self, client: Client, number: int, code: str) -> None:
        if code == "not_found":
            assert GONE in self.histories[number]
            del client.subscribed[number]
            client.asked_at.pop(number, None)
            client.stale.discard(number)
        else:
            assert number not in client.stale, "told twice"
            client.stale.add(number)


def _number(topic: DashboardTopic) -> int:
    assert topic["topic"] == "learnings"
    return topic["offset"]


def _lives(channel: Channel) -> bool:
    return bool(channel.subscriptions)


def _result(value: int) -> TopicState | TopicFailure:
    return NO_SUCH_LEARNING if value == GONE else STATES[value]


TestLiveMachine = LiveMachine.TestCase
TestLiveMachine.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
