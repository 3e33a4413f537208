"""Component reports and adaptive parameters: the last ones, in their stated orders."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from groove_dashboard.store.health import COMPONENTS, LAST_REPORTS, LATEST_VALUES, ComponentReportRow, ParamValue
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


@pytest.mark.parametrize(("query", "argument", "at_most"), [(LAST_REPORTS, COMPONENTS, 10), (LATEST_VALUES, 20, 100)])
async def test_what_is_read_does_not_grow_with_what_was_ever_reported(
    database_url: str, query: str, argument: object, at_most: int
) -> None:
    """Four components and three params reported 20,000 times; each row that a scan hands on is counted."""
    connection = await asyncpg.connect(database_url)
    await connection.execute(
        """
        insert into component_report (event_id, component, occurred_at, status, message)
        select gen_random_uuid(), ($1::text[])[1 + number % 4], now() - number * interval '1 second', 'ok', ''
        from generate_series(1, 20000) as number
        """,
        COMPONENTS,
    )
    await connection.execute(
        """
        insert into adaptive_param (event_id, name, occurred_at, value, confidence)
        select gen_random_uuid(), 'param ' || number % 3, now() - number * interval '1 second', 0, 1
        from generate_series(1, 20000) as number
        """
    )
    await connection.execute("analyze component_report, adaptive_param")
    explained = await connection.fetchval(f"explain (analyze, format json) {query}", argument)
    await connection.close()
    assert 0 < rows_scanned(json.loads(explained)[0]["Plan"]) <= at_most


def rows_scanned(plan: dict[str, Any]) -> float:
    """How many rows of tables the plan's scans handed on, those of each repetition included."""
    own = plan["Actual Rows"] * plan["Actual Loops"] if "Relation Name" in plan else 0
    return float(own + sum(rows_scanned(part) for part in plan.get("Plans", ())))
