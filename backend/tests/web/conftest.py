"""A running server on this test's own database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.site import site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientSession


@pytest.fixture
async def client(database_url: str) -> AsyncIterator[ClientSession]:
    """A client of a server that holds nothing yet."""
    async with site(database_url) as session:
        yield session
