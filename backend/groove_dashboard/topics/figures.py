"""Derived figures, from sums and counts of facts alone. Each docstring gives the formula in words.

What a learning's records and experiments come to is not here: lists are sorted by it in the database, so its formulas
stand in the migration 0003_figures.

All ratios are fractions. Figures are computed in full precision and rounded once, at the end, by `rounded`; tests of
their sign and their order then use what is shown.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta
    from decimal import Decimal

    from groove_dashboard.messages.types import ComponentStatus, ReportedStatus, StrategyVariant, TrendDirection

DECIMALS: Final = 6
TREND_THRESHOLD: Final = 0.02
LARGEST_IMPROVEMENT: Final = 1e9
PARAM_TREND_THRESHOLD: Final = Fraction(1, 100)
PARAM_TREND_VALUES: Final = 5
PARAM_HISTORY_VALUES: Final = 20
SPECIALIZED_SESSIONS: Final = 20
BETA_PRIORS: Final[Mapping[StrategyVariant, tuple[float, float]]] = {
    "main_context": (3, 7),
    "subagent": (2, 8),
    "background_subagent": (1, 9),
    "deferred": (4, 6),
}
"""Alpha and beta of each variant before any outcome, in the order in which variants are shown."""
STATUSES_BY_SEVERITY: Final[tuple[ComponentStatus, ...]] = ("error", "degraded", "unknown", "ok")


def rounded(figure: float) -> float:
    """The figure to 6 decimals; always a float and never -0.0, so that equal figures are equal bytes."""
    return round(float(figure), DECIMALS) + 0.0


def rounded_mean(total: float | Decimal, count: int) -> float | None:
    """The total / count, rounded; None where there is nothing to count."""
    return rounded(float(total) / count) if count else None


def coverage(part: int, whole: int) -> float | None:
    """The part / whole, rounded; None where there is no whole."""
    return rounded_mean(part, whole)


def activation_rate(session_count: int, times_injected: int) -> float:
    """session_count / times_injected, rounded; 0 when none."""
    return coverage(session_count, times_injected) or 0.0


def improvement(mean: float | None, base: float | None) -> float | None:
    """(mean score of the period - mean of the one before it) / the latter, rounded.

    None where either has no session or the base is 0. A base next to 0 gives no more than what the wire takes.
    """
    if mean is None or not base:
        return None
    return rounded(min((mean - base) / base, LARGEST_IMPROVEMENT))


def direction(of_improvement: float | None) -> TrendDirection:
    """Rising above +0.02, falling below -0.02, else stable; stable where the improvement is unknown."""
    if of_improvement is None or abs(of_improvement) <= TREND_THRESHOLD:
        return "stable"
    return "rising" if of_improvement > 0 else "falling"


def param_trend(values: Sequence[float]) -> TrendDirection:
    """Where a parameter is heading; `values` are its latest ones, the oldest first.

    The last one is compared with the mean of the up to 5 before it: rising or falling beyond 1 % of that mean's
    magnitude, else stable; stable where there is none before it.
    """
    # Exact, since in doubles 1.01 is more than 1 % above 1.
    *earlier, current = [Fraction(repr(value)) for value in values[-1 - PARAM_TREND_VALUES :]]
    if not earlier:
        return "stable"
    mean = Fraction(sum(earlier)) / len(earlier)
    change, margin = current - mean, PARAM_TREND_THRESHOLD * abs(mean)
    if change > margin:
        return "rising"
    return "falling" if change < -margin else "stable"


def variant_weight(variant: StrategyVariant, weight: float, success: float) -> float:
    """The mean of a variant's Beta distribution, rounded: alpha / (alpha + beta).

    Start: main_context Beta(3,7), subagent (2,8), background_subagent (1,9), deferred (4,6). An outcome of value v and
    confidence w adds w(v+1)/2 to alpha and w(1-(v+1)/2) to beta: `weight` is the sum of w, `success` that of w(v+1).
    """
    alpha, beta = BETA_PRIORS[variant]
    return rounded((alpha + success / 2) / (alpha + beta + weight))


def is_specialized(session_count: int) -> bool:
    """Whether a learning has outcomes from >= 20 distinct sessions."""
    return session_count >= SPECIALIZED_SESSIONS


def sessions_to_specialize(session_count: int) -> int:
    """max(0, 20 - sessions)."""
    return max(0, SPECIALIZED_SESSIONS - session_count)


def is_stale(reported_at: datetime, now: datetime, stale_after: timedelta) -> bool:
    """Whether a component's last report is older than it may be; one of exactly that age is not."""
    return now - reported_at > stale_after


def component_status(reported: ReportedStatus, *, stale: bool) -> ComponentStatus:
    """The last report's status, but degraded at best when the last report is too old."""
    return worst([reported, "degraded"]) if stale else reported


def worst(statuses: Iterable[ComponentStatus]) -> ComponentStatus:
    """The worst of the statuses in the order error, degraded, unknown, ok; there must be one."""
    return min(statuses, key=STATUSES_BY_SEVERITY.index)
