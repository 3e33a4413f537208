from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from groove_dashboard.store.changes import POSITION, PRUNE, READ, Change
from groove_dashboard.store.connection import connect
from groove_dashboard.store.database import Database
from groove_dashboard.store.feed import CHANNEL, ChangeFeed, Notifier
from tests.databases import terminate_feeds
from tests.store.feeds import NEVER, ONLY_WOKEN, QUICK, Told, eventually, following, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WRITERS = 30
COMMITS_EACH = 6  # 180 ids in all: more than 200 would be told as "many"


@pytest.fixture
async def admin(postgres_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgres_url)
    yield connection
    await connection.close()


async def process_at_rest(admin: asyncpg.Connection, database_url: str) -> int:
    """The server's process of a feed that waits to be woken; stopped at work, it would hold up others by its locks."""
    pid: int | None = None
    while pid is None:
        pid = await admin.fetchval(
            """
            select pid
            from pg_stat_activity
            where datname = $1
                and application_name = 'groove-dashboard-feed'
                and state = 'idle'
                and query = $2
            """,
            urlsplit(database_url).path.removeprefix("/"),
            PRUNE,  # what comes last before it waits
        )
    return pid


async def commit_change(database: Database) -> str:
    """Commit a change of a new learning, and return its id."""
    identifier = str(uuid4())
    async with database.transaction() as stores:
        await stores.changes.record([Change("learning", frozenset({identifier}))])
    return identifier


async def test_a_woken_feed_reads_at_once(database: Database, database_url: str) -> None:
    async with following(database_url, ONLY_WOKEN) as (feed, told):
        identifier = await commit_change(database)
        feed.wake()
        await told.until(lambda it: it.ids == [identifier])


async def test_without_any_wake_the_next_poll_finds_it(database: Database, database_url: str) -> None:
    async with following(database_url, QUICK) as (_, told):
        identifier = await commit_change(database)
        await told.until(lambda it: it.ids == [identifier])


async def test_a_notification_wakes_the_feed_of_another_process(database: Database, database_url: str) -> None:
    notifier = Notifier(database, interval=0)
    async with (
        running(notifier.run()),
        following(database_url, ONLY_WOKEN) as (_, one),
        following(database_url, ONLY_WOKEN) as (_, two),
    ):
        identifier = await commit_change(database)
        notifier.committed()
        await one.until(lambda it: it.ids == [identifier])
        await two.until(lambda it: it.ids == [identifier])


async def test_what_was_committed_before_the_start_is_a_gap_not_a_change(database: Database, database_url: str) -> None:
    await commit_change(database)
    async with following(database_url, ONLY_WOKEN) as (feed, told):
        later = await commit_change(database)
        feed.wake()
        await told.until(lambda it: it.ids == [later])
        assert told.gaps == 1


async def test_nothing_is_told_while_nothing_changes(database: Database, database_url: str) -> None:
    async with following(database_url, ONLY_WOKEN) as (feed, told):
        feed.wake()
        first = await commit_change(database)
        feed.wake()
        await told.until(lambda it: it.ids == [first])
        assert len(told.calls) == 1


