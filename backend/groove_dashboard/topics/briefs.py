"""A learning as lists show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.topics.judgements import Judgement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groove_dashboard.messages.types import LearningBrief, Scope, ScopeLevel
    from groove_dashboard.store.learnings import LearningDetailRow, LearningRow


def brief(learning: LearningRow | LearningDetailRow, judgements: Mapping[str, Judgement]) -> LearningBrief:
    """The learning with its lifetime judgement; without one, its figures are 0."""
    judgement = judgements.get(learning.id) or Judgement(learning.id)
    return {
        "id": learning.id,
        "content": learning.content,
        "category": learning.category,
        "scope": scope(learning.scope_level, learning.scope_name),
        "status": learning.status,
        "estimated_value": judgement.value,
        "confidence": judgement.confidence,
        "session_count": judgement.session_count,
        "created_at": timestamp(learning.created_at),
    }


def scope(level: ScopeLevel, name: str | None) -> Scope:
    """A scope from its two columns; every level but `global` has a name."""
    if level == "global" or name is None:
        return {"level": "global"}
    match level:
        case "user":
            return {"level": "user", "name": name}
        case "project":
            return {"level": "project", "name": name}
        case "enterprise":
            return {"level": "enterprise", "name": name}
