"""What the evidence of learnings comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groove_dashboard.topics.figures import TRUSTED_ABLATION, Estimate, estimate, rounded, temporal_estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from groove_dashboard.store.attributions import AttributionStore, Evidence
    from groove_dashboard.topics.periods import Period


@dataclass(frozen=True, slots=True)
class Judgement:
    """A learning's estimated value and confidence, rounded as they are shown, and in how many sessions it took part."""

    learning_id: str
    value: float = 0.0
    confidence: float = 0.0
    session_count: int = 0


async def judgements(
    store: AttributionStore, *, learning_ids: Sequence[str] | None = None, period: Period | None = None
) -> dict[str, Judgement]:
    """The judgement of each known learning that has evidence: from the period alone, or without one from all time."""
    evidence = await store.evidence(
        ablation_above=TRUSTED_ABLATION,
        learning_ids=learning_ids,
        since=None if period is None else period.since,
        until=None if period is None else period.until,
    )
    return {learning_id: judged(one) for learning_id, one in evidence.items()}


def judged(evidence: Evidence) -> Judgement:
    """What the evidence of one learning comes to."""
    combined = estimate(temporal_estimate(evidence.contribution_sum, evidence.session_count), _ablation(evidence))
    return Judgement(
        evidence.learning_id, rounded(combined.value), rounded(combined.confidence), evidence.session_count
    )


def helpful(judged_learnings: Iterable[Judgement], limit: int) -> list[Judgement]:
    """Those of positive value, highest first, ties by id, `limit` at most."""
    return _first((one for one in judged_learnings if one.value > 0), limit, key=lambda one: -one.value)


def harmful(judged_learnings: Iterable[Judgement], limit: int) -> list[Judgement]:
    """Those of negative value, lowest first, ties by id, `limit` at most."""
    return _first((one for one in judged_learnings if one.value < 0), limit, key=lambda one: one.value)


def _first(some: Iterable[Judgement], limit: int, key: Callable[[Judgement], float]) -> list[Judgement]:
    return sorted(some, key=lambda one: (key(one), one.learning_id))[:limit]


def _ablation(evidence: Evidence) -> Estimate | None:
    if evidence.ablation_value is None or evidence.ablation_confidence is None:
        return None
    return Estimate(evidence.ablation_value, evidence.ablation_confidence)
