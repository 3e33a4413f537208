"""Store what events say and what people decide, and tell everybody what changed.

A request is stored in one transaction, perhaps together with others that waited.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from uuid import UUID

from groove_dashboard.ingest.batches import Batches
from groove_dashboard.ingest.events import RecordsGivenUp
from groove_dashboard.store.changes import Change, FactKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import IngestEvent
    from groove_dashboard.store.database import Database
    from groove_dashboard.store.learnings import Decision
    from groove_dashboard.store.stores import Stores

SetStatus: TypeAlias = Literal["enable_learning", "disable_learning"]

DECISIONS: Final[Mapping[SetStatus, Decision]] = {"enable_learning": "enabled", "disable_learning": "disabled"}
KINDS: Final[Mapping[str, FactKind]] = {
    "learning_extracted": "learning",
    "learning_status_changed": "learning",
    "learning_deleted": "learning",
    "session_started": "session",
    "session_assessed": "session",
    "attribution_recorded": "attribution",
    "ablation_updated": "ablation",
    "strategy_outcome": "strategy_outcome",
    "adaptive_param_updated": "adaptive_param",
    "component_reported": "component_report",
}

MOST_MONTHS: Final = 1000
"""Months that a process remembers to have tables; pipelines whose clocks are wrong could name any number."""


class UnknownLearning(Exception):
    """A person acted on a learning that was never extracted, or is deleted."""

    def __init__(self, learning_id: str) -> None:
        self.learning_id = learning_id
        super().__init__("There is no such learning.")


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """How many events were stored now, and how many were known before or repeated in the request."""

    accepted: int
    duplicates: int


class Ingest:
    """Writes facts. `clock` dates what people decide; `on_commit` is called after each commit that changed something.

    All methods raise DatabaseUnavailable; where that happens, repeating the call does no harm.
    """

    def __init__(self, db: Database, clock: Callable[[], datetime], on_commit: Callable[[], None]) -> None:
        self._db = db
        self._clock = clock
        self._on_commit = on_commit
        self._batches = Batches(self._write)
        self._months: set[date] = set()

    async def apply(self, events: Sequence[IngestEvent], size: int = 0) -> IngestOutcome:
        """Store the events, all of them or none; an event that is known by its id changes nothing.

        `size` is how many bytes they came in, which bounds what waits.

        Raises RecordsGivenUp where a record that is not known is of a time whose records have been given up.
        """
        if not events:
            return IngestOutcome(accepted=0, duplicates=0)
        return await self._batches.add(events, size)

    async def _write(self, requests: Sequence[Sequence[IngestEvent]]) -> list[IngestOutcome]:
        """Store the events of several requests in one transaction; of events with one id the first counts."""
        first = _first_of_each(requests)
        await self._make_months(first.values())
        claimed = await self._db.run(lambda stores: self._store(stores, first, requests))
        if claimed:
            self._on_commit()
        return list(_outcomes(requests, claimed))

    async def _make_months(self, events: Iterable[IngestEvent]) -> None:
        """See to it that the months have tables from which this process has not stored a record yet."""
        named = {event["occurred_at"][: len("yyyy-mm")] for event in events if event["type"] == "attribution_recorded"}
        months = {date.fromisoformat(f"{month}-01") for month in named} - self._months
        if months:
            await self._db.run(lambda stores: stores.attributions.make_months(months))
            self._months = (self._months | months) if len(self._months) < MOST_MONTHS else months

    async def set_learning_status(self, learning_id: str, action: SetStatus) -> None:
        """A person enables or disables a learning, whatever it was before. Raises UnknownLearning."""

        async def work(stores: Stores) -> None:
            await _require(stores, learning_id)
            await stores.learnings.decide(learning_id, DECISIONS[action], self._clock())
            await stores.changes.record([Change("learning", frozenset({learning_id}))])

        await self._db.run(work)
        self._on_commit()

    async def delete_learning(self, learning_id: str) -> None:
        """A person deletes a learning for good. Raises UnknownLearning, also where it is deleted already."""

        async def work(stores: Stores) -> None:
            await _require(stores, learning_id)
            await stores.attributions.hold([learning_id], (), ())
            await stores.learnings.delete([learning_id], self._clock())
            await stores.changes.record([Change("learning", frozenset({learning_id}))])

        await self._db.run(work)
        self._on_commit()

    async def _store(
        self, stores: Stores, first: Mapping[str, IngestEvent], requests: Sequence[Sequence[IngestEvent]]
    ) -> set[str]:
        """Store those of the events that are new, and return their ids.

        All writers take what they share in one order, or two of them could wait for each other: the ids of events,
        experiments, learnings, the spans of sessions, the weeks, sessions; at last the rows that are about everything.
        """
        claimed = await stores.events.claim(list(first.values()))
        new = [event for event_id, event in first.items() if event_id in claimed]
        await _refuse_given_up(stores, new, requests)
        learnings = _learnings_by_kind(new)
        await _hold(stores, set().union(*learnings.values()), new)
        await _store_health(stores, new)
        await _store_evidence(stores, new)
        await _store_sessions(stores, new)
        await _store_learnings(stores, new, self._clock())
        await _store_outcomes(stores, new)
        await stores.changes.record([Change(kind, frozenset(ids) or None) for kind, ids in learnings.items()])
        return claimed


async def _refuse_given_up(
    stores: Stores, new: Iterable[IngestEvent], requests: Sequence[Sequence[IngestEvent]]
) -> None:
    """Raise RecordsGivenUp, with places in the request, where new records are too late.

    Where there are several requests the places mean nothing: they are written again one by one.
    """
    recorded = [event for event in new if event["type"] == "attribution_recorded"]
    horizon = await stores.attributions.horizon() if recorded else None
    if horizon is None:
        return
    # Both are written in UTC, the year first.
    late = {event["event_id"] for event in recorded if event["occurred_at"] < f"{horizon}"}
    if late:
        sent = enumerate(event for events in requests for event in events)
        raise RecordsGivenUp.before(horizon, (index for index, event in sent if event["event_id"] in late))


def _first_of_each(requests: Iterable[Iterable[IngestEvent]]) -> dict[str, IngestEvent]:
    first: dict[str, IngestEvent] = {}
    for events in requests:
        for event in events:
            first.setdefault(event["event_id"], event)
    return first


def _outcomes(requests: Iterable[Sequence[IngestEvent]], claimed: Collection[str]) -> Iterator[IngestOutcome]:
    """An event that several requests hold was stored by the first of them."""
    left = set(claimed)
    for events in requests:
        accepted = {event["event_id"] for event in events} & left
        left -= accepted
        yield IngestOutcome(len(accepted), duplicates=len(events) - len(accepted))


async def _hold(stores: Stores, learnings: Collection[str], events: Sequence[IngestEvent]) -> None:
    experiments = {event["experiment_id"] for event in events if event["type"] == "ablation_updated"}
    recorded = [event for event in events if event["type"] == "attribution_recorded"]
    await stores.attributions.hold(learnings, experiments, recorded)


async def _require(stores: Stores, learning_id: str) -> None:
    try:
        UUID(learning_id)
    except ValueError:
        raise UnknownLearning(learning_id) from None
    if not await stores.learnings.is_known(learning_id):
        raise UnknownLearning(learning_id)


async def _store_learnings(stores: Stores, events: Sequence[IngestEvent], now: datetime) -> None:
    if extracted := [event for event in events if event["type"] == "learning_extracted"]:
        await stores.learnings.extract(extracted)
    if changed := [event for event in events if event["type"] == "learning_status_changed"]:
        await stores.learnings.change_status(changed)
    if deleted := [event["learning_id"] for event in events if event["type"] == "learning_deleted"]:
        await stores.learnings.delete(deleted, now)


async def _store_sessions(stores: Stores, events: Sequence[IngestEvent]) -> None:
    if told := [event for event in events if event["type"] in ("session_started", "session_assessed")]:
        await stores.sessions.keep(told)


async def _store_evidence(stores: Stores, events: Sequence[IngestEvent]) -> None:
    if recorded := [event for event in events if event["type"] == "attribution_recorded"]:
        await stores.attributions.record(recorded)
    if updated := [event for event in events if event["type"] == "ablation_updated"]:
        await stores.attributions.update_ablations(updated)


async def _store_outcomes(stores: Stores, events: Sequence[IngestEvent]) -> None:
    if outcomes := [event for event in events if event["type"] == "strategy_outcome"]:
        await stores.strategies.record_outcomes(outcomes)


async def _store_health(stores: Stores, events: Sequence[IngestEvent]) -> None:
    if tuned := [event for event in events if event["type"] == "adaptive_param_updated"]:
        await stores.health.update_params(tuned)
    if reported := [event for event in events if event["type"] == "component_reported"]:
        await stores.health.report(reported)


def _learnings_by_kind(events: Sequence[IngestEvent]) -> dict[FactKind, set[str]]:
    """The kinds of facts that there are, and which learnings they are about; none where they are about no learning."""
    ids: dict[FactKind, set[str]] = {}
    for event in events:  # no `match`: it takes ten times as long
        of_kind = ids.setdefault(KINDS[event["type"]], set())
        if event["type"] == "learning_extracted":
            of_kind.add(event["learning"]["id"])
        elif "learning_id" in event:
            of_kind.add(event["learning_id"])
    return ids
