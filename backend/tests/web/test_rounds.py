"""Whatever happens between the rounds and within them, what is written to a connection follows from what it holds."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groove_dashboard.live.hub import Hub
from groove_dashboard.web import fanout
from groove_dashboard.web.connection import Connection
from groove_dashboard.web.websocket import DashboardSocket
from tests.live.believer import GONE, STATES, Believer
from tests.live.fakes import AWAY, NO_SUCH_LEARNING, FakeClock
from tests.live.test_machine import LIMITS as LOW
from tests.web.test_fanout import Wire

LIMITS = replace(LOW, refresh_interval=0.0, drain_timeout=3600.0)
TOPICS = 3
CLIENTS = 5


@dataclass
class Reader(Believer):
    """One who believes what is written to its transport."""

    connection: Connection = field(kw_only=True)
    wire: Wire = field(kw_only=True)

    def take(self) -> bool:
        """Take in all that was written."""
        messages = self.wire.messages()
        for message in messages:
            self._take_message(dict(message))
        return bool(messages)

    def _ask(self, request: dict[str, Any]) -> None:
        self.take()  # what is under way belongs to what was asked before
        super()._ask(request)


class Hall:
    """Readers of topics that change, fail and end when the test says so."""

    def __init__(self, reached: Counter[str]) -> None:
        self.clock = FakeClock()
        self.hub = Hub(LIMITS, self.clock, jitter=lambda: 0)
        self.socket = DashboardSocket(self.hub, self._act, limits=LIMITS, clock=self.clock)
        self.facts = [[0] for _ in range(TOPICS)]
        self.reached = reached
        self.readers = [self._reader() for _ in range(CLIENTS)]

    @staticmethod
    async def _act(action: str, learning_id: str) -> None:
        raise NotImplementedError

    def _reader(self) -> Reader:
        wire: Any = Wire()
        wire.protocol = wire
        connection = Connection(self.socket, wire, wire, wire, wire)
        session: Any = connection.session  # whose frames are judged as they are written
        reader = Reader(session, self.facts, self.reached, connection=connection, wire=wire)
        reader.subscribe(range(TOPICS))
        return reader

    def changes(self, _who: int, number: int, value: int) -> None:
        self.facts[number].append(value)
        self.hub.mark(lambda topic: topic["offset"] == number)  # type: ignore[typeddict-item]

    def ends(self, who: int, number: int, _value: int) -> None:
        self.changes(who, number, GONE)

    def is_read(self, *_any: int) -> None:
        self.clock.advance(0.5)
        channels = self.hub.begin()
        newest = [self.facts[channel.topic["offset"]][-1] for channel in channels]  # type: ignore[typeddict-item]
        self.hub.refreshed(channels, [NO_SUCH_LEARNING if value == GONE else STATES[value] for value in newest])

    def changes_and_is_read(self, who: int, number: int, value: int) -> None:
        self.changes(who, number, value)
        self.is_read()

    def cannot_be_read(self, *_any: int) -> None:
        self.hub.mark_all()
        channels = self.hub.begin()
        self.hub.refreshed(channels, [AWAY] * len(channels))

    def subscribes(self, who: int, number: int, _value: int) -> None:
        self.readers[who].subscribe([number])

    def is_answered_at_once(self, who: int, number: int, value: int) -> None:
        self.readers[who].resume({number: value})
        self.socket.fanout.write_at_once(self.readers[who].connection)

    def unsubscribes(self, who: int, number: int, _value: int) -> None:
        self.readers[who].unsubscribe([number])

    def takes(self, who: int, *_any: int) -> None:
        self.readers[who].take()

    def lags(self, who: int, *_any: int) -> None:
        self.readers[who].wire.is_full()

    def has_room(self, who: int, *_any: int) -> None:
        self.readers[who].wire.has_room()

    def goes_and_another_comes(self, who: int, *_any: int) -> None:
        self._goes(self.readers[who])
        self.readers[who] = self._reader()

    @staticmethod
    def _goes(reader: Reader) -> None:
        reader.session.end()
        reader.wire.abort()

    async def comes_to_rest(self) -> None:
        """All is read and written: each reader knows the facts, and nothing is left to do."""
        for reader in self.readers:
            reader.wire.has_room()
        while self.hub.next_due() is not None:
            self.clock.advance(10)
            self.is_read()
        for _ in range(20 * CLIENTS):
            await asyncio.sleep(0)
        for reader in self.readers:
            reader.drain()
            reader.knows_all()
            assert not reader.connection.is_woken

    async def is_left(self) -> None:
        """Nothing is kept of readers that have gone."""
        for reader in self.readers:
            self._goes(reader)
        self.clock.advance(LIMITS.channel_linger)
        self.hub.begin()
        assert self.hub.statistics().channels == 0
        assert len(self.hub.positions) == 0
        for _ in range(2 * CLIENTS):
            await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}


STEPS = (
    *(Hall.changes_and_is_read,) * 5,
    Hall.changes,
    Hall.ends,
    Hall.is_read,
    Hall.cannot_be_read,
    Hall.subscribes,
    Hall.is_answered_at_once,
    Hall.unsubscribes,
    *(Hall.takes, Hall.lags, Hall.has_room) * 2,
    Hall.goes_and_another_comes,
)

steps = st.tuples(
    st.sampled_from(STEPS),
    st.integers(0, CLIENTS - 1),
    st.integers(0, TOPICS - 1),
    st.integers(0, len(STATES) - 1),
    st.integers(0, 3),
)


@pytest.mark.timeout(400)  # a counterexample is made small for up to five minutes
def test_one_that_reads_what_is_written_to_it_ends_up_with_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "AT_ONCE", 2)  # so that a round takes several turns
    reached: Counter[str] = Counter()

    async def play(script: list[Any]) -> None:
        hall = Hall(reached)
        for step, who, number, value, turns in script:
            step(hall, who, number, value)
            for _ in range(turns):
                await asyncio.sleep(0)
        await hall.comes_to_rest()
        await hall.is_left()

    @settings(deadline=None)
    @given(script=st.lists(steps, min_size=20, max_size=60))
    def is_played(script: list[Any]) -> None:
        asyncio.run(play(script))

    is_played()
    assert reached.keys() >= {"initial", "update", "chain", "stale", "slow", "too_large", "unavailable", "not_found"}
