"""strategy_distributions and strategy_overrides: the weights of the ways to inject learnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.topics.facts import deleted, extracted, learning_id, worked

if TYPE_CHECKING:
    from groove_dashboard.messages.types import StrategyDistributionsTopic, StrategyOverridesTopic
    from tests.topics.conftest import Dashboard

DISTRIBUTIONS: StrategyDistributionsTopic = {"topic": "strategy_distributions"}
OVERRIDES: StrategyOverridesTopic = {"topic": "strategy_overrides"}


def weights(
    *, main_context: float = 0.3, subagent: float = 0.2, background_subagent: float = 0.1, deferred: float = 0.4
) -> list[dict[str, object]]:
    """All weights in their order; those not given are at their start."""
    return [
        {"variant": "main_context", "weight": main_context},
        {"variant": "subagent", "weight": subagent},
        {"variant": "background_subagent", "weight": background_subagent},
        {"variant": "deferred", "weight": deferred},
    ]


async def test_an_empty_database_has_no_distributions_and_no_overrides(dashboard: Dashboard) -> None:
    assert await dashboard.data(DISTRIBUTIONS) == {
        "data_type": "strategy_distributions",
        "distributions": [],
        "specialized_count": 0,
        "total_learnings": 0,
    }
    assert await dashboard.data(OVERRIDES) == {"data_type": "strategy_overrides", "overrides": [], "total": 0}


async def test_distributions_come_by_category_and_context_in_plain_order(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(1, category="solution"),
        extracted(2, category="correction"),
        extracted(3),
        worked(1, "a", 1.0, context="planning"),
        worked(1, "a", 1.0, context="interactive", variant="deferred", confidence=0.5),
        worked(1, "b", -1.0, context="interactive", variant="deferred", confidence=0.5),
        worked(2, "a", 0.0, context="code_review", variant="main_context"),
    )
    data = await dashboard.data(DISTRIBUTIONS)
    assert data["distributions"] == [
        {
            "category": "correction",
            "context_type": "code_review",
            "session_count": 1,
            "weights": weights(main_context=0.318182),
        },
        {
            "category": "solution",
            "context_type": "interactive",
            "session_count": 2,
            "weights": weights(deferred=0.409091),
        },
        {"category": "solution", "context_type": "planning", "session_count": 1, "weights": weights(subagent=0.272727)},
    ]
    assert (data["specialized_count"], data["total_learnings"]) == (0, 3)


async def test_a_learning_is_specialized_after_twenty_distinct_sessions(dashboard: Dashboard) -> None:
    await dashboard.take(
        *(extracted(number) for number in (1, 2, 3)),
        *(worked(1, f"session {number}") for number in range(20)),
        *(worked(2, f"session {number % 19}") for number in range(40)),
        *(worked(3, f"session {number}") for number in range(30)),
        deleted(3),
    )
    assert (await dashboard.data(DISTRIBUTIONS))["specialized_count"] == 1
    first, second = (await dashboard.data(OVERRIDES))["overrides"]
    assert (first["session_count"], first["is_specialized"], first["sessions_to_specialize"]) == (20, True, 0)
    assert (second["session_count"], second["is_specialized"], second["sessions_to_specialize"]) == (19, False, 1)


async def test_a_learnings_weights_see_its_own_outcomes_and_base_weights_those_of_its_category(
    dashboard: Dashboard,
) -> None:
    await dashboard.take(
        extracted(1, content="one"),
        extracted(2),
        extracted(3, category="solution"),
        extracted(4),
        worked(1, "a", 1.0, context="batch"),
        worked(2, "a", 1.0, context="planning"),
        worked(2, "b", -1.0, variant="main_context"),
        worked(3, "a", -1.0),
        worked(5, "a", -1.0),
    )
    overrides = (await dashboard.data(OVERRIDES))["overrides"]
    assert [one["learning_id"] for one in overrides] == [learning_id(number) for number in (2, 1, 3)]
    assert overrides[1] == {
        "learning_id": learning_id(1),
        "content": "one",
        "category": "preference",
        "session_count": 1,
        "is_specialized": False,
        "weights": weights(subagent=0.272727),
        "base_weights": weights(subagent=0.333333, main_context=0.272727),
        "sessions_to_specialize": 19,
    }


async def test_the_learnings_with_the_most_sessions_are_listed_and_all_are_counted(dashboard: Dashboard) -> None:
    await dashboard.take(
        *(extracted(number) for number in range(1, 104)),
        *(worked(number, "a") for number in range(1, 103)),
        *(worked(number, "b", -1.0, variant="deferred") for number in (50, 102)),
        deleted(3),
    )
    data = await dashboard.data(OVERRIDES)
    expected = [50, 102, 1, 2, *(number for number in range(4, 102) if number != 50)][:100]
    assert [one["learning_id"] for one in data["overrides"]] == [learning_id(number) for number in expected]
    assert data["total"] == 101
    for limit in (1, 3, 100, 500):
        part = await dashboard.data({"topic": "strategy_overrides", "limit": limit})
        assert part["overrides"][:100] == data["overrides"][:limit]
        assert (len(part["overrides"]), part["total"]) == (min(limit, 101), 101)


async def test_outcomes_of_deleted_learnings_leave_their_category(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), extracted(2), worked(1, "a"), worked(2, "a"), deleted(1))
    [override] = (await dashboard.data(OVERRIDES))["overrides"]
    assert override["base_weights"] == override["weights"]
    [distribution] = (await dashboard.data(DISTRIBUTIONS))["distributions"]
    assert distribution["weights"] == override["weights"]


async def test_strategies_do_not_change_by_themselves(dashboard: Dashboard) -> None:
    assert (await dashboard.state(DISTRIBUTIONS)).fresh_until is None
    assert (await dashboard.state(OVERRIDES)).fresh_until is None
