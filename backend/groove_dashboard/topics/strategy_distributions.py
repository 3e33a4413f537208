"""strategy_distributions: how learnings of each category are injected in each context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.topics.figures import SPECIALIZED_SESSIONS
from groove_dashboard.topics.provider import Provider, TopicState
from groove_dashboard.topics.weights import weights

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import StrategyDistributionsTopic
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import TopicSettings


async def get_strategy_distributions_data(
    stores: Stores, _topic: StrategyDistributionsTopic, _now: datetime, _settings: TopicSettings
) -> TopicState:
    """The weights of every category and context that has an outcome."""
    tallies = await stores.strategies.by_context()
    groups = await stores.strategies.context_sessions()
    return TopicState(
        {
            "data_type": "strategy_distributions",
            "distributions": [
                {
                    "category": group.category,
                    "context_type": group.context_type,
                    "session_count": group.session_count,
                    "weights": weights(tallies[group.category, group.context_type]),
                }
                for group in sorted(groups, key=lambda group: (group.category, group.context_type))
            ],
            "specialized_count": await stores.strategies.count_with_sessions(SPECIALIZED_SESSIONS),
            "total_learnings": (await stores.counts.read()).learnings,
        }
    )


PROVIDER: Final = Provider(
    read=get_strategy_distributions_data,
    depends_on=frozenset({"strategy_outcome", "learning"}),
)
