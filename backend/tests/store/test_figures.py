"""What a learning's records and experiments come to: the formulas, as the database knows them."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from groove_dashboard.store.database import Database

ESTIMATED = """
select
    estimated_value(activated, contribution_sum, ablation_value, ablation_confidence) as value,
    estimated_confidence(activated, ablation_confidence) as confidence
from unnest($1::bigint[], $2::numeric[], $3::float8[], $4::float8[])
    as evidence (activated, contribution_sum, ablation_value, ablation_confidence)
"""


async def estimated(
    database: Database, sessions: int, total: float, ablation: tuple[float, float] | None = None
) -> tuple[float, float]:
    value, confidence = (None, None) if ablation is None else ablation
    async with database._connection() as connection:
        row = await connection.fetchrow(ESTIMATED, [sessions], [repr(total)], [value], [confidence])
    return row["value"], row["confidence"]


def awkward_figures() -> list[float]:
    """Figures that lie at, and next to, the middle between two that can be shown, and any others."""
    random = Random(0)
    halves = [number / 128 for number in range(-128, 129)]
    middles = [(2 * random.randrange(-1_000_000, 1_000_000) + 1) / 2e6 for _ in range(5000)]
    around = [math.nextafter(one, to) for one in (*halves, *middles) for to in (-2.0, 2.0)]
    small = [
        5e-7,
        -5e-7,
        1.5e-6,
        math.nextafter(5e-7, 0),
        math.nextafter(5e-7, 1),
        1e-300,
        5e-324,
        -0.0,
        0.0,
        1.0,
        -1.0,
    ]
    others = [random.uniform(-1, 1) for _ in range(5000)]
    return [*halves, *middles, *around, *small, *others]


async def test_figures_are_rounded_as_python_rounds_them(database: Database) -> None:
    some = awkward_figures()
    async with database._connection() as connection:
        rows = await connection.fetch("select rounded_figure(figure) from unnest($1::float8[]) as given (figure)", some)
    for figure, (shown,) in zip(some, rows, strict=True):
        assert shown == round(figure, 6), figure
        assert math.copysign(1, shown or 1.0) == (1.0 if shown >= 0 else -1.0)


@pytest.mark.parametrize(
    ("sessions", "total", "ablation", "expected"),
    [
        (0, 0.0, None, (0.0, 0.0)),
        (1, -0.5, None, (-0.5, 0.0)),
        (2, 0.2, None, (0.1, 0.409384)),
        (3, -1.5, None, (-0.5, 0.523495)),
        (10, 1.0, None, (0.1, 0.697207)),
        # value 0.4 at 0.409384; with 0.2 at 0.9 that is (0.4 x 0.245630 + 0.2 x 0.36) / 0.605630
        (2, 0.8, (0.2, 0.9), (0.281116, 0.701017)),
        (0, 0.0, (-0.3, 0.9), (-0.3, 0.9)),
        (1, 1.0, (-0.3, 0.9), (-0.3, 0.9)),
        (1, 0.0000004, None, (0.0, 0.0)),
        # what would be too small for a product
        (3, 5e-324, (5e-324, 0.9), (0.0, 0.724567)),
    ],
)
async def test_records_and_a_trusted_experiment_combine(
    database: Database,
    sessions: int,
    total: float,
    ablation: tuple[float, float] | None,
    expected: tuple[float, float],
) -> None:
    assert await estimated(database, sessions, total, ablation) == expected


async def test_estimates_are_those_of_the_formula(database: Database) -> None:
    random = Random(1)
    for _ in range(300):
        sessions = random.choice((1, 2, 3, 10, 1000, 10**6, 10**9))
        mean, ablation = random.uniform(-1, 1), (random.uniform(-1, 1), random.uniform(0.500001, 1))
        total = mean * sessions
        temporal = 1 - 1 / (1 + math.log(sessions))
        weights = 0.6 * temporal, 0.4 * ablation[1]
        value, confidence = await estimated(database, sessions, total, ablation)
        # the total was written down with 17 digits and more than a double holds may come of its parts
        assert value == pytest.approx(
            (total / sessions * weights[0] + ablation[0] * weights[1]) / sum(weights), abs=1e-6
        )
        assert confidence == pytest.approx((temporal * weights[0] + ablation[1] * weights[1]) / sum(weights), abs=1e-6)
        assert 0 <= confidence < 1


@pytest.mark.parametrize(("confidence", "trusted"), [(0.5, False), (0.500001, True), (1.0, True), (None, None)])
async def test_an_ablation_is_trusted_above_one_half(
    database: Database,
    confidence: float | None,
    trusted: bool | None,  # noqa: FBT001
) -> None:
    async with database._connection() as connection:
        assert await connection.fetchval("select is_trusted('completed', $1)", confidence) is trusted
        assert not await connection.fetchval("select is_trusted('in_progress', $1)", confidence)


async def test_figures_need_no_search_path(database: Database) -> None:
    """As when a backup is restored."""
    async with database._connection() as connection, connection.transaction():
        await connection.execute("insert into learning_total (learning_id, activated) values (gen_random_uuid(), 2)")
        await connection.execute("set local search_path = ''")
        await connection.execute(
            "update public.learning_total set activated = 10, ablation_value = 0.1, ablation_confidence = 0.9"
        )
        assert await connection.fetchval("select confidence from public.learning_total") == 0.791005
