"""Store what events say and what people decide, each request in one transaction, and tell everybody what changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from uuid import UUID

from groove_dashboard.store.changes import Change, FactKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
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
        # One writer a process: more would only wait for each other, each holding a connection that readers need.
        self._turn = asyncio.Lock()

    async def apply(self, events: Sequence[IngestEvent]) -> IngestOutcome:
        """Store the events, all of them or none; an event that is known by its id changes nothing."""
        if not events:
            return IngestOutcome(accepted=0, duplicates=0)
        async with self._turn:
            accepted = await self._db.run(lambda stores: self._store(stores, events))
        if accepted:
            self._on_commit()
        return IngestOutcome(accepted, duplicates=len(events) - accepted)

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
            await stores.learnings.delete([learning_id], self._clock())
            await stores.changes.record([Change("learning", frozenset({learning_id}))])

        await self._db.run(work)
        self._on_commit()

    async def _store(self, stores: Stores, events: Sequence[IngestEvent]) -> int:
        await stores.events.take_turn()
        first: dict[str, IngestEvent] = {}
        for event in events:
            first.setdefault(event["event_id"], event)
        claimed = await stores.events.claim(list(first.values()))
        new = [event for event_id, event in first.items() if event_id in claimed]
        await _store_learnings(stores, new, self._clock())
        await _store_sessions(stores, new)
        await _store_evidence(stores, new)
        await _store_health(stores, new)
        await stores.changes.record(_changes(new))
        return len(new)


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
    if started := [event for event in events if event["type"] == "session_started"]:
        await stores.sessions.start(started)
    if assessed := [event for event in events if event["type"] == "session_assessed"]:
        await stores.sessions.assess(assessed)


async def _store_evidence(stores: Stores, events: Sequence[IngestEvent]) -> None:
    if recorded := [event for event in events if event["type"] == "attribution_recorded"]:
        await stores.attributions.record(recorded)
    if updated := [event for event in events if event["type"] == "ablation_updated"]:
        await stores.attributions.update_ablations(updated)
    if outcomes := [event for event in events if event["type"] == "strategy_outcome"]:
        await stores.strategies.record_outcomes(outcomes)


async def _store_health(stores: Stores, events: Sequence[IngestEvent]) -> None:
    if tuned := [event for event in events if event["type"] == "adaptive_param_updated"]:
        await stores.health.update_params(tuned)
    if reported := [event for event in events if event["type"] == "component_reported"]:
        await stores.health.report(reported)


def _changes(events: Sequence[IngestEvent]) -> list[Change]:
    ids: dict[FactKind, set[str]] = {}
    for event in events:
        ids.setdefault(KINDS[event["type"]], set()).update(_learning_ids(event))
    return [Change(kind, frozenset(some) or None) for kind, some in ids.items()]


def _learning_ids(event: IngestEvent) -> tuple[str, ...]:
    match event:
        case {"learning": {"id": str(learning_id)}} | {"learning_id": str(learning_id)}:
            return (learning_id,)
        case _:
            return ()
