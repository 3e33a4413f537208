"""What happened in the 90 days before the demo was started."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Final

from groove_dashboard.demo.cast import COMPONENTS, DEPRECATED, HURTING, LESSONS, PARAMETERS
from groove_dashboard.demo.sessions import judge, simulate, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from groove_dashboard.demo.facts import Scribe
    from groove_dashboard.messages import types

HISTORY_DAYS: Final = 90
BUSY_DAYS_OF_SEVEN: Final = 5
UNASSESSED_SHARE: Final = 0.12
DAYS_BETWEEN_PARAMETERS: Final = 3

# Days of the history on which an experiment with a lesson began and ended; one without an end goes on.
EXPERIMENTS: Final[dict[str, tuple[int, int | None]]] = {
    "tests-first": (10, 24),
    "snake-case": (14, 30),
    "decimal-money": (18, 33),
    DEPRECATED: (30, 44),
    "utc-only": (36, 50),
    "grep-before-edit": (45, 62),
    HURTING: (58, 74),
    "no-sleep-in-tests": (66, 81),
    "checkout-fixtures": (78, None),
    "idempotent-webhooks": (83, None),
}

# Day of the history, lesson, what the pipeline thought of it then.
VERDICTS: Final[tuple[tuple[int, str, types.LearningStatus, str], ...]] = (
    (40, DEPRECATED, "under_review", "Sessions with it score lower than those without"),
    (46, DEPRECATED, "deprecated", "The experiment without it confirmed that it hurts"),
)

# A part of the pipeline that was not well, on that day of the history, and what it said.
TROUBLES: Final[dict[tuple[types.Component, int], tuple[types.ReportedStatus, str]]] = {
    ("strategy", 48): ("degraded", "Weights are older than a day: the night job was late"),
    ("extraction", 66): ("degraded", "The model answers slowly; 14 sessions are waiting"),
    ("extraction", 67): ("error", "The model cannot be reached"),
    ("extraction", 68): ("ok", "Caught up with 61 waiting sessions"),
    ("attribution", 83): ("degraded", "3 sessions without a baseline were left out"),
}
GOOD_NEWS: Final[dict[types.Component, str]] = {
    "assessment": "Every finished session is judged",
    "extraction": "No session is waiting",
    "attribution": "Contributions are up to date",
    "strategy": "Weights are up to date",
}


def history(scribe: Scribe, now: datetime) -> Iterator[types.IngestEvent]:
    """Every fact of the 90 UTC days that end with today's, up to `now`, oldest first.

    Ids count from the first of those days, whatever its date. So a later start tells the same facts again, which
    keep the times of the first, and adds at most what the first was too early for on its own day.
    """
    first = now.astimezone(UTC).date() - timedelta(days=HISTORY_DAYS - 1)
    for index in range(HISTORY_DAYS):
        facts = chain(
            _lessons(scribe, first, index),
            _sessions(scribe, first, index),
            _parameters(scribe, first, index),
            _reports(scribe, first, index),
        )
        yield from (event for at, event in sorted(facts, key=lambda fact: fact[0]) if at <= now)


def _lessons(scribe: Scribe, first: date, index: int) -> Iterator[tuple[datetime, types.IngestEvent]]:
    """What the pipeline learned, and what it found out about what it had learned."""
    at = _at(first, index, hour=6)
    for lesson in LESSONS:
        if lesson.day == index:
            yield at, scribe.learning_extracted(at, lesson)
        began, ended = EXPERIMENTS.get(lesson.key, (None, None))
        if began == index:
            yield at, scribe.ablation_started(at, lesson)
        if ended == index:
            yield at, scribe.ablation_completed(at, lesson)
        for day, key, status, reason in VERDICTS:
            if (day, key) == (index, lesson.key):
                yield at, scribe.status_changed(at, lesson, status, reason)


def _sessions(scribe: Scribe, first: date, index: int) -> Iterator[tuple[datetime, types.IngestEvent]]:
    """Three to seven sessions a day, up to two on two days of seven; a few are never judged."""
    chance = scribe.chance(f"day/{index}")
    lessons = [lesson for lesson in LESSONS if lesson.day <= index and not _is_out(lesson.key, index)]
    for number in range(chance.randint(3, 7) if (index + 2) % 7 < BUSY_DAYS_OF_SEVEN else chance.randint(0, 2)):
        began = _at(first, index, hour=7, minutes=chance.randint(0, 12 * 60))
        ended = began + timedelta(minutes=chance.randint(6, 90))
        session = simulate(scribe, f"day-{index + 1}-{number + 1}", lessons)
        yield from ((began, event) for event in start(scribe, session, began))
        if chance.random() > UNASSESSED_SHARE:
            yield from ((ended, event) for event in judge(scribe, session, ended))


def _parameters(scribe: Scribe, first: date, index: int) -> Iterator[tuple[datetime, types.IngestEvent]]:
    at = _at(first, index, hour=2)
    if index % DAYS_BETWEEN_PARAMETERS == 0:
        for name, _, _ in PARAMETERS:
            value = swing(scribe, name, index // DAYS_BETWEEN_PARAMETERS)
            yield at, scribe.param_updated(at, name, value, occasion=f"day-{index + 1}")


def _reports(scribe: Scribe, first: date, index: int) -> Iterator[tuple[datetime, types.IngestEvent]]:
    at = _at(first, index, hour=3)
    for component in COMPONENTS:
        status, message = TROUBLES.get((component, index), ("ok", GOOD_NEWS[component]))
        yield at, scribe.component_reported(at, component, status, message, occasion=f"day-{index + 1}")


def swing(scribe: Scribe, name: str, step: int) -> float:
    """The value of a parameter at a step of its life: it swings about its middle, with some noise."""
    middle, period = next((middle, period) for known, middle, period in PARAMETERS if known == name)
    noise = scribe.chance(f"swing/{name}/{step}").gauss(0, 0.015)
    return middle * (1 + 0.18 * math.sin(2 * math.pi * step / period) + noise)


def _is_out(key: str, index: int) -> bool:
    """Whether the pipeline had stopped injecting that lesson by that day."""
    return any(known == key and day <= index for day, known, _, _ in VERDICTS)


def _at(first: date, index: int, *, hour: int, minutes: int = 0) -> datetime:
    return datetime.combine(first + timedelta(days=index), time(hour), UTC) + timedelta(minutes=minutes)
