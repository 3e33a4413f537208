"""attribution: what helped and what hurt in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.topics import vitals
from groove_dashboard.topics.judgements import harmful, helpful, judgements
from groove_dashboard.topics.periods import last_days, next_midnight
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from groove_dashboard.messages.types import AblationCoverage, AttributionTopic, ContributorRow
    from groove_dashboard.store.attributions import AblationStates
    from groove_dashboard.store.learnings import LearningRow
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.judgements import Judgement
    from groove_dashboard.topics.provider import TopicSettings

LISTED: Final = 20


async def get_attribution_data(
    stores: Stores, topic: AttributionTopic, now: datetime, _settings: TopicSettings
) -> TopicState:
    """The learnings that the period's records and experiments speak for and against."""
    days = topic["period"]["days"]
    judged = await judgements(stores.attributions, period=last_days(days, now))
    top, negative = helpful(judged.values(), LISTED), harmful(judged.values(), LISTED)
    learnings = await stores.learnings.by_ids([one.learning_id for one in (*top, *negative)])
    return TopicState(
        {
            "data_type": "attribution",
            "period_days": days,
            "top_contributors": [_row(one, learnings) for one in top],
            "negative_impact": [_row(one, learnings) for one in negative],
            "ablation_coverage": _coverage(await stores.attributions.ablation_states()),
        },
        fresh_until=next_midnight(now),
    )


def _row(judgement: Judgement, learnings: Mapping[str, LearningRow]) -> ContributorRow:
    learning = learnings[judgement.learning_id]
    return {
        "learning_id": learning.id,
        "content": learning.content,
        "estimated_value": judgement.value,
        "confidence": judgement.confidence,
        "session_count": judgement.session_count,
        "status": learning.status,
    }


def _coverage(states: AblationStates) -> AblationCoverage:
    return {
        "coverage": vitals.ablation_coverage(states),
        "completed": states.completed,
        "in_progress": states.in_progress,
        "pending": states.learnings - states.completed - states.in_progress,
    }


PROVIDER: Final = Provider(
    read=get_attribution_data,
    depends_on=frozenset({"learning", "attribution", "ablation"}),
)
