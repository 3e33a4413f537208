"""Component reports and adaptive parameters: the last ones, in their stated orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groove_dashboard.store.health import ComponentReportRow, ParamValue
from tests.topics.facts import NOW, days_ago, reported, tuned

if TYPE_CHECKING:
    from groove_dashboard.store.database import Database


async def test_an_empty_database_has_no_reports_and_no_params(database: Database) -> None:
    async with database.transaction() as stores:
        await stores.health.report([])
        await stores.health.update_params([])
    async with database.snapshot() as stores:
        assert await stores.health.last_reports() == {}
        assert await stores.health.recent_reports(20) == []
        assert await stores.health.latest_values(20) == []


async def test_the_last_report_of_a_component_is_the_latest_not_the_last_to_come(database: Database) -> None:
    async with database.transaction() as stores:
        await stores.health.report(
            [
                reported("strategy", "ok", days_ago(1), number=2, message="latest"),
                reported("strategy", when=days_ago(2)),
            ]
        )
        await stores.health.report(
            [
                reported("strategy", "degraded", days_ago(1), number=1),
                reported("assessment", "error", days_ago(9), message="only"),
            ]
        )
    async with database.snapshot() as stores:
        assert await stores.health.last_reports() == {
            "strategy": ComponentReportRow("strategy", days_ago(1), "ok", "latest"),
            "assessment": ComponentReportRow("assessment", days_ago(9), "error", "only"),
        }


async def test_recent_reports_come_newest_first_and_ties_by_event_id(database: Database) -> None:
    async with database.transaction() as stores:
        await stores.health.report(
            [
                reported("strategy", when=days_ago(1), number=2, message="third"),
                reported("attribution", when=days_ago(1), number=1, message="second"),
                reported("strategy", when=days_ago(2), message="fourth"),
                reported("extraction", when=NOW, message="first"),
            ]
        )
    async with database.snapshot() as stores:
        messages = [report.message for report in await stores.health.recent_reports(3)]
    assert messages == ["first", "second", "third"]


async def test_each_param_has_its_latest_values_oldest_first(database: Database) -> None:
    async with database.transaction() as stores:
        await stores.health.update_params(
            [
                tuned("b", 3.0, days_ago(1), number=2, confidence=0.3),
                tuned("b", 2.0, days_ago(1), number=1, confidence=0.2),
                tuned("b", 1.0, days_ago(2), confidence=0.1),
                tuned("ä", -5.0),
                tuned("B", 7.0),
            ]
        )
    async with database.snapshot() as stores:
        values = await stores.health.latest_values(2)
    assert values == [
        ParamValue("B", 7.0, 0.5),
        ParamValue("b", 2.0, 0.2),
        ParamValue("b", 3.0, 0.3),
        ParamValue("ä", -5.0, 0.5),
    ]
