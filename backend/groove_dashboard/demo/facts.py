"""The words of the demo: each function makes one valid ingest event."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from groove_dashboard.messages.timestamps import timestamp

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.demo.cast import Lesson
    from groove_dashboard.messages import types

NAMESPACE: Final = UUID("6f0d1c5e-5d5b-5a0f-9c4e-3b1f8f0f7a11")


def bounded(value: float, least: float = -1.0, most: float = 1.0) -> float:
    """The value within its bounds, to three decimals."""
    return round(min(max(value, least), most), 3)


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes facts down; ids and chances follow from the seed and from what they are for, nothing else."""

    seed: int

    def uuid(self, what: str) -> types.Uuid:
        """The id of that thing."""
        return str(uuid5(NAMESPACE, f"{self.seed}/{what}"))

    def learning_id(self, lesson: Lesson) -> types.Uuid:
        """The id of that learning."""
        return self.uuid(f"learning/{lesson.key}")

    def chance(self, what: str) -> Random:
        """The dice for that thing."""
        return Random(f"{self.seed}/{what}")  # noqa: S311 - a story, not a secret

    def session_started(
        self, at: datetime, session_id: str, scope: types.Scope, title: str
    ) -> types.SessionStartedEvent:
        """A session began."""
        return {
            "event_id": self.uuid(f"started/{session_id}"),
            "type": "session_started",
            "occurred_at": timestamp(at),
            "session_id": session_id,
            "scope": scope,
            "title": title,
        }

    def session_assessed(
        self, at: datetime, session_id: str, outcome: types.SessionOutcome, score: float, title: str
    ) -> types.SessionAssessedEvent:
        """A session was judged."""
        return {
            "event_id": self.uuid(f"assessed/{session_id}"),
            "type": "session_assessed",
            "occurred_at": timestamp(at),
            "session_id": session_id,
            "outcome": outcome,
            "score": bounded(score, 0.0),
            "title": title,
        }

    def learning_extracted(self, at: datetime, lesson: Lesson) -> types.LearningExtractedEvent:
        """A lesson was learned."""
        chance = self.chance(f"extracted/{lesson.key}")
        return {
            "event_id": self.uuid(f"extracted/{lesson.key}/first"),
            "type": "learning_extracted",
            "occurred_at": timestamp(at),
            "learning": {
                "id": self.learning_id(lesson),
                "scope": lesson.scope,
                "category": lesson.category,
                "content": lesson.content,
                "confidence": bounded(chance.uniform(0.55, 0.95), 0.0),
                "extraction_method": chance.choice(("session_review", "user_correction", "failure_analysis")),
            },
        }

    def status_changed(
        self, at: datetime, lesson: Lesson, status: types.LearningStatus, reason: str, *, occasion: str = "first"
    ) -> types.LearningStatusChangedEvent:
        """The pipeline changed its mind about a lesson."""
        return {
            "event_id": self.uuid(f"status/{lesson.key}/{status}/{occasion}"),
            "type": "learning_status_changed",
            "occurred_at": timestamp(at),
            "learning_id": self.learning_id(lesson),
            "status": status,
            "reason": reason,
        }

    def learning_deleted(self, at: datetime, lesson: Lesson) -> types.LearningDeletedEvent:
        """The pipeline gave a lesson up for good."""
        return {
            "event_id": self.uuid(f"deleted/{lesson.key}"),
            "type": "learning_deleted",
            "occurred_at": timestamp(at),
            "learning_id": self.learning_id(lesson),
        }

    def attribution_recorded(
        self, at: datetime, session_id: str, lesson: Lesson, contribution: float | None, *, withheld: bool
    ) -> types.AttributionRecordedEvent:
        """A session's result was attributed to a lesson; no contribution where the session did not use it."""
        chance = self.chance(f"attributed/{session_id}/{lesson.key}")
        return {
            "event_id": self.uuid(f"attributed/{session_id}/{lesson.key}"),
            "type": "attribution_recorded",
            "occurred_at": timestamp(at),
            "session_id": session_id,
            "learning_id": self.learning_id(lesson),
            "activated": contribution is not None,
            "withheld": withheld,
            "contribution": 0.0 if contribution is None else bounded(contribution),
            "confidence": bounded(chance.uniform(0.5, 0.95), 0.0),
        }

    def strategy_outcome(
        self,
        at: datetime,
        session_id: str,
        lesson: Lesson,
        context: types.ContextType,
        outcome: tuple[types.StrategyVariant, float],
    ) -> types.StrategyOutcomeEvent:
        """A way to inject a lesson had that value, 1 at best and -1 at worst."""
        chance = self.chance(f"outcome/{session_id}/{lesson.key}")
        return {
            "event_id": self.uuid(f"outcome/{session_id}/{lesson.key}"),
            "type": "strategy_outcome",
            "occurred_at": timestamp(at),
            "learning_id": self.learning_id(lesson),
            "session_id": session_id,
            "context_type": context,
            "variant": outcome[0],
            "value": bounded(outcome[1]),
            "confidence": bounded(chance.uniform(0.5, 0.95), 0.0),
        }

    def ablation_started(self, at: datetime, lesson: Lesson, *, occasion: str = "first") -> types.AblationUpdatedEvent:
        """An experiment that withholds a lesson began."""
        return {
            "event_id": self.uuid(f"ablation/{lesson.key}/started/{occasion}"),
            "type": "ablation_updated",
            "occurred_at": timestamp(at),
            "experiment_id": f"without-{lesson.key}",
            "learning_id": self.learning_id(lesson),
            "state": "in_progress",
        }

    def ablation_completed(
        self, at: datetime, lesson: Lesson, *, occasion: str = "first"
    ) -> types.AblationUpdatedEvent:
        """An experiment that withheld a lesson measured its effect."""
        chance = self.chance(f"ablation/{lesson.key}/{occasion}")
        return {
            "event_id": self.uuid(f"ablation/{lesson.key}/completed/{occasion}"),
            "type": "ablation_updated",
            "occurred_at": timestamp(at),
            "experiment_id": f"without-{lesson.key}",
            "learning_id": self.learning_id(lesson),
            "state": "completed",
            "value": bounded(lesson.effect + chance.gauss(0, 0.06)),
            "confidence": bounded(chance.uniform(0.4, 0.95), 0.0),
        }

    def param_updated(self, at: datetime, name: str, value: float, *, occasion: str) -> types.AdaptiveParamUpdatedEvent:
        """A parameter tuned itself."""
        return {
            "event_id": self.uuid(f"param/{name}/{occasion}"),
            "type": "adaptive_param_updated",
            "occurred_at": timestamp(at),
            "name": name,
            "value": round(value, 4),
            "confidence": bounded(self.chance(f"param/{name}/{occasion}").uniform(0.6, 0.95), 0.0),
        }

    def component_reported(
        self,
        at: datetime,
        component: types.Component,
        status: types.ReportedStatus,
        message: str,
        *,
        occasion: str,
    ) -> types.ComponentReportedEvent:
        """A part of the pipeline said how it is."""
        return {
            "event_id": self.uuid(f"report/{component}/{occasion}"),
            "type": "component_reported",
            "occurred_at": timestamp(at),
            "component": component,
            "status": status,
            "message": message,
        }
