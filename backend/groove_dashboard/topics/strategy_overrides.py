"""strategy_overrides: how single learnings depart from their category's strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.topics.figures import is_specialized, sessions_to_specialize
from groove_dashboard.topics.provider import Provider, TopicState
from groove_dashboard.topics.weights import weights

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import StrategyOverridesTopic
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import TopicSettings


async def get_strategy_overrides_data(
    stores: Stores, topic: StrategyOverridesTopic, _now: datetime, _settings: TopicSettings
) -> TopicState:
    """The learnings with the most sessions, their own weights beside those of their category over all contexts."""
    learnings = await stores.strategies.learning_sessions(topic["limit"])
    own = await stores.strategies.by_learning([learning.learning_id for learning in learnings])
    base = {category: weights(tallies) for category, tallies in (await stores.strategies.by_category()).items()}
    return TopicState(
        {
            "data_type": "strategy_overrides",
            "overrides": [
                {
                    "learning_id": learning.learning_id,
                    "content": learning.content,
                    "category": learning.category,
                    "session_count": learning.session_count,
                    "is_specialized": is_specialized(learning.session_count),
                    "weights": weights(own[learning.learning_id]),
                    "base_weights": base[learning.category],
                    "sessions_to_specialize": sessions_to_specialize(learning.session_count),
                }
                for learning in learnings
            ],
            "total": await stores.strategies.count_with_sessions(1),
        }
    )


PROVIDER: Final = Provider(
    read=get_strategy_overrides_data,
    depends_on=frozenset({"strategy_outcome", "learning"}),
)
