"""learnings: filters, sorts and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.topics.facts import ablated, assessed, days_ago, deleted, extracted, learning_id, recorded, status_changed

if TYPE_CHECKING:
    from groove_dashboard.messages.types import LearningsSort, LearningsTopic
    from tests.topics.conftest import Dashboard


async def ids(dashboard: Dashboard, topic: LearningsTopic) -> list[int]:
    """The numbers of the learnings on the page."""
    data = await dashboard.data(topic)
    return [int(one["id"][-12:], 16) for one in data["learnings"]]


async def test_an_empty_database_has_an_empty_page(dashboard: Dashboard) -> None:
    for sort in ("value", "recency"):
        topic: LearningsTopic = {"topic": "learnings", "sort": sort}
        assert await dashboard.data(topic) == {"data_type": "learnings", "learnings": [], "total": 0}


async def test_a_learning_is_listed_with_its_lifetime_figures(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(
            1, days_ago(1), content="use snake_case", category="code_pattern", scope={"level": "user", "name": "a"}
        ),
        recorded("s", 1, 0.4, days_ago(400)),
        recorded("t", 1, 0.4),
        recorded("u", 1, None),
        ablated("e", 1, value=0.2, confidence=0.9),
        status_changed(1, "under_review"),
    )
    assert (await dashboard.data({"topic": "learnings"}))["learnings"] == [
        {
            "id": learning_id(1),
            "content": "use snake_case",
            "category": "code_pattern",
            "scope": {"level": "user", "name": "a"},
            "status": "under_review",
            "estimated_value": 0.281116,
            "confidence": 0.701017,
            "session_count": 2,
            "created_at": "2026-03-09T12:00:00Z",
        }
    ]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("recency", [5, 1, 2, 3, 4]),
        ("value", [3, 1, 2, 4, 5]),
        ("confidence", [2, 1, 5, 3, 4]),
        ("usage", [2, 1, 5, 3, 4]),
    ],
)
async def test_a_sort_goes_from_the_highest_down_with_ties_by_id(
    dashboard: Dashboard, sort: LearningsSort, order: list[int]
) -> None:
    # Sessions 2, 3, 1, 0 and 2; values 0.2, 0.1, 0.9, 0 and -0.4. Four of one moment and one that is newer.
    await dashboard.take(
        *(extracted(number, days_ago(1)) for number in (4, 3, 2, 1)),
        extracted(5),
        *(recorded(session, 1, 0.2) for session in "ab"),
        *(recorded(session, 2, 0.1) for session in "abc"),
        recorded("a", 3, 0.9),
        *(recorded(session, 5, -0.4) for session in "ab"),
    )
    assert await ids(dashboard, {"topic": "learnings", "sort": sort}) == order
    assert await ids(dashboard, {"topic": "learnings", "sort": sort, "offset": 1, "limit": 2}) == order[1:3]


@pytest.mark.parametrize("sort", ["recency", "usage"])
async def test_a_page_knows_how_many_learnings_match_in_all(dashboard: Dashboard, sort: LearningsSort) -> None:
    await dashboard.take(*(extracted(number) for number in range(1, 8)), deleted(7))
    for offset, page in ((0, [1, 2]), (4, [5, 6]), (5, [6]), (6, []), (1_000_000, [])):
        topic: LearningsTopic = {"topic": "learnings", "sort": sort, "limit": 2, "offset": offset}
        assert await ids(dashboard, topic) == page
        assert (await dashboard.data(topic))["total"] == 6


async def test_filters_narrow_the_page_and_the_total(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(1, content="Straße", scope={"level": "project", "name": "groove"}),
        extracted(2, content="Straße", scope={"level": "project", "name": "other"}),
        extracted(3, content="Straße", category="solution"),
        extracted(4, content="path"),
        status_changed(4, "deprecated"),
    )
    tables: list[tuple[LearningsTopic, list[int]]] = [
        ({"topic": "learnings", "filters": {"search": "STRASSE"}}, [1, 2, 3]),
        ({"topic": "learnings", "filters": {"search": "strasse", "scope": {"level": "project"}}}, [1, 2]),
        ({"topic": "learnings", "filters": {"scope": {"level": "project", "name": "other"}}}, [2]),
        ({"topic": "learnings", "filters": {"scope": {"level": "global", "name": "other"}}}, []),
        ({"topic": "learnings", "filters": {"category": "solution", "status": "active"}}, [3]),
        ({"topic": "learnings", "filters": {"status": "deprecated"}}, [4]),
    ]
    for topic, expected in tables:
        assert await ids(dashboard, topic) == expected
        assert (await dashboard.data(topic))["total"] == len(expected)


async def test_a_list_of_learnings_does_not_change_by_itself(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), assessed("s"))
    assert (await dashboard.state({"topic": "learnings"})).fresh_until is None
