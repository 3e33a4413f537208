"""The formulas, by the examples of the domain and by what must hold for all numbers."""

from __future__ import annotations

import math
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.topics import figures
from tests.topics.facts import NOW

if TYPE_CHECKING:
    from groove_dashboard.messages.types import ComponentStatus, ReportedStatus, StrategyVariant, TrendDirection

fractions = st.floats(0, 1)
values = st.floats(-1, 1)
quantities = st.floats(-1e9, 1e9)


@pytest.mark.parametrize(
    ("figure", "shown"), [(0.12345678, 0.123457), (-0.0, 0.0), (-0.0000004, 0.0), (1.0000000002, 1.0), (3, 3.0)]
)
def test_figures_have_six_decimals_and_no_negative_zero(figure: float, shown: float) -> None:
    result = figures.rounded(figure)
    assert (result, type(result), math.copysign(1, result)) == (shown, float, 1.0)


def test_a_mean_of_nothing_is_unknown() -> None:
    assert figures.rounded_mean(0.0, 0) is None
    assert figures.coverage(0, 0) is None


def test_means_and_coverages_are_ratios() -> None:
    assert figures.rounded_mean(Decimal("0.3"), 3) == 0.1
    assert figures.coverage(1, 3) == 0.333333


def test_an_activation_rate_is_known_even_when_nothing_was_injected() -> None:
    assert figures.activation_rate(0, 0) == 0.0
    assert figures.activation_rate(0, 4) == 0.0
    assert figures.activation_rate(3, 4) == 0.75


@pytest.mark.parametrize(
    ("mean", "base", "improvement", "direction"),
    [
        (None, None, None, "stable"),
        (0.5, None, None, "stable"),
        (None, 0.5, None, "stable"),
        (0.5, 0.0, None, "stable"),
        (0.0, 0.5, -1.0, "falling"),
        (0.6, 0.5, 0.2, "rising"),
        (0.51, 0.5, 0.02, "stable"),  # 0.020000000000000018 before it is rounded
        (0.49, 0.5, -0.02, "stable"),
        (0.510001, 0.5, 0.020002, "rising"),
        (0.489999, 0.5, -0.020002, "falling"),
        (1.0, 1e-300, 1e9, "rising"),
    ],
)
def test_improvement_is_relative_to_the_period_before(
    mean: float | None, base: float | None, improvement: float | None, direction: TrendDirection
) -> None:
    result = figures.improvement(mean, base)
    assert result == improvement
    assert figures.direction(result) == direction


@given(fractions, fractions)
def test_improvement_is_finite_and_at_least_minus_one(mean: float, base: float) -> None:
    result = figures.improvement(mean, base)
    assert result is None or -1 <= result <= 1e9


@pytest.mark.parametrize(
    ("history", "trend"),
    [
        ([5.0], "stable"),
        ([100.0, 101.0], "stable"),
        ([100.0, 101.1], "rising"),
        ([100.0, 99.0], "stable"),
        ([100.0, 98.9], "falling"),
        ([-100.0, -98.9], "rising"),
        ([-100.0, -101.1], "falling"),
        ([0.0, 0.0], "stable"),
        ([0.0, 0.000001], "rising"),
        ([0.0, -0.000001], "falling"),
        ([1000.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0], "stable"),  # the first is too old to count
        ([1.0, 1000.0, 1.0, 1.0, 1.0, 1.0], "falling"),
        ([1.0, 1.01], "stable"),  # more than 1 % in doubles
        ([0.1, 0.2, 0.1515], "stable"),  # the same
    ],
)
def test_a_param_is_compared_with_the_mean_of_up_to_five_before(history: list[float], trend: TrendDirection) -> None:
    assert figures.param_trend(history) == trend


@given(st.lists(quantities, min_size=1, max_size=5).flatmap(st.permutations), quantities)
def test_a_param_trend_does_not_depend_on_the_order_of_earlier_values(earlier: list[float], current: float) -> None:
    assert figures.param_trend([*earlier, current]) == figures.param_trend([*sorted(earlier), current])


@pytest.mark.parametrize(
    ("variant", "weight"), [("main_context", 0.3), ("subagent", 0.2), ("background_subagent", 0.1), ("deferred", 0.4)]
)
def test_weights_start_from_their_priors(variant: StrategyVariant, weight: float) -> None:
    assert figures.variant_weight(variant, 0.0, 0.0) == weight


@pytest.mark.parametrize(
    ("value", "confidence", "weight"),
    [
        (1.0, 1.0, 0.272727),  # Beta(3, 8)
        (-1.0, 1.0, 0.181818),  # Beta(2, 9)
        (0.0, 1.0, 0.227273),  # Beta(2.5, 8.5)
        (1.0, 0.5, 0.238095),  # Beta(2.5, 8)
        (1.0, 0.0, 0.2),
    ],
)
def test_an_outcome_moves_its_variant_by_its_confidence(value: float, confidence: float, weight: float) -> None:
    assert figures.variant_weight("subagent", confidence, confidence * (value + 1)) == weight


@given(st.lists(st.tuples(values, fractions), max_size=50), st.sampled_from(list(figures.BETA_PRIORS)))
def test_weights_are_fractions_whatever_the_outcomes(
    outcomes: list[tuple[float, float]], variant: StrategyVariant
) -> None:
    weight = math.fsum(confidence for _, confidence in outcomes)
    success = math.fsum(confidence * (value + 1) for value, confidence in outcomes)
    assert 0 < figures.variant_weight(variant, weight, success) < 1


@pytest.mark.parametrize(
    ("sessions", "specialized", "missing"), [(0, False, 20), (19, False, 1), (20, True, 0), (21, True, 0)]
)
def test_twenty_sessions_make_a_learning_specialized(sessions: int, specialized: bool, missing: int) -> None:  # noqa: FBT001 (a column of the table)
    assert figures.is_specialized(sessions) is specialized
    assert figures.sessions_to_specialize(sessions) == missing


def test_a_report_is_stale_once_it_is_older_than_allowed() -> None:
    allowed, moment = timedelta(minutes=15), timedelta(microseconds=1)
    assert not figures.is_stale(NOW - allowed, NOW, allowed)
    assert figures.is_stale(NOW - allowed - moment, NOW, allowed)
    assert not figures.is_stale(NOW + allowed, NOW, allowed)


@pytest.mark.parametrize(
    ("reported", "fresh", "stale"),
    [("ok", "ok", "degraded"), ("degraded", "degraded", "degraded"), ("error", "error", "error")],
)
def test_a_stale_component_is_degraded_at_best(
    reported: ReportedStatus, fresh: ComponentStatus, stale: ComponentStatus
) -> None:
    assert figures.component_status(reported, stale=False) == fresh
    assert figures.component_status(reported, stale=True) == stale


@pytest.mark.parametrize(
    ("statuses", "overall"),
    [
        (["ok", "ok"], "ok"),
        (["ok", "unknown"], "unknown"),
        (["unknown", "degraded", "ok"], "degraded"),
        (["degraded", "ok", "error", "unknown"], "error"),
    ],
)
def test_the_worst_component_decides(statuses: list[ComponentStatus], overall: ComponentStatus) -> None:
    assert figures.worst(statuses) == overall
