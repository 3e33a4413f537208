"""overview: what has been learned and whether it helps, on one page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.messages.types import LearningCategory, LearningStatus
from groove_dashboard.topics import vitals
from groove_dashboard.topics.briefs import brief
from groove_dashboard.topics.figures import direction, improvement, rounded_mean
from groove_dashboard.topics.judgements import helpful, judgements
from groove_dashboard.topics.periods import last_days
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from groove_dashboard.messages.types import (
        OverviewAttribution,
        OverviewHealth,
        OverviewLearnings,
        OverviewTopic,
        OverviewTrends,
        ScorePoint,
    )
    from groove_dashboard.store.health import ComponentReportRow
    from groove_dashboard.store.learnings import LearningCount
    from groove_dashboard.store.sessions import ScoreDay
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.judgements import Judgement
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
    counts = await stores.learnings.counts()
    judged = await judgements(stores.attributions)
    reports = await stores.health.last_reports()
    statuses = vitals.component_statuses(reports, now, stale_after)
    health: OverviewHealth = {
        "overall_status": vitals.overall_status(statuses),
        "assessment_coverage": await vitals.assessment_coverage(stores.sessions, now),
        "ablation_coverage": vitals.ablation_coverage(await stores.attributions.ablation_states()),
        "last_activity": _last_activity(reports.values()),
    }
    return TopicState(
        {
            "data_type": "overview",
            "trends": await _trends(stores, period),
            "learnings": await _learnings(stores, counts, judged),
            "attribution": await _attribution(stores, counts, judged),
            "health": health,
        },
        fresh_until=vitals.healthy_until(reports, now, stale_after),
    )


async def _trends(stores: Stores, period: Period) -> OverviewTrends:
    whole = period.with_before
    days = {day.day: day for day in await stores.sessions.score_days(whole.since, whole.until)}
    current = [days[date] for date in period.dates if date in days]
    before = [days[date] for date in period.before.dates if date in days]
    improved = improvement(_mean_score(current), _mean_score(before))
    return {
        "sparkline": [_point(date, days.get(date)) for date in period.dates],
        "improvement": improved,
        "direction": direction(improved),
        "session_count": sum(day.session_count for day in current),
        "period_days": PERIOD_DAYS,
    }


def _mean_score(days: Sequence[ScoreDay]) -> float | None:
    """The mean score of all sessions of the days, not rounded; None without sessions."""
    if not days:
        return None
    return float(sum(day.score_sum for day in days)) / sum(day.session_count for day in days)


def _point(date: date, day: ScoreDay | None) -> ScorePoint:
    return {
        "date": date.isoformat(),
        "mean_score": rounded_mean(day.score_sum, day.session_count) if day else None,
        "session_count": day.session_count if day else 0,
    }


async def _learnings(
    stores: Stores, counts: Iterable[LearningCount], judged: Mapping[str, Judgement]
) -> OverviewLearnings:
    by_category, by_status = Counter[LearningCategory](), Counter[LearningStatus]()
    for count in counts:
        by_category[count.category] += count.learnings
        by_status[count.status] += count.learnings
    return {
        "total": by_status.total(),
        "active": by_status["active"],
        "by_category": dict(by_category),
        "by_status": dict(by_status),
        "recent": [brief(learning, judged) for learning in await stores.learnings.newest(RECENT)],
    }


async def _attribution(
    stores: Stores, counts: Iterable[LearningCount], judged: Mapping[str, Judgement]
) -> OverviewAttribution:
    top = helpful(judged.values(), TOP)
    learnings = await stores.learnings.by_ids([one.learning_id for one in top])
    return {
        "top_contributors": [
            {
                "learning_id": one.learning_id,
                "content": learnings[one.learning_id].content,
                "estimated_value": one.value,
                "confidence": one.confidence,
            }
            for one in top
        ],
        "under_review_count": sum(count.learnings for count in counts if count.status == "under_review"),
        "negative_count": sum(one.value < 0 for one in judged.values()),
    }


def _last_activity(reports: Iterable[ComponentReportRow]) -> str | None:
    moments = [report.occurred_at for report in reports]
    return timestamp(max(moments)) if moments else None


PROVIDER: Final = Provider(
    read=get_overview_data,
    depends_on=frozenset({"learning", "attribution", "ablation", "session", "component_report"}),
)
