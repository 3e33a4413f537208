"""Facts come in whole or not at all, and what is wrong with them is told to the place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from groove_dashboard.store.retention import retain
from tests.web.site import attributed, extracted, ingest, problem_of, site

if TYPE_CHECKING:
    from aiohttp import ClientSession

EVENTS = "/api/groove/events"


async def total(client: ClientSession) -> int:
    async with client.get("/api/groove/dashboard/learnings") as response:
        count: int = (await response.json())["total"]
        return count


async def test_an_array_is_taken(client: ClientSession) -> None:
    async with client.post(EVENTS, data=orjson.dumps([extracted("a"), extracted("b")])) as response:
        assert response.status == 200
        assert await response.json() == {"accepted": 2, "duplicates": 0}
    assert await total(client) == 2


async def test_lines_are_taken(client: ClientSession) -> None:
    body = b"\n" + orjson.dumps(extracted("a")) + b"\r\n\n" + orjson.dumps(extracted("b"))
    async with client.post(EVENTS, data=body) as response:
        assert await response.json() == {"accepted": 2, "duplicates": 0}


async def test_what_is_known_is_counted_and_changes_nothing(client: ClientSession) -> None:
    await ingest(client, extracted("a"))
    assert await ingest(client, extracted("a"), extracted("b"), extracted("b")) == {"accepted": 1, "duplicates": 2}
    assert await total(client) == 2


async def test_nothing_is_taken_as_nothing(client: ClientSession) -> None:
    for body in (b"", b" \n", b"[]"):
        async with client.post(EVENTS, data=body) as response:
            assert await response.json() == {"accepted": 0, "duplicates": 0}


async def test_an_array_that_is_not_json_is_refused_with_the_place(client: ClientSession) -> None:
    for body, place in {
        b'[{"event_id": ': "line 1",
        b'[\n{"a": 1},\n{"b": NaN}]': "line 3",
        b"[1] [2]": "line 1",
        b'["\xff"]': "line 1",
        b"[" * 5000: "line 1",
    }.items():
        async with client.post(EVENTS, data=body) as response:
            assert response.status == 400, body
            problem = await problem_of(response)
        assert problem["code"] == "invalid_message"
        assert place in problem["detail"]


def changed(event: Any, **fields: Any) -> Any:
    return {**event, **fields}


INVALID: tuple[tuple[Any, str], ...] = (
    (changed(extracted("x"), type="learning_forgotten"), "/type"),
    (changed(extracted("x"), colour="red"), "/colour"),
    (changed(extracted("x"), occurred_at="yesterday"), "/occurred_at"),
    (changed(extracted("x"), event_id="1"), "/event_id"),
    (extracted("x", category="recipe"), "/learning/category"),
    (extracted("x", content=""), "/learning/content"),
    (extracted("x", scope={"level": "galaxy"}), "/learning/scope/level"),
    (attributed("x", "s", 1.01), "/contribution"),
    (attributed("x", "s", 0.5, activated=False), "/contribution"),
    (attributed("x", "s", 0.5, confidence=-0.1), "/confidence"),
    (attributed("x", "", 0.5), "/session_id"),
    ("an event", ""),
    (None, ""),
)


async def test_an_invalid_event_is_told_to_the_place_and_nothing_is_stored(client: ClientSession) -> None:
    for event, path in INVALID:
        async with client.post(EVENTS, data=orjson.dumps([extracted("fine"), event])) as response:
            assert response.status == 422, event
            problem = await problem_of(response)
        assert [(fault["index"], fault["path"]) for fault in problem["errors"]] == [(1, path)]
        assert problem["code"] == "invalid_message"
    assert await total(client) == 0


async def test_a_line_that_is_not_json_is_told_by_its_index(client: ClientSession) -> None:
    for line in (b'{"event_id": NaN}', b"{", b"NaN", b'{"confidence": 1e400}', b'{"confidence": Infinity}'):
        async with client.post(EVENTS, data=orjson.dumps(extracted("fine")) + b"\n" + line) as response:
            assert response.status == 422, line
            problem = await problem_of(response)
        assert [(fault["index"], fault["path"]) for fault in problem["errors"]] == [(1, "")]
    assert await total(client) == 0


async def test_a_hundred_faults_are_enough(client: ClientSession) -> None:
    async with client.post(EVENTS, data=orjson.dumps([{}] * 300)) as response:
        assert response.status == 422
        assert len((await problem_of(response))["errors"]) == 100


async def test_too_many_events_are_refused(client: ClientSession) -> None:
    async with client.post(EVENTS, data=b"{}\n" * 10_001) as response:
        assert response.status == 413
        assert (await problem_of(response))["code"] == "message_too_large"


async def test_a_body_that_is_too_large_is_refused(database_url: str) -> None:
    async with site(database_url, max_body_bytes=1000) as client:
        async with client.post(EVENTS, data=orjson.dumps([extracted("a", content="x" * 1000)])) as response:
            assert response.status == 413
            assert (await problem_of(response))["code"] == "message_too_large"
        assert await ingest(client, extracted("a")) == {"accepted": 1, "duplicates": 0}


async def test_a_page_of_another_origin_cannot_write(client: ClientSession) -> None:
    headers = {"Origin": "http://evil.example", "Content-Type": "text/plain"}
    async with client.post(EVENTS, data=orjson.dumps([extracted("a")]), headers=headers) as response:
        assert response.status == 403
        assert (await problem_of(response))["code"] == "forbidden"
    assert await total(client) == 0


async def test_a_page_of_an_allowed_origin_can_write(database_url: str) -> None:
    async with site(database_url, allow_origin=("https://dashboard.example",)) as client:
        headers = {"Origin": "https://dashboard.example"}
        async with client.post(EVENTS, data=orjson.dumps([extracted("a")]), headers=headers) as response:
            assert response.status == 200


async def test_the_method_must_be_post(client: ClientSession) -> None:
    async with client.get(EVENTS) as response:
        assert response.status in {404, 405}
        await problem_of(response)


async def test_a_record_of_a_time_that_was_given_up_is_refused_with_its_place(database_url: str) -> None:
    await retain(database_url, timedelta(days=31), datetime.now(UTC))
    late = attributed("a", "s", 0.5, occurred_at="2020-01-01T00:00:00Z")
    async with (
        site(database_url) as client,
        client.post(EVENTS, data=orjson.dumps([extracted("a"), late])) as response,
    ):
        assert response.status == 422
        problem = await problem_of(response)
        assert [(one["index"], one["path"]) for one in problem["errors"]] == [(1, "/occurred_at")]
        assert await total(client) == 0
