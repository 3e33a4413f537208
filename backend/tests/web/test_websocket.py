"""The socket, over TCP: who may connect, what is said, and how every connection ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import struct
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from aiohttp import WSMsgType, WSServerHandshakeError, web
from aiohttp.test_utils import make_mocked_request

from groove_dashboard.clock import SystemClock
from groove_dashboard.ingest.apply import UnknownLearning
from groove_dashboard.live.driver import Driver
from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.state import TopicFailure, TopicState
from groove_dashboard.live.version import encode, version_of
from groove_dashboard.store.errors import DatabaseUnavailable
from groove_dashboard.web.connection import DashboardResponse
from groove_dashboard.web.frames import frame_of
from groove_dashboard.web.origin import Origin
from groove_dashboard.web.problems import tell_problems
from groove_dashboard.web.websocket import DashboardSocket, SocketStatistics
from tests.live.fakes import ALL_LEARNINGS, LEARNING_ID, NO_SUCH_LEARNING, page
from tests.web import recording
from tests.web.recording import PATH, SUBPROTOCOL, RawSocket, connect
from tests.web.site import checking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.test_utils import TestClient
    from pytest_aiohttp.plugin import AiohttpClient

    from groove_dashboard.messages.types import DashboardTopic, LearningBrief

# Small enough that a client which does not read is noticed after some ten kilobytes.
TIGHT = {"write_buffer_bytes": 4096, "send_buffer_bytes": 4096}


class Facts:
    """The source of all topics: a list of one learning or, where the content is long, of fifty that change at once."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.total = 1
        self.content = "x"
        self.failure: TopicFailure | None = None

    def change(self, *, total: int | None = None, failure: TopicFailure | None = None) -> None:
        """A commit, and the news of it."""
        self.total = self.total + 1 if total is None else total
        self.failure = failure
        self._hub.mark_all()

    @property
    def version(self) -> str:
        return version_of(encode(self._state().data))

    async def read(self, topics: Sequence[DashboardTopic]) -> Sequence[TopicState | TopicFailure]:
        return [self.failure or self._state()] * len(topics)

    def _state(self) -> TopicState:
        is_long = len(self.content) > 1
        learning: LearningBrief = {
            "id": LEARNING_ID,
            "content": f"{self.total} {self.content}" if is_long else self.content,
            "category": "solution",
            "scope": {"level": "global"},
            "status": "active",
            "estimated_value": 0.5,
            "confidence": 0.5,
            "session_count": 1,
            "created_at": "2026-03-01T12:00:00Z",
        }
        learnings = [learning] * (50 if is_long else 1)
        return TopicState({"data_type": "learnings", "learnings": learnings, "total": self.total})


