"""What is aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.verdicts import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.live.results import Latency, Ratio, Results

CPU_TO_BARE: Final = {200: 1.35, 2_000: 1.35, 20_000: 1.2}
"""By the size of a message."""
CPU_TO_SEND_FRAME: Final = 1.0
TICK_TO_BARE: Final = 0.25
P99_TO_BARE: Final = 1.2
STALL_SECONDS: Final = 0.015
RSS_BYTES: Final = 16 * 1024
STORM_TO_SEND_FRAME: Final = 1.3
ROW_SHARE: Final = 0.03


def targets(results: Results) -> list[Target]:
    """All of them, in the order in which they are told."""
    return [*_ratios(results.ratios), *_last_client(results.latency), *_others(results)]


def _ratios(ratios: list[Ratio]) -> Iterator[Target]:
    for one in ratios:
        what = f"{one.clients} clients"
        match one.of, one.baseline:
            case "cpu", "bare":
                name, bound = f"CPU of a delivery, {what}, {one.size} B: x bare", CPU_TO_BARE[one.size]
            case "cpu", _:
                name, bound = f"CPU of a delivery, {what}, {one.size} B: x send_frame", CPU_TO_SEND_FRAME
            case "tick", _:
                name, bound = f"CPU of 8 topics in one tick, {what}, {one.size} B: x 8 bare writes", TICK_TO_BARE
            case _, "aiohttp":
                name, bound = f"reconnect storm, {what}: x send_frame", STORM_TO_SEND_FRAME
            case _:
                continue  # a bare protocol greets without reading; it is told in the table, and aimed at by nobody
        below = one.of == "cpu" and one.baseline == "aiohttp"
        yield Target(name=name, value=one.ratio.median, bound=bound, below=below, spread=one.ratio)


def _last_client(latency: list[Latency]) -> Iterator[Target]:
    p99 = {one.contestant: one.p99 for one in latency}
    ours = next(one for one in latency if one.contestant == "ours")
    name = f"p99 of the last of {ours.clients} clients, {ours.size} B: x bare"
    yield Target(name=name, value=p99["ours"] / p99["bare"], bound=P99_TO_BARE)


def _others(results: Results) -> Iterator[Target]:
    for stall in results.stalls:
        if stall.contestant == "ours":
            name = f"stall of the event loop, {stall.clients} clients, {stall.size} B: ms"
            yield Target(name=name, value=stall.median * 1e3, bound=STALL_SECONDS * 1e3, below=True)
    for idle in results.idle:
        if idle.contestant == "ours":
            name = f"RSS of an idle connection with 3 topics, {idle.clients} clients: KiB"
            yield Target(name=name, value=idle.rss_per_connection / 1024, bound=RSS_BYTES / 1024)
    for storm in results.storms:
        if storm.contestant == "ours":
            yield Target(name=f"reads of the source in storms of {storm.clients} clients", value=storm.reads, bound=0)
    yield Target(
        name="update of one row in 500: % of the snapshot", value=results.row_share * 100, bound=ROW_SHARE * 100
    )
    (few, reads), (many, reads_of_many) = results.reads_per_change.items()
    name = f"reads of a change, {many} clients: x those with {few}"
    yield Target(name=name, value=reads_of_many / reads, bound=1)
