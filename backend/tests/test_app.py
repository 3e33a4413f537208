"""The rooms together: a commit reaches everybody who watches, and what an operator sets is heeded."""

from __future__ import annotations

import asyncio
import socket as sockets
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import WSServerHandshakeError

from groove_dashboard.demo.facts import Scribe
from groove_dashboard.demo.history import history
from groove_dashboard.demo.pipeline import SEED
from groove_dashboard.live.limits import Limits
from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.messages.validators import TOPIC_NAMES
from groove_dashboard.store.feed import FeedTiming
from groove_dashboard.store.retention import retain
from tests.processes import served
from tests.web.news import error_about, heard, news
from tests.web.recording import DEADLINE, RawSocket, connect
from tests.web.site import (
    attributed,
    client_of,
    extracted,
    figure,
    ingest,
    problem_of,
    reported,
    site,
    until_ready,
    uuid,
)

if TYPE_CHECKING:
    from aiohttp import ClientSession


HARDLY_EVER = FeedTiming(poll=10 * DEADLINE)
CUT_OFF = 'closes_total{by="server",code="4008"}'
EVERYTHING = [{"topic": name} | ({"id": uuid("watched")} if name == "learning_detail" else {}) for name in TOPIC_NAMES]


# From a commit to those who watch


async def test_a_commit_reaches_everybody_who_watches_an_affected_topic(database_url: str) -> None:
    async with site(database_url) as client:
        await ingest(client, extracted("watched"))
        async with connect(client) as socket:
            await socket.ask(type="subscribe", topics=EVERYTHING)
            await heard(socket, *TOPIC_NAMES)
            await ingest(client, attributed("watched", "s1", 0.5, occurred_at=timestamp(datetime.now(UTC))))
            told = await news(socket, "attribution", "learning_detail", "learnings", "overview")
            assert told["learning_detail"]["session_count"] == 1
            await ingest(client, reported("strategy", occurred_at="2026-01-10T12:00:00Z"))
            assert (await news(socket, "health"))["health"]["recent_activity"][0]["component"] == "strategy"


async def test_what_a_person_does_over_http_reaches_the_socket_and_the_other_way_round(database_url: str) -> None:
    async with site(database_url) as client:
        await ingest(client, extracted("watched"))
        async with connect(client) as socket:
            await socket.ask(type="subscribe", topics=[{"topic": "learning_detail", "id": uuid("watched")}])
            await heard(socket, "learning_detail")
            async with client.post(f"/api/groove/learnings/{uuid('watched')}/disable") as response:
                assert response.status == 200
            assert (await news(socket, "learning_detail"))["learning_detail"]["status"] == "disabled"
            await socket.ask(type="enable_learning", id=uuid("watched"), request_id="r1")
            await until_status(client, "active")
            await socket.ask(type="delete_learning", id=uuid("watched"), request_id="r2")
            error = await error_about(socket, "code", "not_found")
            assert error["topic"]["topic"] == "learning_detail"


async def until_status(client: ClientSession, status: str) -> None:
    async with asyncio.timeout(DEADLINE):
        while True:
            async with client.get(f"/api/groove/dashboard/learning_detail?id={uuid('watched')}") as response:
                if (await response.json())["status"] == status:
                    return


async def test_a_topic_is_not_read_again_for_what_it_does_not_depend_on(database_url: str) -> None:
    async with site(database_url) as client:
        await until_ready(client)
        await ingest(client, extracted("watched"), extracted("other"))
        async with connect(client) as socket:
            for name in ("watched", "other"):
                await socket.ask(type="subscribe", topics=[{"topic": "learning_detail", "id": uuid(name)}])
                await heard(socket, "learning_detail")
            # When this is heard, whatever the extraction caused is over: news come in the order of the commits.
            await ingest(client, attributed("other", "before", 0.5))
            await heard(socket, "learning_detail")
            before = await refreshes(client)
            for number in range(3):
                await ingest(client, attributed("other", f"s{number}", 0.5))
                assert (await news(socket, "learning_detail"))["learning_detail"]["id"] == uuid("other")
            assert await refreshes(client) == before + 3


async def refreshes(client: ClientSession) -> float:
    """How many topics have been read by now."""
    return await figure(client, "refreshes_total")


