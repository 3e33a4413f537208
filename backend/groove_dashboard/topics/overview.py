"""overview: what has been learned and whether it helps, on one page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.store.sessions import seen_sessions
from groove_dashboard.topics import vitals
from groove_dashboard.topics.briefs import brief
from groove_dashboard.topics.figures import direction, improvement, rounded_mean
from groove_dashboard.topics.periods import last_days
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from groove_dashboard.messages.types import (
        OverviewHealth,
        OverviewTopic,
        OverviewTrends,
        ScorePoint,
        TopContributor,
    )
    from groove_dashboard.store.contributors import Contributor
    from groove_dashboard.store.health import ComponentReportRow
    from groove_dashboard.store.sessions import SeenSessions, SessionDay
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.periods import Period
    from groove_dashboard.topics.provider import TopicSettings

PERIOD_DAYS: Final = 7
RECENT: Final = 5
TOP: Final = 5


async def get_overview_data(
    stores: Stores, _topic: OverviewTopic, now: datetime, settings: TopicSettings
) -> TopicState:
    """The figures of all learnings, of the last 7 days' sessions and of the components."""
    stale_after = settings.component_stale_after
    period = last_days(PERIOD_DAYS, now)
    counts = await stores.counts.read()
    days = await stores.sessions.days(period.with_before.since, period.with_before.until)
    reports = await stores.health.last_reports()
    statuses = vitals.component_statuses(reports, now, stale_after)
    health: OverviewHealth = {
        "overall_status": vitals.overall_status(statuses),
        "assessment_coverage": vitals.assessment_coverage(_seen_within(period, days)),
        "ablation_coverage": vitals.ablation_coverage(counts),
        "last_activity": _last_activity(reports.values()),
    }
    return TopicState(
        {
            "data_type": "overview",
            "trends": _trends(period, days),
            "learnings": {
                "total": counts.learnings,
                "active": counts.learnings_by_status["active"],
                "by_category": dict(counts.learnings_by_category),
                "by_status": dict(counts.learnings_by_status),
                "recent": [brief(learning) for learning in await stores.judged_learnings.newest(RECENT)],
            },
            "attribution": {
                "top_contributors": [_top_contributor(one) for one in await stores.contributors.top(TOP)],
                "under_review_count": counts.learnings_by_status["under_review"],
                "negative_count": await stores.contributors.negative_count(),
            },
            "health": health,
        },
        fresh_until=vitals.healthy_until(reports, now, stale_after),
    )


def _seen_within(period: Period, days: Iterable[SessionDay]) -> SeenSessions:
    within = set(period.dates)
    return seen_sessions(day for day in days if day.started_day in within or day.assessed_day in within)


def _trends(period: Period, days: Iterable[SessionDay]) -> OverviewTrends:
    scores: dict[date, _Scores] = defaultdict(_Scores)
    for day in days:
        if day.assessed_day is not None:
            scores[day.assessed_day] += _Scores(day.sessions, day.score_sum)
    current = sum((scores[date] for date in period.dates), _Scores())
    before = sum((scores[date] for date in period.before.dates), _Scores())
    improved = improvement(current.mean, before.mean)
    return {
        "sparkline": [_point(date, scores[date]) for date in period.dates],
        "improvement": improved,
        "direction": direction(improved),
        "session_count": current.sessions,
        "period_days": PERIOD_DAYS,
    }


@dataclass(frozen=True, slots=True)
class _Scores:
    """The scores of some sessions, exactly."""

    sessions: int = 0
    total: Decimal = Decimal()

    def __add__(self, other: _Scores) -> _Scores:
        return _Scores(self.sessions + other.sessions, self.total + other.total)

    @property
    def mean(self) -> float | None:
        """Not rounded; None without sessions."""
        return float(self.total) / self.sessions if self.sessions else None


def _point(date: date, scores: _Scores) -> ScorePoint:
    return {
        "date": date.isoformat(),
        "mean_score": rounded_mean(scores.total, scores.sessions),
        "session_count": scores.sessions,
    }


def _top_contributor(contributor: Contributor) -> TopContributor:
    return {
        "learning_id": contributor.learning_id,
        "content": contributor.content,
        "estimated_value": contributor.value,
        "confidence": contributor.confidence,
    }


def _last_activity(reports: Iterable[ComponentReportRow]) -> str | None:
    moments = [report.occurred_at for report in reports]
    return timestamp(max(moments)) if moments else None


PROVIDER: Final = Provider(
    read=get_overview_data,
    depends_on=frozenset({"learning", "attribution", "ablation", "session", "component_report"}),
)
