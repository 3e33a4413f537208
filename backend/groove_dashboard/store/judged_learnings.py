"""Lists of known learnings with their lifetime figures, read from the roll-ups.

Values and confidences are rounded as they are shown; the formulas stand in the migration 0003_figures. Lists are sorted
by what is shown, ties by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import asyncpg

    from groove_dashboard.messages.types import LearningCategory, LearningsSort, LearningStatus, ScopeLevel

PAGE_BY_RECENCY: Final = """
select
    learning.id, learning.created_at, learning.scope_level, learning.scope_name, total.category, learning.content,
    total.status, total.value, total.confidence, total.activated
from learning_total as total
join learning on learning.id = total.learning_id
where
    total.known
    and ($1::text is null or total.category = $1)
    and ($2::text is null or total.status = $2)
    and ($3::text is null or learning.scope_level = $3)
    and ($4::text is null or learning.scope_name = $4)
order by learning.created_at desc, learning.id
limit $5
offset $6
"""

PAGE_BY_VALUE: Final = """
with page as (
    select learning_id
    from learning_total as total
    where
        known
        and ($1::text is null or category = $1)
        and ($2::text is null or status = $2)
        and (
            $3::text is null
            or exists (
                select from learning
                where
                    learning.id = total.learning_id
                    and learning.scope_level = $3
                    and ($4::text is null or learning.scope_name = $4)
            )
        )
    order by value desc, learning_id
    limit $5
    offset $6
)
select
    learning.id, learning.created_at, learning.scope_level, learning.scope_name, total.category, learning.content,
    total.status, total.value, total.confidence, total.activated
from page
join learning_total as total on total.learning_id = page.learning_id
join learning on learning.id = page.learning_id
order by total.value desc, page.learning_id
"""

PAGE_BY_CONFIDENCE: Final = """
with page as (
    select learning_id
    from learning_total as total
    where
        known
        and ($1::text is null or category = $1)
        and ($2::text is null or status = $2)
        and (
            $3::text is null
            or exists (
                select from learning
                where
                    learning.id = total.learning_id
                    and learning.scope_level = $3
                    and ($4::text is null or learning.scope_name = $4)
            )
        )
    order by confidence desc, learning_id
    limit $5
    offset $6
)
select
    learning.id, learning.created_at, learning.scope_level, learning.scope_name, total.category, learning.content,
    total.status, total.value, total.confidence, total.activated
from page
join learning_total as total on total.learning_id = page.learning_id
join learning on learning.id = page.learning_id
order by total.confidence desc, page.learning_id
"""

PAGE_BY_USAGE: Final = """
with page as (
    select learning_id
    from learning_total as total
    where
        known
        and ($1::text is null or category = $1)
        and ($2::text is null or status = $2)
        and (
            $3::text is null
            or exists (
                select from learning
                where
                    learning.id = total.learning_id
                    and learning.scope_level = $3
                    and ($4::text is null or learning.scope_name = $4)
            )
        )
    order by activated desc, learning_id
    limit $5
    offset $6
)
select
    learning.id, learning.created_at, learning.scope_level, learning.scope_name, total.category, learning.content,
    total.status, total.value, total.confidence, total.activated
from page
join learning_total as total on total.learning_id = page.learning_id
join learning on learning.id = page.learning_id
order by total.activated desc, page.learning_id
"""

PAGES: Final[Mapping[LearningsSort, str]] = {
    "recency": PAGE_BY_RECENCY,
    "value": PAGE_BY_VALUE,
    "confidence": PAGE_BY_CONFIDENCE,
    "usage": PAGE_BY_USAGE,
}
"""One statement a sorting: the newest are found by an index, others by a look at what all learnings come to."""

COUNT: Final = """
select coalesce(sum(learnings), 0)::bigint
from learning_count
where
    ($1::text is null or category = $1)
    and ($2::text is null or status = $2)
