"""The application: its routes, and its listening socket."""

from __future__ import annotations

import gc
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from aiohttp import web

from groove_dashboard.messages.protocol import SOCKET_PATH
from groove_dashboard.web import services as keys
from groove_dashboard.web.actions import acting
from groove_dashboard.web.ingest import post_events
from groove_dashboard.web.ops import (
    REGISTRY,
    get_alive,
    get_asyncapi,
    get_metrics,
    get_ready,
    get_schema,
    make_registry,
)
from groove_dashboard.web.origin import SAFE_METHODS, is_allowed, is_known_host
from groove_dashboard.web.problems import ForeignHost, ForeignOrigin, tell_problems
from groove_dashboard.web.snapshots import get_snapshot
from groove_dashboard.web.static import get_asset, get_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.typedefs import Handler

    from groove_dashboard.web.services import Services

# The default of 128 turns a reconnect storm of 4,000 connections from 1.6 s into 57 s.
BACKLOG: Final = 4096

ROUTES: Final = (
    web.get("/api/groove/dashboard/{topic}", get_snapshot),
    web.post("/api/groove/events", post_events),
    web.post("/api/groove/learnings/{id}/enable", acting("enable_learning")),
    web.post("/api/groove/learnings/{id}/disable", acting("disable_learning")),
    web.delete("/api/groove/learnings/{id}", acting("delete_learning")),
    web.get("/api/groove/schema", get_schema),
    web.get("/api/groove/asyncapi", get_asyncapi),
    web.get("/healthz", get_alive),
    web.get("/readyz", get_ready),
    web.get("/metrics", get_metrics),
    web.get("/assets/{path:.*}", get_asset),
    # Addresses of programs are no views of the app: an unknown one is told as a problem, not with a page.
    web.get("/{path:(?!(?:api|ws)(?:/|$)).*}", get_page),
)


def collect_garbage_less_often() -> None:
    """Prepare a process to hold many connections; it is to be called once, when all modules have been imported.

    A connection is some hundred objects that stay. By default the garbage collector looks at all of them again and
    again while many clients come back at once, which takes a third of the time that it takes to connect them.
    """
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def make_app(services: Services, *, max_body_bytes: int) -> web.Application:
    """The application on these services."""
    app = web.Application(
        middlewares=[tell_problems, refuse_foreign_hosts, refuse_foreign_pages], client_max_size=max_body_bytes
    )
    app[keys.READ] = services.read
    app[keys.INGEST] = services.ingest
    app[keys.ACT] = services.act
    app[keys.READINESS] = services.readiness
    app[keys.STATIC_DIR] = services.static_dir
    app[keys.KNOWN_HOSTS] = frozenset({services.host.lower(), *(origin.host for origin in services.allowed_origins)})
    app[keys.ALLOWED_ORIGINS] = services.allowed_origins
    app[REGISTRY] = make_registry(services.figures)
    app.router.add_get(SOCKET_PATH, services.socket.handle, allow_head=False)
    app.on_shutdown.append(services.socket.drain)
    app.add_routes(ROUTES)
    return app


@web.middleware
async def refuse_foreign_hosts(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer nothing, not even a read, that was asked of a host which may be somebody else's name for us."""
    if not is_known_host(request.headers.get("Host"), known=request.app[keys.KNOWN_HOSTS]):
        raise ForeignHost
    return await handler(request)


@web.middleware
async def refuse_foreign_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let a page of another origin read what the browser lets it read, but do nothing."""
    if request.method not in SAFE_METHODS and not is_allowed(
        request.headers.get("Origin"),
        own=f"{request.scheme}://{request.host}",
        allowed=request.app[keys.ALLOWED_ORIGINS],
    ):
        raise ForeignOrigin
    return await handler(request)


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int, *, drain_seconds: float) -> AsyncIterator[int]:
    """Serve at that address until the block is left, and give the port, which is a free one for 0. Raises OSError.

    On leaving, nothing new is accepted, and open requests have `drain_seconds` to end.
    """
    runner = web.AppRunner(
        app,
        access_log=None,
        handle_signals=False,
        # A handler whose client has gone is cancelled, in production as under aiohttp's test server.
        handler_cancellation=True,
        shutdown_timeout=drain_seconds,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=BACKLOG).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
