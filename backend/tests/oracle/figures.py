"""The derived figures, each by its formula."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, get_args

from groove_dashboard.messages.types import ComponentStatus, StrategyVariant
from tests.oracle.arithmetic import as_sent, exact_sum, in_period, mean, moment, shown
from tests.oracle.facts import (
    Facts,
    experiments_of,
    known_learnings,
    outcomes,
    records,
    records_of,
    reports,
    sessions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import (
        AblationCoverage,
        AblationState,
        AblationSummary,
        AblationUpdatedEvent,
        AttributionRecordedEvent,
        Component,
        StrategyOutcomeEvent,
        TrendDirection,
        VariantWeight,
    )

STALE_AFTER: Final = timedelta(minutes=15)
WORST_FIRST: Final[tuple[ComponentStatus, ...]] = ("error", "degraded", "unknown", "ok")
TRUSTED_ABLATION: Final = 0.5
SESSIONS_TO_SPECIALIZE: Final = 20
PRIORS: Final[dict[StrategyVariant, tuple[float, float]]] = {
    "main_context": (3.0, 7.0),
    "subagent": (2.0, 8.0),
    "background_subagent": (1.0, 9.0),
    "deferred": (4.0, 6.0),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a learning's records and experiments say of it, unrounded."""

    times_injected: int
    session_count: int
    temporal_value: float
    temporal_confidence: float
    estimated_value: float
    confidence: float

    @property
    def activation_rate(self) -> float:
        return self.session_count / self.times_injected if self.times_injected else 0.0


def evidence(of: Sequence[AttributionRecordedEvent], experiments: Sequence[AblationUpdatedEvent]) -> Evidence:
    """The figures of a learning that has these records and these experiments, oldest first."""
    contributions = [record["contribution"] for record in of if record["activated"]]
    count = len(contributions)
    temporal_value = mean(contributions) if count else 0.0
    temporal_confidence = 1 - 1 / (1 + math.log(count)) if count else 0.0
    value, confidence = temporal_value, temporal_confidence
    trusted = [
        experiment
        for experiment in experiments
        if experiment["state"] == "completed" and experiment["confidence"] > TRUSTED_ABLATION
    ]
    if trusted:
        value, confidence = combined(
            (temporal_value, temporal_confidence), (trusted[-1]["value"], trusted[-1]["confidence"])
        )
    return Evidence(len(of), count, temporal_value, temporal_confidence, value, confidence)


def combined(temporal: tuple[float, float], ablation: tuple[float, float]) -> tuple[float, float]:
    """The value and confidence that both pairs of value and confidence come to together."""
    temporal_value, temporal_confidence = temporal
    ablation_value, ablation_confidence = ablation
    temporal_weight, ablation_weight = 0.6 * temporal_confidence, 0.4 * ablation_confidence
    weights = temporal_weight + ablation_weight
    return (
        (temporal_value * temporal_weight + ablation_value * ablation_weight) / weights,
        (temporal_confidence * temporal_weight + ablation_confidence * ablation_weight) / weights,
    )


def lifetime(facts: Facts, learning_id: str) -> Evidence:
    return evidence(records_of(facts, learning_id), experiments_of(facts, learning_id))


def in_days(facts: Facts, learning_id: str, now: datetime, days: int) -> Evidence:
    """What the records and experiments of the period alone say of the learning."""
    return evidence(
        [one for one in records_of(facts, learning_id) if in_period(moment(one["occurred_at"]), now, days)],
        [one for one in experiments_of(facts, learning_id) if in_period(moment(one["occurred_at"]), now, days)],
    )


def ablation_state(experiments: Sequence[AblationUpdatedEvent]) -> AblationState:
    states = {experiment["state"] for experiment in experiments}
    if "completed" in states:
        return "completed"
    return "in_progress" if "in_progress" in states else "pending"


def ablation_summary(experiments: Sequence[AblationUpdatedEvent]) -> AblationSummary:
    """The latest of the experiments that have come furthest; `experiments` are oldest first."""
    state = ablation_state(experiments)
    if state == "pending":
        return {"state": "pending", "value": None, "confidence": None}
    experiment = [one for one in experiments if one["state"] == state][-1]
    value, confidence = experiment.get("value"), experiment.get("confidence")
    return {
        "state": state,
        "value": None if value is None else shown(value),
        "confidence": None if confidence is None else shown(confidence),
    }


