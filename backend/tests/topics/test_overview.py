"""overview: trends, counts, what helps and what hurts, health in four figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.topics.facts import (
    NOW,
    ablated,
    assessed,
    days_ago,
    deleted,
    extracted,
    learning_id,
    moment,
    recorded,
    reported,
    started,
    status_changed,
    wire,
)

if TYPE_CHECKING:
    from groove_dashboard.messages.types import OverviewTopic
    from tests.topics.conftest import Dashboard

OVERVIEW: OverviewTopic = {"topic": "overview"}


async def test_an_empty_database_has_an_overview(dashboard: Dashboard) -> None:
    data = await dashboard.data(OVERVIEW)
    assert [point["date"] for point in data["trends"].pop("sparkline")] == [f"2026-03-{day:02}" for day in range(4, 11)]
    assert data == {
        "data_type": "overview",
        "trends": {"improvement": None, "direction": "stable", "session_count": 0, "period_days": 7},
        "learnings": {"total": 0, "active": 0, "by_category": {}, "by_status": {}, "recent": []},
        "attribution": {"top_contributors": [], "under_review_count": 0, "negative_count": 0},
        "health": {
            "overall_status": "unknown",
            "assessment_coverage": None,
            "ablation_coverage": None,
            "last_activity": None,
        },
    }


async def test_the_sparkline_has_a_point_a_day_and_the_period_is_compared_with_the_one_before(
    dashboard: Dashboard,
) -> None:
    await dashboard.take(
        assessed("a", moment("03-04 00:00"), score=0.5),
        assessed("b", moment("03-10 23:59"), score=0.6),
        assessed("c", moment("03-10 00:00"), score=0.9),
        assessed("too late", moment("03-11 00:00"), score=0.0),
        assessed("before", moment("03-03 23:59"), score=0.5),
        assessed("also before", moment("02-25 00:00"), score=0.25),
        assessed("too early", moment("02-24 23:59"), score=0.0),
    )
    trends = (await dashboard.data(OVERVIEW))["trends"]
    assert trends["sparkline"][0] == {"date": "2026-03-04", "mean_score": 0.5, "session_count": 1}
    assert trends["sparkline"][-1] == {"date": "2026-03-10", "mean_score": 0.75, "session_count": 2}
    assert {(point["mean_score"], point["session_count"]) for point in trends["sparkline"][1:-1]} == {(None, 0)}
    # From a mean of 0.375 to one of 0.666667.
    assert (trends["improvement"], trends["direction"], trends["session_count"]) == (0.777778, "rising", 3)


async def test_a_period_before_without_scores_gives_no_improvement(dashboard: Dashboard) -> None:
    await dashboard.take(assessed("now"), assessed("before", days_ago(8), outcome="abandoned"))
    trends = (await dashboard.data(OVERVIEW))["trends"]
    assert (trends["improvement"], trends["direction"]) == (None, "stable")


async def test_learnings_are_counted_and_the_five_newest_listed(dashboard: Dashboard) -> None:
    await dashboard.take(
        *(extracted(number, days_ago(number), category="solution") for number in range(1, 7)),
        extracted(7),
        extracted(8),
        deleted(8),
        status_changed(1, "under_review"),
        status_changed(2, "deprecated"),
    )
    data = await dashboard.data(OVERVIEW)
    recent = data["learnings"].pop("recent")
    assert [one["id"] for one in recent] == [learning_id(one) for one in (7, 1, 2, 3, 4)]
    assert recent[1]["status"] == "under_review"
    assert data["learnings"] == {
        "total": 7,
        "active": 5,
        "by_category": {"solution": 6, "preference": 1},
        "by_status": {"active": 5, "under_review": 1, "deprecated": 1},
    }
    assert data["attribution"]["under_review_count"] == 1


async def test_the_five_best_of_all_time_are_named(dashboard: Dashboard) -> None:
    contributions = {1: 0.1, 2: 0.2, 3: 0.3, 4: 0.3, 5: 0.5, 6: 0.6, 7: 0.0, 8: -0.1, 9: -0.2, 10: 1.0, 11: -1.0}
    await dashboard.take(
        *(extracted(number, content=f"learning {number}") for number in contributions if number != 11),
        *(recorded("s", number, value, days_ago(400)) for number, value in contributions.items()),
        deleted(10),
    )
    attribution = (await dashboard.data(OVERVIEW))["attribution"]
    assert [one["learning_id"] for one in attribution["top_contributors"]] == [learning_id(n) for n in (6, 5, 3, 4, 2)]
    assert attribution["top_contributors"][0] == {
        "learning_id": learning_id(6),
        "content": "learning 6",
        "estimated_value": 0.6,
        "confidence": 0.0,
    }
    assert attribution["negative_count"] == 2


async def test_health_is_told_in_four_figures(dashboard: Dashboard) -> None:
    await dashboard.take(
        *(reported(component) for component in ("assessment", "extraction", "attribution")),
        reported("strategy", "error", days_ago(1)),
        started("a", days_ago(1)),
        started("b", days_ago(1)),
        assessed("b"),
        started("c", days_ago(1)),
        extracted(1),
        extracted(2),
        ablated("e", 2, value=0.0, confidence=0.1),
    )
    assert (await dashboard.data(OVERVIEW))["health"] == {
        "overall_status": "error",
        "assessment_coverage": 0.333333,
        "ablation_coverage": 0.5,
        "last_activity": "2026-03-10T12:00:00Z",
    }


async def test_an_overview_is_fresh_until_a_component_turns_stale_or_the_day_ends(dashboard: Dashboard) -> None:
    assert (await dashboard.state(OVERVIEW)).fresh_until == moment("03-11 00:00")
    await dashboard.take(reported("strategy", when=NOW - timedelta(minutes=10)))
    fresh_until = (await dashboard.state(OVERVIEW)).fresh_until
    assert fresh_until == NOW + timedelta(minutes=5, microseconds=1)
    before = await dashboard.data(OVERVIEW)
    dashboard.now = fresh_until - timedelta(microseconds=1)
    assert await dashboard.data(OVERVIEW) == before
    dashboard.now = fresh_until
    assert await dashboard.data(OVERVIEW) != before


async def test_what_is_dated_in_the_future_counts_in_lifetime_figures_only(dashboard: Dashboard) -> None:
    later = days_ago(-3)
    await dashboard.take(
        extracted(1, later),
        recorded("s", 1, 0.5, later),
        assessed("s", later),
        ablated("e", 1, when=later, value=0.5, confidence=0.9),
        reported("strategy", when=later),
    )
    data = await dashboard.data(OVERVIEW)
    assert data["trends"]["session_count"] == 0
    assert data["health"]["assessment_coverage"] is None
    assert data["health"]["ablation_coverage"] == 1.0
    assert data["health"]["last_activity"] == wire(later)
    assert data["attribution"]["top_contributors"][0]["estimated_value"] == 0.5
