"""Random histories for the judge: what pipelines send and people do, in any order, and the moment of looking at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final, get_args

from groove_dashboard.messages.types import ReportedStatus
from tests.oracle.arithmetic import DAY, midnight
from tests.oracle.events import (
    CLOSE_SCORES,
    DAYS_AGO,
    FRACTIONS,
    LATE_TIMES,
    LEARNING_IDS,
    NAMES,
    SESSION_IDS,
    TIMES_OF_DAY,
    EventMaker,
    World,
)
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


@dataclass(frozen=True, slots=True)
class Midnight:
    """The periods that are kept summed up are made to end with a day."""

    today: date


@dataclass(frozen=True, slots=True)
class GivingUp:
    """Records are given up that are older than so many days, in whole months."""

    keep: timedelta
    at: datetime

    @property
    def horizon(self) -> datetime:
        """The first moment of the months that are kept."""
        return midnight(self.at - self.keep).replace(day=1)


Step = Batch | Decision
Upkeep = Midnight | GivingUp


@dataclass(frozen=True, slots=True)
class History:
    """What arrives, step by step, and the moment at which one looks at it."""

    steps: tuple[Step | Upkeep, ...]
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


def with_upkeep(history: History, random: Random) -> History:
    """The history with what servers and operators do to the database in between."""
    return History(tuple(interleaved(random, history.steps, random_upkeep(random, history.now))), history.now)


def random_events(random: Random, world: World) -> list[IngestEvent]:
    maker = EventMaker(world, random.choice)
    return [maker.event() for _ in range(random.randint(10, 150))]


def random_world(random: Random, now: datetime) -> World:
    """A world of 1 to 6 learnings and 1 to 8 sessions; some are all fresh, some are busy in the last two weeks."""
    learning_ids = LEARNING_IDS[: random.randint(1, 6)]
    world = World(
        now=now,
        days_ago=random.sample(DAYS_AGO, random.randint(1, 12)),
        times_of_day=random.sample(TIMES_OF_DAY, random.randint(1, len(TIMES_OF_DAY))),
        learning_ids=learning_ids,
        doomed_ids=random.sample(learning_ids, 1),
        session_ids=SESSION_IDS[: random.randint(1, 8)],
        experiment_ids=("e1", "e2", "E", "\u00e9")[: random.randint(1, 4)],
        names=NAMES[: random.randint(1, 4)],
        statuses=get_args(ReportedStatus),
        scores=FRACTIONS,
    )
    kind = random.random()
    if kind < 0.2:
        return replace(world, days_ago=(0, -1), times_of_day=LATE_TIMES, statuses=("ok",))
    if kind < 0.5:
        many = SESSION_IDS[: random.randint(6, 20)]
        return replace(world, days_ago=range(14), session_ids=many, statuses=("ok", "degraded"), scores=CLOSE_SCORES)
    return world


def random_decisions(random: Random, world: World) -> list[Decision]:
    """What people might do, one after the other; some of it at moments at which events occur too."""
    days = {*world.days_ago, 1}
    times = [midnight(world.now) - DAY * day + time for day in days for time in world.times_of_day]
    actions: Sequence[PersonAction] = (*("enable_learning", "disable_learning") * 4, "delete_learning")
    return [
        Decision(random.choice(actions), random.choice(world.learning_ids), at)
        for at in sorted(set(random.choices(times, k=random.randint(0, 8))))
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


def random_upkeep(random: Random, now: datetime) -> list[Upkeep]:
    """What servers and operators might do about it, at times or never, on the day itself or on others."""
    steps: list[Upkeep] = [
        Midnight((now + random.choice((0, 0, 0, -1, 1, 5, -40)) * DAY).date())
        for _ in range(random.choice((0, 1, 1, 4)))
    ]
    if random.random() < 0.3:
        keeps = random.sample((31, 60, 92, 200, 366, 400), random.choice((1, 1, 2)))
        steps.extend(GivingUp(timedelta(days=days), now) for days in sorted(keeps, reverse=True))
    return random.sample(steps, len(steps))


def interleaved(random: Random, some: Sequence[Step | Upkeep], others: Sequence[Step | Upkeep]) -> list[Step | Upkeep]:
    """Both, each in its own order."""
    places = sorted(random.choices(range(1, len(some) + 1), k=len(others)))
    steps: list[Step | Upkeep] = list(some)
    for shift, (place, other) in enumerate(zip(places, others, strict=True)):
        steps.insert(place + shift, other)
    return steps


def crowded_history(seed: int) -> History:
    """A history of so many learnings, sessions and reports that every limit of every list is reached."""
    random = Random(seed)
    now = random.choice(MOMENTS)
    world = World(
        now=now,
        days_ago=DAYS_AGO,
        times_of_day=TIMES_OF_DAY,
        # a few learnings get most of the events, so that they are specialized
        learning_ids=(*LEARNING_IDS, *LEARNING_IDS[:3] * 15),
        doomed_ids=LEARNING_IDS[10:15],
        session_ids=SESSION_IDS,
        experiment_ids=tuple(f"experiment {number}" for number in range(30)),
        names=NAMES,
        statuses=get_args(ReportedStatus),
        scores=FRACTIONS,
    )
    maker = EventMaker(world, random.choice)
    events = [maker.event() for _ in range(1500)]
    return History(tuple(Batch(tuple(events[start : start + 250])) for start in range(0, 1500, 250)), now)
