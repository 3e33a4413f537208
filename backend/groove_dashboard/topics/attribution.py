"""attribution: what helped and what hurt in a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.topics import vitals
from groove_dashboard.topics.periods import last_days, next_midnight
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import AblationCoverage, AttributionTopic, ContributorRow
    from groove_dashboard.store.contributors import Contributor
    from groove_dashboard.store.counts import Counts
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import TopicSettings

LISTED: Final = 20


async def get_attribution_data(
    stores: Stores, topic: AttributionTopic, now: datetime, _settings: TopicSettings
) -> TopicState:
    """The learnings that the period's records and experiments speak for and against."""
    days = topic["period"]["days"]
    top, negative = await stores.contributors.of_period(days, last_days(days, now).last, LISTED)
    return TopicState(
        {
            "data_type": "attribution",
            "period_days": days,
            "top_contributors": [_row(one) for one in top],
            "negative_impact": [_row(one) for one in negative],
            "ablation_coverage": _coverage(await stores.counts.read()),
        },
        fresh_until=next_midnight(now),
    )


def _row(contributor: Contributor) -> ContributorRow:
    return {
        "learning_id": contributor.learning_id,
        "content": contributor.content,
        "estimated_value": contributor.value,
        "confidence": contributor.confidence,
        "session_count": contributor.session_count,
        "status": contributor.status,
    }


def _coverage(counts: Counts) -> AblationCoverage:
    return {
        "coverage": vitals.ablation_coverage(counts),
        "completed": counts.ablations_completed,
        "in_progress": counts.ablations_in_progress,
        "pending": counts.ablations_pending,
    }


PROVIDER: Final = Provider(
    read=get_attribution_data,
    depends_on=frozenset({"learning", "attribution", "ablation"}),
)
