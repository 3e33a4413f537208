"""How well each way to inject a learning has worked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from groove_dashboard.store.recordset import columns

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
    $1::text::uuid[], $2::text::uuid[], $3::text::text[], $4::text::timestamptz[],
    $5::text::text[], $6::text::text[], $7::text::float8[], $8::text::float8[]
) as recorded (event_id, learning_id, session_id, occurred_at, context_type, variant, value, confidence)
order by event_id
on conflict (event_id) do nothing
"""

# In all queries: success has decimals beyond what a double can hold, and PostgreSQL would refuse to round those to 0.
BY_CONTEXT = """
select category, context_type, variant, weight::float8 as weight, trunc(success, 300)::float8 as success
from strategy_group
where outcomes > 0
"""

CONTEXT_SESSIONS = """
select category, context_type, sessions
from strategy_context
where sessions > 0
"""

BY_CATEGORY = """
select category, variant, sum(weight)::float8 as weight, trunc(sum(success), 300)::float8 as success
from strategy_group
where outcomes > 0
group by category, variant
"""

BY_LEARNING = """
select learning_id, variant, sum(weight)::float8 as weight, trunc(sum(success), 300)::float8 as success
from strategy_total
where learning_id = any($1::uuid[]) and outcomes > 0
group by learning_id, variant
"""

LEARNING_SESSIONS = """
with listed as (
    select learning_id, sessions
    from strategy_learning
    where known and outcomes > 0
    order by sessions desc, learning_id
    limit $1
)
select listed.learning_id, total.category, learning.content, listed.sessions
from listed
join learning_total as total on total.learning_id = listed.learning_id
join learning on learning.id = listed.learning_id
order by listed.sessions desc, listed.learning_id
"""

COUNT_WITH_SESSIONS = """
select count(*)
from strategy_learning
where known and outcomes > 0 and sessions >= $1
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
        members = ("event_id", "learning_id", "session_id", "occurred_at", "context_type", "variant", "value")
        await self._connection.execute(RECORD_OUTCOMES, *columns(events, *members, "confidence"))

    async def by_context(self) -> dict[tuple[LearningCategory, ContextType], list[VariantTally]]:
        """The outcomes of each category in each context, by variant; only what occurs."""
        tallies = defaultdict(list)
        for category, context_type, *tally in await self._connection.fetch(BY_CONTEXT):
            tallies[category, context_type].append(VariantTally(*tally))
        return dict(tallies)

    async def by_category(self) -> dict[LearningCategory, list[VariantTally]]:
        """The outcomes of each category over all contexts, by variant; only what occurs."""
        return _by_first(await self._connection.fetch(BY_CATEGORY))

    async def by_learning(self, known_ids: Sequence[str]) -> dict[str, list[VariantTally]]:
        """The outcomes of each of these known learnings, by variant; only what occurs."""
        return _by_first(await self._connection.fetch(BY_LEARNING, known_ids))

    async def context_sessions(self) -> list[ContextSessions]:
        """The categories and contexts that have outcomes, in no order."""
        return [ContextSessions(*record) for record in await self._connection.fetch(CONTEXT_SESSIONS)]

    async def learning_sessions(self, limit: int) -> list[LearningSessions]:
        """The known learnings that have outcomes, most sessions first, ties by id; at most `limit` of them."""
        return [LearningSessions(*record) for record in await self._connection.fetch(LEARNING_SESSIONS, limit)]

    async def count_with_sessions(self, at_least: int) -> int:
        """How many known learnings have outcomes from at least so many distinct sessions."""
        return int(await self._connection.fetchval(COUNT_WITH_SESSIONS, at_least))


def _by_first(records: Iterable[Sequence[Any]]) -> dict[Any, list[VariantTally]]:
    """Tallies by what stands before them in their record."""
    tallies = defaultdict(list)
    for key, *tally in records:
        tallies[key].append(VariantTally(*tally))
    return dict(tallies)
