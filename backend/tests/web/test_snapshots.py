"""Every topic can be had over HTTP, and need not be sent again while it has not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from groove_dashboard.live.version import encode, version_of
from groove_dashboard.messages.validators import TOPIC_NAMES, load_topic_data
from tests.web.site import attributed, extracted, ingest, problem_of, reported, uuid

if TYPE_CHECKING:
    from aiohttp import ClientSession

BASE = "/api/groove/dashboard"
PATHS = {name: f"{BASE}/{name}" for name in TOPIC_NAMES}
PATHS["learning_detail"] += f"?id={uuid('tests first')}"


async def test_a_topic_is_the_very_bytes_that_its_version_names(client: ClientSession) -> None:
    await ingest(client, extracted("tests first"), attributed("tests first", "s1", 0.5))
    for name, path in PATHS.items():
        async with client.get(path) as response:
            body = await response.read()
            assert response.status == 200, name
            assert response.content_type == "application/json"
            assert response.headers["Cache-Control"] == "no-cache"
            data = load_topic_data(orjson.loads(body))
            assert data["data_type"] == name
            assert body == encode(data)
            assert response.headers["ETag"] == f'"{version_of(body)}"'


async def test_what_the_client_holds_is_not_sent_again(client: ClientSession) -> None:
    await ingest(client, extracted("tests first"))
    for name, path in PATHS.items():
        async with client.get(path) as response:
            tag = response.headers["ETag"]
        for held in (tag, f'"older", {tag}', f"W/{tag}", "*"):
            async with client.get(path, headers={"If-None-Match": held}) as response:
                assert response.status == 304, (name, held)
                assert await response.read() == b""
                assert response.headers["ETag"] == tag
                assert response.headers["Cache-Control"] == "no-cache"


async def test_what_has_changed_is_sent(client: ClientSession) -> None:
    async with client.get(f"{BASE}/learnings") as response:
        tag = response.headers["ETag"]
    await ingest(client, extracted("tests first"))
    async with client.get(f"{BASE}/learnings", headers={"If-None-Match": tag}) as response:
        assert response.status == 200
        assert response.headers["ETag"] != tag
        assert [one["id"] for one in (await response.json())["learnings"]] == [uuid("tests first")]


async def test_two_spellings_of_a_topic_have_one_version(client: ClientSession) -> None:
    await ingest(client, extracted("a"), extracted("b"))
    async with client.get(f"{BASE}/learnings") as plain:
        tag = plain.headers["ETag"]
    async with client.get(f"{BASE}/learnings?offset=0&sort=recency&limit=100") as spelled_out:
        assert spelled_out.headers["ETag"] == tag


async def test_parameters_choose_what_is_shown(client: ClientSession) -> None:
    await ingest(
        client,
        extracted("a", category="preference", content="Use tabs"),
        extracted("b", category="solution", scope={"level": "project", "name": "ledger"}, content="Use SPACES"),
        extracted("c", category="solution", content="Neither"),
    )
    for query, names in {
        "category=solution": ["b", "c"],
        "search=use": ["a", "b"],
        "search=use&category=solution": ["b"],
        "scope_level=project": ["b"],
        "scope_level=project&scope_name=ledger": ["b"],
        "scope_level=project&scope_name=other": [],
        "status=disabled": [],
        "limit=500": ["a", "b", "c"],
    }.items():
        async with client.get(f"{BASE}/learnings?{query}") as response:
            shown = await response.json()
        assert {one["id"] for one in shown["learnings"]} == {uuid(name) for name in names}, query
        assert shown["total"] == len(names), query


async def test_a_body_is_not_sent_to_who_asks_for_the_head_only(client: ClientSession) -> None:
    async with client.head(f"{BASE}/overview") as response:
        assert response.status == 200
        assert response.headers["ETag"]
        assert await response.read() == b""


async def test_an_unknown_learning_is_not_found(client: ClientSession) -> None:
    async with client.get(PATHS["learning_detail"], headers={"If-None-Match": "*"}) as response:
        assert response.status == 404
        assert (await problem_of(response))["code"] == "not_found"


async def test_a_deleted_learning_is_not_found(client: ClientSession) -> None:
    await ingest(client, extracted("tests first"))
    async with client.delete(f"/api/groove/learnings/{uuid('tests first')}") as response:
        assert response.status == 200
    async with client.get(PATHS["learning_detail"]) as response:
        assert response.status == 404


async def test_an_unknown_topic_is_not_found(client: ClientSession) -> None:
    async with client.get(f"{BASE}/everything") as response:
        assert response.status == 404
        assert (await problem_of(response))["code"] == "not_found"


async def test_a_bad_parameter_is_told_by_its_name(client: ClientSession) -> None:
    async with client.get(f"{BASE}/attribution?days=366&page=2") as response:
        assert response.status == 422
        problem = await problem_of(response)
    assert problem["code"] == "invalid_message"
    assert [fault["path"] for fault in problem["details"]] == ["/page"]
    async with client.get(f"{BASE}/attribution?days=366") as response:
        problem = await problem_of(response)
    assert problem["details"] == [{"path": "/days", "message": "This must be at least 1 and at most 365."}]


async def test_a_component_that_reported_is_in_the_health_topic(client: ClientSession) -> None:
    await ingest(client, reported("strategy", "error", occurred_at="2026-01-10T12:00:00Z", message="Broken"))
    async with client.get(f"{BASE}/health") as response:
        health = await response.json()
    assert health["overall_status"] == "error"
    assert health["recent_activity"] == [
        {"occurred_at": "2026-01-10T12:00:00Z", "component": "strategy", "status": "error", "message": "Broken"}
    ]
