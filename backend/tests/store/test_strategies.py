"""Outcomes of strategies, added up by category, context, learning and variant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groove_dashboard.store.strategies import ContextSessions, LearningSessions, VariantTally
from tests.topics.facts import NOW, days_ago, extracted, learning_id, worked

if TYPE_CHECKING:
    from groove_dashboard.store.database import Database


@pytest.fixture
async def known(database: Database) -> Database:
    """A database that knows 1 (a solution), 2 and 3 (preferences), and of 4 that it was deleted; 5 is unknown."""
    async with database.transaction() as stores:
        await stores.learnings.extract(
            [extracted(1, category="solution"), extracted(2, content="two"), extracted(3), extracted(4)]
        )
        await stores.learnings.delete([learning_id(4)], NOW)
        await stores.strategies.record_outcomes([])
        await stores.strategies.record_outcomes(
            [
                worked(1, "a", 1.0, variant="subagent", context="batch", confidence=0.5),
                worked(1, "a", -1.0, variant="subagent", context="batch", confidence=0.25),
                worked(1, "b", 0.5, variant="deferred", context="planning"),
                worked(2, "a", 0.1, confidence=0.1),
                worked(2, "b", 0.1, confidence=0.2),
                worked(3, "b", 0.0, confidence=1.0),
                worked(4, "a"),
                worked(5, "a"),
            ]
        )
    return database


async def test_outcomes_add_up_by_category_and_context(known: Database) -> None:
    async with known.snapshot() as stores:
        tallies = await stores.strategies.by_context()
        sessions = await stores.strategies.context_sessions()
    assert tallies == {
        ("solution", "batch"): [VariantTally("subagent", 0.75, 1.0)],
        ("solution", "planning"): [VariantTally("deferred", 1.0, 1.5)],
        ("preference", "batch"): [VariantTally("subagent", 1.3, 1.33)],
    }
    assert set(sessions) == {
        ContextSessions("solution", "batch", 1),
        ContextSessions("solution", "planning", 1),
        ContextSessions("preference", "batch", 2),
    }


async def test_outcomes_add_up_by_category_over_all_contexts(known: Database) -> None:
    async with known.snapshot() as stores:
        tallies = await stores.strategies.by_category()
    assert {category: {one.variant: one.weight for one in some} for category, some in tallies.items()} == {
        "solution": {"subagent": 0.75, "deferred": 1.0},
        "preference": {"subagent": 1.3},
    }


async def test_outcomes_add_up_by_known_learning(known: Database) -> None:
    async with known.snapshot() as stores:
        sessions = await stores.strategies.learning_sessions(500)
        tallies = await stores.strategies.by_learning([learning_id(one) for one in (1, 2)])
        outcome_count = (await stores.counts.read()).outcomes
    assert set(tallies) == {learning_id(one) for one in (1, 2)}
    assert tallies[learning_id(2)] == [VariantTally("subagent", 0.3, 0.33)]
    assert sessions == [
        LearningSessions(learning_id(1), "solution", "run the tests before committing", 2),
        LearningSessions(learning_id(2), "preference", "two", 2),
        LearningSessions(learning_id(3), "preference", "run the tests before committing", 1),
    ]
    assert outcome_count == 6


async def test_the_learnings_with_the_most_sessions_come_first(known: Database) -> None:
    async with known.snapshot() as stores:
        listed = await stores.strategies.learning_sessions(2)
    assert [one.learning_id for one in listed] == [learning_id(one) for one in (1, 2)]


@pytest.mark.parametrize(("at_least", "learnings"), [(1, 3), (2, 2), (3, 0)])
async def test_known_learnings_are_counted_by_distinct_sessions(known: Database, at_least: int, learnings: int) -> None:
    async with known.snapshot() as stores:
        assert await stores.strategies.count_with_sessions(at_least) == learnings


async def test_an_outcome_follows_its_learning_to_another_category(known: Database) -> None:
    async with known.transaction() as stores:
        await stores.learnings.extract([extracted(1, days_ago(-1), category="preference")])
    async with known.snapshot() as stores:
        assert set(await stores.strategies.by_category()) == {"preference"}


async def test_an_outcome_counts_once_its_learning_is_known(known: Database) -> None:
    async with known.transaction() as stores:
        await stores.learnings.extract([extracted(5, category="tool_usage")])
    async with known.snapshot() as stores:
        assert ("tool_usage", "batch") in await stores.strategies.by_context()
        assert (await stores.counts.read()).outcomes == 7
