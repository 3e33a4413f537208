"""What the live part has done on behalf of all connections, for those who run the server."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Resumption: TypeAlias = Literal[
    "current", "updates", "snapshot_expired", "snapshot_too_large", "snapshot_after_failure"
]
"""How a topic that was resumed went on: it had not changed, by what was missed, or as a whole and why."""


@dataclass(slots=True)
class Counts:
    """Only ever grows. Shared by a hub, its channels and the sessions on it."""

    conflations: int = 0
    """How often a connection was sent several changes of a topic at once, or the last one alone."""
    resumptions: Counter[Resumption] = field(default_factory=Counter)
