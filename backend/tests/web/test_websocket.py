"""The socket, over TCP: who may connect, and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from groove_dashboard.live.state import TopicFailure
from groove_dashboard.web.frames import frame_of
from groove_dashboard.web.origin import Origin
from groove_dashboard.web.websocket import SocketStatistics
from tests.live.fakes import ALL_LEARNINGS, NO_SUCH_LEARNING, page
from tests.web import recording
from tests.web.recording import PATH, SUBPROTOCOL, connect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.stage import Stage

pytestmark = pytest.mark.usefixtures("nothing_was_logged_as_an_error")


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
