"""session_timeline: the assessed sessions of a period and what the learnings contributed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.topics.figures import rounded
from groove_dashboard.topics.periods import last_days, next_midnight
from groove_dashboard.topics.provider import Provider, TopicState

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import SessionContribution, SessionTimelineTopic, TimelineSession
    from groove_dashboard.store.attributions import SessionContributions
    from groove_dashboard.store.sessions import AssessedSession
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import TopicSettings

DELETED: Final = "(deleted learning)"


async def get_session_timeline_data(
    stores: Stores, topic: SessionTimelineTopic, now: datetime, _settings: TopicSettings
) -> TopicState:
    """The newest sessions of the period, each with what its activated learnings contributed."""
    days = topic["period"]["days"]
    period = last_days(days, now)
    sessions = await stores.sessions.assessed(period.since, period.until, topic["limit"])
    contributions = await stores.attributions.contributions([session.id for session in sessions])
    by_session = {one.session_id: one for one in contributions}
    return TopicState(
        {
            "data_type": "session_timeline",
            "period_days": days,
            "sessions": [_session(session, by_session.get(session.id)) for session in sessions],
            "total": await stores.sessions.assessed_count_within(period.since, period.until),
        },
        fresh_until=next_midnight(now),
    )


def _session(session: AssessedSession, contributed: SessionContributions | None) -> TimelineSession:
    contributions = [] if contributed is None else _contributions(contributed)
    return {
        "session_id": session.id,
        "title": session.title,
        "assessed_at": timestamp(session.assessed_at),
        "score": rounded(session.score),
        "outcome": session.outcome,
        "learnings_activated": len(contributions),
        "contributions": contributions,
        "warning": None if contributed is None else _warning(contributed.negative_learnings),
    }


def _contributions(of: SessionContributions) -> list[SessionContribution]:
    """The greatest by magnitude first."""
    contributions: list[SessionContribution] = [
        {
            "learning_id": learning_id,
            "content": DELETED if content is None else content,
            "contribution": rounded(contribution),
        }
        for learning_id, content, contribution in zip(of.learning_ids, of.contents, of.contributions, strict=True)
    ]
    return sorted(contributions, key=lambda one: (-abs(one["contribution"]), one["learning_id"]))


def _warning(negative_learnings: int) -> str | None:
    match negative_learnings:
        case 0:
            return None
        case 1:
            return "1 activated learning has a negative lifetime value"
        case _:
            return f"{negative_learnings} activated learnings have a negative lifetime value"


PROVIDER: Final = Provider(
    read=get_session_timeline_data,
    # Ablations count towards the lifetime values that the warnings are about.
    depends_on=frozenset({"session", "attribution", "learning", "ablation"}),
)
