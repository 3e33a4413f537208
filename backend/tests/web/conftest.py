"""A running server on this test's own database, or the socket alone on a source in the test's hands."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

import pytest

from groove_dashboard.live.limits import Limits
from tests.web.site import checking, site
from tests.web.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from aiohttp import ClientSession
    from pytest_aiohttp.plugin import AiohttpClient

    from groove_dashboard.web.origin import Origin


@pytest.fixture
async def client(database_url: str) -> AsyncIterator[ClientSession]:
    """A client of a server that holds nothing yet."""
    async with site(database_url) as session:
        yield session


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


@pytest.fixture
def nothing_was_logged_as_an_error(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a peer does, no handler may break; tests of our own faults clear the log."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