class Actions:
    """Carries out actions when the test lets it."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.error: Exception | None = None

    async def act(self, action: str, learning_id: str) -> None:
        self.begun.set()
        await self.may_end.wait()
        if self.error is not None:
            raise self.error
        self.done.append((action, learning_id))


class Stage:
    """A server of the socket alone, on a source in the test's hands."""

    def __init__(self, limits: Limits, allowed_origins: frozenset[Origin]) -> None:
        clock = SystemClock()
        self.hub = Hub(limits, clock)
        self.facts = Facts(self.hub)
        self.actions = Actions()
        self.driver = Driver(self.hub, self.facts.read, limits, clock)
        self.socket = DashboardSocket(
            self.hub, self.actions.act, limits=limits, clock=clock, allowed_origins=allowed_origins
        )
        self.app = web.Application(middlewares=[tell_problems])
        self.app.router.add_get(PATH, self.socket.handle)
        self.app.on_shutdown.append(self.socket.drain)
        self.client: TestClient[web.Request, web.Application]
        self.raws: list[RawSocket] = []

    async def raw(self, *, welcomed: bool = True) -> RawSocket:
        """An impolite client that has heard the welcome, unless there will be none."""
        port = self.client.port
        assert port is not None
        raw = await RawSocket.connect("127.0.0.1", port)
        self.raws.append(raw)
        if welcomed:
            assert (await raw.message())["type"] == "welcome"
        return raw

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that no message tells; fails when it takes too long."""
        async with asyncio.timeout(recording.DEADLINE):
            while not holds():  # noqa: ASYNC110 - statistics set no event
                await asyncio.sleep(0.005)

    async def empty(self) -> None:
        """Wait until the server holds no connection and no topic any more."""
        await self.until(lambda: self.socket.statistics().connections == 0)
        assert self.hub.statistics().subscriptions == 0


@pytest.fixture
async def staged(aiohttp_client: AiohttpClient) -> AsyncIterator[Callable[..., Awaitable[Stage]]]:
    stages: list[tuple[Stage, asyncio.Task[None]]] = []

    async def stage(origins: frozenset[Origin] = frozenset(), **limits: Any) -> Stage:
        made = Stage(Limits(**{"refresh_interval": 0.0, "close_timeout": 0.5, **limits}), origins)
        stages.append((made, asyncio.create_task(made.driver.run())))
        made.client = await aiohttp_client(made.app, trace_configs=[checking()])
        return made

    yield stage
    for made, driver in stages:
        for raw in made.raws:
            await raw.leave(abruptly=True)
        driver.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await driver


@pytest.fixture
async def stage(staged: Callable[..., Awaitable[Stage]]) -> Stage:
    return await staged()


@pytest.fixture(autouse=True)
def _nothing_was_logged_as_an_error(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a peer does, no handler may break; tests of our own faults clear the log."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


class TestConnecting:
    async def test_the_server_welcomes_in_the_subprotocol(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            assert socket.protocol == SUBPROTOCOL
            assert socket.heard[0]["protocol_version"] == 1
        await stage.empty()

    async def test_a_client_without_a_subprotocol_is_taken_for_one_of_the_first_version(self, stage: Stage) -> None:
        async with connect(stage.client, protocols=()) as socket:
            assert socket.protocol is None

    async def test_ours_may_be_one_of_several(self, stage: Stage) -> None:
        async with connect(stage.client, protocols=("groove.dashboard.v9", SUBPROTOCOL)) as socket:
            assert socket.protocol == SUBPROTOCOL

    async def test_a_client_of_unknown_subprotocols_can_read_why_it_is_closed(self, stage: Stage) -> None:
        async with connect(stage.client, protocols=("groove.dashboard.v9", "chat"), welcomed=False) as socket:
            assert socket.protocol == "groove.dashboard.v9"
            assert await socket.message() == {
                "type": "goodbye",
                "code": 4506,
                "reason": "This server speaks groove.dashboard.v1.",
            }
            assert await socket.closed() == 4506

    @pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://{host}"])
    async def test_a_page_of_another_origin_is_refused_before_the_upgrade(self, stage: Stage, origin: str) -> None:
        headers = {"Origin": origin.format(host=f"{stage.client.host}:{stage.client.port}")}
        with pytest.raises(WSServerHandshakeError) as caught:
            async with connect(stage.client, headers=headers):
                pass
        assert caught.value.status == 403
        async with stage.client.get(PATH, headers=headers) as response:
            assert response.content_type == "application/problem+json"
            assert (await response.json())["code"] == "forbidden"

    async def test_a_page_of_the_server_itself_may_connect(self, stage: Stage) -> None:
        async with connect(stage.client, headers={"Origin": f"http://{stage.client.host}:{stage.client.port}"}):
            pass

    async def test_a_page_of_an_origin_that_is_allowed_may_connect(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(frozenset({Origin("https", "dashboard.example", 443)}))
        async with connect(stage.client, headers={"Origin": "https://dashboard.example"}):
            pass

    async def test_one_connection_too_many_is_told_to_come_back(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(max_connections=1)
        async with connect(stage.client), connect(stage.client, welcomed=False) as second:
            goodbye = await second.message()
            assert (goodbye["code"], goodbye["retry"]) == (4029, {"min_ms": 500, "max_ms": 20000})
            assert await second.closed() == 4029
        await stage.empty()
        async with connect(stage.client):
            pass

    async def test_a_plain_request_is_no_connection(self, stage: Stage) -> None:
        async with stage.client.get(PATH) as response:
            assert response.status >= 400
        assert stage.socket.statistics().opened == 0


class TestTopics:
    async def test_a_subscriber_is_sent_the_state_and_then_its_changes(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0)], request_id="s")
            assert await socket.next("subscribed") == {
                "type": "subscribed",
                "topics": [ALL_LEARNINGS],
                "request_id": "s",
            }
            snapshot = await socket.next("snapshot")
            assert (snapshot["topic"], snapshot["version"], snapshot["reason"]) == (
                ALL_LEARNINGS,
                stage.facts.version,
                "initial",
            )
            stage.facts.change()
            update = await socket.next("update")
            assert (update["base"], update["version"]) == (snapshot["version"], stage.facts.version)
            assert update["patch"] == [{"op": "replace", "path": "/total", "value": 2}]

    async def test_every_subscriber_is_sent_a_change(self, stage: Stage) -> None:
        async with connect(stage.client) as one, connect(stage.client) as other:
            for socket in (one, other):
                await socket.ask(type="subscribe", topics=[page(0)])
                await socket.until("snapshot")
            stage.facts.change()
            for socket in (one, other):
                assert (await socket.next("update"))["version"] == stage.facts.version

    async def test_topics_that_change_together_arrive_together(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0), page(1)])
            await socket.until("batch")
            stage.facts.change()
            batch = await socket.next("batch")
            assert [one["topic"]["offset"] for one in batch["messages"]] == [0, 1]

    async def test_whoever_unsubscribed_is_sent_nothing(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0)])
            await socket.until("snapshot")
            await socket.ask(type="unsubscribe", topics=[page(0)])
            await socket.next("unsubscribed")
            stage.facts.change()
            await socket.ask(type="ping")
            await socket.next("pong")

    async def test_resuming_tells_what_is_current(self, stage: Stage) -> None:
        held = [{"topic": page(0), "version": stage.facts.version}, {"topic": page(1), "version": "other"}]
        async with connect(stage.client) as socket:
            await socket.ask(type="resume", subscriptions=held)
            batch = await socket.until("batch")
            current, snapshot = batch["messages"]
            assert (current["type"], current["version"]) == ("current", stage.facts.version)
            assert (snapshot["type"], snapshot["reason"]) == ("snapshot", "expired")

    async def test_a_learning_that_is_no_more_ends_its_subscription_only(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0)])
            await socket.until("snapshot")
            stage.facts.change(failure=NO_SUCH_LEARNING)
            error = await socket.next("error")
            assert (error["code"], error["topic"]) == ("not_found", ALL_LEARNINGS)
            await socket.ask(type="ping")
            await socket.next("pong")
        assert stage.hub.statistics().channels == 0

    async def test_a_state_that_was_asked_for_too_often_follows_by_itself(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(snapshots_at_once=1, snapshot_span=0.2, heartbeat_seconds=0.4)
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0)])
            await socket.until("snapshot")
            await socket.ask(type="subscribe", topics=[page(0)])
            error = await socket.until("error")
            assert (error["code"], error["topic"]) == ("rate_limited", ALL_LEARNINGS)
            assert (await socket.until("snapshot"))["version"] == stage.facts.version

    async def test_a_topic_comes_back_by_itself_when_the_database_does(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(read_retry_min=0.01)
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0)])
            before = await socket.until("snapshot")
            stage.facts.change(total=1, failure=TopicFailure("unavailable", "The database is away."))
            error = await socket.next("error")
            assert (error["code"], error["topic"]) == ("unavailable", ALL_LEARNINGS)
            assert error["retry_after_ms"] <= 10
            stage.facts.failure = None
            assert (await socket.next("snapshot"))["version"] == before["version"]


class TestRequests:
    async def test_faults_are_told_with_their_places(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            topics = [{"topic": "learnings", "filters": {"category": "opinion"}}]
            await socket.send_invalid(orjson.dumps({"type": "subscribe", "topics": topics, "request_id": "s"}))
            error = await socket.next("error")
            assert (error["code"], error["request_id"]) == ("invalid_message", "s")
            assert [fault["path"] for fault in error["details"]] == ["/topics/0/filters/category"]
            await socket.ask(type="ping")
            await socket.next("pong")

    async def test_three_invalid_messages_in_a_row_end_the_connection(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            for _ in range(3):
                await socket.send_invalid(b"{}")
            assert await socket.closed() == 4400
            assert [message["type"] for message in socket.heard[1:]] == ["error", "error", "error", "goodbye"]
        await stage.empty()

    @pytest.mark.parametrize("text", [b"", b"hello", b'{"type":"ping"', b'"\xc3\x28"'])
    async def test_what_is_not_json_ends_the_connection(self, stage: Stage, text: bytes) -> None:
        async with connect(stage.client) as socket:
            await socket.send_invalid(text)
            assert (await socket.next("error"))["code"] == "invalid_message"
            assert await socket.closed() == 4400

    async def test_a_binary_frame_ends_the_connection(self, stage: Stage) -> None:
        async with connect(stage.client) as socket:
            await socket.send_binary(b'{"type":"ping"}')
            assert await socket.closed() == 4400

    async def test_a_message_that_is_too_large_is_refused_in_words(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(max_message_bytes=1000)
        async with connect(stage.client) as socket:
            await socket.ask(type="ping", padded_to=1000)
            await socket.next("pong")
            await socket.ask(type="ping", padded_to=1001)
            assert (await socket.next("error"))["code"] == "message_too_large"
            await socket.send_invalid(b"x" * 15_000)
            assert (await socket.next("error"))["code"] == "message_too_large"
            await socket.ask(type="ping")
            await socket.next("pong")

    async def test_a_message_may_come_in_fragments(self, stage: Stage) -> None:
        raw = await stage.raw()
        await raw.ask(type="ping", fragments=2)
        assert await raw.message() == {"type": "pong"}

    async def test_more_messages_than_may_be_are_told_when_to_go_on(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(message_burst=2, messages_per_second=1)
        async with connect(stage.client) as socket:
            for number in range(3):
                await socket.ask(type="ping", request_id=str(number))
            for _ in range(2):
                await socket.next("pong")
            error = await socket.next("error")
            assert (error["code"], error["request_id"]) == ("rate_limited", "2")
            assert 0 < error["retry_after_ms"] <= 1000

    async def test_far_more_end_the_connection(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(message_burst=1, messages_per_second=1, rate_limited_in_a_row=5)
        async with connect(stage.client) as socket:
            for _ in range(6):
                await socket.ask(type="ping")
            assert await socket.closed() == 4029
            assert socket.heard[-1]["retry"] == {"min_ms": 500, "max_ms": 20000}

    async def test_too_many_topics_are_refused(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(max_topics=1)
        async with connect(stage.client) as socket:
            await socket.ask(type="subscribe", topics=[page(0), page(1)])
            assert (await socket.next("error"))["code"] == "too_many_topics"

    async def test_a_message_that_breaks_the_server_is_answered_without_a_reason(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with connect(stage.client) as socket:
            with monkeypatch.context() as patch:
                patch.setattr(stage.hub, "subscribe", None)
                await socket.ask(type="subscribe", topics=[page(0)])
                error = await socket.until("error")
            assert error == {"type": "error", "code": "internal", "message": "The server failed; its log says why."}
            assert "'NoneType' object is not callable" in caplog.text
            caplog.clear()
            await socket.ask(type="ping")
            await socket.next("pong")


class TestActions:
    @pytest.mark.parametrize("action", ["enable_learning", "disable_learning", "delete_learning"])
    async def test_an_action_is_answered_once_it_is_done(self, stage: Stage, action: str) -> None:
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            await socket.ask(type=action, id=LEARNING_ID, request_id="a")
            await socket.ask(type="ping")
            await socket.next("pong")  # an action holds up nothing else
            assert stage.actions.done == []
            stage.actions.may_end.set()
            assert await socket.next("action_result") == {
                "type": "action_result",
                "action": action,
                "id": LEARNING_ID,
                "request_id": "a",
            }
        assert stage.actions.done == [(action, LEARNING_ID)]

    async def test_actions_are_carried_out_in_their_order(self, stage: Stage) -> None:
        actions = ["disable_learning", "enable_learning", "disable_learning", "delete_learning"]
        async with connect(stage.client) as socket:
            for action in actions:
                await socket.ask(type=action, id=LEARNING_ID)
            assert [(await socket.next("action_result"))["action"] for _ in actions] == actions

    async def test_an_unknown_learning_is_not_found(self, stage: Stage) -> None:
        stage.actions.error = UnknownLearning(LEARNING_ID)
        async with connect(stage.client) as socket:
            await socket.ask(type="delete_learning", id=LEARNING_ID, request_id="a")
            assert await socket.next("error") == {
                "type": "error",
                "code": "not_found",
                "message": "There is no such learning.",
                "request_id": "a",
            }

    async def test_a_database_that_is_away_is_unavailable(self, stage: Stage) -> None:
        stage.actions.error = DatabaseUnavailable("host, port and password")
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            error = await socket.next("error")
            assert (error["code"], error["retry_after_ms"]) == ("unavailable", 1000)
            assert "password" not in error["message"]
            stage.actions.error = None
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            await socket.next("action_result")

    async def test_a_fault_of_ours_is_logged_and_not_told(self, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
        stage.actions.error = ZeroDivisionError("secret")
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            error = await socket.next("error")
        assert error == {"type": "error", "code": "internal", "message": "The server failed; its log says why."}
        assert "secret" in caplog.text
        caplog.clear()

    async def test_what_a_person_asked_for_is_done_even_if_that_person_leaves(self, stage: Stage) -> None:
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            await socket.ask(type="disable_learning", id=LEARNING_ID)
            await socket.ask(type="delete_learning", id=LEARNING_ID)
            await socket.ask(type="ping")
            await socket.next("pong")
        await stage.empty()
        stage.actions.may_end.set()
        await stage.until(lambda: len(stage.actions.done) == 2)

    async def test_one_who_asks_for_more_than_may_wait_is_not_read_from(
        self, staged: Callable[..., Awaitable[Stage]]
    ) -> None:
        stage = await staged(pending_actions=2)
        stage.actions.may_end.clear()
        async with connect(stage.client) as socket:
            for _ in range(2):
                await socket.ask(type="disable_learning", id=LEARNING_ID)
            await stage.until(lambda: stage.socket.statistics().received == 2)
            await socket.ask(type="ping")
            async with connect(stage.client) as other:  # a round trip in which the ping would have been read, too
                await other.ask(type="ping")
                await other.next("pong")
            assert stage.socket.statistics().received == 3
            stage.actions.may_end.set()
            await socket.until("pong")


class TestSilence:
    async def test_a_heartbeat_follows_a_silence(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(heartbeat_seconds=0.02)
        async with connect(stage.client) as socket:
            for _ in range(3):
                await socket.next("heartbeat")

    async def test_a_ping_frame_is_answered(self, stage: Stage) -> None:
        raw = await stage.raw()
        await raw.send_frame(recording.PING, b"are you there")
        assert await raw.frame() == (recording.PONG, b"are you there")
        await raw.send_frame(recording.PONG, b"unasked")
        await raw.ask(type="ping")
        assert await raw.message() == {"type": "pong"}

    async def test_too_many_ping_frames_are_not_answered(self, staged: Callable[..., Awaitable[Stage]]) -> None:
        stage = await staged(message_burst=1, messages_per_second=1, rate_limited_in_a_row=3)
        raw = await stage.raw()
        for number in range(4):
            await raw.send_frame(recording.PING, str(number).encode())
        assert await raw.frame() == (recording.PONG, b"0")
        assert (await raw.message())["code"] == 4029
        assert await raw.close_frame() == 4029


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


async def test_statistics_tell_what_was_said(stage: Stage) -> None:
    async with connect(stage.client) as socket:
        await socket.ask(type="ping")
        await socket.next("pong")
        sent = sum(len(frame_of(WSMsgType.TEXT, orjson.dumps(message))) for message in socket.heard)
        statistics = stage.socket.statistics()
        assert statistics == SocketStatistics(
            connections=1, opened=1, received=1, sent=2, sent_bytes=sent, lag=statistics.lag, closes={}
        )
        assert statistics.lag.times == 2
        assert 0 < statistics.lag.seconds < recording.DEADLINE


async def test_every_frame_is_text(stage: Stage) -> None:
    raw = await stage.raw(welcomed=False)
    await raw.ask(type="subscribe", topics=[page(0)])
    assert [(await raw.frame())[0] for _ in range(3)] == [recording.TEXT] * 3
