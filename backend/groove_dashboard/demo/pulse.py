"""What happens while the demo runs: the facts of one second."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from groove_dashboard.demo.cast import COMPONENTS, FINDS, HURTING, LESSONS, PARAMETERS, Lesson
from groove_dashboard.demo.history import GOOD_NEWS, VERDICTS, swing
from groove_dashboard.demo.sessions import Session, judge, simulate, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from groove_dashboard.demo.facts import Scribe
    from groove_dashboard.messages import types

SESSION_EVERY: Final = 5
SESSION_SECONDS: Final = 12
REPORT_EVERY: Final = 3
PARAMETER_EVERY: Final = 15
FIND_EVERY: Final = 180
TRIAL_FINDS: Final = 2
"""The newest so many finds are on trial, long enough for most to have a strategy of their own then."""
USED_FINDS: Final = 3
"""The newest so many are injected; the others have had their time."""
KEPT_FINDS: Final = 7
"""One that is older is deleted, when no recent session shows it any more, so that there are never more."""
EXPERIMENT_EVERY: Final = 600
CYCLE: Final = 300
"""Seconds after which the stories of review and of trouble begin anew."""

REVIEW: Final = range(60, 240)
"""Seconds of the cycle in which the lesson that hurts is under review and not injected."""
TROUBLE: Final[tuple[tuple[range, types.ReportedStatus, str], ...]] = (
    (range(120, 150), "degraded", "Waiting for baselines; contributions lag by a minute"),
    (range(150, 165), "error", "The baseline store does not answer"),
    (range(165, 190), "degraded", "The baseline store is back; catching up"),
)
"""What the attribution says in those seconds of the cycle."""


def pulse(scribe: Scribe, second: int) -> list[types.IngestEvent]:
    """The facts of that second (whole seconds since 1970), none on some; the same whenever it is asked."""
    at = datetime.fromtimestamp(second, UTC)
    return [
        event for every, phase, happen in SCHEDULE if second % every == phase for event in happen(scribe, second, at)
    ]


def _start_session(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    return start(scribe, _session(scribe, second), at)


def _judge_session(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    return judge(scribe, _session(scribe, second - SESSION_SECONDS), at)


@lru_cache(maxsize=2 + SESSION_SECONDS // SESSION_EVERY)  # it is asked for when it starts and when it ends
def _session(scribe: Scribe, began: int) -> Session:
    out = HURTING if began % CYCLE in REVIEW else None
    lessons = [lesson for lesson in _IN_USE if lesson.key != out]
    finds = [_found(began - ago * FIND_EVERY) for ago in range(1, 1 + USED_FINDS)]
    return simulate(scribe, f"live-{began}", lessons + finds[TRIAL_FINDS:], finds[:TRIAL_FINDS])


def _report(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    component = COMPONENTS[second // REPORT_EVERY % len(COMPONENTS)]
    status, message = _state(component, second)
    return [scribe.component_reported(at, component, status, message, occasion=str(second))]


def _state(component: types.Component, second: int) -> tuple[types.ReportedStatus, str]:
    if component == "attribution":
        for when, status, message in TROUBLE:
            if second % CYCLE in when:
                return status, message
    return "ok", GOOD_NEWS[component]


def _tune(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    step = second // PARAMETER_EVERY
    name, _, _ = PARAMETERS[step % len(PARAMETERS)]
    return [scribe.param_updated(at, name, swing(scribe, name, step // len(PARAMETERS)), occasion=str(second))]


def _find(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    return [
        scribe.learning_extracted(at, _found(second)),
        scribe.learning_deleted(at, _found(second - KEPT_FINDS * FIND_EVERY)),
    ]


def _found(second: int) -> Lesson:
    """What is found in that period of FIND_EVERY seconds: each time another learning, whose words come back."""
    number = second // FIND_EVERY
    lesson = FINDS[number % len(FINDS)]
    return replace(lesson, key=f"{lesson.key}-{number}")


def _review(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    reason = "Sessions that use it end worse than those that do not"
    return [scribe.status_changed(at, _HURTING, "under_review", reason, occasion=str(second))]


def _acquit(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    return [scribe.status_changed(at, _HURTING, "active", "Reworded; it gets another try", occasion=str(second))]


def _start_experiment(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    number = second // EXPERIMENT_EVERY
    return [scribe.ablation_started(at, _IN_USE[number % len(_IN_USE)], occasion=str(number))]


def _complete_experiment(scribe: Scribe, second: int, at: datetime) -> list[types.IngestEvent]:
    number = second // EXPERIMENT_EVERY
    return [scribe.ablation_completed(at, _IN_USE[number % len(_IN_USE)], occasion=str(number))]


_IN_USE: Final = [lesson for lesson in LESSONS if lesson.key not in {key for _, key, _, _ in VERDICTS}]
_HURTING: Final = next(lesson for lesson in LESSONS if lesson.key == HURTING)

SCHEDULE: Final[tuple[tuple[int, int, Callable[[Scribe, int, datetime], list[types.IngestEvent]]], ...]] = (
    # Every so many seconds, at that second of them, this happens.
    (SESSION_EVERY, 0, _start_session),
    (SESSION_EVERY, SESSION_SECONDS % SESSION_EVERY, _judge_session),
    (REPORT_EVERY, 1, _report),
    (PARAMETER_EVERY, 3, _tune),
    (FIND_EVERY, 94, _find),
    (CYCLE, REVIEW.start, _review),
    (CYCLE, REVIEW.stop, _acquit),
    (EXPERIMENT_EVERY, 100, _start_experiment),
    (EXPERIMENT_EVERY, 400, _complete_experiment),
)
