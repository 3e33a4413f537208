"""What each topic's file offers, and what a read of a topic brings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from groove_dashboard.messages.types import DashboardTopic
from groove_dashboard.store.stores import Stores

if TYPE_CHECKING:
    from groove_dashboard.messages.types import ErrorCode, TopicData
    from groove_dashboard.store.changes import Change, FactKind

TopicT = TypeVar("TopicT", bound=DashboardTopic)


class TopicSettings(Protocol):
    """What an operator may set about topics."""

    @property
    def component_stale_after(self) -> timedelta:
        """A component whose last report is older than this is degraded at best."""


@dataclass(frozen=True, slots=True)
class TopicState:
    """The data of a topic as of one moment.

    The live room has its own word for it, as for TopicError: it may know messages only, and this room may not know it.
    The composition root translates.
    """

    data: TopicData
    fresh_until: datetime | None = None
    """From when on the data are different although no fact has changed (aware, UTC); None for never."""
    seconds: float = field(default=0.0, compare=False)
    """How long it took to read them; the reader's to say."""


@dataclass(frozen=True, slots=True)
class TopicError:
    """Why a topic could not be read, in words that may be shown to whoever asked."""

    code: ErrorCode
    message: str


class TopicNotFound(Exception):
    """What the topic is about is not known, or was deleted; the text may be shown to whoever asked."""


Read: TypeAlias = Callable[[Stores, TopicT, datetime, TopicSettings], Awaitable[TopicState]]
"""Reads a topic, its defaults filled in, as of a moment (aware); raises TopicNotFound."""


def _always(_topic: object, _change: Change) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Generic[TopicT]):
    """How a topic is read, and what changes of facts it must be read again for."""

    read: Read[TopicT]
    depends_on: frozenset[FactKind]
    shows: Callable[[TopicT, Change], bool] = _always
    """Whether a change of these kinds concerns this topic, for a topic that is about some of the facts only."""

    def concerns(self, topic: TopicT, change: Change) -> bool:
        """Whether the topic's data may be different after the change."""
        return change.kind in self.depends_on and self.shows(topic, change)
