"""What is ingested: sessions, one after the other, each with its records and outcomes; the same for the same seed."""

from __future__ import annotations

from datetime import timedelta
from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from groove_dashboard.messages.timestamps import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import IngestEvent

RECORDS: Final = 20
"""Of a session; a quarter of them has an outcome too."""
OUTCOMES: Final = 5
FRACTION_BITS: Final = 12
CONTEXTS: Final = ("interactive", "batch", "code_review", "planning")
VARIANTS: Final = ("main_context", "subagent", "background_subagent", "deferred")


def batches(
    seed: str, learnings: Sequence[str], until: datetime, size: int, days: float
) -> Iterator[list[IngestEvent]]:
    """Endlessly many, of so many events each; all happened in the days before that moment (aware)."""
    events = _events(seed, learnings, until, timedelta(days=days))
    while True:
        yield list(islice(events, size))


def _events(seed: str, learnings: Sequence[str], until: datetime, within: timedelta) -> Iterator[IngestEvent]:
    chance = Random(seed)  # noqa: S311 - a load, not a secret
    ticks = count(int(until.timestamp() * 1000) << FRACTION_BITS)
    while True:
        began = until - chance.random() * within
        yield from (_event(_event_id(chance, next(ticks)), began, fields) for fields in _session(chance, learnings))


def _session(chance: Random, learnings: Sequence[str]) -> Iterator[dict[str, Any]]:
    session_id = str(_uuid(chance))
    project = {"level": "project", "name": chance.choice(("storefront", "ledger", "search", "mailer"))}
    yield {"type": "session_started", "session_id": session_id, "scope": project, "title": "Speed up the import"}
    score = round(chance.random(), 3)
    yield {"type": "session_assessed", "session_id": session_id, "outcome": "partial", "score": score}
    context = chance.choice(CONTEXTS)
    for place, learning_id in enumerate(_chosen(chance, learnings)):
        activated = chance.random() < 0.6  # noqa: PLR2004 - as often as in the history
        judged = {"session_id": session_id, "learning_id": learning_id, "confidence": round(chance.random(), 3)}
        contribution = round(chance.uniform(-0.5, 1), 3) if activated else 0.0
        yield {"type": "attribution_recorded", **judged, "activated": activated, "contribution": contribution}
        if place < OUTCOMES:
            tried = {"context_type": context, "variant": chance.choice(VARIANTS), "value": contribution}
            yield {"type": "strategy_outcome", **judged, **tried}


def _chosen(chance: Random, learnings: Sequence[str]) -> list[str]:
    """Different ones; the first are preferred, as in the history."""
    found: dict[str, None] = {}
    while len(found) < min(RECORDS, len(learnings)):
        found[learnings[int(len(learnings) * chance.random() ** 2)]] = None
    return list(found)


def _event(event_id: UUID, at: datetime, fields: dict[str, Any]) -> IngestEvent:
    return cast("IngestEvent", {"event_id": str(event_id), "occurred_at": timestamp(at), **fields})


def _event_id(chance: Random, tick: int) -> UUID:
    """Of version 7, as the client gives it: by a time in 4096ths of a millisecond, so that ids grow."""
    milliseconds, fraction = divmod(tick, 1 << FRACTION_BITS)
    return UUID(int=(milliseconds << 16 | 7 << 12 | fraction) << 64 | 2 << 62 | chance.getrandbits(62))


def _uuid(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
