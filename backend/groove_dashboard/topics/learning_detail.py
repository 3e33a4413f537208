"""learning_detail: everything about one learning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.topics.briefs import brief
from groove_dashboard.topics.figures import activation_rate, rounded, rounded_mean
from groove_dashboard.topics.periods import last_days, next_midnight
from groove_dashboard.topics.provider import Provider, TopicNotFound, TopicState

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import AblationSummary, ContributionPoint, LearningDetailTopic
    from groove_dashboard.store.attributions import AttributionStore
    from groove_dashboard.store.changes import Change
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.periods import Period
    from groove_dashboard.topics.provider import TopicSettings

HISTORY_DAYS: Final = 30


async def get_learning_detail_data(
    stores: Stores, topic: LearningDetailTopic, now: datetime, _settings: TopicSettings
) -> TopicState:
    """The learning with its lifetime figures and its last 30 days; raise TopicNotFound where it is not known."""
    learning_id = topic["id"]
    learning = await stores.learnings.detail(learning_id)
    if learning is None:
        raise TopicNotFound("There is no such learning.")
    return TopicState(
        {
            "data_type": "learning_detail",
            **brief(learning),
            "status_reason": learning.status_reason,
            "times_injected": learning.times_injected,
            "activation_rate": activation_rate(learning.session_count, learning.times_injected),
            "temporal_value": learning.temporal_value,
            "temporal_confidence": learning.temporal_confidence,
            "ablation": await _ablation(stores.attributions, learning_id),
            "source_session": learning.source_session,
            "extraction_method": learning.extraction_method,
            "history": await _history(stores.attributions, learning_id, last_days(HISTORY_DAYS, now)),
        },
        fresh_until=next_midnight(now),
    )


async def _ablation(store: AttributionStore, learning_id: str) -> AblationSummary:
    ablation = await store.latest_ablation(learning_id)
    if ablation is None:
        return {"state": "pending", "value": None, "confidence": None}
    return {
        "state": ablation.state,
        "value": None if ablation.value is None else rounded(ablation.value),
        "confidence": None if ablation.confidence is None else rounded(ablation.confidence),
    }


async def _history(store: AttributionStore, learning_id: str, period: Period) -> list[ContributionPoint]:
    days = {day.day: day for day in await store.days_of(learning_id, period.since, period.until)}
    return [
        {
            "date": date.isoformat(),
            "mean_contribution": rounded_mean(day.contribution_sum, day.session_count) if day else None,
            "session_count": day.session_count if day else 0,
        }
        for date, day in ((date, days.get(date)) for date in period.dates)
    ]


def _shows(topic: LearningDetailTopic, change: Change) -> bool:
    """Whether the change is about this learning.

    An experiment can move to another learning, and then its change names only the new one; so each ablation counts.
    """
    return change.ids is None or change.kind == "ablation" or topic["id"] in change.ids


PROVIDER: Final = Provider(
    read=get_learning_detail_data,
    depends_on=frozenset({"learning", "attribution", "ablation"}),
    shows=_shows,
)
