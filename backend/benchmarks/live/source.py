"""A source of topics without a database: it counts its reads, and each change alters everything or one row."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from groove_dashboard.live.state import TopicState
from groove_dashboard.live.version import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.live.hub import Hub
    from groove_dashboard.messages.types import (
        DashboardTopic,
        LearningBrief,
        LearningsTopic,
        SessionContribution,
        SessionTimelineData,
        SessionTimelineTopic,
        TimelineSession,
    )

ENVELOPE: Final = 154
"""About what a snapshot of a timeline has around its data, in bytes."""
FIRST_TOTAL: Final = 1_000_000_000
"""Large enough that no number of changes makes a state longer."""
ROWS: Final[LearningsTopic] = {"topic": "learnings", "limit": 500}
"""The longest list that may be asked for."""
CHANGED_ROW: Final = 250
CONTRIBUTIONS: Final[list[SessionContribution]] = [
    {
        "learning_id": str(uuid5(NAMESPACE_URL, f"{number}")),
        "content": "Prefer the small change that a reader understands at once.",
        "contribution": 0.25,
    }
    for number in range(2)
]


def timeline_topic(number: int) -> SessionTimelineTopic:
    """One of up to 365 topics, counted from 0."""
    return {"topic": "session_timeline", "period": {"days": number + 1}}


class Source:
    """What the driver reads; `size` is about how many bytes the message of a changed timeline has."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._changes = 0
        self._row_changes = 0
        self.size = 0
        self.reads = 0
        """Calls of `read`, each of which would be one transaction."""

    async def read(self, topics: Sequence[DashboardTopic]) -> Sequence[TopicState]:
        """The states of these topics."""
        self.reads += 1
        return [self._state(topic) for topic in topics]

    def change(self, topics: int) -> None:
        """Alter every row of the first so many timelines, in one commit."""
        self._changes += 1
        self._hub.mark(
            lambda topic: topic["topic"] == "session_timeline" and topic.get("period", {"days": 7})["days"] <= topics
        )

    def change_row(self) -> None:
        """Alter one row of the long list."""
        self._row_changes += 1
        self._hub.mark(lambda topic: topic["topic"] == "learnings")

    def _state(self, topic: DashboardTopic) -> TopicState:
        if topic["topic"] == "session_timeline":
            days = topic.get("period", {"days": 7})["days"]
            data = made_timeline(days, self._changes % 2, self.size - ENVELOPE)
            return TopicState({**data, "total": FIRST_TOTAL + self._changes})
        rows = [_learning(index, self._row_changes if index == CHANGED_ROW else 0) for index in range(ROWS["limit"])]
        return TopicState({"data_type": "learnings", "learnings": rows, "total": len(rows)})


@lru_cache(maxsize=64)
def made_timeline(days: int, change: int, size: int) -> SessionTimelineData:
    """The same as `timeline`, made once: to make rows is a database's work, and not what is measured."""
    return timeline(days, change, size)


def timeline(days: int, change: int, size: int) -> SessionTimelineData:
    """A timeline whose canonical JSON has exactly `size` bytes, or the fewest that it can have.

    No session of one change is in another, so that nothing but a snapshot leads from one to the next.
    """
    data: SessionTimelineData = {
        "data_type": "session_timeline",
        "period_days": days,
        "sessions": [],
        "total": FIRST_TOTAL + change,
    }
    room = size - len(encode(data))
    row = len(encode({**data, "sessions": [_session(change, 0)]})) - len(encode(data))
    rows = max(0, (room + 1) // (row + 1))  # a comma stands between two
    if not rows:
        return data
    data["sessions"] = [_session(change, index) for index in range(rows)]
    missing = size - len(encode(data))
    if missing:  # a text with its quotation marks instead of `null`
        data["sessions"][0]["warning"] = "x" * (missing + len("null") - len('""'))
    return data


def _session(change: int, index: int) -> TimelineSession:
    return {
        "session_id": f"{change:010}-{index:03}",
        "title": f"Session {index:03} after change {change:010}",
        "assessed_at": "2026-03-01T12:00:00Z",
        "score": 0.5,
        "outcome": "success",
        "learnings_activated": 2,
        "contributions": CONTRIBUTIONS,
        "warning": None,
    }


def _learning(index: int, change: int) -> LearningBrief:
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{index}")),
        "content": f"Learning {index}: prefer the small change that a reader understands at once.",
        "category": "preference",
        "scope": {"level": "global"},
        "status": "active",
        "estimated_value": round(0.25 + change / 1000, 6),
        "confidence": 0.5,
        "session_count": 3 + change,
        "created_at": "2026-03-01T12:00:00Z",
    }
