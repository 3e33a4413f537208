"""What stands once all facts are in, whatever their order: the latest of each, read off the plain list of events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from tests.oracle.arithmetic import moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from groove_dashboard.messages.types import (
        AblationUpdatedEvent,
        AdaptiveParamUpdatedEvent,
        AttributionRecordedEvent,
        Component,
        ComponentReportedEvent,
        IngestEvent,
        LearningExtractedEvent,
        LearningStatus,
        SessionAssessedEvent,
        StrategyOutcomeEvent,
    )

    Event = TypeVar("Event", bound=IngestEvent)

PersonAction = Literal["enable_learning", "disable_learning", "delete_learning"]

DEFAULT_SCORES: Final = {"success": 1.0, "partial": 0.75, "failure": 0.25, "abandoned": 0.0}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person did to a learning, and when."""

    action: PersonAction
    learning_id: str
    at: datetime


@dataclass(slots=True)
class Facts:
    """All events, each once, and all that people did, in the order in which it was done."""

    events: list[IngestEvent] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    given_up: list[AttributionRecordedEvent] = field(default_factory=list)
    """Records that are counted as they stood, and cannot be corrected any more."""
    horizon: datetime | None = None
    """Records of a time before it are too late."""


@dataclass(slots=True)
class Session:
    """A session with what was last said about it."""

    id: str
    started_at: datetime | None = None
    title: str | None = None
    assessment: SessionAssessedEvent | None = None

    @property
    def assessed_at(self) -> datetime | None:
        return None if self.assessment is None else moment(self.assessment["occurred_at"])

    @property
    def score(self) -> float:
        if self.assessment is None:
            raise ValueError("nobody has assessed this session")
        return self.assessment.get("score", DEFAULT_SCORES[self.assessment["outcome"]])


def age(event: IngestEvent) -> tuple[datetime, str]:
    """What decides which of two events is the later one."""
    return moment(event["occurred_at"]), event["event_id"]


def oldest_first(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=age)


def newest_of(events: Iterable[Event]) -> Event | None:
    in_order = oldest_first(events)
    return in_order[-1] if in_order else None


def deleted_ids(facts: Facts) -> set[str]:
    """Ids of learnings that are gone for good, even where they never were known."""
    by_event = {event["learning_id"] for event in facts.events if event["type"] == "learning_deleted"}
    by_person = {decision.learning_id for decision in facts.decisions if decision.action == "delete_learning"}
    return by_event | by_person


def known_learnings(facts: Facts) -> dict[str, LearningExtractedEvent]:
    """The latest extraction of every learning that was not deleted, by id."""
    deleted = deleted_ids(facts)
    known: dict[str, LearningExtractedEvent] = {}
    for event in oldest_first(facts.events):
        if event["type"] == "learning_extracted" and event["learning"]["id"] not in deleted:
            known[event["learning"]["id"]] = event
    return dict(sorted(known.items()))


def status_of(facts: Facts, learning_id: str) -> tuple[LearningStatus, str | None]:
    """The learning's status and why it was set."""
    decisions = [one for one in facts.decisions if one.learning_id == learning_id and one.action != "delete_learning"]
    decision = max(decisions, key=lambda one: one.at, default=None)
    if decision is not None and decision.action == "disable_learning":
        return "disabled", None
    change = newest_of(
        event
        for event in facts.events
        if event["type"] == "learning_status_changed" and event["learning_id"] == learning_id
    )
    if change is None or (decision is not None and decision.at >= moment(change["occurred_at"])):
        return "active", None
    return change["status"], change.get("reason")


def give_up(facts: Facts, horizon: datetime) -> None:
    """Let the records of a time before the horizon stand for good as they are now."""
    facts.given_up.extend(record for record in raw_records(facts) if moment(record["occurred_at"]) < horizon)
    facts.horizon = horizon if facts.horizon is None else max(horizon, facts.horizon)


def is_given_up(facts: Facts, event: IngestEvent) -> bool:
    """Whether it is a record of a time whose records have been given up."""
    return (
        event["type"] == "attribution_recorded"
        and facts.horizon is not None
        and moment(event["occurred_at"]) < facts.horizon
    )


def raw_records(facts: Facts) -> list[AttributionRecordedEvent]:
    """The latest attribution of every session and learning that is not given up, without those that were withheld."""
    latest: dict[tuple[str, str], AttributionRecordedEvent] = {}
    for event in oldest_first(facts.events):
        if event["type"] == "attribution_recorded" and not is_given_up(facts, event):
            latest[event["session_id"], event["learning_id"]] = event
    return [record for record in latest.values() if not record.get("withheld", False)]


def records(facts: Facts) -> list[AttributionRecordedEvent]:
    """All records that count."""
    return [*facts.given_up, *raw_records(facts)]


def records_of(facts: Facts, learning_id: str) -> list[AttributionRecordedEvent]:
    return [record for record in records(facts) if record["learning_id"] == learning_id]


def experiments_of(facts: Facts, learning_id: str) -> list[AblationUpdatedEvent]:
    """The learning's experiments as they stand, oldest first."""
    latest: dict[str, AblationUpdatedEvent] = {}
    for event in oldest_first(facts.events):
        if event["type"] == "ablation_updated":
            latest[event["experiment_id"]] = event
    return oldest_first(event for event in latest.values() if event["learning_id"] == learning_id)


def outcomes(facts: Facts) -> list[StrategyOutcomeEvent]:
    """The outcomes of known learnings."""
    known = known_learnings(facts)
    return [event for event in facts.events if event["type"] == "strategy_outcome" and event["learning_id"] in known]


def sessions(facts: Facts) -> list[Session]:
    """Every session that was started or assessed."""
    found: dict[str, Session] = {}
    for event in oldest_first(facts.events):
        if event["type"] == "session_started":
            session = found.setdefault(event["session_id"], Session(event["session_id"]))
            session.started_at = moment(event["occurred_at"])
            session.title = event.get("title", session.title)
        if event["type"] == "session_assessed":
            session = found.setdefault(event["session_id"], Session(event["session_id"]))
            session.assessment = event
            session.title = event.get("title", session.title)
    return list(found.values())


def params(facts: Facts) -> dict[str, list[AdaptiveParamUpdatedEvent]]:
    """The values of every adaptive parameter, oldest first, by name."""
    found: dict[str, list[AdaptiveParamUpdatedEvent]] = {}
    for event in oldest_first(facts.events):
        if event["type"] == "adaptive_param_updated":
            found.setdefault(event["name"], []).append(event)
    return dict(sorted(found.items()))


def reports(facts: Facts, component: Component | None = None) -> list[ComponentReportedEvent]:
    """The reports of one component, or of all, oldest first."""
    return oldest_first(
        event
        for event in facts.events
        if event["type"] == "component_reported" and component in (None, event["component"])
    )
