"""Events for tests, each told in one line: what matters is said, the rest has a value that changes nothing."""

# ruff: noqa: PLR0913 (an event has as many fields as it has)

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groove_dashboard.messages.types import (
        AblationState,
        AblationUpdatedEvent,
        AdaptiveParamUpdatedEvent,
        AttributionRecordedEvent,
        Component,
        ComponentReportedEvent,
        ContextType,
        LearningCategory,
        LearningDeletedEvent,
        LearningExtractedEvent,
        LearningStatus,
        LearningStatusChangedEvent,
        ReportedStatus,
        Scope,
        SessionAssessedEvent,
        SessionOutcome,
        SessionStartedEvent,
        StrategyOutcomeEvent,
        StrategyVariant,
    )

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""A Tuesday's noon; tests that ask for topics ask at this moment."""

_numbers = count(1)


def event_id(number: int | None = None) -> str:
    """An id whose order is that of its number; without one, a greater one than all before."""
    return f"e0000000-0000-7000-8000-{next(_numbers) + 1_000_000 if number is None else number:012x}"


def learning_id(number: int) -> str:
    """An id whose order is that of its number."""
    return f"a0000000-0000-7000-8000-{number:012x}"


def moment(text: str) -> datetime:
    """`03-09 14:30` of 2026, in UTC."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def days_ago(days: float) -> datetime:
    """So many times 24 hours before NOW."""
    return NOW - timedelta(days=days)


def wire(when: datetime) -> str:
    """A time in UTC as events carry it."""
    return when.isoformat().replace("+00:00", "Z")


def started(
    session: str,
    when: datetime = NOW,
    *,
    number: int | None = None,
    scope: Scope | None = None,
    title: str | None = None,
) -> SessionStartedEvent:
    event: SessionStartedEvent = {
        "event_id": event_id(number),
        "type": "session_started",
        "occurred_at": wire(when),
        "session_id": session,
    }
    if scope is not None:
        event["scope"] = scope
    if title is not None:
        event["title"] = title
    return event


def assessed(
    session: str,
    when: datetime = NOW,
    *,
    number: int | None = None,
    outcome: SessionOutcome = "success",
    score: float | None = None,
    title: str | None = None,
) -> SessionAssessedEvent:
    event: SessionAssessedEvent = {
        "event_id": event_id(number),
        "type": "session_assessed",
        "occurred_at": wire(when),
        "session_id": session,
        "outcome": outcome,
    }
    if score is not None:
        event["score"] = score
    if title is not None:
        event["title"] = title
    return event


def extracted(
    learning: int,
    when: datetime = NOW,
    *,
    number: int | None = None,
    content: str = "run the tests before committing",
    category: LearningCategory = "preference",
    scope: Scope | None = None,
    source_session: str | None = None,
) -> LearningExtractedEvent:
    event: LearningExtractedEvent = {
        "event_id": event_id(number),
        "type": "learning_extracted",
        "occurred_at": wire(when),
        "learning": {
            "id": learning_id(learning),
            "scope": scope or {"level": "global"},
            "category": category,
            "content": content,
            "confidence": 0.9,
            "extraction_method": "correction",
        },
    }
    if source_session is not None:
        event["learning"]["source_session"] = source_session
    return event


def status_changed(
    learning: int,
    status: LearningStatus,
    when: datetime = NOW,
    *,
    number: int | None = None,
    reason: str | None = None,
) -> LearningStatusChangedEvent:
    event: LearningStatusChangedEvent = {
        "event_id": event_id(number),
        "type": "learning_status_changed",
        "occurred_at": wire(when),
        "learning_id": learning_id(learning),
        "status": status,
    }
    if reason is not None:
        event["reason"] = reason
    return event


def deleted(learning: int, when: datetime = NOW) -> LearningDeletedEvent:
    return {
        "event_id": event_id(),
        "type": "learning_deleted",
        "occurred_at": wire(when),
        "learning_id": learning_id(learning),
    }


def recorded(
    session: str,
    learning: int,
    contribution: float | None = 0.5,
    when: datetime = NOW,
    *,
    number: int | None = None,
    withheld: bool = False,
) -> AttributionRecordedEvent:
    """Without a contribution, the learning was not activated."""
    return {
        "event_id": event_id(number),
        "type": "attribution_recorded",
        "occurred_at": wire(when),
        "session_id": session,
        "learning_id": learning_id(learning),
        "activated": contribution is not None,
        "withheld": withheld,
        "contribution": contribution or 0.0,
        "confidence": 0.8,
    }


def ablated(
    experiment: str,
    learning: int,
    state: AblationState = "completed",
    when: datetime = NOW,
    *,
    number: int | None = None,
    value: float | None = None,
    confidence: float | None = None,
) -> AblationUpdatedEvent:
    event: AblationUpdatedEvent = {
        "event_id": event_id(number),
        "type": "ablation_updated",
        "occurred_at": wire(when),
        "experiment_id": experiment,
        "learning_id": learning_id(learning),
        "state": state,
    }
    if value is not None:
        event["value"] = value
    if confidence is not None:
        event["confidence"] = confidence
    return event


def worked(
    learning: int,
    session: str,
    value: float = 1.0,
    *,
    variant: StrategyVariant = "subagent",
    context: ContextType = "batch",
    confidence: float = 1.0,
) -> StrategyOutcomeEvent:
    return {
        "event_id": event_id(),
        "type": "strategy_outcome",
        "occurred_at": wire(NOW),
        "learning_id": learning_id(learning),
        "session_id": session,
        "context_type": context,
        "variant": variant,
        "value": value,
        "confidence": confidence,
    }


def tuned(
    name: str, value: float, when: datetime = NOW, *, number: int | None = None, confidence: float = 0.5
) -> AdaptiveParamUpdatedEvent:
    return {
        "event_id": event_id(number),
        "type": "adaptive_param_updated",
        "occurred_at": wire(when),
        "name": name,
        "value": value,
        "confidence": confidence,
    }


def reported(
    component: Component,
    status: ReportedStatus = "ok",
    when: datetime = NOW,
    *,
    number: int | None = None,
    message: str = "all is well",
) -> ComponentReportedEvent:
    return {
        "event_id": event_id(number),
        "type": "component_reported",
        "occurred_at": wire(when),
        "component": component,
        "status": status,
        "message": message,
    }
