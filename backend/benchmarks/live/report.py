"""The results as tables for people and as JSON for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from benchmarks.live.targets import targets
from benchmarks.tables import table
from benchmarks.verdicts import spread, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.live.plan import Plan
    from benchmarks.live.results import Results
    from benchmarks.machine import Machine


def as_json(results: Results, plan: Plan, machine: Machine) -> dict[str, Any]:
    """Everything that was measured, in seconds and bytes; the names of `targets` tell other units."""
    return {
        "machine": asdict(machine),
        "plan": asdict(plan),
        **asdict(results),
        "targets": [{**asdict(one), "met": one.met} for one in targets(results)],
    }


def as_text(results: Results, machine: Machine) -> str:
    """The same in tables, with the verdicts at the end."""
    parts = [
        ("Deliveries, one change at a time", _deliveries(results)),
        ("From a change to the last client, at a steady pace", _latency(results)),
        ("Connections", _connections(results)),
        ("Ours as a multiple, medians of the turns", _multiples(results)),
        ("Targets", verdicts(targets(results))),
    ]
    return "\n\n".join([*(f"{title}\n{table(list(rows))}" for title, rows in parts), machine.sentence()])


def _deliveries(results: Results) -> Iterator[Sequence[str]]:
    yield "contestant", "clients", "payload B", "deliveries/s", "CPU s/million", "last p50 ms", "last p99 ms"
    for one in results.deliveries:
        figures = (f"{one.per_second:,.0f}", f"{one.cpu_per_million:.2f}", _ms(one.p50), _ms(one.p99))
        yield one.contestant, f"{one.clients}", f"{one.payload}", *figures


def _latency(results: Results) -> Iterator[Sequence[str]]:
    yield "contestant", "clients", "size B", "changes", "last p50 ms", "last p99 ms"
    for one in results.latency:
        yield one.contestant, f"{one.clients}", f"{one.size}", f"{one.changes}", _ms(one.p50), _ms(one.p99)


def _connections(results: Results) -> Iterator[Sequence[str]]:
    """The number of clients decides which figures there are."""
    stalls = {(one.clients, one.contestant): _ms(one.median) for one in results.stalls}
    storms = {(one.clients, one.contestant): one for one in results.storms}
    yield "contestant", "clients", "RSS KiB each", "connect s", "stall ms", "storm s", "storm CPU s", "storm reads"
    for one in results.idle:
        case = (one.clients, one.contestant)
        storm = storms.get(case)
        stormed = (f"{storm.seconds:.2f}", f"{storm.cpu_seconds:.2f}", f"{storm.reads}") if storm else ("-", "-", "-")
        figures = (f"{one.rss_per_connection / 1024:.1f}", f"{one.connect_seconds:.2f}", stalls.get(case, "-"))
        yield one.contestant, f"{one.clients}", *figures, *stormed


def _multiples(results: Results) -> Iterator[Sequence[str]]:
    yield "of", "clients", "size B", "x", "median", "quartiles"
    for one in results.ratios:
        size = f"{one.size}" if one.size else "-"
        yield one.of, f"{one.clients}", size, one.baseline, f"{one.ratio.median:.2f}", spread(one.ratio)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.1f}"
