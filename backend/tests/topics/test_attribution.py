"""attribution: what helped and what hurt in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.topics.facts import ablated, days_ago, deleted, extracted, learning_id, moment, recorded, status_changed

if TYPE_CHECKING:
    from groove_dashboard.messages.types import AttributionTopic
    from tests.topics.conftest import Dashboard


def over(days: int) -> AttributionTopic:
    return {"topic": "attribution", "period": {"days": days}}


def ids(rows: list[dict[str, str]]) -> list[int]:
    return [int(row["learning_id"][-12:], 16) for row in rows]


async def test_an_empty_database_has_nothing_to_attribute(dashboard: Dashboard) -> None:
    assert await dashboard.data({"topic": "attribution"}) == {
        "data_type": "attribution",
        "period_days": 7,
        "top_contributors": [],
        "negative_impact": [],
        "ablation_coverage": {"coverage": None, "completed": 0, "in_progress": 0, "pending": 0},
    }


async def test_a_learning_is_judged_by_the_records_of_the_period(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(1, content="once good"),
        recorded("a", 1, 0.9, moment("03-03 23:59")),
        recorded("b", 1, -0.2, moment("03-04 00:00")),
        recorded("c", 1, -0.4, moment("03-10 23:59")),
        recorded("d", 1, 0.9, moment("03-11 00:00")),
        status_changed(1, "deprecated"),
    )
    data = await dashboard.data(over(7))
    assert data["top_contributors"] == []
    assert data["negative_impact"] == [
        {
            "learning_id": learning_id(1),
            "content": "once good",
            "estimated_value": -0.3,
            "confidence": 0.409384,
            "session_count": 2,
            "status": "deprecated",
        }
    ]
    assert (await dashboard.data(over(8)))["top_contributors"][0]["session_count"] == 3


async def test_an_experiment_counts_in_the_period_in_which_it_was_completed(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(1),
        recorded("a", 1, 0.5),
        ablated("old", 1, when=days_ago(20), value=-1.0, confidence=1.0),
        ablated("not trusted", 1, when=days_ago(1), value=-1.0, confidence=0.5),
    )
    assert (await dashboard.data(over(7)))["top_contributors"][0]["estimated_value"] == 0.5
    assert ids((await dashboard.data(over(30)))["negative_impact"]) == [1]


async def test_an_experiment_alone_is_evidence(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), ablated("e", 1, value=0.25, confidence=0.75))
    [row] = (await dashboard.data(over(1)))["top_contributors"]
    assert (row["estimated_value"], row["confidence"], row["session_count"]) == (0.25, 0.75, 0)


async def test_twenty_of_each_are_listed_from_the_extremes_inwards(dashboard: Dashboard) -> None:
    numbers = range(1, 26)
    await dashboard.take(
        *(extracted(number) for number in range(1, 101)),
        *(recorded("s", number, number / 100) for number in numbers),
        *(recorded("s", 50 + number, -number / 100) for number in numbers),
        recorded("s", 90, 0.25),
        recorded("s", 91, -0.25),
        recorded("s", 92, 0.0),
    )
    data = await dashboard.data(over(1))
    assert ids(data["top_contributors"]) == [25, 90, *range(24, 6, -1)]
    assert ids(data["negative_impact"]) == [75, 91, *range(74, 56, -1)]


async def test_deleted_and_unknown_learnings_are_not_attributed_to(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), deleted(1), recorded("s", 1), recorded("s", 2), ablated("e", 2))
    data = await dashboard.data(over(7))
    assert (data["top_contributors"], data["ablation_coverage"]["coverage"]) == ([], None)


async def test_ablation_coverage_is_of_all_time_and_all_learnings(dashboard: Dashboard) -> None:
    await dashboard.take(
        *(extracted(number) for number in (1, 2, 3)),
        ablated("a", 1, when=days_ago(400), value=0.0, confidence=0.1),
        ablated("b", 1, "in_progress"),
        ablated("c", 2, "in_progress"),
    )
    assert (await dashboard.data(over(1)))["ablation_coverage"] == {
        "coverage": 0.333333,
        "completed": 1,
        "in_progress": 1,
        "pending": 1,
    }


async def test_the_longest_period_is_exact(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), recorded("a", 1, 0.5, moment("03-11 00:00").replace(year=2025)))
    assert ids((await dashboard.data(over(365)))["top_contributors"]) == [1]
    assert ids((await dashboard.data(over(364)))["top_contributors"]) == []


async def test_a_period_moves_on_at_midnight(dashboard: Dashboard) -> None:
    assert (await dashboard.state(over(30))).fresh_until == moment("03-11 00:00")
