"""A learning as lists show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groove_dashboard.messages.timestamps import timestamp

if TYPE_CHECKING:
    from groove_dashboard.messages.types import LearningBrief, Scope, ScopeLevel
    from groove_dashboard.store.judged_learnings import JudgedLearning


def brief(learning: JudgedLearning) -> LearningBrief:
    """The learning with its lifetime figures."""
    return {
        "id": learning.id,
        "content": learning.content,
        "category": learning.category,
        "scope": scope(learning.scope_level, learning.scope_name),
        "status": learning.status,
        "estimated_value": learning.value,
        "confidence": learning.confidence,
        "session_count": learning.session_count,
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
