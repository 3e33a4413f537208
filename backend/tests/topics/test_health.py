"""health: components and adaptive parameters."""

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
    moment,
    recorded,
    reported,
    started,
    tuned,
    worked,
)

if TYPE_CHECKING:
    from groove_dashboard.messages.types import HealthTopic
    from tests.topics.conftest import Dashboard

HEALTH: HealthTopic = {"topic": "health"}
ALLOWED = timedelta(minutes=15)
TICK = timedelta(microseconds=1)


async def statuses(dashboard: Dashboard) -> list[str]:
    data = await dashboard.data(HEALTH)
    return [data["overall_status"], *(one["status"] for one in data["components"])]


async def test_an_empty_database_shows_every_component_as_unknown(dashboard: Dashboard) -> None:
    assert await dashboard.data(HEALTH) == {
        "data_type": "health",
        "overall_status": "unknown",
        "components": [
            {
                "component": component,
                "status": "unknown",
                "last_activity": None,
                "message": None,
                "coverage": None,
                "item_count": 0,
            }
            for component in ("assessment", "extraction", "attribution", "strategy")
        ],
        "adaptive_params": [],
        "recent_activity": [],
    }


async def test_a_component_shows_its_last_report(dashboard: Dashboard) -> None:
    await dashboard.take(
        reported("extraction", "error", NOW - timedelta(minutes=2)),
        reported("extraction", "degraded", NOW - timedelta(minutes=1), message="slow"),
        reported("strategy", "ok"),
    )
    data = await dashboard.data(HEALTH)
    assert data["components"][1] == {
        "component": "extraction",
        "status": "degraded",
        "last_activity": "2026-03-10T11:59:00Z",
        "message": "slow",
        "coverage": None,
        "item_count": 0,
    }
    assert await statuses(dashboard) == ["degraded", "unknown", "degraded", "unknown", "ok"]


async def test_a_report_older_than_allowed_counts_as_degraded_at_best(dashboard: Dashboard) -> None:
    await dashboard.take(
        reported("assessment", "ok", NOW - ALLOWED),
        reported("extraction", "ok", NOW - ALLOWED - TICK),
        reported("attribution", "error", days_ago(1)),
        reported("strategy", "ok", days_ago(-1)),
    )
    assert await statuses(dashboard) == ["error", "ok", "degraded", "error", "ok"]


async def test_health_is_fresh_until_the_first_ok_component_turns_stale(dashboard: Dashboard) -> None:
    await dashboard.take(
        reported("assessment", "ok", NOW - timedelta(minutes=10)),
        reported("extraction", "ok", NOW - timedelta(minutes=5)),
        reported("attribution", "error", NOW - timedelta(minutes=14)),
        reported("strategy", "ok", days_ago(1)),
    )
    expected = [
        (NOW + timedelta(minutes=5) + TICK, ["error", "degraded", "ok", "error", "degraded"]),
        (NOW + timedelta(minutes=10) + TICK, ["error", "degraded", "degraded", "error", "degraded"]),
    ]
    for fresh_until, then in expected:
        before = await dashboard.state(HEALTH)
        assert before.fresh_until == fresh_until
        dashboard.now = fresh_until - TICK
        assert (await dashboard.state(HEALTH)).data == before.data
        dashboard.now = fresh_until
        assert await statuses(dashboard) == then
    assert (await dashboard.state(HEALTH)).fresh_until == moment("03-11 00:00")


async def test_components_count_their_items_over_all_time(dashboard: Dashboard) -> None:
    await dashboard.take(
        assessed("a", days_ago(400)),
        assessed("b"),
        started("c"),
        *(extracted(number) for number in (1, 2, 3, 4)),
        deleted(4),
        recorded("a", 1, 0.5, days_ago(400)),
        recorded("a", 2, None),
        recorded("b", 1, withheld=True),
        recorded("b", 4),
        recorded("b", 5),
        worked(1, "a"),
        worked(1, "a"),
        worked(4, "a"),
        ablated("e", 1, value=0.0, confidence=0.0),
    )
    components = {one["component"]: one for one in (await dashboard.data(HEALTH))["components"]}
    assert {name: one["item_count"] for name, one in components.items()} == {
        "assessment": 2,
        "extraction": 3,
        "attribution": 2,
        "strategy": 2,
    }
    assert {name: one["coverage"] for name, one in components.items()} == {
        "assessment": 0.5,
        "extraction": None,
        "attribution": 0.333333,
        "strategy": None,
    }


async def test_params_come_by_name_with_their_last_twenty_values(dashboard: Dashboard) -> None:
    await dashboard.take(
        *(tuned("rate", value / 10, days_ago(30 - value), confidence=value / 100) for value in range(1, 26)),
        tuned("Rate", -0.1234567, confidence=0.5),
    )
    assert (await dashboard.data(HEALTH))["adaptive_params"] == [
        {"name": "Rate", "current_value": -0.123457, "confidence": 0.5, "trend": "stable", "history": [-0.123457]},
        {
            "name": "rate",
            "current_value": 2.5,
            "confidence": 0.25,
            "trend": "rising",
            "history": [value / 10 for value in range(6, 26)],
        },
    ]


async def test_values_of_one_moment_are_ordered_by_event_id(dashboard: Dashboard) -> None:
    await dashboard.take(tuned("rate", 1.0, number=2), tuned("rate", 2.0, number=1))
    [param] = (await dashboard.data(HEALTH))["adaptive_params"]
    assert (param["history"], param["trend"]) == ([2.0, 1.0], "falling")


async def test_the_twenty_newest_reports_are_listed(dashboard: Dashboard) -> None:
    await dashboard.take(
        *(reported("strategy", when=NOW - timedelta(minutes=age), message=f"{age}") for age in range(1, 25)),
        reported("extraction", "error", number=2, message="second"),
        reported("assessment", number=1, message="first"),
    )
    recent = (await dashboard.data(HEALTH))["recent_activity"]
    assert [one["message"] for one in recent] == ["first", "second", *(f"{age}" for age in range(1, 19))]
    assert recent[1] == {
        "occurred_at": "2026-03-10T12:00:00Z",
        "component": "extraction",
        "status": "error",
        "message": "second",
    }
