"""What is written to which connection, and when; on transports that the test holds in its hands."""

from __future__ import annotations

import asyncio
import gc
import logging
import struct
import tracemalloc
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.web import fanout
from groove_dashboard.web.connection import Connection
from groove_dashboard.web.websocket import DashboardSocket
from tests.live.fakes import FakeClock, page, state
from tests.live.grammar import may_be_asked, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groove_dashboard.messages.types import DashboardMessage


class Wire(asyncio.Transport):
    """A transport, its protocol and aiohttp's writer in one: it has room until the test says that it has none."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.writing_paused = False
        self.aborted = False
        self._drained: asyncio.Future[None] | None = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data) if not isinstance(data, bytes) else data)

    def is_closing(self) -> bool:
        return self.aborted

    def get_write_buffer_size(self) -> int:
        return int(self.writing_paused)

    def abort(self) -> None:
        self.aborted = True
        self.has_room()

    async def drain(self) -> None:
        if self.writing_paused:
            self._drained = asyncio.get_running_loop().create_future()
            await self._drained

    def is_full(self) -> None:
        """Whatever is written from now on stays in the buffer."""
        self.writing_paused = True

    def has_room(self) -> None:
        """All has been taken."""
        self.writing_paused = False
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    def messages(self) -> list[DashboardMessage]:
        """What was written since the last time."""
        messages = [said(payload) for payload in payloads(b"".join(self.written))]
        self.written.clear()
        return messages


def payloads(data: bytes) -> Iterator[bytes]:
    """Those of the text frames that the data consist of."""
    while data:
        assert data[0] == 0x81
        size, start = data[1], 2
        if size == 126:
            (size,), start = struct.unpack_from("!H", data, 2), 4
        elif size == 127:
            (size,), start = struct.unpack_from("!Q", data, 2), 10
        yield data[start : start + size]
        data = data[start + size :]


class Stage:
    """Connections to topics that change when the test says so."""

    def __init__(self, **limits: Any) -> None:
        self.clock = FakeClock()
        self.limits = Limits(**{"refresh_interval": 0.0, **limits})
        self.hub = Hub(self.limits, self.clock)
        self.socket = DashboardSocket(self.hub, self._act, limits=self.limits, clock=self.clock)
        self.connections: list[Connection] = []
        self._total = 0

    @staticmethod
    async def _act(action: str, learning_id: str) -> None:
        raise NotImplementedError

    def watcher(self, *pages: int) -> Wire:
        """A connection that is subscribed to these pages and has not been told anything yet."""
        wire: Any = Wire()
        wire.protocol = wire
        connection = Connection(self.socket, wire, wire, wire, wire)
        self.connections.append(connection)
        self.ask(connection, type="subscribe", topics=[page(number) for number in pages])
        return wire  # type: ignore[no-any-return]

    @staticmethod
    def ask(connection: Connection, **request: Any) -> None:
        may_be_asked(request)
        connection.session.received(orjson.dumps(request))

    def change(self) -> int:
        """All topics change; the total by which the new state can be told from others."""
        self._total += 1
        self.clock.advance(0.001)
        self.hub.mark_all()
        channels = self.hub.begin()
        self.hub.refreshed(channels, [state(self._total)] * len(channels))
        return self._total

    async def settle(self) -> None:
        """Let everything be written that can be."""
        for _ in range(10 + len(self.connections) // fanout.AT_ONCE):
            await asyncio.sleep(0)


def total_of(message: Any) -> int:
    """The total that the client holds once it has taken in the message."""
    if message["type"] == "snapshot":
        return message["data"]["total"]  # type: ignore[no-any-return]
    assert message["type"] == "update"
    (operation,) = message["patch"]
    return operation["value"]  # type: ignore[no-any-return]


class TestWriting:
    async def test_answers_and_topics_go_out_in_one_write(self) -> None:
        stage = Stage()
        wire = stage.watcher(0, 1)
        stage.change()
        await stage.settle()
        assert len(wire.written) == 1
        assert [message["type"] for message in wire.messages()] == ["subscribed", "batch"]

    async def test_topics_that_change_within_one_turn_go_out_in_one_write(self) -> None:
        stage = Stage()
        wire = stage.watcher(*range(8))
        stage.change()
        await stage.settle()
        wire.written.clear()
        stage.change()
        newest = stage.change()
        await stage.settle()
        assert len(wire.written) == 1
        (batch,) = wire.messages()
        assert batch["type"] == "batch"
        assert [total_of(message) for message in batch["messages"]] == [newest - 1, newest] * 8

    @pytest.mark.parametrize("pages", [(0,), (0, 1, 2)])
    async def test_a_frame_is_made_once_for_all(self, pages: tuple[int, ...]) -> None:
        stage = Stage()
        wires = [stage.watcher(*pages) for _ in range(3)]
        stage.change()
        await stage.settle()
        for wire in wires:
            wire.written.clear()
        stage.change()
        await stage.settle()
        first, *others = [wire.written for wire in wires]
        assert len(first) == 1
        for other in others:
            assert other[0] is first[0]

    async def test_connections_of_other_topics_are_sent_their_own(self) -> None:
        stage = Stage()
        wires = [stage.watcher(number) for number in range(3)]
        stage.change()
        await stage.settle()
        for number, wire in enumerate(wires):
            _, snapshot = wire.messages()
            assert snapshot["type"] == "snapshot"
            assert snapshot["topic"]["topic"] == "learnings"
            assert snapshot["topic"].get("offset") == number

    async def test_others_get_a_turn_before_all_of_many_have_been_written_to(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fanout, "AT_ONCE", 2)
        stage = Stage()
        wires = [stage.watcher(0) for _ in range(5)]
        written = []
        for _ in range(4):
            await asyncio.sleep(0)
            written.append(sum(len(wire.written) for wire in wires))
        assert written == [2, 4, 5, 5]

    async def test_subscribers_of_a_changed_topic_get_their_turn_as_others_do(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fanout, "AT_ONCE", 2)
        stage = Stage()
        wires = [stage.watcher(0, 1) for _ in range(5)]
        stage.change()
        await stage.settle()
        for wire in wires:
            wire.written.clear()
        stage.change()
        written = []
        for _ in range(4):
            await asyncio.sleep(0)
            written.append([len(wire.written) for wire in wires])
        assert written == [[1, 1, 0, 0, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1]]

    async def test_what_changes_during_a_round_is_in_it_for_those_behind_and_in_the_next_for_the_others(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fanout, "AT_ONCE", 1)
        stage = Stage()
        wires = [stage.watcher(0) for _ in range(2)]
        stage.change()
        await stage.settle()
        for wire in wires:
            wire.messages()
        first = stage.change()
        await asyncio.sleep(0)
        second = stage.change()
        await stage.settle()
        assert [total_of(message) for message in wires[0].messages()] == [first, second]
        (batch,) = wires[1].messages()
        assert batch["type"] == "batch"
        assert [total_of(message) for message in batch["messages"]] == [first, second]

    async def test_a_large_batch_is_sent_in_several_and_no_topic_waits_for_ever(self) -> None:
        stage = Stage(max_batch_bytes=1)
        wire = stage.watcher(0, 1)
        stage.change()
        await stage.settle()
        assert not stage.connections[0].is_woken
        wire.messages()
        seen = []
        for _ in range(4):
            stage.change()
            await asyncio.sleep(0)  # a round, in which one topic is written
            for message in wire.messages():
                updates = message["messages"] if message["type"] == "batch" else [message]
                seen.append({one["topic"]["offset"] for one in updates})  # type: ignore[typeddict-item]
        assert seen == [{0}, {1}, {0}, {1}]

    async def test_one_that_breaks_holds_up_none_behind_it(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        stage = Stage()
        broken, whole = stage.watcher(0), stage.watcher(0)

        def write(_data: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(broken, "write", write)
        broken.is_full()
        stage.change()
        await stage.settle()
        assert broken.aborted
        assert [message["type"] for message in whole.messages()] == ["subscribed", "snapshot"]
        assert [record.levelno for record in caplog.records] == [logging.ERROR]


class TestLagging:
    async def test_one_whose_transport_is_full_is_written_nothing_until_it_has_drained(self) -> None:
        stage = Stage()
        slow, fast = stage.watcher(0), stage.watcher(0)
        slow.is_full()
        stage.change()
        await stage.settle()
        for wire in (slow, fast):
            wire.messages()
        newest = 0
        for _ in range(3):
            newest = stage.change()
            await stage.settle()
            assert [total_of(message) for message in fast.messages()] == [newest]
        assert slow.written == []
        slow.has_room()
        await stage.settle()
        (batch,) = slow.messages()
        assert batch["type"] == "batch"
        assert total_of(batch["messages"][-1]) == newest
        newest = stage.change()
        await stage.settle()
        for wire in (slow, fast):
            assert [total_of(message) for message in wire.messages()] == [newest]

    async def test_what_it_was_not_sent_one_by_one_is_counted(self) -> None:
        stage = Stage()
        wire = stage.watcher(0)
        wire.is_full()
        stage.change()
        await stage.settle()
        stage.change()
        wire.has_room()
        await stage.settle()
        assert stage.hub.statistics().conflations == 0
        wire.is_full()
        stage.change()
        await stage.settle()
        for _ in range(3):
            stage.change()
            await stage.settle()
        wire.has_room()
        await stage.settle()
        assert stage.hub.statistics().conflations == 1

    async def test_the_lag_is_counted_from_the_moment_at_which_something_was_owed(self) -> None:
        stage = Stage()
        slow, fast = stage.watcher(0), stage.watcher(0)
        slow.is_full()
        stage.change()
        await stage.settle()
        stage.change()
        await stage.settle()
        stage.clock.advance(3)
        slow.has_room()
        await stage.settle()
        assert len(fast.messages()) == 3
        lag = stage.socket.statistics().lag
        assert lag.times == 4
        assert lag.up_to[2.5] == 3
        assert lag.up_to[5] == 4
        assert 3 <= lag.seconds < 3.1

    async def test_one_that_never_drains_costs_no_more_the_more_changes(self) -> None:
        stage = Stage(drain_timeout=3600)
        asyncio.get_running_loop().set_debug(False)  # which would take most of the time
        stalled, *wires = [stage.watcher(0) for _ in range(4)]
        stalled.is_full()

        async def changes(times: int) -> int:
            newest = 0
            for _ in range(times):
                newest = stage.change()
                await asyncio.sleep(0)
                for wire in wires:
                    assert wire.written
                    wire.written.clear()
            return newest

        tracemalloc.start()
        try:
            await changes(200)  # until the history is as long as it gets
            gc.collect()
            before, _ = tracemalloc.get_traced_memory()
            newest = await changes(10_000)
            gc.collect()
            after, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert after - before < 50_000
        assert stage.connections[0].session.statistics().owed == 1
        stalled.messages()
        stalled.has_room()
        await stage.settle()
        assert [total_of(message) for message in stalled.messages()] == [newest]

    async def test_one_that_does_not_drain_in_time_is_aborted(self) -> None:
        stage = Stage(drain_timeout=0.01)
        wire = stage.watcher(0)
        wire.is_full()
        async with asyncio.timeout(5):
            while not wire.aborted:  # noqa: ASYNC110 - a transport sets no event
                await asyncio.sleep(0.001)
        (connection,) = stage.connections
        assert connection.close_code == 4008
        assert connection.session.finished
        assert stage.hub.statistics().subscriptions == 0

    async def test_one_that_drains_in_time_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        later = loop.call_later
        timers: list[asyncio.TimerHandle] = []

        def call_later(delay: float, *call: Any) -> asyncio.TimerHandle:
            timers.append(later(delay, *call))
            return timers[-1]

        monkeypatch.setattr(loop, "call_later", call_later)
        stage = Stage(drain_timeout=3600)
        wire = stage.watcher(0)
        wire.is_full()
        await stage.settle()
        assert [timer.cancelled() for timer in timers] == [False]
        wire.has_room()
        await stage.settle()
        assert [timer.cancelled() for timer in timers] == [True]
        assert not wire.aborted
