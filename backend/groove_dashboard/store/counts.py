"""How much there is of everything, kept counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncpg

    from groove_dashboard.messages.types import LearningCategory, LearningStatus

COUNTS: Final = """
select 'learnings' as name, category, status, learnings as amount
from learning_count
where learnings <> 0
union all
select name, null, null, sum(amount)::bigint
from tally
group by name
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over all time; those of records, outcomes and ablations are of known learnings only."""

    learnings_by_category: Counter[LearningCategory]
    learnings_by_status: Counter[LearningStatus]
    records: int
    """Those not withheld."""
    outcomes: int
    sessions_assessed: int
    ablations_completed: int
    """Learnings with a completed experiment."""
    ablations_in_progress: int
    """Learnings with one in progress and none completed."""

    @property
    def learnings(self) -> int:
        """How many learnings are known."""
        return self.learnings_by_status.total()

    @property
    def ablations_pending(self) -> int:
        """Learnings that no experiment has come to yet."""
        return self.learnings - self.ablations_completed - self.ablations_in_progress


class CountStore:
    """Reads the counts in the transaction of one connection."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def read(self) -> Counts:
        """All of them."""
        by_category, by_status = Counter["LearningCategory"](), Counter["LearningStatus"]()
        tally: Counter[str] = Counter()
        for name, category, status, amount in await self._connection.fetch(COUNTS):
            if category is None:
                tally[name] = amount
            else:
                by_category[category] += amount
                by_status[status] += amount
        return Counts(
            by_category,
            by_status,
            tally["records"],
            tally["outcomes"],
            tally["sessions_assessed"],
            tally["ablations_completed"],
            tally["ablations_in_progress"],
        )
