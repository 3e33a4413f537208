"""How well each way to inject a learning has worked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import asyncpg

    from groove_dashboard.messages.types import ContextType, LearningCategory, StrategyOutcomeEvent, StrategyVariant

RECORD_OUTCOMES = """
insert into strategy_outcome (
    event_id, learning_id, session_id, occurred_at, context_type, variant, value, confidence
)
select event_id, learning_id, session_id, occurred_at, context_type, variant, value, confidence
from unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::float8[], $8::float8[]
) as recorded (
    event_id, learning_id, session_id, occurred_at, context_type, variant, value, confidence
)
order by event_id
on conflict (event_id) do nothing
"""

# In all queries: sums are exact decimals, so that they do not depend on the order of the outcomes.
BY_CONTEXT = """
select
    known_learning.category,
    outcome.context_type,
    outcome.variant,
    sum(outcome.confidence::numeric)::float8 as weight,
    sum(outcome.confidence::numeric * (outcome.value::numeric + 1))::float8 as success
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.context_type, outcome.variant
"""

CONTEXT_SESSIONS = """
select
    known_learning.category,
    outcome.context_type,
    count(distinct outcome.session_id) as session_count
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.context_type
"""

BY_CATEGORY = """
select
    known_learning.category,
    outcome.variant,
    sum(outcome.confidence::numeric)::float8 as weight,
    sum(outcome.confidence::numeric * (outcome.value::numeric + 1))::float8 as success
from strategy_outcome as outcome
join known_learning on known_learning.id = outcome.learning_id
group by known_learning.category, outcome.variant
"""

BY_LEARNING = """
select
    outcome.learning_id,
    outcome.variant,
    sum(outcome.confidence::numeric)::float8 as weight,
    sum(outcome.confidence::numeric * (outcome.value::numeric + 1))::float8 as success
from strategy_outcome as outcome
where exists (
    select from known_learning
    where known_learning.id = outcome.learning_id
)
group by outcome.learning_id, outcome.variant
"""

LEARNING_SESSIONS = """
with tally as (
    select learning_id, count(distinct session_id) as session_count
    from strategy_outcome
    group by learning_id
)
select known_learning.id, known_learning.category, known_learning.content, tally.session_count
from tally
join known_learning on known_learning.id = tally.learning_id
order by tally.session_count desc, known_learning.id
"""

COUNT_WITH_SESSIONS = """
select count(*)
from (
    select learning_id
    from strategy_outcome
    group by learning_id
    having count(distinct session_id) >= $1
) as tally
join known_learning on known_learning.id = tally.learning_id
"""

OUTCOME_COUNT = """
select count(*)
from strategy_outcome
join known_learning on known_learning.id = strategy_outcome.learning_id
"""


@dataclass(frozen=True, slots=True)
class VariantTally:
    """The outcomes of one variant: their confidences, and those times (value + 1), added up."""

    variant: StrategyVariant
    weight: float
    success: float
    """From 0 (all as bad as can be) to twice the weight (all as good as can be)."""


@dataclass(frozen=True, slots=True)
class ContextSessions:
    """How many distinct sessions have an outcome of a category in a context."""

    category: LearningCategory
    context_type: ContextType
    session_count: int


@dataclass(frozen=True, slots=True)
class LearningSessions:
    """How many distinct sessions have an outcome of a known learning."""

    learning_id: str
    category: LearningCategory
    content: str
    session_count: int


class StrategyStore:
    """Reads and writes outcomes of strategies in the transaction of one connection; batches may be empty.

    Only outcomes of known learnings are read; the category of an outcome is its learning's.
    """

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def record_outcomes(self, events: Sequence[StrategyOutcomeEvent]) -> None:
        """Keep every outcome."""
        await self._connection.execute(
            RECORD_OUTCOMES,
            [event["event_id"] for event in events],
            [event["learning_id"] for event in events],
            [event["session_id"] for event in events],
            [datetime.fromisoformat(event["occurred_at"]) for event in events],
            [event["context_type"] for event in events],
            [event["variant"] for event in events],
            [event["value"] for event in events],
            [event["confidence"] for event in events],
        )

    async def by_context(self) -> dict[tuple[LearningCategory, ContextType], list[VariantTally]]:
        """The outcomes of each category in each context, by variant; only what occurs."""
        tallies = defaultdict(list)
        for category, context_type, *tally in await self._connection.fetch(BY_CONTEXT):
            tallies[category, context_type].append(VariantTally(*tally))
        return dict(tallies)

    async def by_category(self) -> dict[LearningCategory, list[VariantTally]]:
        """The outcomes of each category over all contexts, by variant; only what occurs."""
        return _by_first(await self._connection.fetch(BY_CATEGORY))

    async def by_learning(self) -> dict[str, list[VariantTally]]:
        """The outcomes of each known learning, by variant; only what occurs."""
        return _by_first(await self._connection.fetch(BY_LEARNING))

    async def context_sessions(self) -> list[ContextSessions]:
        """The categories and contexts that have outcomes, in no order."""
        return [ContextSessions(*record) for record in await self._connection.fetch(CONTEXT_SESSIONS)]

    async def learning_sessions(self) -> list[LearningSessions]:
        """The known learnings that have outcomes, most sessions first, ties by id."""
        return [LearningSessions(*record) for record in await self._connection.fetch(LEARNING_SESSIONS)]

    async def count_with_sessions(self, at_least: int) -> int:
        """How many known learnings have outcomes from at least so many distinct sessions."""
        return int(await self._connection.fetchval(COUNT_WITH_SESSIONS, at_least))

    async def outcome_count(self) -> int:
        """How many outcomes known learnings have."""
        return int(await self._connection.fetchval(OUTCOME_COUNT))


def _by_first(records: Iterable[Sequence[Any]]) -> dict[Any, list[VariantTally]]:
    """Tallies by what stands before them in their record."""
    tallies = defaultdict(list)
    for key, *tally in records:
        tallies[key].append(VariantTally(*tally))
    return dict(tallies)