def ablation_coverage(facts: Facts) -> AblationCoverage:
    states = [ablation_state(experiments_of(facts, learning_id)) for learning_id in known_learnings(facts)]
    return {
        "coverage": shown(states.count("completed") / len(states)) if states else None,
        "completed": states.count("completed"),
        "in_progress": states.count("in_progress"),
        "pending": states.count("pending"),
    }


def assessment_coverage(facts: Facts, now: datetime) -> float | None:
    seen = [
        session
        for session in sessions(facts)
        if any(when is not None and in_period(when, now, 7) for when in (session.started_at, session.assessed_at))
    ]
    assessed = [session for session in seen if session.assessment is not None]
    return shown(len(assessed) / len(seen)) if seen else None


def improvement(facts: Facts, now: datetime, days: int) -> float | None:
    """How much better the sessions of the period went than those of the equally long period before."""
    means = []
    for periods_back in (0, 1):
        scores = [
            session.score
            for session in sessions(facts)
            if session.assessed_at is not None and in_period(session.assessed_at, now, days, periods_back=periods_back)
        ]
        if not scores:
            return None
        means.append(mean(scores))
    after, before = means
    # the wire takes no larger number, and a base next to zero would make one
    return shown(min((after - before) / before, 1e9)) if before else None


def improvement_direction(improved: float | None) -> TrendDirection:
    if improved is None or abs(improved) <= 0.02:
        return "stable"
    return "rising" if improved > 0 else "falling"


def param_trend(values: Sequence[float]) -> TrendDirection:
    """Where the last of the values, oldest first, is heading from the up to five before it.

    Without any rounding, since in doubles 1.01 is more than 1 % above 1.
    """
    current, before = as_sent(values[-1]), [as_sent(value) for value in values[-6:-1]]
    if not before:
        return "stable"
    usual = sum(before, Fraction(0)) / len(before)
    if current - usual > abs(usual) / 100:
        return "rising"
    return "falling" if current - usual < -abs(usual) / 100 else "stable"


def weights(of: Sequence[StrategyOutcomeEvent]) -> list[VariantWeight]:
    """The mean of each variant's Beta distribution after the outcomes."""
    result: list[VariantWeight] = []
    for variant in get_args(StrategyVariant):
        alpha, beta = PRIORS[variant]
        of_variant = [one for one in of if one["variant"] == variant]
        good = float(sum((_good(one) for one in of_variant), Fraction(0)))
        weight = exact_sum(one["confidence"] for one in of_variant)
        result.append({"variant": variant, "weight": shown((alpha + good) / (alpha + beta + weight))})
    return result


def _good(outcome: StrategyOutcomeEvent) -> Fraction:
    return as_sent(outcome["confidence"]) * (as_sent(outcome["value"]) + 1) / 2


def distinct_sessions(of: Sequence[StrategyOutcomeEvent]) -> int:
    return len({outcome["session_id"] for outcome in of})


def component_status(facts: Facts, component: Component, now: datetime) -> ComponentStatus:
    of_component = reports(facts, component)
    if not of_component:
        return "unknown"
    last = of_component[-1]
    if now - moment(last["occurred_at"]) > STALE_AFTER and last["status"] == "ok":
        return "degraded"
    return last["status"]


def overall_status(facts: Facts, now: datetime, components: Sequence[Component]) -> ComponentStatus:
    statuses = [component_status(facts, component, now) for component in components]
    return next(status for status in WORST_FIRST if status in statuses)


def item_count(facts: Facts, component: Component) -> int:
    """How many things the component has brought forth."""
    known = known_learnings(facts)
    if component == "assessment":
        return sum(1 for session in sessions(facts) if session.assessment is not None)
    if component == "extraction":
        return len(known)
    if component == "attribution":
        return sum(1 for record in records(facts) if record["learning_id"] in known)
    return len(outcomes(facts))
