"""The measurements, in the order in which they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from benchmarks.data.databases import check_room, make, running_server, settings_of, tables_of
from benchmarks.data.reads import measure_reads
from benchmarks.data.results import Results
from benchmarks.data.writes import measure_writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.data.plan import Plan


@dataclass(frozen=True, slots=True)
class Measured:
    """The results, and what the server took for them."""

    results: Results
    server_cpu_seconds: float


async def measure(plan: Plan, tell: Callable[[str], object]) -> Measured:
    """Measure everything; `tell` is given a line about what is being done. Raises Failed and StoreError."""
    check_room(plan)
    results = Results()
    async with running_server() as server:
        results.settings = await settings_of(server)
        now = datetime.now(UTC)
        databases: dict[str, str] = {}
        for size in plan.sizes:
            url, filled = await make(server, size, plan, now, tell)
            databases[size.name] = url
            results.fills.append(filled)
            results.tables += await tables_of(url, size)
        results.reads = await measure_reads(databases, plan, now, tell)
        results.writes = await measure_writes(databases, plan, now, tell)
        cpu_seconds = server.cpu_seconds()
    results.tables.sort(key=lambda one: one.name)
    return Measured(results, cpu_seconds)
