"""What records and experiments come to, by the formulas of the domain and by nothing of the product's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Judgement:
    """Value and confidence to six decimals; all 0 where there is no evidence."""

    learning_id: str
    value: float = 0.0
    confidence: float = 0.0
    session_count: int = 0


def judged(evidence: Mapping[str, Any]) -> Judgement:
    """The judgement of a row of the query `evidence`.

    The temporal pair is the mean contribution over the n activated records, and 1 - 1/(1 + ln n). With a trusted
    experiment, both are means of the two pairs, weighted by 0.6 and 0.4 times their confidences.
    """
    sessions = evidence["session_count"]
    value = evidence["contribution_sum"] / sessions if sessions else 0.0
    confidence = 1 - 1 / (1 + math.log(sessions)) if sessions else 0.0
    if evidence["ablation_confidence"] is not None:
        temporal, measured = 0.6 * confidence, 0.4 * evidence["ablation_confidence"]
        value = (value * temporal + evidence["ablation_value"] * measured) / (temporal + measured)
        confidence = (confidence * temporal + evidence["ablation_confidence"] * measured) / (temporal + measured)
    return Judgement(evidence["learning_id"], round(value, 6) + 0.0, round(confidence, 6) + 0.0, sessions)


def helpful(some: Iterable[Judgement], limit: int) -> list[Judgement]:
    """Those of positive value, highest first, ties by id, `limit` at most."""
    return _first((one for one in some if one.value > 0), limit, lambda one: -one.value)


def harmful(some: Iterable[Judgement], limit: int) -> list[Judgement]:
    """Those of negative value, lowest first, ties by id, `limit` at most."""
    return _first((one for one in some if one.value < 0), limit, lambda one: one.value)


def _first(some: Iterable[Judgement], limit: int, key: Callable[[Judgement], float]) -> list[Judgement]:
    return sorted(some, key=lambda one: (key(one), one.learning_id))[:limit]
