"""How every connection ends, whoever ends it, and that nothing of it is left."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import make_mocked_request

from groove_dashboard.web.connection import DashboardResponse
from tests.live.fakes import LEARNING_ID, page
from tests.web import recording
from tests.web.recording import PATH, RawSocket, connect
from tests.web.stage import TIGHT, Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web
    from aiohttp.abc import AbstractStreamWriter


pytestmark = pytest.mark.usefixtures("nothing_was_logged_as_an_error")


class TestLeaving:
    async def test_a_client_that_leaves_leaves_nothing_behind(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0), page(1)])
            await socket.until("batch")
        await stage.empty()
        assert stage.hub.statistics().subscriptions == 0

    @pytest.mark.parametrize("abruptly", [False, True])
    async def test_so_does_one_that_goes_without_a_word(self, stage: Stage, abruptly: bool) -> None:  # noqa: FBT001
        raw = await stage.raw()
        await raw.ask(type="subscribe", topics=[page(0)])
        assert (await raw.message())["type"] == "subscribed"
        await raw.leave(abruptly=abruptly)
        await stage.empty()

    async def test_one_that_goes_while_much_is_being_sent(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(**TIGHT)
        stage.facts.content = "x" * 3900
        for abruptly in (False, True):
            raw = await stage.raw()
            await raw.ask(type="subscribe", topics=[page(0)])
            await stage.until(lambda: stage.socket.statistics().sent_bytes > 200_000)
            await raw.leave(abruptly=abruptly)
            await stage.empty()

    async def test_one_that_says_goodbye_is_answered(self, stage: Stage) -> None:
        raw = await stage.raw()
        await raw.send_frame(recording.CLOSE, struct.pack("!H", 1000))
        assert await raw.close_frame() == 1000
        await raw.is_cut_off()
        await stage.empty()

    async def test_one_that_does_not_answer_our_close_is_not_waited_for(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(close_timeout=0.05)
        raw = await stage.raw()
        await raw.send_frame(recording.BINARY, b"\0")
        assert (await raw.message())["code"] == 4400
        assert await raw.close_frame() == 4400
        await stage.empty()
        await raw.is_cut_off()

    async def test_one_that_talks_on_after_our_goodbye_still_hears_it(self, stage: Stage) -> None:
        raw = await stage.raw()
        await raw.send_frame(recording.BINARY, b"\0")
        for _ in range(50):
            await raw.ask(type="ping", padded_to=5000)
        assert (await raw.message())["code"] == 4400
        assert await raw.close_frame() == 4400
        await raw.send_frame(recording.CLOSE, struct.pack("!H", 4400))
        await raw.is_cut_off()
        await stage.empty()

    async def test_one_that_goes_during_the_handshake(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        prepare = DashboardResponse.prepare

        async def prepare_and_lose(response: DashboardResponse, request: web.BaseRequest) -> AbstractStreamWriter:
            writer = await prepare(response, request)
            assert request.transport is not None
            request.transport.abort()
            return writer

        monkeypatch.setattr(DashboardResponse, "prepare", prepare_and_lose)
        raw = await stage.raw(welcomed=False)
        await raw.is_cut_off()
        await stage.empty()
        assert stage.socket.statistics().opened == 1

    async def test_one_that_went_before_it(self, stage: Stage) -> None:
        request = make_mocked_request("GET", PATH)
        assert request.protocol.transport is not None
        request.protocol.transport = None
        response = await stage.socket.handle(request)
        assert not response.prepared
        assert stage.socket.statistics().opened == 0

    @pytest.mark.parametrize(
        ("first", "payload"),
        [(3, b""), (recording.CONTINUATION, b"continues nothing"), (recording.CLOSE, b"\0\1")],
        ids=["unknown kind of frame", "continuation of nothing", "invalid close code"],
    )
    async def test_frames_that_cannot_be_read_end_in_a_goodbye(self, stage: Stage, first: int, payload: bytes) -> None:
        raw = await stage.raw()
        await raw.send_frame(first, payload)
        await self.ends_in_a_goodbye(stage, raw)

    async def test_so_does_a_text_that_is_far_too_long(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(max_message_bytes=1000)
        raw = await stage.raw()
        await raw.send_invalid(b"x" * 20_000)
        await self.ends_in_a_goodbye(stage, raw)

    async def test_what_was_asked_before_them_is_answered_first(self, stage: Stage) -> None:
        raw = await stage.raw()
        await raw.ask(type="ping", request_id="before")
        await raw.send_frame(3, b"")
        assert await raw.message() == {"type": "pong", "request_id": "before"}
        await self.ends_in_a_goodbye(stage, raw)

    async def test_nothing_follows_the_close_frame(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(close_timeout=0.2)
        raw = await stage.raw()
        await raw.ask(type="subscribe", topics=[page(0)])
        for kind in ("subscribed", "snapshot"):
            assert (await raw.message())["type"] == kind
        await raw.send_frame(3, b"")
        assert (await raw.message())["code"] == 4400
        assert await raw.close_frame() == 4400
        stage.facts.change()
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await raw.frame()

    async def test_ends_are_counted_by_who_brought_them_about_and_the_code(self, stage: Stage) -> None:
        for code in (1000, 1001, 4321):
            raw = await stage.raw()
            await raw.send_frame(recording.CLOSE, struct.pack("!H", code))
            assert await raw.close_frame() == 1000
            await raw.is_cut_off()
        raw = await stage.raw()
        await raw.leave(abruptly=True)
        raw = await stage.raw()
        await raw.send_frame(recording.BINARY, b"\0")
        await raw.is_cut_off()
        await stage.empty()
        assert stage.socket.statistics().closes == {
            ("client", "1000"): 1,
            ("client", "1001"): 1,
            ("client", "other"): 1,
            ("client", "1006"): 1,
            ("server", "4400"): 1,
        }

    @staticmethod
    async def ends_in_a_goodbye(stage: Stage, raw: RawSocket) -> None:
        assert (await raw.message())["code"] == 4400
        assert await raw.close_frame() == 4400
        await raw.is_cut_off()
        await stage.empty()


class TestSlowClients:
    async def test_one_that_does_not_read_delays_nobody_and_is_cut_off(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(**TIGHT, drain_timeout=0.3)
        stage.facts.content = "x" * 3900
        slow = await stage.raw()
        await slow.ask(type="subscribe", topics=[page(0)])
        async with connect(stage.client) as fast:
            await fast.ask(type="subscribe", topics=[page(0)])
            await fast.until("snapshot")
            assert stage.socket.statistics().connections == 2
            for _ in range(5):
                stage.facts.change()
                assert (await fast.next("snapshot"))["version"] == stage.facts.version
            await stage.until(lambda: stage.socket.statistics().closes == {("server", "4008"): 1})
            await stage.until(lambda: stage.socket.statistics().connections == 1)
            await slow.is_cut_off()
        await stage.empty()

    async def test_one_that_reads_again_goes_straight_to_the_newest_state(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(**TIGHT)
        stage.facts.content = "x" * 3900
        slow = await stage.raw()
        await slow.ask(type="subscribe", topics=[page(0)])
        async with connect(stage.client) as fast:
            await fast.ask(type="subscribe", topics=[page(0)])
            await fast.until("snapshot")
            for _ in range(5):
                stage.facts.change()
                await fast.next("snapshot")
            versions = []
            assert (await slow.message())["type"] == "subscribed"
            while stage.facts.version not in versions:
                versions.append((await slow.message())["version"])
            assert len(versions) <= 2

    async def test_one_that_asks_without_reading_is_not_read_from(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(**TIGHT, message_burst=1000, pending_replies=4)
        raw = await stage.raw()
        topics = [{"topic": "learnings", "filters": {"search": f"{number:03}".ljust(180, "x")}} for number in range(60)]
        for _ in range(100):
            await raw.ask(type="unsubscribe", topics=topics)
        await stage.until(lambda: stage.socket.statistics().received > 4)
        async with connect(stage.client) as other:
            await other.ask(type="ping")
            await other.next("pong")
        assert stage.socket.statistics().received < 30
        for _ in range(100):
            assert (await raw.message())["type"] == "unsubscribed"


class TestServerLeaving:
    async def test_everybody_is_seen_off_with_a_window_to_come_back_in(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(retry_min_ms=100)
        async with connect(stage.client) as one, connect(stage.client) as other:
            await one.ask(type="subscribe", topics=[page(0)])
            await one.until("snapshot")
            leaving = asyncio.create_task(stage.socket.drain())
            for socket in (one, other):
                assert await socket.closed() == 1001
                assert socket.heard[-1]["retry"] == {"min_ms": 100, "max_ms": 1100}
            await leaving
        await stage.empty()

    async def test_the_window_grows_with_the_number_of_connections(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("groove_dashboard.web.websocket.RECONNECT_MS", 5000)
        async with connect(stage.client) as socket:
            await stage.socket.drain()
            await socket.closed()
            assert socket.heard[-1]["retry"] == {"min_ms": 500, "max_ms": 5500}

    async def test_whoever_comes_while_it_leaves_is_told(self, stage: Stage) -> None:
        await stage.socket.drain()
        async with connect(stage.client, welcomed=False) as socket:
            assert await socket.closed() == 1001
            assert "retry" in socket.heard[-1]

    async def test_one_that_does_not_read_holds_up_nothing(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(**TIGHT, shutdown_timeout=0.2)
        stage.facts.content = "x" * 3900
        slow = await stage.raw()
        await slow.ask(type="subscribe", topics=[page(0)])
        await stage.until(lambda: stage.socket.statistics().sent_bytes > 200_000)
        async with connect(stage.client) as polite:
            async with asyncio.timeout(1):
                await stage.socket.drain()
            assert await polite.closed() == 1001
        await slow.is_cut_off()
        await stage.empty()

    async def test_many_are_seen_off_some_at_a_time_and_one_that_does_not_read_holds_up_none(
        self, staged: Callable[..., Awaitable[Stage]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("websocket", "fanout"):
            monkeypatch.setattr(f"groove_dashboard.web.{module}.AT_ONCE", 2)
        stage = await staged(**TIGHT, shutdown_timeout=0.5)
        stage.facts.content = "x" * 3900
        slow = await stage.raw()
        await slow.ask(type="subscribe", topics=[page(0)])
        await stage.until(lambda: stage.socket.statistics().sent_bytes > 200_000)
        async with contextlib.AsyncExitStack() as stack:
            others = [await stack.enter_async_context(connect(stage.client)) for _ in range(7)]
            leaving = asyncio.create_task(stage.socket.drain())
            for other in others:
                assert await other.closed() == 1001
            assert not leaving.done()
            await leaving
        await slow.is_cut_off()
        await stage.empty()
        assert stage.socket.statistics().closes == {("server", "1001"): 8}

    async def test_an_action_that_was_begun_is_let_finish(self, stage: Stage) -> None:
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            await stage.actions.begun.wait()
            leaving = asyncio.create_task(stage.socket.drain())
            await socket.closed()
            stage.actions.may_end.set()
            await leaving
        assert len(stage.actions.done) == 1

    async def test_but_not_waited_for_without_end(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(shutdown_timeout=0.05)
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            await stage.actions.begun.wait()
            await stage.socket.drain()
            await socket.closed()
        assert stage.actions.done == []

    async def test_the_server_stops_with_clients_on_it(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            stopping = asyncio.create_task(stage.client.server.close())
            assert await socket.closed() == 1001
            await stopping
