"""The server is killed without warning: while it writes, and between a commit and the news of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import asyncpg
import pytest

from groove_dashboard.store.feed import CHANNEL
from tests.faults.scene import scene
from tests.processes import served_at_length

pytestmark = pytest.mark.timeout(180)

SILENT_SERVER: Final = (sys.executable, Path(__file__).parent / "silent_server.py")
KILLS: Final = 3


async def test_a_server_killed_again_and_again_under_load_loses_nothing(database_url: str) -> None:
    async with served_at_length("--database-url", database_url) as first, scene(first.url) as it:
        port = urlsplit(first.url).port
        assert port is not None
        await it.writer.until(lambda writer: len(writer.acknowledged) > 1)
        await first.kill()
        for kills in range(1, KILLS):
            async with served_at_length("--database-url", database_url, port=port) as another:
                before = len(it.writer.acknowledged)
                await it.writer.until(lambda writer, before=before: len(writer.acknowledged) > before + 4)  # type: ignore[misc]
                assert not it.writer.is_done, kills
                await another.kill()
        async with served_at_length("--database-url", database_url, port=port):
            await it.settled()
        assert it.writer.refused > 0
        assert all(follower.connections > 1 for follower in it.followers)


async def test_a_server_killed_between_a_commit_and_the_news_of_it_loses_nothing(database_url: str) -> None:
    """What it has committed and told nobody reaches who watches at another process, which finds it by itself."""
    listener = await asyncpg.connect(database_url)
    heard: list[object] = []
    await listener.add_listener(CHANNEL, lambda *notification: heard.append(notification))
    silent = served_at_length("--database-url", database_url, program=SILENT_SERVER)
    async with (
        served_at_length("--database-url", database_url) as watched,
        silent as killed,
        scene(watched.url, written_to=killed.url) as it,
    ):
        await it.writer.until(lambda writer: writer.is_done)
        await killed.kill()
        it.writer.client = it.followers[0].client
        await it.settled()
        assert {follower.connections for follower in it.followers} == {1}
    await listener.close()
    assert heard == []