"""

COUNT_IN_SCOPE: Final = """
select count(*)
from learning
join learning_total as total on total.learning_id = learning.id
where
    total.known
    and ($1::text is null or total.category = $1)
    and ($2::text is null or total.status = $2)
    and learning.scope_level = $3
    and ($4::text is null or learning.scope_name = $4)
"""

# The number of all that was found stands in each row, and in a row of its own where the page is empty.
SEARCH: Final = """
with found as materialized (
    select
        learning.id, learning.created_at, learning.scope_level, learning.scope_name, total.category, learning.content,
        total.status, total.value, total.confidence, total.activated
    from learning
    join learning_total as total on total.learning_id = learning.id
    where
        learning.content_folded like $5
        and total.known
        and ($1::text is null or total.category = $1)
        and ($2::text is null or total.status = $2)
        and ($3::text is null or learning.scope_level = $3)
        and ($4::text is null or learning.scope_name = $4)
),
page as (
    select
        row_number() over (
            order by
                case $6 when 'value' then value when 'confidence' then confidence when 'usage' then activated end desc,
                case $6 when 'recency' then created_at end desc,
                id
        ) as number,
        id, created_at, scope_level, scope_name, category, content, status, value, confidence, activated
    from found
)
select
    counted.total,
    page.id, page.created_at, page.scope_level, page.scope_name, page.category, page.content, page.status,
    page.value, page.confidence, page.activated
from (select count(*) as total from found) as counted
left join page on page.number > $8::bigint and page.number <= $8::bigint + $7::bigint
order by page.number
"""


@dataclass(frozen=True, slots=True)
class JudgedLearning:
    """A known learning with its lifetime figures."""

    id: str
    created_at: datetime
    scope_level: ScopeLevel
    scope_name: str | None
    category: LearningCategory
    content: str
    status: LearningStatus
    value: float
    confidence: float
    session_count: int
    """Records that were activated and not withheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a learning must be to be listed; None for anything. `search` is found in any letter case."""

    category: LearningCategory | None = None
    status: LearningStatus | None = None
    scope_level: ScopeLevel | None = None
    scope_name: str | None = None
    """Only with a level."""
    search: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the learnings that match, and how many match in all."""

    learnings: Sequence[JudgedLearning]
    total: int


class JudgedLearningStore:
    """Reads lists of learnings in the transaction of one connection."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def page(self, filters: Filters, sort: LearningsSort, limit: int, offset: int = 0) -> Page:
        """The learnings that match, highest or newest first, `limit` at most after the first `offset`."""
        matching = (filters.category, filters.status, filters.scope_level, filters.scope_name)
        if filters.search is not None:
            return await self._search(matching, filters.search, sort, limit, offset)
        records = await self._connection.fetch(PAGES[sort], *matching, limit, offset)
        if filters.scope_level is None:
            total = await self._connection.fetchval(COUNT, filters.category, filters.status)
        else:
            total = await self._connection.fetchval(COUNT_IN_SCOPE, *matching)
        return Page([JudgedLearning(*record) for record in records], total)

    async def _search(
        self, matching: tuple[str | None, ...], search: str, sort: LearningsSort, limit: int, offset: int
    ) -> Page:
        records = await self._connection.fetch(SEARCH, *matching, _pattern(search), sort, limit, offset)
        found = [JudgedLearning(*one) for _, *one in records if one[0] is not None]
        return Page(found, records[0]["total"])

    async def newest(self, limit: int) -> list[JudgedLearning]:
        """The newest learnings, newest first."""
        records = await self._connection.fetch(PAGE_BY_RECENCY, None, None, None, None, limit, 0)
        return [JudgedLearning(*record) for record in records]


def _pattern(search: str) -> str:
    """What `like` takes for the text somewhere within; contents are kept case-folded."""
    for special in ("\\", "%", "_"):
        search = search.replace(special, f"\\{special}")
    return f"%{search.casefold()}%"
