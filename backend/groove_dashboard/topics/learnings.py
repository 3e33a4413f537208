"""learnings: the list of learnings, filtered, sorted and paged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.topics.briefs import brief
from groove_dashboard.topics.judgements import Judgement, judgements
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import LearningsFilters, LearningsSort, LearningsTopic
    from groove_dashboard.store.learnings import LearningKey, LearningStore
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import TopicSettings

FIGURES: Final[Mapping[LearningsSort, Callable[[Judgement], float]]] = {
    "value": lambda judgement: judgement.value,
    "confidence": lambda judgement: judgement.confidence,
    "usage": lambda judgement: judgement.session_count,
}
"""What to sort by, highest first; recency is how learnings are found."""


async def get_learnings_data(
    stores: Stores, topic: LearningsTopic, _now: datetime, _settings: TopicSettings
) -> TopicState:
    """One page of the learnings that match the filters, with their lifetime figures."""
    matching = await _find(stores.learnings, topic["filters"])
    first = topic["offset"]
    page = slice(first, first + topic["limit"])
    # Only what the sorting or the page needs is judged.
    if topic["sort"] == "recency":
        ids = [key.id for key in matching[page]]
        judged = await judgements(stores.attributions, learning_ids=ids)
    else:
        judged = await judgements(stores.attributions, learning_ids=[key.id for key in matching])
        ids = _sorted_ids(matching, judged, FIGURES[topic["sort"]])[page]
    learnings = await stores.learnings.by_ids(ids)
    return TopicState(
        {
            "data_type": "learnings",
            "learnings": [brief(learnings[learning_id], judged) for learning_id in ids],
            "total": len(matching),
        }
    )


async def _find(store: LearningStore, filters: LearningsFilters) -> list[LearningKey]:
    scope = filters.get("scope")
    return await store.find(
        category=filters.get("category"),
        status=filters.get("status"),
        scope_level=scope and scope["level"],
        scope_name=scope and scope.get("name"),
        search=filters.get("search"),
    )


def _sorted_ids(
    keys: Sequence[LearningKey], judged: Mapping[str, Judgement], figure: Callable[[Judgement], float]
) -> list[str]:
    """Highest figure first, ties by id; a learning without a judgement has 0."""
    return sorted((key.id for key in keys), key=lambda one: (-figure(judged.get(one) or Judgement(one)), one))


PROVIDER: Final = Provider(
    read=get_learnings_data,
    depends_on=frozenset({"learning", "attribution", "ablation"}),
)
