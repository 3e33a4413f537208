"""Whether the roll-ups are what the facts say, and how they are mended where they are not, beside readers and writers.

All comparisons are made in one snapshot. Counts and sums are mended by adding what they differ by, not by setting them:
what writers have added meanwhile stays. What is not a sum is read anew while the learning is held.
"""
# ruff: noqa: S608 (statements are put together from constants)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from groove_dashboard.store.connection import UNHURRIED, connected, transaction
from groove_dashboard.store.errors import translated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import asyncpg

MOST_DIFFERENCES: Final = 10_000
"""Of one table at once."""
ROWS_AT_ONCE: Final = 500
"""Mended in one transaction."""
PASSES: Final = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what it should be; a row that is missing or too many counts as one of zeros or nulls."""

    table: str
    key: Mapping[str, Any]
    kept: Mapping[str, Any]
    recomputed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Sums:
    """A table of counts and sums: its key's columns with their types, and its figures' columns with theirs."""

    table: str
    keys: Mapping[str, str]
    figures: Mapping[str, str]

    @property
    def comparison(self) -> str:
        keys = ", ".join(self.keys)
        kept, true = (", ".join(f"{one} as {side}_{one}" for one in self.figures) for side in ("kept", "true"))
        no_kept, no_true = (", ".join(f"0 as {side}_{one}" for one in self.figures) for side in ("kept", "true"))
        summed = ", ".join(f"sum({side}_{one}) as {side}_{one}" for side in ("kept", "true") for one in self.figures)
        differs = " or ".join(f"sum(kept_{one}) <> sum(true_{one})" for one in self.figures)
        return f"""
            select {keys}, {summed}
            from (
                select {keys}, {kept}, {no_true} from {self.table}
                union all
                select {keys}, {no_kept}, {true} from true_{self.table}
            ) as side
            group by {keys}
            having {differs}
            order by {keys}
            limit {MOST_DIFFERENCES}
        """

    @property
    def mending(self) -> str:
        columns = {**self.keys, **self.figures}
        names, keys = ", ".join(columns), ", ".join(self.keys)
        arrays = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(columns.values(), start=1))
        added = ", ".join(f"{one} = kept.{one} + excluded.{one}" for one in self.figures)
        return f"""
            insert into {self.table} as kept ({names})
            select {names}
            from unnest({arrays}) as given ({names})
            on conflict ({keys}) do update
            set {added}
        """

    async def differences(self, connection: asyncpg.Connection) -> list[Difference]:
        return [
            Difference(
                self.table,
                {one: row[one] for one in self.keys},
                {one: row[f"kept_{one}"] for one in self.figures},
                {one: row[f"true_{one}"] for one in self.figures},
            )
            for row in await connection.fetch(self.comparison)
        ]

    async def mend(self, connection: asyncpg.Connection, some: Sequence[Difference]) -> None:
        """Add what is missing and take away what is too much."""
        keys = [[one.key[name] for one in some] for name in self.keys]
        missing = [[one.recomputed[name] - one.kept[name] for one in some] for name in self.figures]
        if "learning_id" in self.keys:
            await connection.execute("select hold_learnings($1::uuid[])", [one.key["learning_id"] for one in some])
            if "week" in self.keys:
                await connection.execute("select hold_weeks()")
        else:
            await connection.execute("select take_shared_rows()")
        await connection.execute(self.mending, *keys, *missing)


@dataclass(frozen=True, slots=True)
class _Tally(_Sums):
    """Its rows are parts that add up, so there is no row to add to."""

    @property
    def mending(self) -> str:
        return """
            select add_to_tally(name, amount)
            from unnest($1::text[], $2::bigint[]) as given (name, amount)
        """


@dataclass(frozen=True, slots=True)
class _States:
    """A table whose rows are what the facts of one learning or session say; `mending` reads those of some keys anew."""

    table: str
    key: str
    comparison: str
    mending: str

    async def differences(self, connection: asyncpg.Connection) -> list[Difference]:
        rows = await connection.fetch(f"{self.comparison} limit {MOST_DIFFERENCES}")
        found = []
        for row in rows:
            sides = {
                side: {name.removeprefix(side): value for name, value in row.items() if name.startswith(side)}
                for side in ("kept_", "true_")
            }
            key = {name: value for name, value in row.items() if not name.startswith(("kept_", "true_"))}
            found.append(Difference(self.table, key, sides["kept_"], sides["true_"]))
        return found

    async def mend(self, connection: asyncpg.Connection, some: Sequence[Difference]) -> None:
        await connection.execute(self.mending, sorted({one.key[self.key] for one in some}))


LEARNINGS: Final = _States(
    "learning_total",
    "learning_id",
    """
    select
        learning_id,
        kept.known as kept_known, kept.category as kept_category, kept.status as kept_status,
        kept.ablation_state as kept_ablation_state, kept.ablation_value as kept_ablation_value,
        kept.ablation_confidence as kept_ablation_confidence,
        recomputed.known as true_known, recomputed.category as true_category, recomputed.status as true_status,
        recomputed.ablation_state as true_ablation_state, recomputed.ablation_value as true_ablation_value,
        recomputed.ablation_confidence as true_ablation_confidence
    from learning_total as kept
    full join true_learning_total as recomputed using (learning_id)
    where
        (
            coalesce(kept.known, false), kept.category, kept.status,
            kept.ablation_state, kept.ablation_value, kept.ablation_confidence
        ) is distinct from (
            coalesce(recomputed.known, false), recomputed.category, recomputed.status,
            recomputed.ablation_state, recomputed.ablation_value, recomputed.ablation_confidence
        )
    order by learning_id
    """,
    """
    select roll_up_learnings_of($1::uuid[]), roll_up_ablations_of($1::uuid[])
    """,
)

WINDOW_FIGURES: Final = [
    f"{name}_{days}"
    for days in (7, 30, 90)
    for name in ("activated", "contribution_sum", "ablation_value", "ablation_confidence")
]
WINDOWS: Final = _States(
    "learning_total",
    "learning_id",
    f"""
    select
        kept.learning_id,
        {", ".join(f"kept.{name} as kept_{name}, recomputed.{name} as true_{name}" for name in WINDOW_FIGURES)}
    from learning_total as kept
    cross join lateral windows_of(kept.learning_id, kept.as_of) as recomputed
    where
        ({", ".join(f"kept.{name}" for name in WINDOW_FIGURES)})
        is distinct from ({", ".join(f"recomputed.{name}" for name in WINDOW_FIGURES)})
    order by kept.learning_id
    """,
    """
    select hold_learnings($1::uuid[]), roll_up_windows_of($1::uuid[], null)
    """,
)

KNOWN_WITH_OUTCOMES: Final = _States(
    "strategy_learning",
    "learning_id",
    """
    select learning_id, kept.known as kept_known, total.known as true_known
    from strategy_learning as kept
    join learning_total as total using (learning_id)
    where kept.known <> total.known
    order by learning_id
    """,
    """
    select roll_up_learnings_of($1::uuid[])
    """,
)

SPANS: Final = _States(
    "attribution_session",
    "session_id",
    """
    select
        session_id,
        kept.first_at as kept_first_at, kept.last_at as kept_last_at,
        recomputed.first_at as true_first_at, recomputed.last_at as true_last_at
    from true_attribution_session as recomputed
    left join attribution_session as kept using (session_id)
    where kept.session_id is null or recomputed.first_at < kept.first_at or recomputed.last_at > kept.last_at
    order by session_id
    """,
    """
    insert into attribution_session as kept (session_id, first_at, last_at)
    select session_id, min(occurred_at), max(occurred_at)
    from attribution
    where session_id = any($1::text[])
    group by session_id
    order by session_id
    on conflict (session_id) do update
    set
        first_at = least(kept.first_at, excluded.first_at),
        last_at = greatest(kept.last_at, excluded.last_at)
    """,
)

COUNT: Final = "bigint"
OUTCOME_FIGURES: Final = {"outcomes": COUNT, "weight": "numeric", "success": "numeric"}

STEPS: Final[Sequence[Sequence[_Sums | _States]]] = (
    (LEARNINGS, SPANS),
    (
        _Sums(
            "learning_day",
            {"learning_id": "uuid", "day": "date"},
            {"records": COUNT, "activated": COUNT, "contribution_sum": "numeric"},
        ),
        _Sums("learning_count", {"category": "text", "status": "text"}, {"learnings": COUNT}),
        _Sums(
            "session_day", {"assessed_day": "date", "started_day": "date"}, {"sessions": COUNT, "score_sum": "numeric"}
        ),
        _Sums("strategy_total", {"learning_id": "uuid", "context_type": "text", "variant": "text"}, OUTCOME_FIGURES),
        _Sums("strategy_learning", {"learning_id": "uuid"}, {"outcomes": COUNT, "sessions": COUNT}),
        _Sums("strategy_group", {"category": "text", "context_type": "text", "variant": "text"}, OUTCOME_FIGURES),
        _Sums(
            "strategy_session", {"category": "text", "context_type": "text", "session_id": "text"}, {"outcomes": COUNT}
        ),
        _Sums("strategy_context", {"category": "text", "context_type": "text"}, {"sessions": COUNT}),
    ),
    (
        _Sums(
            "learning_total",
            {"learning_id": "uuid"},
            {
                "records": COUNT,
                "activated": COUNT,
                "contribution_sum": "numeric",
            },
        ),
        _Sums(
            "learning_week",
            {"week": "date", "learning_id": "uuid"},
            {"activated": COUNT, "contribution_sum": "numeric"},
        ),
        _Tally("tally", {"name": "text"}, {"amount": COUNT}),
    ),
    (WINDOWS, KNOWN_WITH_OUTCOMES),
)
"""What is mended before what is made from it."""


async def verify(url: str, *, repair: bool = False) -> tuple[list[Difference], list[Difference]]:
    """The differences that were found, and with `repair` those that are left after mending (else the same).

    Reads all facts in one snapshot, and blocks nobody. Raises DatabaseUnavailable.
    """
    with translated():
        async with connected(url, "groove-dashboard-verify") as connection:
            found = await _differences(connection, [one for step in STEPS for one in step])
            if not (found and repair):
                return found, found
            left = found
            for _ in range(PASSES):
                for step in STEPS:
                    await _mend(connection, step)
                left = await _differences(connection, [one for step in STEPS for one in step])
                if not left:
                    break
            return found, left


async def _differences(connection: asyncpg.Connection, comparisons: Sequence[_Sums | _States]) -> list[Difference]:
    async with transaction(connection, UNHURRIED, isolation="repeatable_read", readonly=True):
        return [one for comparison in comparisons for one in await comparison.differences(connection)]


async def _mend(connection: asyncpg.Connection, step: Sequence[_Sums | _States]) -> None:
    async with transaction(connection, UNHURRIED, isolation="repeatable_read", readonly=True):
        found = [(comparison, await comparison.differences(connection)) for comparison in step]
    for comparison, differences in found:
        for start in range(0, len(differences), ROWS_AT_ONCE):
            async with transaction(connection, UNHURRIED):
                await comparison.mend(connection, differences[start : start + ROWS_AT_ONCE])
