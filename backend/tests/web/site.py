"""A running server of a test's own, a client of it, and the events it is fed with."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from aiohttp import ClientSession, ClientTimeout, TraceConfig

from groove_dashboard.app import serving
from groove_dashboard.config import Settings
from groove_dashboard.store.feed import DEFAULT_TIMING
from tests.live.grammar import answered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import BaseConnector, TraceRequestEndParams

    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.messages.types import IngestEvent, IngestResult, Problem
    from groove_dashboard.store.feed import FeedTiming

TEST_SETTINGS = Settings(port=0, drain_seconds=0.5, pool_max_size=4)


@asynccontextmanager
async def site(
    database_url: str,
    limits: Limits | None = None,
    *,
    feed_timing: FeedTiming = DEFAULT_TIMING,
    clock: Clock | None = None,
    **settings: Any,
) -> AsyncIterator[ClientSession]:
    """A server on that database, and a client of it."""
    chosen = replace(TEST_SETTINGS, database_url=database_url, **settings)
    async with (
        serving(chosen, limits, feed_timing=feed_timing, clock=clock) as server,
        client_of(server.url) as client,
    ):
        yield client


def client_of(url: str, connector: BaseConnector | None = None) -> ClientSession:
    """A client that holds the JSON of every answer against the schema."""
    return ClientSession(url, timeout=ClientTimeout(total=20), trace_configs=[checking()], connector=connector)


def checking() -> TraceConfig:
    """What makes a client do so."""
    config = TraceConfig()
    config.on_request_end.append(_check_answer)
    return config


async def _check_answer(_: ClientSession, __: object, params: TraceRequestEndParams) -> None:
    response = params.response
    body = await response.read()
    if body and response.content_type in {"application/json", "application/problem+json"}:
        answered(response.url.path, response.status, body)


def uuid(name: str) -> str:
    """An id, the same for the same name."""
    return str(uuid5(NAMESPACE_URL, name))


def extracted(name: str, **fields: Any) -> IngestEvent:
    """A learning of that name."""
    learning = {
        "id": uuid(name),
        "scope": {"level": "global"},
        "category": "correction",
        "content": f"Learned: {name}",
        "confidence": 0.8,
        "extraction_method": "session_review",
    }
    event: Any = {
        "event_id": uuid(f"extracted {name}"),
        "type": "learning_extracted",
        "occurred_at": "2026-01-10T12:00:00Z",
        "learning": {**learning, **fields},
    }
    return event  # type: ignore[no-any-return]


def attributed(name: str, session_id: str, contribution: float, **fields: Any) -> IngestEvent:
    """A learning that was activated in a session."""
    event: Any = {
        "event_id": uuid(f"attributed {name} {session_id}"),
        "type": "attribution_recorded",
        "occurred_at": "2026-01-11T12:00:00Z",
        "session_id": session_id,
        "learning_id": uuid(name),
        "activated": True,
        "contribution": contribution,
        "confidence": 0.9,
        **fields,
    }
    return event  # type: ignore[no-any-return]


def reported(component: str, status: str = "ok", *, occurred_at: str, message: str = "Well") -> IngestEvent:
    """A component's report."""
    event: Any = {
        "event_id": uuid(f"reported {component} {status} {occurred_at} {message}"),
        "type": "component_reported",
        "occurred_at": occurred_at,
        "component": component,
        "status": status,
        "message": message,
    }
    return event  # type: ignore[no-any-return]


async def ingest(client: ClientSession, *events: IngestEvent) -> IngestResult:
    """Store the events; fails where the server does not take them."""
    async with client.post("/api/groove/events", data=orjson.dumps(events)) as response:
        assert response.status == 200, await response.text()
        result: IngestResult = await response.json()
        return result


async def figure(client: ClientSession, name: str) -> float:
    """A figure that the server gives of itself."""
    async with client.get("/metrics") as response:
        lines = (await response.text()).splitlines()
    found = [line for line in lines if line.startswith(f"groove_dashboard_{name} ")]
    if "{" in name and not found:
        return 0.0  # such labels come with the first time
    [line] = found
    return float(line.split()[1])


async def problem_of(response: Any) -> Problem:
    """The body of an error."""
    assert response.content_type == "application/problem+json"
    problem: Problem = await response.json()
    assert problem["status"] == response.status
    return problem


async def ready(client: ClientSession) -> bool:
    async with client.get("/readyz") as response:
        return response.status == 200


async def until_ready(client: ClientSession) -> None:
    async with asyncio.timeout(30):
        while not await ready(client):  # noqa: ASYNC110 - readiness is asked for, it does not call
            await asyncio.sleep(0.02)
