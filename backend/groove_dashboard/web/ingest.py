"""`POST /api/groove/events`: facts come in."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson
from aiohttp import web

from groove_dashboard.ingest.events import parse_events
from groove_dashboard.web.services import INGEST

if TYPE_CHECKING:
    from groove_dashboard.messages import types


async def post_events(request: web.Request) -> web.Response:
    """Store the body's events, all or none, and say how many were new."""
    body = await request.read()
    # 10,000 events take about half a second to validate: in a thread, the other connections do not wait for it.
    events = await asyncio.to_thread(parse_events, body)
    outcome = await request.app[INGEST].apply(events, len(body))
    result: types.IngestResult = {"accepted": outcome.accepted, "duplicates": outcome.duplicates}
    return web.Response(body=orjson.dumps(result), content_type="application/json")
