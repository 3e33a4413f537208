"""All stores on one connection, so that what is read or written through them is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from groove_dashboard.store.attributions import AttributionStore
from groove_dashboard.store.changes import ChangeLog
from groove_dashboard.store.contributors import ContributorStore
from groove_dashboard.store.counts import CountStore
from groove_dashboard.store.events import EventStore
from groove_dashboard.store.health import HealthStore
from groove_dashboard.store.judged_learnings import JudgedLearningStore
from groove_dashboard.store.learnings import LearningStore
from groove_dashboard.store.rollups import RollUpStore
from groove_dashboard.store.sessions import SessionStore
from groove_dashboard.store.strategies import StrategyStore

if TYPE_CHECKING:
    import asyncpg


@dataclass(frozen=True, slots=True)
class Stores:
    """What a transaction can read and write. Use it inside the transaction that gave it, one call at a time."""

    events: EventStore
    learnings: LearningStore
    attributions: AttributionStore
    strategies: StrategyStore
    sessions: SessionStore
    health: HealthStore
    judged_learnings: JudgedLearningStore
    contributors: ContributorStore
    counts: CountStore
    roll_ups: RollUpStore
    changes: ChangeLog

    @classmethod
    def on(cls, connection: asyncpg.Connection) -> Self:
        """The stores on a connection that is in a transaction."""
        return cls(
            events=EventStore(connection),
            learnings=LearningStore(connection),
            attributions=AttributionStore(connection),
            strategies=StrategyStore(connection),
            sessions=SessionStore(connection),
            health=HealthStore(connection),
            judged_learnings=JudgedLearningStore(connection),
            contributors=ContributorStore(connection),
            counts=CountStore(connection),
            roll_ups=RollUpStore(connection),
            changes=ChangeLog(connection),
        )
