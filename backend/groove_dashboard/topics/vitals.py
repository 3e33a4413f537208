"""The health of the pipeline: figures that the health topic and the overview share."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, get_args

from groove_dashboard.messages.types import Component
from groove_dashboard.topics.figures import component_status, coverage, is_stale, worst
from groove_dashboard.topics.periods import next_midnight

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from groove_dashboard.messages.types import ComponentStatus
    from groove_dashboard.store.counts import Counts
    from groove_dashboard.store.health import ComponentReportRow
    from groove_dashboard.store.sessions import SeenSessions

COMPONENTS: Final[tuple[Component, ...]] = get_args(Component)
COVERAGE_DAYS: Final = 7
JUST_LONGER: Final = timedelta(microseconds=1)
"""A report as old as it may be is not stale yet; the next moment that clocks tell, it is."""


def assessment_coverage(sessions: SeenSessions) -> float | None:
    """Assessed / seen sessions (seen = started or assessed), None where none was seen."""
    return coverage(sessions.assessed, sessions.seen)


def ablation_coverage(counts: Counts) -> float | None:
    """Learnings with a completed experiment / all learnings, None where there is no learning."""
    return coverage(counts.ablations_completed, counts.learnings)


def component_statuses(
    reports: Mapping[Component, ComponentReportRow], now: datetime, stale_after: timedelta
) -> dict[Component, ComponentStatus]:
    """The status of every component, in the order in which they are shown; unknown without a report."""
    return {one: _status(reports.get(one), now, stale_after) for one in COMPONENTS}


def overall_status(statuses: Mapping[Component, ComponentStatus]) -> ComponentStatus:
    """The worst component's status."""
    return worst(statuses.values())


def healthy_until(reports: Mapping[Component, ComponentReportRow], now: datetime, stale_after: timedelta) -> datetime:
    """When a status or a coverage changes by mere passing of time: at midnight, or once an ok component turns stale."""
    turning_stale = [
        report.occurred_at + stale_after + JUST_LONGER
        for report in reports.values()
        if report.status == "ok" and not is_stale(report.occurred_at, now, stale_after)
    ]
    return min([*turning_stale, next_midnight(now)])


def _status(report: ComponentReportRow | None, now: datetime, stale_after: timedelta) -> ComponentStatus:
    if report is None:
        return "unknown"
    return component_status(report.status, stale=is_stale(report.occurred_at, now, stale_after))
