"""Valid events about a small world whose times, names and numbers come from short lists.

So events meet: the same session and learning, the same moment, the edge of a day or a period. Every event is valid by
the schema and by the rules that bind two of its fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar, get_args
from uuid import NAMESPACE_URL, uuid5

from groove_dashboard.messages.types import (
    AblationState,
    Component,
    ContextType,
    LearningCategory,
    LearningStatus,
    ReportedStatus,
    ScopeLevel,
    SessionOutcome,
    StrategyVariant,
)
from tests.oracle.arithmetic import DAY, midnight, timestamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import (
        AblationUpdatedEvent,
        AdaptiveParamUpdatedEvent,
        AttributionRecordedEvent,
        ComponentReportedEvent,
        ExtractedLearning,
        IngestEvent,
        LearningDeletedEvent,
        LearningExtractedEvent,
        LearningStatusChangedEvent,
        Scope,
        SessionAssessedEvent,
        SessionStartedEvent,
        StrategyOutcomeEvent,
    )

Item = TypeVar("Item")

DAYS_AGO: Final = (
    *(0, 0, 0, 1, 3, 6, 6, 7, 7, 8, 13, 13, 14, 29, 30, 59, 60, 89, 90, 179, 180, 364, 365, 729, 730),
    *(-1, -2, -40),  # the clocks of pipelines may run ahead
)
TIMES_OF_DAY: Final = tuple(
    timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
    for hours, minutes, seconds, microseconds in (
        (0, 0, 0, 0),
        (0, 0, 0, 1),
        (6, 30, 0, 500_000),
        (11, 44, 59, 999_999),
        (11, 45, 0, 0),
        (12, 0, 0, 0),
        (12, 0, 0, 1),
        (23, 45, 0, 0),
        (23, 45, 0, 1),
        (23, 59, 59, 999_999),
    )
)
# Reports of these times are no older than a quarter of an hour at noon.
LATE_TIMES: Final = TIMES_OF_DAY[4:]
CONTRIBUTIONS: Final = (
    *(0.1 + 0.2, 1 / 3, -1 / 3, 1e-7, -1e-7, 5e-7, 0.000001, 0.000002, -0.000001),
    *(-0.575279, 0.308586, 0.308587),  # whose means lie half-way between two shown numbers
    *(1.4999999999999998e-06, -2.4999999999999998e-06, 0.12345649999999999),  # just below what is rounded up
    *(0.0, 1.0, -1.0, 0.5, -0.5, 0.42, -0.42, 0.1, 0.7, -0.3, 0.9999999),
)
FRACTIONS: Final = (0.0, 1e-12, 1e-7, 0.1, 0.25, 1 / 3, 0.5, 0.5000001, 0.51, 0.7, 0.75, 0.1 + 0.7, 0.9, 1.0)
# Whose means are about two hundredths apart.
CLOSE_SCORES: Final = (0.49, 0.5, 0.5, 0.51, 0.510001, 0.515)
QUANTITIES: Final = (0.0, 1.0, 1.01, 1.010001, 0.99, -1.0, -1.01, 100.0, 101.0, 0.1, 0.3, 1e-7, 1e9, -1e9, 12.3456785)
CONTENTS: Final = (
    "Use snake_case in Python",
    "Straße before STRASSE",
    "İstanbul and \u0131ss\u0131z dots",
    "Résumé the café tests",
    "Re\u0301sume\u0301 in parts",
    "ΟΔΟΣ is οδός with a final sigma",
    "100% of \\_under%scores\\",
    "🙂 emoji 'quotes' \"double\" -- ; drop table",
    "x",
    "  spaces\tand\nlines  ",
    "l" * 4000,
)
NAMES: Final = ("alpha", "Alpha", "äther", "zeta", "a_b", "a%b", "öko-日本", "Z")
LEARNING_IDS: Final = tuple(str(uuid5(NAMESPACE_URL, f"learning {number}")) for number in range(80))
# Pipelines name sessions as they like, so that their order must not depend on a language.
SESSION_IDS: Final = ("s1", "S1", "s10", "ä", "z", "_", "日本", "s-1", *(f"many-{number:02}" for number in range(52)))


@dataclass(frozen=True, slots=True)
class World:
    """The ids and names that the events of one history speak of."""

    now: datetime
    days_ago: Sequence[int]
    times_of_day: Sequence[timedelta]
    learning_ids: Sequence[str]
    doomed_ids: Sequence[str]
    """The learnings that events may delete."""
    session_ids: Sequence[str]
    experiment_ids: Sequence[str]
    names: Sequence[str]
    statuses: Sequence[ReportedStatus]
    """What components may say of themselves."""
    scores: Sequence[float]


class EventMaker:
    """Makes valid events about a world, every choice of theirs by `pick`."""

    def __init__(self, world: World, pick: Callable[[Sequence[object]], object]) -> None:
        self._world = world
        self._pick = pick
        self._made = 0

    def event(self) -> IngestEvent:
        """An event of any type; those that make figures come more often."""
        makers: tuple[Callable[[], IngestEvent], ...] = (
            *(self._session_started,) * 5,
            *(self._session_assessed,) * 8,
            *(self._learning_extracted,) * 9,
            *(self._status_changed,) * 4,
            *(self._attribution_recorded,) * 14,
            *(self._ablation_updated,) * 5,
            *(self._strategy_outcome,) * 6,
            *(self._param_updated,) * 5,
            *(self._component_reported,) * 4,
            self._learning_deleted,
        )
        return self._one(makers)()

    def _moment(self) -> datetime:
        return midnight(self._world.now) - DAY * self._one(self._world.days_ago) + self._one(self._world.times_of_day)

    def _one(self, items: Sequence[Item]) -> Item:
        return self._pick(items)  # type: ignore[return-value]  # it gives back one of what it is given

    def _often(self) -> bool:
        return self._one((True, True, False))

    def _event_id(self) -> str:
        """Ids whose order has nothing to do with the order in which they are made."""
        self._made += 1
        return str(uuid5(NAMESPACE_URL, f"event {self._made}"))

    def _session_started(self) -> SessionStartedEvent:
        event: SessionStartedEvent = {
            "event_id": self._event_id(),
            "type": "session_started",
            "occurred_at": timestamp(self._moment()),
            "session_id": self._one(self._world.session_ids),
        }
        if self._often():
            event["scope"] = self._scope()
        if self._often():
            event["title"] = self._one(NAMES)
        return event

    def _session_assessed(self) -> SessionAssessedEvent:
        event: SessionAssessedEvent = {
            "event_id": self._event_id(),
            "type": "session_assessed",
            "occurred_at": timestamp(self._moment()),
            "session_id": self._one(self._world.session_ids),
            "outcome": self._one(get_args(SessionOutcome)),
        }
        if self._often():
            event["score"] = self._one(self._world.scores)
        if self._often():
            event["title"] = self._one(NAMES)
        return event

    def _learning_extracted(self) -> LearningExtractedEvent:
        learning: ExtractedLearning = {
            "id": self._one(self._world.learning_ids),
            "scope": self._scope(),
            "category": self._one(get_args(LearningCategory)),
            "content": self._one(CONTENTS),
            "confidence": self._one(FRACTIONS),
            "extraction_method": self._one(NAMES),
        }
        if self._often():
            learning["source_session"] = self._one(self._world.session_ids)
        return {
            "event_id": self._event_id(),
            "type": "learning_extracted",
            "occurred_at": timestamp(self._moment()),
            "learning": learning,
        }

    def _status_changed(self) -> LearningStatusChangedEvent:
        event: LearningStatusChangedEvent = {
            "event_id": self._event_id(),
            "type": "learning_status_changed",
            "occurred_at": timestamp(self._moment()),
            "learning_id": self._one(self._world.learning_ids),
            "status": self._one(get_args(LearningStatus)),
        }
        if self._often():
            event["reason"] = self._one(("", *NAMES))
        return event

    def _learning_deleted(self) -> LearningDeletedEvent:
        return {
            "event_id": self._event_id(),
            "type": "learning_deleted",
            "occurred_at": timestamp(self._moment()),
            "learning_id": self._one(self._world.doomed_ids),
        }

    def _attribution_recorded(self) -> AttributionRecordedEvent:
        activated = self._often()
        event: AttributionRecordedEvent = {
            "event_id": self._event_id(),
            "type": "attribution_recorded",
            "occurred_at": timestamp(self._moment()),
            "session_id": self._one(self._world.session_ids),
            "learning_id": self._one(self._world.learning_ids),
            "activated": activated,
            "contribution": self._one(CONTRIBUTIONS) if activated else 0.0,
            "confidence": self._one(FRACTIONS),
        }
        withheld = self._one((None, None, None, False, True))
        if withheld is not None:
            event["withheld"] = withheld
        return event

    def _ablation_updated(self) -> AblationUpdatedEvent:
        event: AblationUpdatedEvent = {
            "event_id": self._event_id(),
            "type": "ablation_updated",
            "occurred_at": timestamp(self._moment()),
            "experiment_id": self._one(self._world.experiment_ids),
            "learning_id": self._one(self._world.learning_ids),
            "state": self._one((*get_args(AblationState), "completed")),
        }
        if event["state"] == "completed" or self._often():
            event["value"] = self._one(CONTRIBUTIONS)
        if event["state"] == "completed" or self._often():
            event["confidence"] = self._one(FRACTIONS)
        return event

    def _strategy_outcome(self) -> StrategyOutcomeEvent:
        return {
            "event_id": self._event_id(),
            "type": "strategy_outcome",
            "occurred_at": timestamp(self._moment()),
            "learning_id": self._one(self._world.learning_ids),
            "session_id": self._one(self._world.session_ids),
            "context_type": self._one(get_args(ContextType)),
            "variant": self._one(get_args(StrategyVariant)),
            "value": self._one(CONTRIBUTIONS),
            "confidence": self._one(FRACTIONS),
        }

    def _param_updated(self) -> AdaptiveParamUpdatedEvent:
        return {
            "event_id": self._event_id(),
            "type": "adaptive_param_updated",
            "occurred_at": timestamp(self._moment()),
            "name": self._one(self._world.names),
            "value": self._one(QUANTITIES),
            "confidence": self._one(FRACTIONS),
        }

    def _component_reported(self) -> ComponentReportedEvent:
        return {
            "event_id": self._event_id(),
            "type": "component_reported",
            "occurred_at": timestamp(self._moment()),
            "component": self._one(get_args(Component)),
            "status": self._one(self._world.statuses),
            "message": self._one(("", *NAMES)),
        }

    def _scope(self) -> Scope:
        level: ScopeLevel = self._one(get_args(ScopeLevel))
        name = self._one(NAMES[:3])
        match level:
            case "global":
                return {"level": "global"}
            case "user":
                return {"level": "user", "name": name}
            case "project":
                return {"level": "project", "name": name}
            case "enterprise":
                return {"level": "enterprise", "name": name}
