"""A program that writes into the tables by itself: who watches follows it once an operator has opted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from groove_dashboard.store.feed import FeedTiming
from tests.processes import run
from tests.web.recording import DEADLINE, connect
from tests.web.site import extracted, ingest, site, uuid

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.recording import RecordingSocket

NOWHERE = "postgresql://postgres@127.0.0.1:1/nothing"
HARDLY_EVER = FeedTiming(poll=10 * DEADLINE)

pytestmark = pytest.mark.timeout(120)


async def learning(socket: RecordingSocket) -> Any:
    """What the socket shows of the learning, once it has been told of it again."""
    await socket.message()
    return socket.mirror.data({"topic": "learnings"})["learnings"]


async def test_what_another_program_writes_reaches_who_watches(database_url: str) -> None:
    installed = await run("triggers", "install", "--database-url", database_url)
    assert (installed.code, installed.out) == (0, "installed\n")
    writer = await asyncpg.connect(database_url)
    async with site(database_url, feed_timing=HARDLY_EVER) as client, connect(client) as socket:
        await ingest(client, extracted("watched"))
        await socket.ask(type="subscribe", topics=[{"topic": "learnings"}])
        await socket.until("snapshot")
        await writer.execute("update learning set content = 'By hand'")
        assert [one["content"] for one in await learning(socket)] == ["By hand"]
        await writer.execute(
            "insert into learning_status (learning_id, event_id, occurred_at, status) values ($1, $1, now(), $2)",
            uuid("watched"),
            "under_review",
        )
        assert [one["status"] for one in await learning(socket)] == ["under_review"]
        await writer.execute("delete from learning")
        assert await learning(socket) == []
    await writer.close()


async def test_the_operator_can_change_their_mind(database_url: str) -> None:
    for _ in range(2):
        assert (await run("triggers", "install", "--database-url", database_url)).out == "installed\n"
    for _ in range(2):
        assert (await run("triggers", "remove", "--database-url", database_url)).out == "removed\n"
    connection = await asyncpg.connect(database_url)
    await connection.execute("insert into session (id) values ('s1')")
    assert await connection.fetchval("select count(*) from change_log") == 0
    await connection.close()


async def test_installing_makes_the_tables_where_there_are_none(empty_database_url: str) -> None:
    assert (await run("triggers", "install", "--database-url", empty_database_url)).code == 0
    assert (await run("migrate", "--database-url", empty_database_url)).out == "nothing to do\n"


async def test_the_embedded_database_may_be_written_to_as_well(server_directory: Path) -> None:
    result = await run("triggers", "install", "--data-dir", server_directory)
    assert (result.code, result.out) == (0, "installed\n")
    assert not (server_directory / "postgres" / "postmaster.pid").exists()


@pytest.mark.parametrize("command", ["install", "remove"])
async def test_a_database_that_is_down_is_told_in_one_line(command: str) -> None:
    result = await run("triggers", command, "--database-url", NOWHERE)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
