"""One simulated coding session: which lessons it is given, which of them it uses, how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from groove_dashboard.demo.cast import CONTEXT_SHARES, CONTEXTS, PROJECTS, TITLES, VARIANTS, Lesson

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from groove_dashboard.demo.facts import Scribe
    from groove_dashboard.messages import types

MOST_LESSONS_GIVEN: Final = 5
WITHHELD_SHARE: Final = 0.06
ACTIVATED_SHARE: Final = 0.72
BEST_VARIANT_SHARE: Final = 0.6
OUTCOME_SHARE: Final = 0.5
SCORE_WITHOUT_LESSONS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Use:
    """What became of one lesson in a session; no contribution where it was not used."""

    lesson: Lesson
    withheld: bool
    contribution: float | None
    outcome: tuple[types.StrategyVariant, float] | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it really went."""

    session_id: str
    scope: types.Scope
    title: str
    context: types.ContextType
    uses: tuple[Use, ...]
    score: float

    @property
    def outcome(self) -> types.SessionOutcome:
        """The assessment's word for the score."""
        if self.score >= 0.7:  # noqa: PLR2004 - the thresholds say what the words mean
            return "success"
        if self.score >= 0.45:  # noqa: PLR2004
            return "partial"
        return "failure" if self.score >= 0.15 else "abandoned"  # noqa: PLR2004


def simulate(scribe: Scribe, session_id: str, lessons: Sequence[Lesson], trials: Sequence[Lesson] = ()) -> Session:
    """The session of that id; the same each time.

    It may be given these lessons. Those on trial it is given whenever they fit, and how they were injected is judged.
    """
    chance = scribe.chance(f"session/{session_id}")
    scope = chance.choice(PROJECTS)
    uses = tuple(_use(chance, lesson) for lesson in _given(chance, _fitting(lessons, scope)))
    uses += tuple(_use(chance, lesson, tried=True) for lesson in _fitting(trials, scope))
    helped = sum(use.contribution for use in uses if use.contribution is not None)
    score = SCORE_WITHOUT_LESSONS + 0.55 * helped + chance.gauss(0, 0.16)
    return Session(
        session_id=session_id,
        scope=scope,
        title=chance.choice(TITLES),
        context=chance.choices(CONTEXTS, CONTEXT_SHARES)[0],
        uses=uses,
        score=min(max(score, 0.0), 1.0),
    )


def start(scribe: Scribe, session: Session, at: datetime) -> list[types.IngestEvent]:
    """The fact that the session began."""
    return [scribe.session_started(at, session.session_id, session.scope, session.title)]


def judge(scribe: Scribe, session: Session, at: datetime) -> list[types.IngestEvent]:
    """The facts that its assessment and attribution find out."""
    events: list[types.IngestEvent] = [
        scribe.session_assessed(at, session.session_id, session.outcome, session.score, session.title)
    ]
    for use in session.uses:
        events.append(
            scribe.attribution_recorded(at, session.session_id, use.lesson, use.contribution, withheld=use.withheld)
        )
        if use.outcome is not None:
            events.append(scribe.strategy_outcome(at, session.session_id, use.lesson, session.context, use.outcome))
    return events


def _fitting(lessons: Sequence[Lesson], scope: types.Scope) -> list[Lesson]:
    return [lesson for lesson in lessons if lesson.scope["level"] != "project" or lesson.scope == scope]


def _given(chance: Random, lessons: Sequence[Lesson]) -> list[Lesson]:
    """A few different lessons, the appealing ones more often; the more is known, the more is given."""
    # Weighted choice without replacement: the largest of random ** (1 / weight).
    drawn = sorted(lessons, key=lambda lesson: chance.random() ** (1 / lesson.appeal), reverse=True)
    return drawn[: chance.randint(1, min(MOST_LESSONS_GIVEN, 1 + len(lessons) // 4))]


def _use(chance: Random, lesson: Lesson, *, tried: bool = False) -> Use:
    if chance.random() < WITHHELD_SHARE:
        return Use(lesson, withheld=True, contribution=None, outcome=None)
    if chance.random() > ACTIVATED_SHARE:
        return Use(lesson, withheld=False, contribution=None, outcome=None)
    contribution = min(max(lesson.effect + chance.gauss(0, 0.15), -1.0), 1.0)
    if not tried and chance.random() > OUTCOME_SHARE:
        return Use(lesson, withheld=False, contribution=contribution, outcome=None)
    variant = lesson.best if chance.random() < BEST_VARIANT_SHARE else chance.choice(VARIANTS)
    fit = 0.25 if variant == lesson.best else -0.3
    return Use(lesson, withheld=False, contribution=contribution, outcome=(variant, contribution + fit))
