"""Everything works by way of the real PgBouncer in transaction mode, and leaves nothing behind in its sessions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncpg
import orjson
import pytest

from groove_dashboard.store.database import Database
from groove_dashboard.store.errors import SharedSessions, WrongListenUrl
from groove_dashboard.store.foreign import install_triggers, remove_triggers
from groove_dashboard.store.migrate import migrate
from groove_dashboard.store.migration import MIGRATIONS
from groove_dashboard.store.pooler import is_pooled, require_own_sessions, require_same_database
from tests.pgbouncer import pgbouncer
from tests.processes import run, served
from tests.web.recording import connect
from tests.web.site import attributed, client_of, extracted, ingest, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from aiohttp import ClientSession

TOPICS = ("overview", "learnings", "attribution", "session_timeline", "strategy_distributions", "health")
# Of the one session that is left to everybody, what a transaction of ours could have left behind.
TRACES = """
select
    current_setting('statement_timeout') as statement_timeout,
    current_setting('lock_timeout') as lock_timeout,
    current_setting('jit') as jit,
    current_setting('jit_above_cost') as jit_above_cost,
    coalesce(current_setting('groove_dashboard.tells_changes', true), '') as tells_changes,
    (select count(*) from pg_listening_channels()) as channels,
    (select count(*) from pg_prepared_statements where name <> '') as statements,
    (select count(*) from pg_locks where locktype = 'advisory') as locks
"""


@pytest.fixture
async def pooled_url(database_url: str, server_directory: Path) -> AsyncIterator[str]:
    """The database by way of a pooler in transaction mode."""
    async with pgbouncer(database_url, server_directory) as url:
        yield url


async def topics(client: ClientSession) -> list[bytes]:
    """What each topic holds."""
    answers = []
    for topic in TOPICS:
        async with client.get(f"/api/groove/dashboard/{topic}") as response:
            assert response.status == 200
            answers.append(await response.read())
    return answers


async def traces(url: str) -> dict[str, Any]:
    """What is left in the session that the pooler hands out."""
    connection = await asyncpg.connect(url, statement_cache_size=0)
    async with connection.transaction():
        row = await connection.fetchrow(TRACES)
    await connection.close()
    return dict(row)


async def test_a_pooler_is_told_from_the_server_itself(database_url: str, pooled_url: str) -> None:
    assert not await is_pooled(database_url)
    assert await is_pooled(pooled_url)


@pytest.mark.parametrize("sessions", [1, 8])
async def test_nobody_listens_where_sessions_change_hands(
    database_url: str, server_directory: Path, sessions: int
) -> None:
    async with pgbouncer(database_url, server_directory, sessions=sessions) as url:
        with pytest.raises(SharedSessions, match=r"for a transaction, .* Go elsewhere"):
            await require_own_sessions(url, "Go elsewhere.")


async def test_a_pooler_that_gives_each_a_session_of_its_own_is_no_hindrance(
    database_url: str, server_directory: Path
) -> None:
    await require_own_sessions(database_url, "")
    async with pgbouncer(database_url, server_directory, mode="session") as url:
        await require_own_sessions(url, "")
        async with site(url) as client:
            await ingest(client, extracted("one"))


async def test_the_same_database_is_known_by_any_address(database_url: str, pooled_url: str, postgres_url: str) -> None:
    await require_same_database(pooled_url, database_url)
    with pytest.raises(WrongListenUrl, match="another database"):
        await require_same_database(pooled_url, postgres_url)


async def test_processes_that_migrate_together_do_so_once(
    empty_database_url: str, server_directory: Path, tmp_path: Path
) -> None:
    for file in MIGRATIONS.glob("*.sql"):
        (tmp_path / file.name).write_text(file.read_text())
    (tmp_path / "9999_index.sql").write_text(
        "-- concurrently: for the test\ncreate index concurrently for_the_test on learning (category);"
    )
    async with pgbouncer(empty_database_url, server_directory) as url:
        applied = await asyncio.gather(*(migrate(url, tmp_path) for _ in range(3)))
    assert sorted(applied)[:2] == [[], []]
    assert sorted(applied)[2][-1] == "9999_index"


async def test_pages_follow_what_is_written_through_it(database_url: str, pooled_url: str) -> None:
    async with (
        site(pooled_url, listen_url=database_url, pool_max_size=8) as one,
        site(pooled_url, listen_url=database_url, pool_max_size=8) as another,
        site(database_url) as direct,
        connect(another) as socket,
    ):
        await socket.ask(type="subscribe", topics=[{"topic": "overview"}])
        await socket.until("snapshot")
        await asyncio.gather(
            *(
                ingest(one, extracted(f"learning {number}"), attributed(f"learning {number}", f"s{number % 7}", 0.5))
                for number in range(40)
            )
        )
        while socket.mirror.data({"topic": "overview"})["learnings"]["total"] < 40:
            await socket.message()
        pages = [await topics(client) for client in (one, another, direct)]
        assert pages[0] == pages[1] == pages[2]
        assert orjson.loads(pages[0][1])["total"] == 40


async def test_nothing_is_left_behind_in_a_session(database_url: str, server_directory: Path) -> None:
    async with pgbouncer(database_url, server_directory, sessions=1) as url:
        before = await traces(url)
        await install_triggers(url)
        await remove_triggers(url)
        database = await Database.connect(url, max_size=4)
        async with site(url, listen_url=database_url) as client:
            await asyncio.gather(*(ingest(client, extracted(f"learning {number}")) for number in range(20)))
            await topics(client)
            await asyncio.gather(*(database.notify("groove_dashboard_changes") for _ in range(8)))
            await database.ping()
            assert await traces(url) == before
        await database.close()


async def test_the_command_says_in_one_line_what_is_missing(
    database_url: str, pooled_url: str, postgres_url: str
) -> None:
    for listen_url, reason in {"": "give the server's own address by --listen-url", postgres_url: "another"}.items():
        result = await run("serve", "--port", "0", "--database-url", pooled_url, GROOVE_LISTEN_URL=listen_url)
        assert result.code == 1
        assert reason in result.err
        assert len(result.err.splitlines()) == 1
    arguments = ("--database-url", pooled_url, "--listen-url", database_url)
    async with served(*arguments) as server, client_of(server.url) as client:
        while (await client.get("/readyz")).status != 200:  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(0.01)
