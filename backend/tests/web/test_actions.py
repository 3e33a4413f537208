"""What a person does to a learning over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.site import extracted, ingest, problem_of, uuid

if TYPE_CHECKING:
    from aiohttp import ClientSession

LEARNING = f"/api/groove/learnings/{uuid('tests first')}"
ROUTES = (("POST", "/enable"), ("POST", "/disable"), ("DELETE", ""))
DETAIL = f"/api/groove/dashboard/learning_detail?id={uuid('tests first')}"


async def status(client: ClientSession) -> str | None:
    async with client.get(DETAIL) as response:
        return (await response.json()).get("status") if response.status == 200 else None


async def test_a_learning_is_disabled_and_enabled_again(client: ClientSession) -> None:
    await ingest(client, extracted("tests first"))
    async with client.post(f"{LEARNING}/disable") as response:
        assert response.status == 200
        assert await response.json() == {"action": "disable_learning", "id": uuid("tests first")}
    assert await status(client) == "disabled"
    async with client.post(f"{LEARNING}/enable") as response:
        assert await response.json() == {"action": "enable_learning", "id": uuid("tests first")}
    assert await status(client) == "active"


async def test_a_deleted_learning_is_gone_for_good(client: ClientSession) -> None:
    await ingest(client, extracted("tests first"))
    async with client.delete(LEARNING) as response:
        assert await response.json() == {"action": "delete_learning", "id": uuid("tests first")}
    assert await status(client) is None
    async with client.delete(LEARNING) as response:
        assert response.status == 404


async def test_an_unknown_learning_is_not_found(client: ClientSession) -> None:
    for method, path in ROUTES:
        async with client.request(method, LEARNING + path) as response:
            assert response.status == 404, path
            assert (await problem_of(response))["code"] == "not_found"


async def test_what_is_no_id_is_refused(client: ClientSession) -> None:
    for method, path in ROUTES:
        for name in ("1", "x" * 500, uuid("tests first").upper(), "%00"):
            async with client.request(method, f"/api/groove/learnings/{name}{path}") as response:
                assert response.status == 422, (path, name)
                problem = await problem_of(response)
            assert [fault["path"] for fault in problem["details"]] == ["/id"]


async def test_a_page_of_another_origin_cannot_act(client: ClientSession) -> None:
    await ingest(client, extracted("tests first"))
    async with client.post(f"{LEARNING}/disable", headers={"Origin": "null"}) as response:
        assert response.status == 403
    assert await status(client) == "active"


async def test_the_own_page_can_act(client: ClientSession) -> None:
    await ingest(client, extracted("tests first"))
    own = str(client._base_url).rstrip("/")
    async with client.post(f"{LEARNING}/disable", headers={"Origin": own}) as response:
        assert response.status == 200
