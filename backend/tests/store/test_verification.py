"""Roll-ups that are not what the facts say are found and mended, while others write."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

import asyncpg
import pytest

from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.store.verification import STEPS, verify
from tests.oracle.histories import MOMENTS, in_batches, random_events, random_world

if TYPE_CHECKING:
    from groove_dashboard.messages.types import IngestEvent
    from groove_dashboard.store.database import Database

DAMAGES: Final = {
    "learning_total": (
        "update learning_total set records = records + 3, contribution_sum = contribution_sum - 0.1",
        "update learning_total set status = 'deprecated', category = 'solution' where known",
        "update learning_total set known = false, status = null, category = null",
        "update learning_total set ablation_state = null, ablation_value = 0.7, ablation_confidence = 0.8",
        "update learning_total set activated_7 = activated_7 + 1, contribution_sum_90 = contribution_sum_90 + 1",
        "update learning_total set ablation_value_30 = 0.5, ablation_confidence_30 = 0.9",
    ),
    "learning_day": ("update learning_day set activated = activated + 1", "delete from learning_day"),
    "learning_week": ("delete from learning_week", "update learning_week set activated = activated + 1"),
    "attribution_session": ("delete from attribution_session", "update attribution_session set first_at = last_at"),
    "learning_count": ("delete from learning_count", "update learning_count set learnings = -1"),
    "session_day": ("delete from session_day", "update session_day set score_sum = 0, sessions = sessions + 1"),
    "strategy_total": ("delete from strategy_total",),
    "strategy_learning": (
        "update strategy_learning set outcomes = outcomes + 1, sessions = 100",
        "update strategy_learning set known = not known",
        "delete from strategy_learning",
    ),
    "strategy_group": ("update strategy_group set weight = weight + 0.000001",),
    "strategy_session": ("update strategy_session set outcomes = outcomes + 1",),
    "strategy_context": ("update strategy_context set sessions = sessions + 1",),
    "tally": ("delete from tally", "update tally set amount = 5"),
}


def test_every_roll_up_is_compared_and_damaged() -> None:
    assert {comparison.table for step in STEPS for comparison in step} == DAMAGES.keys()


@pytest.fixture
async def damageable(database: Database, database_url: str) -> str:
    """A database with facts of every kind, some of them of one session at two moments."""
    random = Random(8)
    for _ in range(4):
        events = random_events(random, random_world(random, MOMENTS[0]))
        await Ingest(database, lambda: MOMENTS[0], lambda: None).apply(events)
    return database_url


async def test_each_damage_is_told_and_mended(damageable: str) -> None:
    connection = await asyncpg.connect(damageable)
    try:
        for table, damages in DAMAGES.items():
            for damage in damages:
                assert await connection.execute(damage) not in ("UPDATE 0", "DELETE 0"), damage
                found, left = await verify(damageable)
                assert table in {one.table for one in found}, damage
                assert left == found
                assert all(one.kept != one.recomputed for one in found)
                found, left = await verify(damageable, repair=True)
                assert found, damage
                assert left == [], damage
    finally:
        await connection.close()


async def test_all_damages_at_once_are_mended_while_others_write(database: Database, damageable: str) -> None:
    random = Random(9)
    ingest = Ingest(database, lambda: MOMENTS[0], lambda: None)

    async def write() -> None:
        for seed in range(5):
            for batch in in_batches(random, random_events(random, random_world(random, MOMENTS[0]))):
                await ingest.apply([renamed(event, f"{seed}") for event in batch.events])

    connection = await asyncpg.connect(damageable)
    for table, damages in DAMAGES.items():
        if table == "attribution_session":
            continue  # ingest looks there for the record that an event corrects
        await connection.execute(damages[0])
    await connection.close()
    writing = asyncio.create_task(write())
    try:
        await verify(damageable, repair=True)
    finally:
        await writing
    await verify(damageable, repair=True)
    assert await verify(damageable) == ([], [])


def renamed(event: IngestEvent, by: str) -> IngestEvent:
    """The event under an id that no other event has."""
    copied = event.copy()
    copied["event_id"] = str(uuid5(NAMESPACE_URL, f"{by} {event['event_id']}"))
    return copied