async def test_the_own_commit_is_heard_of_without_polling_or_a_notification(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groove_dashboard.app.Notifier.committed", lambda _notifier: None)
    async with site(database_url, feed_timing=HARDLY_EVER) as client:
        await until_ready(client)
        await a_commit_is_heard_of(writer=client, reader=client)


async def test_a_commit_of_another_process_is_heard_of_without_polling(database_url: str) -> None:
    async with (
        site(database_url, feed_timing=HARDLY_EVER) as writer,
        site(database_url, feed_timing=HARDLY_EVER) as reader,
    ):
        await until_ready(reader)
        await a_commit_is_heard_of(writer=writer, reader=reader)


async def a_commit_is_heard_of(*, writer: ClientSession, reader: ClientSession) -> None:
    async with connect(reader) as socket:
        await socket.ask(type="subscribe", topics=[{"topic": "learnings"}])
        assert (await news(socket, "learnings"))["learnings"]["total"] == 0
        await ingest(writer, extracted("new"))
        assert (await news(socket, "learnings"))["learnings"]["total"] == 1


async def test_a_commit_through_one_process_reaches_who_watches_at_another(database_url: str) -> None:
    async with (
        served("--database-url", database_url) as here,
        served("--database-url", database_url) as there,
        client_of(here.url) as writer,
        client_of(there.url) as reader,
        connect(reader) as socket,
    ):
        await until_ready(reader)
        await socket.ask(type="subscribe", topics=[{"topic": "overview"}, {"topic": "learnings"}])
        await heard(socket, "overview", "learnings")
        delays = []
        for number in range(5):
            await ingest(writer, extracted(f"learning {number}"))
            began = time.monotonic()
            told = await news(socket, "overview", "learnings")
            delays.append(time.monotonic() - began)
            assert told["learnings"]["total"] == number + 1
        assert min(delays) < 1
        async with reader.delete(f"/api/groove/learnings/{uuid('learning 0')}") as response:
            assert response.status == 200
        assert (await news(socket, "overview", "learnings"))["learnings"]["total"] == 4
        async with writer.get("/api/groove/dashboard/learnings") as response:
            assert (await response.json())["total"] == 4


async def test_two_processes_name_the_same_state_alike(database_url: str) -> None:
    async with site(database_url) as one, site(database_url) as another:
        await ingest(one, extracted("watched"), attributed("watched", "s1", 0.25))
        for name in TOPIC_NAMES:
            query = {"id": uuid("watched")} if name == "learning_detail" else {}
            async with (
                one.get(f"/api/groove/dashboard/{name}", params=query) as first,
                another.get(f"/api/groove/dashboard/{name}", params=query) as second,
            ):
                assert first.headers["ETag"] == second.headers["ETag"], name


async def test_a_restarted_server_knows_the_states_that_clients_hold(database_url: str) -> None:
    async with site(database_url) as client:
        await ingest(client, extracted("watched"))
        async with connect(client) as socket:
            await socket.ask(type="subscribe", topics=[{"topic": "learnings"}])
            version = (await heard(socket, "learnings"))["learnings"]["version"]
    async with site(database_url) as client, connect(client) as socket:
        await socket.ask(type="resume", subscriptions=[{"topic": {"topic": "learnings"}, "version": version}])
        assert (await heard(socket, "learnings"))["learnings"]["type"] == "current"


# What an operator sets


async def test_how_long_a_component_may_be_silent_is_the_operators_choice(database_url: str) -> None:
    two_hours_ago = timestamp(datetime.now(UTC) - timedelta(hours=2))
    for patience, status in ((timedelta(hours=1), "degraded"), (timedelta(hours=3), "ok")):
        async with site(database_url, component_stale_after=patience) as client:
            await ingest(client, reported("extraction", occurred_at=two_hours_ago))
            async with client.get("/api/groove/dashboard/health") as response:
                components = (await response.json())["components"]
        assert {one["component"]: one["status"] for one in components}["extraction"] == status


async def test_pages_of_other_origins_connect_only_where_the_operator_allows_it(database_url: str) -> None:
    page = {"Origin": "https://dashboard.example"}
    async with site(database_url) as client, client.get("/ws/groove/dashboard", headers=page) as response:
        assert response.status == 403
        assert (await problem_of(response))["code"] == "forbidden"
    allowing = site(database_url, allow_origin=("https://dashboard.example",))
    async with allowing as client, connect(client, headers=page) as socket:
        await socket.ask(type="ping")
        await socket.next("pong")


async def test_a_name_that_somebody_lets_point_here_is_refused_whatever_is_asked(database_url: str) -> None:
    async with site(database_url) as client:
        port = str(client._base_url).rstrip("/").rpartition(":")[2]
        page = {"Host": f"evil.example:{port}", "Origin": f"http://evil.example:{port}"}
        for method, path in (
            ("GET", "/"),
            ("GET", "/api/groove/dashboard/overview"),
            ("GET", "/ws/groove/dashboard"),
            ("GET", "/nothing"),
            ("POST", "/api/groove/events"),
        ):
            async with client.request(method, path, headers=page) as response:
                assert response.status == 421, (method, path)
                assert (await problem_of(response))["code"] == "forbidden"
        with pytest.raises(WSServerHandshakeError, match="421"):
            async with connect(client, headers=page):
                pass
        async with connect(client, headers={"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}) as ours:
            await ours.ask(type="ping")
            await ours.next("pong")


async def test_a_proxy_that_speaks_tls_is_named_by_its_origin(database_url: str) -> None:
    page = {"Host": "dashboard.example", "Origin": "https://dashboard.example"}
    allowing = site(database_url, allow_origin=("https://dashboard.example",))
    async with allowing as client, connect(client, headers=page) as socket:
        await socket.ask(type="ping")
        await socket.next("pong")
        async with client.post("/api/groove/events", json=[], headers=page) as response:
            assert response.status == 200


async def test_the_host_that_the_server_listens_on_is_one_of_its_names(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = sockets.getaddrinfo
    monkeypatch.setattr(
        "socket.getaddrinfo",
        lambda host, *rest, **more: look_up("127.0.0.1" if host == "Groove.Test" else host, *rest, **more),
    )
    async with site(database_url, host="Groove.Test") as client:
        port = str(client._base_url).rstrip("/").rpartition(":")[2]
        for host, status in (("groove.test:8765", 200), ("127.0.0.1", 200), ("other.test", 421)):
            async with client.get(f"http://127.0.0.1:{port}/healthz", headers={"Host": host}) as response:
                assert response.status == status


async def test_limits_of_the_socket_are_those_of_the_server(database_url: str) -> None:
    async with site(database_url, Limits(max_topics=1)) as client, connect(client, welcomed=False) as socket:
        assert (await socket.next("welcome"))["limits"]["max_topics"] == 1
        await socket.ask(type="subscribe", topics=[{"topic": "overview"}, {"topic": "health"}])
        assert (await socket.next("error"))["code"] == "too_many_topics"


async def test_how_long_a_client_may_be_slow_is_the_operators_choice(database_url: str) -> None:
    many = [extracted(f"learning {number}", content="long " * 800) for number in range(100)]
    async with site(database_url, slow_client_seconds=0.3) as client:
        await ingest(client, *many)
        slow = await RawSocket.connect("127.0.0.1", int(str(client._base_url).rstrip("/").rpartition(":")[2]))
        try:
            sorts = ("recency", "value", "confidence", "usage")
            await slow.ask(type="subscribe", topics=[{"topic": "learnings", "sort": sort} for sort in sorts])
            async with asyncio.timeout(DEADLINE):
                while await figure(client, CUT_OFF) == 0:  # noqa: ASYNC110 - figures do not call
                    await asyncio.sleep(0.02)
            await slow.is_cut_off()
        finally:
            await slow.leave(abruptly=True)


# The demo


async def test_the_history_of_the_demo_is_taken_once(database_url: str) -> None:
    events = list(history(Scribe(SEED), datetime.now(UTC)))
    async with site(database_url) as client:
        assert await ingest(client, *events) == {"accepted": len(events), "duplicates": 0}
        assert await ingest(client, *events) == {"accepted": 0, "duplicates": len(events)}
        async with client.get("/api/groove/dashboard/overview") as response:
            overview = await response.json()
        assert overview["learnings"]["total"] >= 30
        assert overview["attribution"]["negative_count"] >= 1
        assert len(overview["attribution"]["top_contributors"]) == 5
        async with client.get("/api/groove/dashboard/strategy_distributions") as response:
            strategies = await response.json()
        assert 0 < strategies["specialized_count"] < strategies["total_learnings"]


async def test_a_server_with_the_demo_in_it_fills_by_itself(database_url: str) -> None:
    async with site(database_url, demo=True) as client, connect(client) as socket:
        await socket.ask(type="subscribe", topics=[{"topic": "learnings", "limit": 1}])
        while (await news(socket, "learnings"))["learnings"]["total"] < 30:
            pass


async def test_the_demo_fills_a_database_whose_old_records_have_been_given_up(database_url: str) -> None:
    """It begins with three months, of which one or two are kept."""
    await retain(database_url, timedelta(days=31), datetime.now(UTC))
    async with site(database_url, demo=True) as client, connect(client) as socket:
        await socket.ask(type="subscribe", topics=[{"topic": "health"}])
        while (await news(socket, "health"))["health"]["components"][2]["item_count"] < 100:
            pass
