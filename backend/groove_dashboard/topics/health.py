"""health: whether the pipeline works."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.topics import vitals
from groove_dashboard.topics.figures import PARAM_HISTORY_VALUES, param_trend, rounded
from groove_dashboard.topics.periods import last_days
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import (
        AdaptiveParam,
        Component,
        ComponentHealth,
        ComponentReport,
        ComponentStatus,
        HealthTopic,
    )
    from groove_dashboard.store.health import ComponentReportRow, ParamValue
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import TopicSettings

RECENT_REPORTS: Final = 20


async def get_health_data(stores: Stores, _topic: HealthTopic, now: datetime, settings: TopicSettings) -> TopicState:
    """The state of the components and of the adaptive parameters."""
    stale_after = settings.component_stale_after
    reports = await stores.health.last_reports()
    statuses = vitals.component_statuses(reports, now, stale_after)
    counts = await stores.counts.read()
    week = last_days(vitals.COVERAGE_DAYS, now)
    coverages: dict[Component, float | None] = {
        "assessment": vitals.assessment_coverage(await stores.sessions.seen(week.since, week.until)),
        "attribution": vitals.ablation_coverage(counts),
    }
    item_counts: dict[Component, int] = {
        "assessment": counts.sessions_assessed,
        "extraction": counts.learnings,
        "attribution": counts.records,
        "strategy": counts.outcomes,
    }
    return TopicState(
        {
            "data_type": "health",
            "overall_status": vitals.overall_status(statuses),
            "components": [
                _component(one, status, reports, coverages.get(one), item_counts[one])
                for one, status in statuses.items()
            ],
            "adaptive_params": _params(await stores.health.latest_values(PARAM_HISTORY_VALUES)),
            "recent_activity": [_report(one) for one in await stores.health.recent_reports(RECENT_REPORTS)],
        },
        fresh_until=vitals.healthy_until(reports, now, stale_after),
    )


def _component(
    component: Component,
    status: ComponentStatus,
    reports: Mapping[Component, ComponentReportRow],
    coverage: float | None,
    item_count: int,
) -> ComponentHealth:
    report = reports.get(component)
    return {
        "component": component,
        "status": status,
        "last_activity": timestamp(report.occurred_at) if report else None,
        "message": report.message if report else None,
        "coverage": coverage,
        "item_count": item_count,
    }


def _params(values: Sequence[ParamValue]) -> list[AdaptiveParam]:
    """The parameters in the order in which their values come."""
    return [_param(name, list(history)) for name, history in groupby(values, key=lambda value: value.name)]


def _param(name: str, history: Sequence[ParamValue]) -> AdaptiveParam:
    current = history[-1]
    return {
        "name": name,
        "current_value": rounded(current.value),
        "confidence": rounded(current.confidence),
        "trend": param_trend([one.value for one in history]),
        "history": [rounded(one.value) for one in history],
    }


def _report(report: ComponentReportRow) -> ComponentReport:
    return {
        "occurred_at": timestamp(report.occurred_at),
        "component": report.component,
        "status": report.status,
        "message": report.message,
    }


PROVIDER: Final = Provider(
    read=get_health_data,
    depends_on=frozenset(
        {
            "component_report",
            "adaptive_param",
            # Coverages and item counts.
            "session",
            "learning",
            "attribution",
            "ablation",
            "strategy_outcome",
        }
    ),
)
