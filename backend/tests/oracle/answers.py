"""The data of the eight topics, put together from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from groove_dashboard.messages.types import Component
from tests.oracle.arithmetic import day_of, days_until_today, in_period, mean, moment, shown, timestamp
from tests.oracle.facts import (
    Facts,
    Session,
    deleted_ids,
    experiments_of,
    known_learnings,
    outcomes,
    params,
    raw_records,
    records_of,
    reports,
    sessions,
    status_of,
)
from tests.oracle.figures import (
    SESSIONS_TO_SPECIALIZE,
    ablation_coverage,
    ablation_summary,
    assessment_coverage,
    component_status,
    distinct_sessions,
    improvement,
    improvement_direction,
    in_days,
    item_count,
    lifetime,
    overall_status,
    param_trend,
    weights,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from groove_dashboard.messages.types import (
        AttributionData,
        AttributionTopic,
        ComponentHealth,
        ContributionPoint,
        ContributorRow,
        HealthData,
        LearningBrief,
        LearningDetailData,
        LearningDetailTopic,
        LearningsData,
        LearningsFilters,
        LearningsSort,
        LearningsTopic,
        OverviewData,
        ScorePoint,
        SessionContribution,
        SessionTimelineData,
        SessionTimelineTopic,
        StrategyDistribution,
        StrategyDistributionsData,
        StrategyOverride,
        StrategyOverridesData,
        StrategyOverridesTopic,
        TimelineSession,
        TopContributor,
    )

OVERVIEW_DAYS: Final = 7
HISTORY_DAYS: Final = 30
COMPONENTS: Final[tuple[Component, ...]] = get_args(Component)


def overview(facts: Facts, now: datetime) -> OverviewData:
    briefs = all_briefs(facts)
    improved = improvement(facts, now, OVERVIEW_DAYS)
    sparkline = score_points(facts, now, OVERVIEW_DAYS)
    contributors: list[TopContributor] = [
        {
            "learning_id": brief["id"],
            "content": brief["content"],
            "estimated_value": brief["estimated_value"],
            "confidence": brief["confidence"],
        }
        for brief in in_order(briefs, "value")
        if brief["estimated_value"] > 0
    ]
    categories = [brief["category"] for brief in briefs]
    statuses = [brief["status"] for brief in briefs]
    last_reports = reports(facts)[-1:]
    return {
        "data_type": "overview",
        "trends": {
            "sparkline": sparkline,
            "improvement": improved,
            "direction": improvement_direction(improved),
            "session_count": sum(point["session_count"] for point in sparkline),
            "period_days": 7,
        },
        "learnings": {
            "total": len(briefs),
            "active": statuses.count("active"),
            "by_category": {category: categories.count(category) for category in categories},
            "by_status": {status: statuses.count(status) for status in statuses},
            "recent": in_order(briefs, "recency")[:5],
        },
        "attribution": {
            "top_contributors": contributors[:5],
            "under_review_count": statuses.count("under_review"),
            "negative_count": sum(1 for brief in briefs if brief["estimated_value"] < 0),
        },
        "health": {
            "overall_status": overall_status(facts, now, COMPONENTS),
            "assessment_coverage": assessment_coverage(facts, now),
            "ablation_coverage": ablation_coverage(facts)["coverage"],
            "last_activity": timestamp(moment(last_reports[0]["occurred_at"])) if last_reports else None,
        },
    }


def score_points(facts: Facts, now: datetime, days: int) -> list[ScorePoint]:
    points: list[ScorePoint] = []
    for date in days_until_today(now, days):
        scores = [
            session.score
            for session in sessions(facts)
            if session.assessed_at is not None and day_of(session.assessed_at) == date
        ]
        points.append(
            {"date": date, "mean_score": shown(mean(scores)) if scores else None, "session_count": len(scores)}
        )
    return points


def all_briefs(facts: Facts) -> list[LearningBrief]:
    """Every known learning, by id."""
    return [brief_of(facts, learning_id) for learning_id in known_learnings(facts)]


def brief_of(facts: Facts, learning_id: str) -> LearningBrief:
    extracted = known_learnings(facts)[learning_id]
    figures = lifetime(facts, learning_id)
    return {
        "id": learning_id,
        "content": extracted["learning"]["content"],
        "category": extracted["learning"]["category"],
        "scope": extracted["learning"]["scope"],
        "status": status_of(facts, learning_id)[0],
        "estimated_value": shown(figures.estimated_value),
        "confidence": shown(figures.confidence),
        "session_count": figures.session_count,
        "created_at": timestamp(moment(extracted["occurred_at"])),
    }


def in_order(briefs: Iterable[LearningBrief], sort: LearningsSort) -> list[LearningBrief]:
    """Highest or newest first, ties by id."""
    by_id = sorted(briefs, key=lambda brief: brief["id"])
    if sort == "value":
        return sorted(by_id, key=lambda brief: -brief["estimated_value"])
    if sort == "confidence":
        return sorted(by_id, key=lambda brief: -brief["confidence"])
    if sort == "usage":
        return sorted(by_id, key=lambda brief: -brief["session_count"])
    return sorted(by_id, key=lambda brief: moment(brief["created_at"]), reverse=True)


def learnings(facts: Facts, topic: LearningsTopic) -> LearningsData:
    matching = [brief for brief in all_briefs(facts) if matches(brief, topic.get("filters", {}))]
    first = topic.get("offset", 0)
    return {
        "data_type": "learnings",
        "learnings": in_order(matching, topic.get("sort", "recency"))[first : first + topic.get("limit", 100)],
        "total": len(matching),
    }


def matches(brief: LearningBrief, filters: LearningsFilters) -> bool:
    scope: Mapping[str, object] = brief["scope"]
    wanted: Mapping[str, object] = filters.get("scope", {})
    return (
        all(scope.get(key) == value for key, value in wanted.items())
        and filters.get("category", brief["category"]) == brief["category"]
        and filters.get("status", brief["status"]) == brief["status"]
        and filters.get("search", "").casefold() in brief["content"].casefold()
    )


def learning_detail(facts: Facts, topic: LearningDetailTopic, now: datetime) -> LearningDetailData | None:
    """Everything about the learning, or None where it is not known."""
    learning_id = topic["id"]
    if learning_id not in known_learnings(facts):
        return None
    brief = brief_of(facts, learning_id)
    extracted = known_learnings(facts)[learning_id]["learning"]
    figures = lifetime(facts, learning_id)
    return {
        "data_type": "learning_detail",
        **brief,
        "status_reason": status_of(facts, learning_id)[1],
        "times_injected": figures.times_injected,
        "activation_rate": shown(figures.activation_rate),
        "temporal_value": shown(figures.temporal_value),
        "temporal_confidence": shown(figures.temporal_confidence),
        "ablation": ablation_summary(experiments_of(facts, learning_id)),
        "source_session": extracted.get("source_session"),
        "extraction_method": extracted["extraction_method"],
        "history": contribution_points(facts, learning_id, now),
    }


def contribution_points(facts: Facts, learning_id: str, now: datetime) -> list[ContributionPoint]:
    points: list[ContributionPoint] = []
    for date in days_until_today(now, HISTORY_DAYS):
        contributions = [
            record["contribution"]
            for record in records_of(facts, learning_id)
            if record["activated"] and day_of(moment(record["occurred_at"])) == date
        ]
        points.append(
            {
                "date": date,
                "mean_contribution": shown(mean(contributions)) if contributions else None,
                "session_count": len(contributions),
            }
        )
    return points


def attribution(facts: Facts, topic: AttributionTopic, now: datetime) -> AttributionData:
    days = topic.get("period", {"days": 7})["days"]
    rows: list[ContributorRow] = []
    for learning_id, extracted in known_learnings(facts).items():
        figures = in_days(facts, learning_id, now, days)
        rows.append(
            {
                "learning_id": learning_id,
                "content": extracted["learning"]["content"],
                "estimated_value": shown(figures.estimated_value),
                "confidence": shown(figures.confidence),
                "session_count": figures.session_count,
                "status": status_of(facts, learning_id)[0],
            }
        )
    lowest_first = sorted(rows, key=lambda row: (row["estimated_value"], row["learning_id"]))
    highest_first = sorted(rows, key=lambda row: (-row["estimated_value"], row["learning_id"]))
    return {
        "data_type": "attribution",
        "period_days": days,
        "top_contributors": [row for row in highest_first if row["estimated_value"] > 0][:20],
        "negative_impact": [row for row in lowest_first if row["estimated_value"] < 0][:20],
        "ablation_coverage": ablation_coverage(facts),
    }


def session_timeline(facts: Facts, topic: SessionTimelineTopic, now: datetime) -> SessionTimelineData:
    days = topic.get("period", {"days": 7})["days"]
    assessed = [
        (session.assessed_at, session)
        for session in sorted(sessions(facts), key=lambda session: session.id)
        if session.assessed_at is not None and in_period(session.assessed_at, now, days)
    ]
    newest_first = sorted(assessed, key=lambda pair: pair[0], reverse=True)
    return {
        "data_type": "session_timeline",
        "period_days": days,
        "sessions": [timeline_session(facts, session) for _, session in newest_first[: topic.get("limit", 100)]],
        "total": len(assessed),
    }


def timeline_session(facts: Facts, session: Session) -> TimelineSession:
    if session.assessment is None:
        raise ValueError("only assessed sessions stand in the timeline")
    contributions = contributions_to(facts, session.id)
    return {
        "session_id": session.id,
        "title": session.title,
        "assessed_at": timestamp(moment(session.assessment["occurred_at"])),
        "score": shown(session.score),
        "outcome": session.assessment["outcome"],
        "learnings_activated": len(contributions),
        "contributions": contributions,
        "warning": warning_about(facts, contributions),
    }


def contributions_to(facts: Facts, session_id: str) -> list[SessionContribution]:
    known, deleted = known_learnings(facts), deleted_ids(facts)
    contributions: list[SessionContribution] = []
    for record in raw_records(facts):
        learning_id = record["learning_id"]
        if record["session_id"] != session_id or not record["activated"]:
            continue
        if learning_id in deleted:
            content = "(deleted learning)"
        elif learning_id in known:
            content = known[learning_id]["learning"]["content"]
        else:
            continue
        contributions.append(
            {"learning_id": learning_id, "content": content, "contribution": shown(record["contribution"])}
        )
    return sorted(contributions, key=lambda one: (-abs(one["contribution"]), one["learning_id"]))


def warning_about(facts: Facts, contributions: list[SessionContribution]) -> str | None:
    known = known_learnings(facts)
    harmful = [
        one["learning_id"]
        for one in contributions
        if one["learning_id"] in known and shown(lifetime(facts, one["learning_id"]).estimated_value) < 0
    ]
    if not harmful:
        return None
    if len(harmful) == 1:
        return "1 activated learning has a negative lifetime value"
    return f"{len(harmful)} activated learnings have a negative lifetime value"


def strategy_distributions(facts: Facts) -> StrategyDistributionsData:
    known = known_learnings(facts)
    distributions: list[StrategyDistribution] = []
    groups = {(known[one["learning_id"]]["learning"]["category"], one["context_type"]) for one in outcomes(facts)}
    for category, context_type in sorted(groups):
        of_group = [
            one
            for one in outcomes(facts)
            if known[one["learning_id"]]["learning"]["category"] == category and one["context_type"] == context_type
        ]
        distributions.append(
            {
                "category": category,
                "context_type": context_type,
                "session_count": distinct_sessions(of_group),
                "weights": weights(of_group),
            }
        )
    overrides = overrides_of(facts)
    return {
        "data_type": "strategy_distributions",
        "distributions": distributions,
        "specialized_count": sum(1 for override in overrides if override["is_specialized"]),
        "total_learnings": len(known),
    }


def strategy_overrides(facts: Facts, topic: StrategyOverridesTopic) -> StrategyOverridesData:
    overrides = overrides_of(facts)
    return {
        "data_type": "strategy_overrides",
        "overrides": overrides[: topic.get("limit", 100)],
        "total": len(overrides),
    }


def overrides_of(facts: Facts) -> list[StrategyOverride]:
    known = known_learnings(facts)
    overrides: list[StrategyOverride] = []
    for learning_id, extracted in known.items():
        category = extracted["learning"]["category"]
        own = [one for one in outcomes(facts) if one["learning_id"] == learning_id]
        of_category = [one for one in outcomes(facts) if known[one["learning_id"]]["learning"]["category"] == category]
        if not own:
            continue
        count = distinct_sessions(own)
        overrides.append(
            {
                "learning_id": learning_id,
                "content": extracted["learning"]["content"],
                "category": category,
                "session_count": count,
                "is_specialized": count >= SESSIONS_TO_SPECIALIZE,
                "weights": weights(own),
                "base_weights": weights(of_category),
                "sessions_to_specialize": max(0, SESSIONS_TO_SPECIALIZE - count),
            }
        )
    return sorted(overrides, key=lambda override: (-override["session_count"], override["learning_id"]))


def health(facts: Facts, now: datetime) -> HealthData:
    newest_first = sorted(reports(facts), key=lambda report: report["event_id"])
    newest_first.sort(key=lambda report: moment(report["occurred_at"]), reverse=True)
    return {
        "data_type": "health",
        "overall_status": overall_status(facts, now, COMPONENTS),
        "components": [component_health(facts, component, now) for component in COMPONENTS],
        "adaptive_params": [
            {
                "name": name,
                "current_value": shown(events[-1]["value"]),
                "confidence": shown(events[-1]["confidence"]),
                "trend": param_trend([event["value"] for event in events]),
                "history": [shown(event["value"]) for event in events[-20:]],
            }
            for name, events in params(facts).items()
        ],
        "recent_activity": [
            {
                "occurred_at": timestamp(moment(report["occurred_at"])),
                "component": report["component"],
                "status": report["status"],
                "message": report["message"],
            }
            for report in newest_first[:20]
        ],
    }


def component_health(facts: Facts, component: Component, now: datetime) -> ComponentHealth:
    last = reports(facts, component)[-1:]
    coverage = None
    if component == "assessment":
        coverage = assessment_coverage(facts, now)
    if component == "attribution":
        coverage = ablation_coverage(facts)["coverage"]
    return {
        "component": component,
        "status": component_status(facts, component, now),
        "last_activity": timestamp(moment(last[0]["occurred_at"])) if last else None,
        "message": last[0]["message"] if last else None,
        "coverage": coverage,
        "item_count": item_count(facts, component),
    }
