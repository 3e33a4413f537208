"""Random histories for the judge: what pipelines send and people do, in any order, and the moment of looking at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Final, get_args

from groove_dashboard.messages.types import ReportedStatus
from tests.oracle.arithmetic import DAY, midnight
from tests.oracle.events import DAYS_AGO, LEARNING_IDS, NAMES, SESSION_IDS, TIMES_OF_DAY, EventMaker, World
from tests.oracle.facts import Decision, PersonAction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import IngestEvent

# At noon a quarter of an hour ago is the same day; just after midnight it is yesterday, and all periods have moved.
MOMENTS: Final = (
    datetime(2026, 3, 15, 12, tzinfo=UTC),
    datetime(2026, 3, 15, 0, 0, 0, 1, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Events that arrive in one request."""

    events: tuple[IngestEvent, ...]


Step = Batch | Decision


@dataclass(frozen=True, slots=True)
class History:
    """What arrives, step by step, and the moment at which one looks at it."""

    steps: tuple[Step, ...]
    now: datetime

    @property
    def events(self) -> list[IngestEvent]:
        """Every event of every batch, repeats included."""
        return [event for step in self.steps if isinstance(step, Batch) for event in step.events]


def random_history(seed: int) -> History:
    """Events about a few learnings and sessions, some arriving again and again, with people acting in between."""
    random = Random(seed)
    now = random.choice(MOMENTS)
    world = random_world(random, now)
    arriving = with_repeats(random, random_events(random, world))
    steps = interleaved(random, in_batches(random, arriving), random_decisions(random, world))
    return History(tuple(steps), now)


def random_events(random: Random, world: World) -> list[IngestEvent]:
    maker = EventMaker(world, random.choice)
    return [maker.event() for _ in range(random.randint(1, 150))]


def random_world(random: Random, now: datetime) -> World:
    """A world of 1 to 6 learnings and 1 to 8 sessions."""
    learning_ids = LEARNING_IDS[: random.randint(1, 6)]
    return World(
        now=now,
        # in some worlds all is fresh, in others few days are crowded, in others many are not
        days_ago=random.choice(((0, 0, -1), *(random.sample(DAYS_AGO, random.randint(1, 12)) for _ in range(4)))),
        learning_ids=learning_ids,
        doomed_ids=random.sample(learning_ids, 1),
        session_ids=SESSION_IDS[: random.randint(1, 8)],
        experiment_ids=("e1", "e2", "E", "\u00e9")[: random.randint(1, 4)],
        names=NAMES[: random.randint(1, 4)],
        statuses=random.choice((("ok",), ("ok", "degraded"), get_args(ReportedStatus))),
    )


def random_decisions(random: Random, world: World) -> list[Decision]:
    """What people might do, one after the other; some of it at moments at which events occur too."""
    times = [midnight(world.now) - DAY * days + time for days in (-1, 0, 1, 7) for time in TIMES_OF_DAY]
    actions: Sequence[PersonAction] = (*("enable_learning", "disable_learning") * 4, "delete_learning")
    return [
        Decision(random.choice(actions), random.choice(world.learning_ids), at)
        for at in sorted(random.sample(times, random.randint(0, 8)))
    ]


def with_repeats(random: Random, events: Sequence[IngestEvent]) -> list[IngestEvent]:
    """The events shuffled, and some of them again, with another time now and then: what comes first counts."""
    again = random.choices(events, k=random.randint(0, 8)) if events else []
    arriving = [*events, *(random.choice((event, redated(event, random.choice(events)))) for event in again)]
    random.shuffle(arriving)
    return arriving


def redated(event: IngestEvent, other: IngestEvent) -> IngestEvent:
    """The event under its own id at the time of the other."""
    copied = event.copy()
    copied["occurred_at"] = other["occurred_at"]
    return copied


def in_batches(random: Random, events: Sequence[IngestEvent]) -> list[Batch]:
    """The events cut into pieces, some of them perhaps empty."""
    cuts = sorted(random.choices(range(len(events) + 1), k=random.randint(0, 5)))
    return [Batch(tuple(events[start:end])) for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True)]


def interleaved(random: Random, batches: Sequence[Batch], decisions: Sequence[Decision]) -> list[Step]:
    """Both, each in its own order."""
    places = sorted(random.choices(range(1, len(batches) + 1), k=len(decisions)))
    steps: list[Step] = list(batches)
    for shift, (place, decision) in enumerate(zip(places, decisions, strict=True)):
        steps.insert(place + shift, decision)
    return steps


def crowded_history(seed: int) -> History:
    """A history of so many learnings, sessions and reports that every limit of every list is reached."""
    random = Random(seed)
    now = random.choice(MOMENTS)
    world = World(
        now=now,
        days_ago=DAYS_AGO,
        # a few learnings get most of the events, so that they are specialized
        learning_ids=(*LEARNING_IDS, *LEARNING_IDS[:3] * 15),
        doomed_ids=LEARNING_IDS[10:15],
        session_ids=SESSION_IDS,
        experiment_ids=tuple(f"experiment {number}" for number in range(30)),
        names=NAMES,
        statuses=get_args(ReportedStatus),
    )
    maker = EventMaker(world, random.choice)
    events = [maker.event() for _ in range(1500)]
    return History(tuple(Batch(tuple(events[start : start + 250])) for start in range(0, 1500, 250)), now)
