"""Which facts a transaction changed, told to every process through a table.

Readers keep a snapshot as their cursor: the next reading takes the rows whose transactions that snapshot did not see.
The order of `seq` is not the order of commits, so "greater than the last seq" would miss rows of slow transactions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import asyncpg

FactKind: TypeAlias = Literal[
    "learning",
    "attribution",
    "ablation",
    "session",
    "strategy_outcome",
    "adaptive_param",
    "component_report",
]

MAX_IDS: Final = 200
MAX_ROWS: Final = 10_000
KEPT: Final = timedelta(minutes=15)

RECORD: Final = """
insert into change_log (changes)
values ($1::jsonb)
"""

POSITION: Final = """
select pg_current_snapshot()::text
"""

# One statement, so that the rows and the next cursor are of the same moment.
# Something is lost if a transaction that the cursor did not see was pruned since: one that began after it, or one that
# was under way then and is not now. A cursor from the future is of another history, as after a restored backup.
READ: Final = """
with reader as (
    select $1::text::pg_snapshot as seen, pg_current_snapshot() as present
)
select
    reader.present::text as position,
    pg_snapshot_xmax(reader.seen) > pg_snapshot_xmax(reader.present)
        or pg_snapshot_xmax(reader.seen) <= change_floor.transaction_id
        or exists (
            select from pg_snapshot_xip(reader.seen) as waiting (transaction_id)
            where waiting.transaction_id <= change_floor.transaction_id
                and pg_visible_in_snapshot(waiting.transaction_id, reader.present)
        ) as lost,
    array(
        select change_log.changes::text
        from change_log
        where change_log.transaction_id >= pg_snapshot_xmin(reader.seen)
            and not pg_visible_in_snapshot(change_log.transaction_id, reader.seen)
        order by change_log.seq
        limit $2
    ) as rows
from reader
cross join change_floor
"""

# Rows that another process is pruning right now are its business.
PRUNE: Final = """
with pruned as (
    delete from change_log
    where seq in (
        select seq
        from change_log
        where recorded_at < clock_timestamp() - $1::interval
        order by seq
        for update skip locked
    )
    returning transaction_id
), floor as (
    update change_floor
    set transaction_id = latest.transaction_id
    from (select max(transaction_id) as transaction_id from pruned) as latest
    where latest.transaction_id > change_floor.transaction_id
)
select count(*)
from pruned
"""


@dataclass(frozen=True, slots=True)
class Change:
    """Facts of a kind changed: of these learnings, or where `ids` is None, of many or of no learning in particular."""

    kind: FactKind
    ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was committed between two positions."""

    position: str
    changes: list[Change] | None
    """None where it cannot be told any more: too long ago, or too much."""


class ChangeLog:
    """The log of changes. Rows are kept for 15 minutes; a reader away for longer looks at everything anew."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def record(self, changes: Iterable[Change]) -> None:
        """Tell the readers, once this transaction commits. Writes one row at most; none where nothing changed."""
        told = merged(changes)
        if told:
            row = [{"kind": one.kind, "ids": None if one.ids is None else sorted(one.ids)} for one in told]
            await self._connection.execute(RECORD, orjson.dumps(row).decode())

    async def position(self) -> str:
        """The cursor from which the next reading is to start: whatever is not committed now comes after it."""
        position: str = await self._connection.fetchval(POSITION)
        return position

    async def read(self, position: str, *, max_rows: int = MAX_ROWS) -> Reading:
        """What was committed since a position, each commit in exactly one reading of a chain of readings."""
        row = await self._connection.fetchrow(READ, position, max_rows + 1)
        if row["lost"] or len(row["rows"]) > max_rows:
            return Reading(row["position"], None)
        return Reading(row["position"], merged(_change(one) for text in row["rows"] for one in orjson.loads(text)))

    async def prune(self, keep: timedelta = KEPT) -> int:
        """Remove what is older, and return how many rows that were. Readers who had not seen it will know."""
        count: int = await self._connection.fetchval(PRUNE, keep)
        return count


def merged(changes: Iterable[Change]) -> list[Change]:
    """One change a kind, in order of first appearance; more than 200 ids count as many."""
    ids: dict[FactKind, set[str] | None] = {}
    for change in changes:
        known = ids.setdefault(change.kind, set())
        if known is not None and change.ids is not None and len(known | change.ids) <= MAX_IDS:
            known |= change.ids
        else:
            ids[change.kind] = None
    return [Change(kind, None if some is None else frozenset(some)) for kind, some in ids.items()]


def _change(row: dict[str, Any]) -> Change:
    ids: Sequence[str] | None = row["ids"]
    return Change(row["kind"], None if ids is None else frozenset(ids))
