"""How many events the real ingest takes, from one writer and from several at once."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from benchmarks.data.events import batches
from benchmarks.data.results import Write
from benchmarks.figures import percentile, quartiles
from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.store.connection import close, connect
from groove_dashboard.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from benchmarks.data.plan import Load, Plan
    from groove_dashboard.messages.types import IngestEvent

POOL_SIZE: Final = 8
COMMAND_SECONDS: Final = 60.0
TURN_EVENTS: Final = 10_000
"""That a writer has ready when a turn begins; they are made while the clock stands still."""
TURN_SECONDS: Final = 0.5
LEAST_TURNS: Final = 2
OLDEST_FIRST: Final = """
select id
from learning
order by created_at
"""


async def measure_writes(
    databases: Mapping[str, str], plan: Plan, now: datetime, tell: Callable[[str], object]
) -> list[Write]:
    """Each load of the plan into every database (URL by size)."""
    writes = []
    for size, url in databases.items():
        learnings = await _learnings(url)
        database = await Database.connect(url, max_size=POOL_SIZE, command_timeout=COMMAND_SECONDS)
        try:
            ingest = Ingest(database, lambda: now, lambda: None)
            for load in plan.loads:
                tell(f"{size}: events from {load.writers} at once, {load.batch} each time, of {load.days:.2g} days")
                sources = [
                    batches(f"{plan.seed}/{size}/{load}/{writer}", learnings, now, load.batch, load.days)
                    for writer in range(load.writers)
                ]
                await ingest.apply(next(sources[0]))  # the statements are prepared
                writes.append(await _measure(ingest, sources, size, load, plan.write_seconds))
        finally:
            await database.close()
    return writes


async def _measure(
    ingest: Ingest, sources: list[Iterator[list[IngestEvent]]], size: str, load: Load, seconds: float
) -> Write:
    """The writers write until the time is over, in turns, before each of which their batches are made."""
    taken: list[float] = []
    rates: list[float] = []
    elapsed = 0.0
    while elapsed < seconds or len(rates) < LEAST_TURNS:
        ready = [[next(source) for _ in range(max(1, TURN_EVENTS // load.batch))] for source in sources]
        before = len(taken)
        begun = time.perf_counter()
        await asyncio.gather(*(_write(ingest, some, begun + TURN_SECONDS, taken) for some in ready))
        turn = time.perf_counter() - begun
        rates.append(load.batch * (len(taken) - before) / turn)
        elapsed += turn
    return Write(
        size=size,
        batch=load.batch,
        writers=load.writers,
        days=load.days,
        events=load.batch * len(taken),
        per_second=quartiles(rates),
        p50=percentile(taken, 0.5),
        p95=percentile(taken, 0.95),
    )


async def _write(ingest: Ingest, some: list[list[IngestEvent]], until: float, taken: list[float]) -> None:
    """Note how long each batch takes; at least one is written."""
    for events in some:
        begun = time.perf_counter()
        await ingest.apply(events)
        ended = time.perf_counter()
        taken.append(ended - begun)
        if ended >= until:
            return


async def _learnings(url: str) -> list[str]:
    connection = await connect(url, "groove-dashboard-bench", command_timeout=COMMAND_SECONDS)
    try:
        return [row["id"] for row in await connection.fetch(OLDEST_FIRST)]
    finally:
        await close(connection)
