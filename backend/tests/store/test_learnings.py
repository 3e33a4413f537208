"""Learnings: the latest extraction, the status that counts, deletion, and how they are found."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Final

import pytest

from groove_dashboard.store.judged_learnings import Filters
from tests.topics.facts import NOW, days_ago, deleted, extracted, learning_id, status_changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import (
        LearningExtractedEvent,
        LearningsFilters,
        LearningStatus,
        LearningStatusChangedEvent,
    )
    from groove_dashboard.store.database import Database
    from groove_dashboard.store.learnings import Decision, LearningDetail

ORDERS: Final = list(permutations(range(3)))


async def extract(database: Database, *batches: Sequence[LearningExtractedEvent]) -> None:
    async with database.transaction() as stores:
        for batch in batches:
            await stores.learnings.extract(batch)


async def change_status(database: Database, *batches: Sequence[LearningStatusChangedEvent]) -> None:
    async with database.transaction() as stores:
        for batch in batches:
            await stores.learnings.change_status(batch)


async def decide(database: Database, decision: Decision, *, days: float, learning: int = 1) -> None:
    async with database.transaction() as stores:
        await stores.learnings.decide(learning_id(learning), decision, days_ago(days))


async def detail(database: Database, learning: int = 1) -> LearningDetail | None:
    async with database.snapshot() as stores:
        return await stores.learnings.detail(learning_id(learning))


async def status(database: Database, learning: int = 1) -> tuple[LearningStatus, str | None]:
    row = await detail(database, learning)
    assert row is not None
    return row.status, row.status_reason


async def found(database: Database, filters: LearningsFilters | None = None) -> list[int]:
    """The numbers of the learnings that match, newest first."""
    filters = filters or {}
    scope = filters.get("scope")
    matching = Filters(
        category=filters.get("category"),
        status=filters.get("status"),
        scope_level=scope and scope["level"],
        scope_name=scope and scope.get("name"),
        search=filters.get("search"),
    )
    async with database.snapshot() as stores:
        page = await stores.judged_learnings.page(matching, "recency", 100)
        beyond = await stores.judged_learnings.page(matching, "usage", 5, 1000)
    assert page.total == beyond.total == len(page.learnings)
    assert beyond.learnings == []
    return [int(one.id[-12:], 16) for one in page.learnings]


@pytest.mark.parametrize("together", [True, False])
async def test_the_latest_extraction_stands_whatever_the_order(database: Database, *, together: bool) -> None:
    for learning, order in enumerate(ORDERS):
        events = [
            extracted(
                learning, days_ago(2), content="old", category="correction", scope={"level": "user", "name": "a"}
            ),
            extracted(learning, days_ago(1), number=10 * learning + 1, content="smaller id"),
            extracted(learning, days_ago(1), number=10 * learning + 2, content="latest", source_session="s"),
        ]
        shuffled = [events[index] for index in order]
        await extract(database, *([shuffled] if together else [[event] for event in shuffled]))
    for learning, order in enumerate(ORDERS):
        row = await detail(database, learning)
        assert row is not None
        assert (row.content, row.category, row.source_session) == ("latest", "preference", "s"), order
        assert (row.scope_level, row.scope_name, row.created_at) == ("global", None, days_ago(1)), order


async def test_one_batch_extracts_many_learnings(database: Database) -> None:
    await extract(database, [extracted(3, content="c"), extracted(1, content="a"), extracted(2, content="b")])
    assert sorted(await found(database)) == [1, 2, 3]


async def test_empty_batches_change_nothing(database: Database) -> None:
    async with database.transaction() as stores:
        await stores.learnings.extract([])
        await stores.learnings.change_status([])
        await stores.learnings.delete([], NOW)
    assert await found(database) == []


async def test_a_learning_is_active_without_a_reason_until_something_is_said(database: Database) -> None:
    await extract(database, [extracted(1)])
    assert await status(database) == ("active", None)


@pytest.mark.parametrize("together", [True, False])
async def test_the_latest_status_stands_with_its_own_reason(database: Database, *, together: bool) -> None:
    for learning, order in enumerate(ORDERS):
        events = [
            status_changed(learning, "deprecated", days_ago(2), reason="old"),
            status_changed(learning, "disabled", days_ago(1), number=1, reason="smaller id"),
            status_changed(learning, "under_review", days_ago(1), number=2),
        ]
        shuffled = [events[index] for index in order]
        await extract(database, [extracted(learning)])
        await change_status(database, *([shuffled] if together else [[event] for event in shuffled]))
    for learning, order in enumerate(ORDERS):
        assert await status(database, learning) == ("under_review", None), order


async def test_a_status_may_come_before_its_learning(database: Database) -> None:
    await change_status(database, [status_changed(1, "under_review", reason="contradicts another")])
    assert await detail(database) is None
    await extract(database, [extracted(1)])
    assert await status(database) == ("under_review", "contradicts another")


async def test_no_event_overwrites_what_a_person_disabled(database: Database) -> None:
    for days in (0, 1, 2):
        await extract(database, [extracted(days)])
        await decide(database, "disabled", days=1, learning=days)
        await change_status(database, [status_changed(days, "active", days_ago(days), reason="an event")])
        assert await status(database, days) == ("disabled", None), days


async def test_what_a_person_enabled_stands_until_a_later_event(database: Database) -> None:
    for days in (0, 1, 2):
        await extract(database, [extracted(days)])
        await decide(database, "disabled", days=1.5, learning=days)
        await decide(database, "enabled", days=1, learning=days)
        await change_status(database, [status_changed(days, "under_review", days_ago(days), reason="an event")])
    assert await status(database, 2) == ("active", None)
    assert await status(database, 1) == ("active", None)  # at one moment the person's word counts
    assert await status(database, 0) == ("under_review", "an event")


async def test_what_a_person_decides_last_stands_though_clocks_disagree(database: Database) -> None:
    await extract(database, [extracted(1)])
    await decide(database, "disabled", days=1)
    await decide(database, "enabled", days=1.001)
    assert await status(database) == ("active", None)
    await decide(database, "disabled", days=1)
    assert await status(database) == ("disabled", None)


@pytest.mark.parametrize("deleted_first", [True, False])
async def test_deletion_is_final_whatever_comes_before_or_after(database: Database, *, deleted_first: bool) -> None:
    async with database.transaction() as stores:
        for delete in (True, False) if deleted_first else (False, True):
            if delete:
                await stores.learnings.delete([deleted(1)["learning_id"]], days_ago(5))
            else:
                await stores.learnings.extract([extracted(1, days_ago(1)), extracted(2)])
        await stores.learnings.change_status([status_changed(1, "active")])
        await stores.learnings.decide(learning_id(1), "enabled", NOW)
        await stores.learnings.delete([learning_id(1), learning_id(1)], NOW)
    async with database.snapshot() as stores:
        assert not await stores.learnings.is_known(learning_id(1))
        assert await stores.learnings.is_known(learning_id(2))
        assert await stores.learnings.detail(learning_id(1)) is None
        assert [row.id for row in await stores.judged_learnings.newest(5)] == [learning_id(2)]
        assert (await stores.counts.read()).learnings == 1
    assert await found(database) == [2]


async def test_learnings_are_counted_by_category_and_status(database: Database) -> None:
    await extract(database, [extracted(1, category="correction"), extracted(2, category="correction"), extracted(3)])
    await change_status(database, [status_changed(1, "deprecated"), status_changed(4, "deprecated")])
    async with database.snapshot() as stores:
        counts = await stores.counts.read()
    assert counts.learnings_by_category == {"correction": 2, "preference": 1}
    assert counts.learnings_by_status == {"deprecated": 1, "active": 2}


async def test_the_newest_come_first_and_ties_by_id(database: Database) -> None:
    await extract(
        database, [extracted(2), extracted(1), extracted(3, NOW + timedelta(microseconds=1)), extracted(4, days_ago(1))]
    )
    async with database.snapshot() as stores:
        assert [row.id for row in await stores.judged_learnings.newest(3)] == [learning_id(one) for one in (3, 1, 2)]
    assert await found(database) == [3, 1, 2, 4]


FILTERS: Final[list[tuple[LearningsFilters, list[int]]]] = [
    ({}, [1, 2, 3, 4]),
    ({"category": "solution"}, [2, 3]),
    ({"category": "tool_usage"}, []),
    ({"status": "active"}, [1, 2, 3]),
    ({"status": "disabled"}, [4]),
    ({"scope": {"level": "project"}}, [2, 3]),
    ({"scope": {"level": "project", "name": "groove"}}, [2]),
    ({"scope": {"level": "user", "name": "groove"}}, [4]),
    ({"scope": {"level": "global"}}, [1]),
    ({"scope": {"level": "global", "name": "groove"}}, []),
    ({"scope": {"level": "project"}, "category": "solution", "search": "B"}, [3]),
    ({"scope": {"level": "project"}, "status": "disabled"}, []),
]


async def test_what_is_found_matches_all_filters(database: Database) -> None:
    await extract(
        database,
        [
            extracted(1, content="a"),
            extracted(2, content="a", category="solution", scope={"level": "project", "name": "groove"}),
            extracted(3, content="b", category="solution", scope={"level": "project", "name": "other"}),
            extracted(4, content="b", scope={"level": "user", "name": "groove"}),
        ],
    )
    await change_status(database, [status_changed(4, "disabled")])
    for filters, expected in FILTERS:
        assert await found(database, filters) == expected, filters


SEARCHES: Final = [
    ("Use snake_case here", "SNAKE_C", True),
    ("Use snake_case here", "e_h", False),  # neither _ nor % nor a backslash stands for anything else
    ("Use snake_case here", "s%e", False),
    ("100% of \\paths", "0% OF \\P", True),
    ("Straße", "STRASSE", True),
    ("ΟΔΟΣ", "οδός"[:2], True),
    ("ПРОВЕРКА", "проверка", True),
    ("two  spaces", " ", True),
    ("abc", "abcd", False),
]


async def test_search_finds_a_piece_of_the_content_in_any_case_of_any_alphabet(database: Database) -> None:
    await extract(database, [extracted(number, content=content) for number, (content, _, _) in enumerate(SEARCHES)])
    for number, (content, search, matches) in enumerate(SEARCHES):
        assert (number in await found(database, {"search": search})) is matches, (content, search)


async def test_search_looks_at_the_latest_content_only(database: Database) -> None:
    await extract(database, [extracted(1, days_ago(1), content="old words")])
    await extract(database, [extracted(1, content="new words")])
    assert await found(database, {"search": "old"}) == []


async def test_search_works_without_the_extension_for_it(database: Database) -> None:
    await extract(database, [extracted(1, content="Use SNAKE_CASE here"), extracted(2, content="snakeXcase")])
    async with database._connection() as connection:
        assert await connection.fetchval("select count(*) from pg_indexes where indexname = 'learning_content'") == 1
        await connection.execute("drop extension pg_trgm cascade")
    assert await found(database, {"search": "snake_case"}) == [1]
