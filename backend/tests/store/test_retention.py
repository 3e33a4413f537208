"""Old records and ids are given up, and no figure over all time or any period changes."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.ingest.apply import Ingest, IngestOutcome
from groove_dashboard.ingest.events import RecordsGivenUp
from groove_dashboard.store.errors import DatabaseUnavailable
from groove_dashboard.store.retention import retain
from groove_dashboard.store.verification import verify
from tests.databases import DEADLOCKS, HOW_MANY_WAIT
from tests.topics.facts import extracted, learning_id, recorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from groove_dashboard.store.database import Database

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
KEEP = timedelta(days=60)  # until 2026-01-09, so January stays
DECEMBER = datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
async def admin(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture
async def ingest(database: Database) -> Ingest:
    """Knows learning 1 with a record of 1970, one of last December and one of this January."""
    ingest = Ingest(database, lambda: NOW, lambda: None)
    ancient = datetime(1970, 1, 1, tzinfo=UTC)
    await ingest.apply(
        [
            extracted(1),
            recorded("a", 1, 0.5, ancient),
            recorded("b", 1, 0.25, DECEMBER),
            recorded("c", 1, -1.0, JANUARY),
        ]
    )
    return ingest


async def lifetime(admin: asyncpg.Connection) -> tuple[int, float]:
    row = await admin.fetchrow("select records, contribution_sum::float8 from learning_total")
    return tuple(row)


async def sessions(admin: asyncpg.Connection) -> list[str]:
    return [row["session_id"] for row in await admin.fetch("select session_id from attribution order by session_id")]


@pytest.mark.usefixtures("ingest")
async def test_whole_months_go_and_figures_stay(admin: asyncpg.Connection, database_url: str) -> None:
    before = await lifetime(admin)
    given_up = await retain(database_url, KEEP, NOW)
    assert (given_up.horizon, given_up.months) == (date(2026, 1, 1), ["2025-12"])
    assert await sessions(admin) == ["c"]
    assert await lifetime(admin) == before == (3, -0.25)
    assert await admin.fetchval("select count(*) from attribution_session") == 1
    assert await verify(database_url) == ([], [])


@pytest.mark.usefixtures("ingest")
async def test_again_nothing_is_left_to_do_and_a_longer_time_brings_nothing_back(database_url: str) -> None:
    await retain(database_url, KEEP, NOW)
    given_up = await retain(database_url, 2 * KEEP, NOW)
    assert (given_up.horizon, given_up.months, given_up.events) == (date(2026, 1, 1), [], 0)


async def test_records_that_come_too_late_are_refused_by_their_places_and_change_nothing(
    ingest: Ingest, admin: asyncpg.Connection, database_url: str
) -> None:
    await retain(database_url, KEEP, NOW)
    with pytest.raises(RecordsGivenUp) as refused:
        await ingest.apply([recorded("e", 1, 1.0, JANUARY), recorded("d", 1, 1.0, DECEMBER)])
    [fault] = refused.value.faults
    assert (fault["index"], fault["path"]) == (1, "/occurred_at")
    assert "before 2026-01-01" in fault["message"]
    assert await lifetime(admin) == (3, -0.25)
    assert await sessions(admin) == ["c"]
    assert await admin.fetchval("select to_regclass('attribution_2025_12')") is None
    assert await verify(database_url) == ([], [])


async def test_who_sends_a_record_too_late_does_not_spoil_what_others_send(
    ingest: Ingest, admin: asyncpg.Connection, database_url: str
) -> None:
    await retain(database_url, KEEP, NOW)
    answers = await asyncio.gather(
        *(
            ingest.apply([one])
            for one in (recorded("e", 1, 1.0), recorded("d", 1, 1.0, DECEMBER), recorded("f", 1, 1.0))
        ),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [IngestOutcome, RecordsGivenUp, IngestOutcome]
    assert await sessions(admin) == ["c", "e", "f"]


async def test_a_record_that_was_given_up_may_be_repeated_as_long_as_its_id_is_known(
    ingest: Ingest, admin: asyncpg.Connection, database_url: str
) -> None:
    event = recorded("d", 1, 1.0, DECEMBER)
    await ingest.apply([event])
    await retain(database_url, KEEP, NOW)
    assert await ingest.apply([event]) == IngestOutcome(accepted=0, duplicates=1)
    await admin.execute("truncate event")
    with pytest.raises(RecordsGivenUp):
        await ingest.apply([event])
    assert await lifetime(admin) == (4, 0.75)


async def test_a_correction_of_what_was_given_up_counts_beside_it(
    ingest: Ingest, admin: asyncpg.Connection, database_url: str
) -> None:
    await retain(database_url, KEEP, NOW)
    await ingest.apply([recorded("b", 1, 0.75, NOW), recorded("c", 1, 1.0, NOW)])
    assert await lifetime(admin) == (4, 2.5)
    assert await verify(database_url) == ([], [])


@pytest.mark.usefixtures("ingest")
async def test_ids_of_old_events_are_given_up_but_not_those_of_young_ones(
    admin: asyncpg.Connection, database_url: str
) -> None:
    await admin.execute("update event set received_at = '2026-01-08' where type = 'learning_extracted'")
    await admin.execute("update event set received_at = '2026-01-10' where type <> 'learning_extracted'")
    assert (await retain(database_url, KEEP, NOW)).events == 1
    assert await admin.fetchval("select count(*) from event") == 3


@pytest.mark.usefixtures("ingest")
async def test_a_month_that_is_read_goes_once_it_is_free(
    admin: asyncpg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groove_dashboard.store.retention.LOCK_TIMEOUT", "10ms")
    monkeypatch.setattr("groove_dashboard.store.retention.DROP_ATTEMPTS", 2)
    monkeypatch.setattr("groove_dashboard.store.retention.DROP_PAUSE", 0.0)
    transaction = admin.transaction()
    await transaction.start()
    assert await sessions(admin) == ["a", "b", "c"]
    with pytest.raises(DatabaseUnavailable, match="attribution_2025_12 is in use"):
        await retain(database_url, KEEP, NOW)
    await transaction.rollback()
    assert (await retain(database_url, KEEP, NOW)).months == ["2025-12"]


@pytest.mark.usefixtures("ingest")
async def test_a_month_goes_also_where_a_reader_and_the_drop_waited_for_each_other(
    admin: asyncpg.Connection, database_url: str
) -> None:
    watcher = await asyncpg.connect(database_url)
    await admin.execute("set deadlock_timeout = '1h'")  # the drop finds out, and is broken off
    async with admin.transaction():
        await admin.execute("select from attribution_2025_12")
        retaining = asyncio.create_task(retain(database_url, KEEP, NOW))
        while not await watcher.fetchval(HOW_MANY_WAIT):
            pass
        assert await sessions(admin) == ["a", "b", "c"]  # the drop has locked the whole table before the month
    assert (await retaining).months == ["2025-12"]
    await watcher.execute("select pg_stat_force_next_flush()")
    assert await watcher.fetchval(DEADLOCKS) == 1
    await watcher.close()


async def test_less_than_a_month_cannot_be_kept(database_url: str) -> None:
    with pytest.raises(ValueError, match="31 days"):
        await retain(database_url, timedelta(days=30), NOW)


async def test_a_learning_that_is_known_after_its_records_have_gone_has_its_figures(
    database: Database, database_url: str
) -> None:
    ingest = Ingest(database, lambda: NOW, lambda: None)
    await ingest.apply([recorded("b", 2, 0.25, DECEMBER)])
    await retain(database_url, KEEP, NOW)
    await ingest.apply([extracted(2)])
    async with database.snapshot() as stores:
        [top] = await stores.contributors.top(5)
        assert (await stores.counts.read()).records == 1
    assert (top.learning_id, top.value) == (learning_id(2), 0.25)
