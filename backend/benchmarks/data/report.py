"""The results as tables for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from benchmarks.data.targets import growth, targets
from benchmarks.tables import table
from benchmarks.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.data.plan import Plan
    from benchmarks.data.results import Read, Results
    from benchmarks.machine import Machine


def as_json(results: Results, plan: Plan, machine: Machine) -> dict[str, Any]:
    """Everything that was measured, in seconds and bytes; the names of `targets` tell other units."""
    return {
        "machine": asdict(machine),
        "plan": asdict(plan),
        **asdict(results),
        "targets": [{**asdict(one), "met": one.met} for one in targets(results)],
    }


def as_text(results: Results, plan: Plan, machine: Machine) -> str:
    """The same in tables, with the verdicts at the end."""
    sizes = [size.name for size in plan.sizes]
    parts = [
        ("Databases", _databases(results, plan)),
        ("Reads by the topics' providers, ms p50/p95; the growth is that of p95", _reads(results.reads, sizes)),
        ("The same questions in naive SQL, ms p50/p95", _naive(results.reads, sizes)),
        ("Ingest", _writes(results)),
        ("Bytes on disk, before the ingest", _tables(results)),
        ("Targets", verdicts(targets(results))),
    ]
    settings = ", ".join(f"{name} {value}" for name, value in results.settings.items())
    shown = (f"{title}\n{table(list(rows))}" for title, rows in parts)
    return "\n\n".join([*shown, f"PostgreSQL: {settings}.\n{machine.sentence()}"])


def _databases(results: Results, plan: Plan) -> Iterator[Sequence[str]]:
    yield "database", "records", "learnings", "sessions", "facts", "filled in s", "MB", "bytes a fact"
    for size, fill in zip(plan.sizes, results.fills, strict=True):
        counts = (f"{count:,}" for count in (size.records, size.learnings, size.sessions, fill.facts))
        bytes_of_fact = f"{fill.database_bytes / fill.facts:.0f}"
        yield size.name, *counts, f"{fill.seconds:.0f}", f"{fill.database_bytes / 1e6:,.0f}", bytes_of_fact


def _reads(reads: Sequence[Read], sizes: Sequence[str]) -> Iterator[Sequence[str]]:
    yield "topic", *sizes, "growth", f"bytes, {sizes[-1]}"
    for case, found in _by_case(reads, naive=False).items():
        answer = f"{found[sizes[-1]].answer_bytes:,}"
        yield case, *(_ms(found[size]) for size in sizes), _growth(reads, case, sizes, naive=False), answer


def _naive(reads: Sequence[Read], sizes: Sequence[str]) -> Iterator[Sequence[str]]:
    yield "topic", *sizes, "growth", f"x ours, {sizes[-1]}"
    ours = _by_case(reads, naive=False)
    for case, found in _by_case(reads, naive=True).items():
        multiple = f"{found[sizes[-1]].p50 / ours[case][sizes[-1]].p50:,.1f}"
        yield case, *(_ms(found[size]) for size in sizes), _growth(reads, case, sizes, naive=True), multiple


def _writes(results: Results) -> Iterator[Sequence[str]]:
    yield "database", "batch", "writers", "of the last", "events", "events/s", "quartiles", "p50 ms", "p95 ms"
    for one in results.writes:
        rate = one.per_second
        of_the_last = "hour" if one.days < 1 else f"{one.days:g} days"
        counts = f"{one.batch:,}", f"{one.writers}", of_the_last, f"{one.events:,}", f"{rate.median:,.0f}"
        yield one.size, *counts, f"{rate.first:,.0f}-{rate.third:,.0f}", f"{one.p50 * 1e3:.1f}", f"{one.p95 * 1e3:.1f}"


def _tables(results: Results) -> Iterator[Sequence[str]]:
    yield "table", "database", "rows", "MB", "bytes a row", "of which indexes"
    for one in results.tables:
        total = one.heap_bytes + one.index_bytes
        each = (f"{total / one.rows:.0f}", f"{one.index_bytes / one.rows:.0f}") if one.rows else ("-", "-")
        yield one.name, one.size, f"{one.rows:,}", f"{total / 1e6:,.1f}", *each


def _by_case(reads: Sequence[Read], *, naive: bool) -> dict[str, dict[str, Read]]:
    """The reads of each case by the size, in the order in which they were listed first."""
    found: dict[str, dict[str, Read]] = {}
    for one in reads:
        if one.naive == naive:
            found.setdefault(one.case, {})[one.size] = one
    return found


def _growth(reads: Sequence[Read], case: str, sizes: Sequence[str], *, naive: bool) -> str:
    return f"{growth(reads, case, sizes[0], sizes[-1], naive=naive):.1f}x"


def _ms(one: Read) -> str:
    return f"{one.p50 * 1e3:.2f}/{one.p95 * 1e3:.2f}"
