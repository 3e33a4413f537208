"""What a read of a topic brings: its state, or why there is none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from groove_dashboard.messages.types import DashboardTopic

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import ErrorCode, TopicData

FINAL_CODES: Final[frozenset[ErrorCode]] = frozenset({"not_found", "forbidden"})


@dataclass(frozen=True, slots=True)
class TopicState:
    """The data of a topic as of one moment; what `topics` calls so, in the words of a room that may not know it."""

    data: TopicData
    fresh_until: datetime | None = None
    """When the data change without any fact changing (aware, UTC); None for never."""
    seconds: float = field(default=0.0, compare=False)
    """How long it took to read them."""


@dataclass(frozen=True, slots=True)
class TopicFailure:
    """Why a topic could not be read, in words that may be shown to the client."""

    code: ErrorCode
    message: str

    @property
    def final(self) -> bool:
        """Whether reading again is of no use, so that subscriptions end."""
        return self.code in FINAL_CODES


Read: TypeAlias = Callable[[Sequence[DashboardTopic]], Awaitable[Sequence[TopicState | TopicFailure]]]
"""Reads the topics (canonical, no two equal) from one consistent view; one result a topic, in the same order."""
