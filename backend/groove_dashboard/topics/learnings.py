"""learnings: the list of learnings, filtered, sorted and paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.store.judged_learnings import Filters
from groove_dashboard.topics.briefs import brief
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import LearningsFilters, LearningsTopic
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import TopicSettings


async def get_learnings_data(
    stores: Stores, topic: LearningsTopic, _now: datetime, _settings: TopicSettings
) -> TopicState:
    """One page of the learnings that match the filters, with their lifetime figures."""
    page = await stores.judged_learnings.page(
        _filters(topic["filters"]), topic["sort"], topic["limit"], topic["offset"]
    )
    return TopicState(
        {
            "data_type": "learnings",
            "learnings": [brief(learning) for learning in page.learnings],
            "total": page.total,
        }
    )


def _filters(filters: LearningsFilters) -> Filters:
    scope = filters.get("scope")
    return Filters(
        category=filters.get("category"),
        status=filters.get("status"),
        scope_level=scope and scope["level"],
        scope_name=scope and scope.get("name"),
        search=filters.get("search"),
    )


PROVIDER: Final = Provider(
    read=get_learnings_data,
    depends_on=frozenset({"learning", "attribution", "ablation"}),
)