async def test_a_reading_of_nothing_new_is_one_query(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: asyncio.Queue[str] = asyncio.Queue()

    async def overheard(*arguments: Any, **options: Any) -> asyncpg.Connection:
        connection = await connect(*arguments, **options)
        connection.add_query_logger(lambda record: asked.put_nowait(record.query))
        return connection

    monkeypatch.setattr("groove_dashboard.store.feed.connect", overheard)
    async with following(database_url, QUICK):
        beginning = [await asked.get() for _ in range(3)]
        assert [query for query in beginning if not query.startswith("LISTEN")] == [POSITION, PRUNE]
        assert [await asked.get() for _ in range(5)] == [READ] * 5


async def test_a_cut_connection_loses_nothing(database: Database, database_url: str, admin: asyncpg.Connection) -> None:
    async with following(database_url, QUICK) as (feed, told):
        expected = []
        for _ in range(5):
            expected.append(await commit_change(database))
            assert await terminate_feeds(admin, database_url) <= 1
            expected.append(await commit_change(database))
            await told.until(lambda it: set(it.ids) == set(expected))
        assert sorted(told.ids) == sorted(expected)
        assert told.gaps == 1
        assert feed.connected


async def test_a_connection_that_has_gone_silent_is_given_up_in_time(
    database: Database, database_url: str, admin: asyncpg.Connection
) -> None:
    """The process behind it stands still, which looks as a network does that is gone without a word."""
    async with following(database_url, replace(ONLY_WOKEN, command=0.3)) as (feed, told):
        silent = await process_at_rest(admin, database_url)
        os.kill(silent, signal.SIGSTOP)
        try:
            identifier = await commit_change(database)
            feed.wake()
            await told.until(lambda it: it.ids == [identifier])
            assert told.gaps == 1
        finally:
            os.kill(silent, signal.SIGCONT)


async def test_thirty_writers_are_heard_exactly_once_each(database_url: str, admin: asyncpg.Connection) -> None:
    writers = await Database.connect(database_url, max_size=WRITERS)

    async def write() -> list[str]:
        return [await commit_change(writers) for _ in range(COMMITS_EACH)]

    async with following(database_url, QUICK) as (_, one), following(database_url, QUICK) as (_, two):
        writing = [asyncio.create_task(write()) for _ in range(WRITERS)]
        await one.until(lambda it: len(it.ids) > 0)
        assert await terminate_feeds(admin, database_url) == 2
        expected = sorted(chain.from_iterable(await asyncio.gather(*writing)))
        for told in (one, two):
            await told.until(lambda it: len(it.ids) >= len(expected))
            assert sorted(told.ids) == expected
    await writers.close()


async def test_a_feed_that_was_away_for_too_long_tells_a_gap(database: Database, database_url: str) -> None:
    told = Told()
    feed = ChangeFeed(database_url, told.on_changes, told.on_gap, timing=QUICK)
    async with running(feed.run()):
        await told.until(lambda it: it.gaps == 1)
    assert not feed.connected
    await commit_change(database)
    async with database.transaction() as stores:
        await stores.changes.prune(timedelta(0))
    async with running(feed.run()):
        await told.until(lambda it: it.gaps == 2)
    assert told.calls == []


async def test_a_feed_that_was_away_for_a_moment_reads_on(database: Database, database_url: str) -> None:
    told = Told()
    feed = ChangeFeed(database_url, told.on_changes, told.on_gap, timing=QUICK)
    async with running(feed.run()):
        await told.until(lambda it: it.gaps == 1)
    identifier = await commit_change(database)
    async with running(feed.run()):
        await told.until(lambda it: it.ids == [identifier])
    assert told.gaps == 1


@pytest.mark.parametrize(("every", "left"), [(0.0, 0), (NEVER, 1)])
async def test_a_feed_prunes_now_and_then(database: Database, database_url: str, every: float, left: int) -> None:
    """A row is read first and grows old then; whoever is told of the third change has pruned after the second."""
    keep = timedelta(hours=1)
    connection = await asyncpg.connect(database_url)
    async with following(database_url, replace(ONLY_WOKEN, prune=every, keep=keep)) as (feed, told):
        for count in (1, 2, 3):
            await commit_change(database)
            feed.wake()
            await told.until(lambda it, count=count: len(it.ids) == count)  # type: ignore[misc]
            if count == 1:
                await connection.execute("update change_log set recorded_at = recorded_at - interval '2 hours'")
    await connection.close()
    async with database.transaction() as stores:
        assert await stores.changes.prune(keep) == left


async def test_a_fault_of_whoever_listens_ends_the_feed(database_url: str) -> None:
    def refuse() -> None:
        raise TimeoutError("not the database's")

    feed = ChangeFeed(database_url, lambda _: None, refuse, timing=QUICK)
    with pytest.raises(TimeoutError, match="not the database's"):
        await feed.run()


async def test_a_burst_of_commits_is_notified_once_at_once_and_once_later(
    database: Database, database_url: str
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listener = await asyncpg.connect(database_url)
    await listener.add_listener(CHANNEL, lambda *arguments: heard.put_nowait(arguments[2]))
    notifier = Notifier(database, interval=0.2)
    async with running(notifier.run()):
        for _ in range(100):
            notifier.committed()
        assert await heard.get() == CHANNEL
        for _ in range(100):
            notifier.committed()
        await database.ping()
        assert heard.empty()
        assert await heard.get() == CHANNEL
    await listener.close()
    assert heard.empty()


async def test_a_notification_that_cannot_be_sent_does_not_end_the_notifier(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await database.close()
    await _fails_twice_and_goes_on(database, caplog)


async def test_a_role_that_may_not_notify_does_not_end_the_notifier(
    database_url: str, admin: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute("revoke execute on function pg_notify(text, text) from public")
    await connection.close()
    role = f"mute_{uuid4().hex}"
    await admin.execute(f"create role {role} login")
    database = await Database.connect(database_url.replace("postgres@", f"{role}@"))
    await _fails_twice_and_goes_on(database, caplog)
    assert "permission denied for function pg_notify" in caplog.text
    await database.close()
    await admin.execute(f"drop role {role}")


async def _fails_twice_and_goes_on(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    notifier = Notifier(database, interval_after_failure=0)
    async with running(notifier.run()) as task:
        for count in (1, 2):
            notifier.committed()
            await eventually(lambda count=count: task.done() or caplog.text.count("was not sent") == count)  # type: ignore[misc]
        assert not task.done()
