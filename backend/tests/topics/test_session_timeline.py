"""session_timeline: assessed sessions and what the learnings contributed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
    started,
)

if TYPE_CHECKING:
    from groove_dashboard.messages.types import SessionTimelineTopic
    from tests.topics.conftest import Dashboard

TIMELINE: SessionTimelineTopic = {"topic": "session_timeline"}


async def test_an_empty_database_has_an_empty_timeline(dashboard: Dashboard) -> None:
    assert await dashboard.data(TIMELINE) == {
        "data_type": "session_timeline",
        "period_days": 7,
        "sessions": [],
        "total": 0,
    }


async def test_a_session_is_listed_on_the_day_of_its_assessment(dashboard: Dashboard) -> None:
    await dashboard.take(
        started("long", days_ago(30), title="refactoring"),
        assessed("long", days_ago(1), outcome="partial"),
        started("running"),
        assessed("old", moment("03-03 23:59")),
        assessed("first", moment("03-04 00:00")),
        assessed("tomorrow", moment("03-11 00:00")),
    )
    data = await dashboard.data(TIMELINE)
    assert ([one["session_id"] for one in data["sessions"]], data["total"]) == (["long", "first"], 2)
    assert data["sessions"][0] == {
        "session_id": "long",
        "title": "refactoring",
        "assessed_at": "2026-03-09T12:00:00Z",
        "score": 0.75,
        "outcome": "partial",
        "learnings_activated": 0,
        "contributions": [],
        "warning": None,
    }
    assert data["sessions"][1]["title"] is None


async def test_a_limit_cuts_the_oldest_but_not_the_total(dashboard: Dashboard) -> None:
    await dashboard.take(*(assessed(name) for name in ("b", "ä", "B", "a")), assessed("newest", days_ago(-0.1)))
    data = await dashboard.data({"topic": "session_timeline", "period": {"days": 1}, "limit": 3})
    assert ([one["session_id"] for one in data["sessions"]], data["total"]) == (["newest", "B", "a"], 5)


async def test_contributions_come_by_magnitude_and_ties_by_id(dashboard: Dashboard) -> None:
    contributions = {1: 0.2, 2: -0.5, 3: 0.5, 4: 0.0, 5: -0.2000001}
    await dashboard.take(
        assessed("s"),
        *(extracted(number, content=f"learning {number}") for number in range(1, 8)),
        *(recorded("s", number, value, days_ago(30)) for number, value in contributions.items()),
        recorded("s", 6, None),
        recorded("s", 7, 0.9, withheld=True),
        recorded("another", 7, 0.9),
    )
    [session] = (await dashboard.data(TIMELINE))["sessions"]
    assert session["contributions"] == [
        {"learning_id": learning_id(2), "content": "learning 2", "contribution": -0.5},
        {"learning_id": learning_id(3), "content": "learning 3", "contribution": 0.5},
        {"learning_id": learning_id(1), "content": "learning 1", "contribution": 0.2},
        {"learning_id": learning_id(5), "content": "learning 5", "contribution": -0.2},
        {"learning_id": learning_id(4), "content": "learning 4", "contribution": 0.0},
    ]
    assert session["learnings_activated"] == 5


async def test_deleted_learnings_stay_listed_without_their_content_and_unknown_ones_wait(dashboard: Dashboard) -> None:
    await dashboard.take(
        assessed("s"), extracted(1), recorded("s", 1, -0.5), recorded("s", 2, 0.1), recorded("s", 3, -0.9), deleted(1)
    )
    await dashboard.take(deleted(3))
    [session] = (await dashboard.data(TIMELINE))["sessions"]
    assert [(one["learning_id"], one["content"]) for one in session["contributions"]] == [
        (learning_id(3), "(deleted learning)"),
        (learning_id(1), "(deleted learning)"),
    ]
    assert (session["learnings_activated"], session["warning"]) == (2, None)
    await dashboard.take(extracted(2, content="known now"))
    [session] = (await dashboard.data(TIMELINE))["sessions"]
    assert session["contributions"][-1]["content"] == "known now"


@pytest.mark.parametrize(
    ("negative", "warning"),
    [
        (0, None),
        (1, "1 activated learning has a negative lifetime value"),
        (2, "2 activated learnings have a negative lifetime value"),
    ],
)
async def test_a_warning_counts_learnings_of_negative_lifetime_value(
    dashboard: Dashboard, negative: int, warning: str | None
) -> None:
    await dashboard.take(
        assessed("s"),
        *(extracted(number) for number in (1, 2, 3)),
        *(recorded("s", number, 0.5) for number in (1, 2, 3)),
        *(recorded("long ago", number, -1.0, days_ago(900)) for number in range(1, negative + 1)),
        recorded("long ago", 3, -0.5000004, days_ago(900)),  # shown as 0
    )
    [session] = (await dashboard.data(TIMELINE))["sessions"]
    assert session["warning"] == warning


async def test_an_experiment_can_raise_a_warning_about_a_session_that_went_well(dashboard: Dashboard) -> None:
    await dashboard.take(assessed("s"), extracted(1), recorded("s", 1, 0.5))
    assert (await dashboard.data(TIMELINE))["sessions"][0]["warning"] is None
    await dashboard.take(ablated("e", 1, value=-0.1, confidence=0.9))
    assert (await dashboard.data(TIMELINE))["sessions"][0]["warning"] is not None


async def test_a_timeline_moves_on_at_midnight(dashboard: Dashboard) -> None:
    state = await dashboard.state(TIMELINE)
    assert NOW < moment("03-11 00:00") == state.fresh_until
