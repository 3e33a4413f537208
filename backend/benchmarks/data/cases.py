"""What is read: each topic, with what people ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from groove_dashboard.messages.types import DashboardTopic

COMMON_PERIODS: Final = (7, 30, 90)
OTHER_PERIODS: Final = (45, 365)


class Case(NamedTuple):
    """A topic to read, under a name for people."""

    name: str
    topic: DashboardTopic
    common: bool = True
    """Whether the stricter targets are meant for it."""


def cases(busy_learning: str) -> list[Case]:
    """All of them, for a database that has this learning."""
    return [
        Case("overview", {"topic": "overview"}),
        Case("learnings by recency", {"topic": "learnings"}),
        Case("learnings by value", {"topic": "learnings", "sort": "value"}),
        Case("learnings by confidence", {"topic": "learnings", "sort": "confidence"}),
        Case("learnings by usage", {"topic": "learnings", "sort": "usage"}),
        Case("learnings, filtered", {"topic": "learnings", "sort": "value", "filters": {"category": "correction"}}),
        Case("learnings, common word", {"topic": "learnings", "filters": {"search": "Flaky Tests"}}),
        Case("learnings, rare word", {"topic": "learnings", "filters": {"search": "case 17)"}}),
        Case("learning_detail, busy", {"topic": "learning_detail", "id": busy_learning}),
        *(
            Case(f"attribution, {days} days", {"topic": "attribution", "period": {"days": days}})
            for days in COMMON_PERIODS
        ),
        *(
            Case(f"attribution, {days} days", {"topic": "attribution", "period": {"days": days}}, common=False)
            for days in OTHER_PERIODS
        ),
        Case("session_timeline, 7 days", {"topic": "session_timeline"}),
        Case("session_timeline, 90 days", {"topic": "session_timeline", "period": {"days": 90}}),
        Case("strategy_distributions", {"topic": "strategy_distributions"}),
        Case("strategy_overrides", {"topic": "strategy_overrides"}),
        Case("health", {"topic": "health"}),
    ]
