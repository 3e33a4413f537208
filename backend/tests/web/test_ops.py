"""What those who run the server ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs
from prometheus_client.parser import text_string_to_metric_families

from groove_dashboard.messages.validators import SCHEMA_HASH
from tests.live.grammar import SCHEMA
from tests.web.recording import connect
from tests.web.site import extracted, ingest, problem_of

if TYPE_CHECKING:
    from aiohttp import ClientSession


async def figures(client: ClientSession) -> dict[str, float]:
    async with client.get("/metrics") as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        text = await response.text()
    return {
        sample.name + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_the_process_says_that_it_lives(client: ClientSession) -> None:
    async with client.get("/healthz") as response:
        assert response.status == 200
        assert await response.json() == {"status": "ok"}


async def test_a_server_with_a_database_and_its_changes_is_ready(client: ClientSession) -> None:
    async with client.get("/readyz") as response:
        state = await response.json()
    assert state["database"] is True
    assert response.status == (200 if state["change_feed"] else 503)


async def test_the_metrics_count_what_happens(client: ClientSession) -> None:
    before = await figures(client)
    assert before["groove_dashboard_connections"] == 0
    async with connect(client) as socket:
        await socket.ask(type="subscribe", topics=[{"topic": "overview"}])
        await socket.until("snapshot")
        after = await figures(client)
    assert after["groove_dashboard_connections"] == 1
    assert after["groove_dashboard_connections_opened_total"] == 1
    assert after["groove_dashboard_subscriptions"] == 1
    assert after["groove_dashboard_refreshes_total"] >= 1
    assert after["groove_dashboard_messages_received_total"] == 1
    assert after["groove_dashboard_sent_bytes_total"] > 0
    assert after["groove_dashboard_database_connections_limit"] == 4
    assert after["process_start_time_seconds"] > 0


async def test_the_metrics_tell_how_fast_and_how_well_clients_are_served(client: ClientSession) -> None:
    topic = {"topic": "overview"}
    async with connect(client) as socket:
        await socket.ask(type="subscribe", topics=[topic])
        version = (await socket.until("snapshot"))["version"]
        await socket.ask(type="resume", subscriptions=[{"topic": topic, "version": version}])
        await socket.until("current")
        await socket.ask(type="resume", subscriptions=[{"topic": topic, "version": "another"}])
        await socket.until("snapshot")
        await socket.send_invalid(b"no json")
        await socket.closed()
    after = await figures(client)
    assert after["groove_dashboard_resumptions_total outcome=current"] == 1
    assert after["groove_dashboard_resumptions_total outcome=snapshot_expired"] == 1
    assert after["groove_dashboard_closes_total by=server code=4400"] == 1
    assert after["groove_dashboard_conflations_total"] == 0
    assert after["groove_dashboard_query_seconds_count"] >= 1
    assert 0 < after["groove_dashboard_query_seconds_sum"] < 10
    written = after["groove_dashboard_fanout_lag_seconds_count"]
    assert written >= 5
    assert after["groove_dashboard_fanout_lag_seconds_bucket le=+Inf"] == written
    assert 0 <= after["groove_dashboard_fanout_lag_seconds_bucket le=0.001"] <= written
    assert 0 < after["groove_dashboard_fanout_lag_seconds_sum"] < 10


async def test_the_grammar_is_served_with_its_hash(client: ClientSession) -> None:
    async with client.get("/api/groove/schema") as response:
        assert response.status == 200
        answer = await response.json()
    assert answer["schema_hash"] == SCHEMA_HASH
    assert answer["schema"] == SCHEMA
    jsonschema_rs.meta.validate(answer["schema"])


async def test_who_holds_the_grammar_is_not_sent_it_again(client: ClientSession) -> None:
    async with client.head("/api/groove/schema") as response:
        assert response.headers["ETag"] == f'"{SCHEMA_HASH}"'
    for tag, status in ((SCHEMA_HASH, 304), ("another", 200)):
        async with client.get("/api/groove/schema", headers={"If-None-Match": f'"{tag}"'}) as response:
            assert response.status == status
            assert response.headers["ETag"] == f'"{SCHEMA_HASH}"'


async def test_the_socket_is_described_as_asyncapi_has_it(client: ClientSession) -> None:
    async with client.get("/api/groove/asyncapi") as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "application/vnd.aai.asyncapi+json"
        assert response.headers["Cache-Control"] == "no-cache"
        document = await response.json(content_type=response.content_type)
    assert document["asyncapi"] == "3.0.0"
    assert document["info"]["x-schema-hash"] == SCHEMA_HASH
    async with connect(client, document["channels"]["dashboard"]["address"]) as socket:
        assert socket.heard[0]["type"] == "welcome"


async def test_an_address_of_programs_that_is_none_is_a_problem(client: ClientSession) -> None:
    for path in ("/api", "/api/", "/api/groove", "/api/groove/nothing", "/ws", "/ws/other"):
        async with client.get(path) as response:
            assert response.status == 404, path
            assert (await problem_of(response))["code"] == "not_found"


async def test_a_wrong_method_is_told_the_right_one(client: ClientSession) -> None:
    async with client.post("/healthz") as response:
        assert response.status == 405
        assert "GET" in response.headers["Allow"]
        await problem_of(response)


async def test_a_plain_request_to_the_socket_is_a_problem(client: ClientSession) -> None:
    await ingest(client, extracted("a"))
    async with client.get("/ws/groove/dashboard") as response:
        assert response.status == 400
        await problem_of(response)
