"""The measurements, in the order in which they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from benchmarks.figures import percentile, quartiles, ratios
from benchmarks.live.entrant import running
from benchmarks.live.lines import Failed
from benchmarks.live.results import BASELINES, CONTESTANTS, Delivery, Idle, Latency, Ratio, Results, Stall, Storm
from benchmarks.live.slices import Slice
from benchmarks.live.source import ROWS, timeline_topic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.live.entrant import Entrant
    from benchmarks.live.plan import Plan
    from benchmarks.live.results import Name

IDLE_TOPICS: Final = 3
TICK_TOPICS: Final = 8
WARM_UP: Final = 10
"""Clients before the resident bytes are first looked at, so that what is loaded once is not charged to the others."""
FEW_READERS: Final = 10
READ_CHANGES: Final = 20

Entrants = dict["Name", "Entrant"]
One = TypeVar("One")


def measure(plan: Plan, tell: Callable[[str], None]) -> Results:
    """Measure everything; `tell` is given a line about what is being done. Raises Failed."""
    results = Results()
    with running(CONTESTANTS) as entrants:
        _measure_few(entrants, plan, results, tell)
    with running(CONTESTANTS) as entrants:
        _measure_many(entrants, plan, results, tell)
    return results


def _measure_few(entrants: Entrants, plan: Plan, results: Results, tell: Callable[[str], None]) -> None:
    _connect_and_saturate(entrants, plan.few, plan, results, tell)
    tell(f"{plan.few} clients, {plan.latency_size} B, {plan.latency_hertz:g} times a second")
    _pace(entrants, plan, results)
    tell(f"{plan.few} clients, {TICK_TOPICS} topics change at one moment")
    _tick({"bare": entrants["bare"], "ours": entrants["ours"]}, plan, results)
    tell("reads of the source, and the update of one row")
    _count_reads(entrants["ours"], plan, results)
    _compare_row(entrants["ours"], results)


def _measure_many(entrants: Entrants, plan: Plan, results: Results, tell: Callable[[str], None]) -> None:
    _connect_and_saturate(entrants, plan.many, plan, results, tell)
    tell(f"{plan.many} clients: stalls of the event loop")
    _stall(entrants, plan, results)
    tell(f"{plan.many} clients leave and come again")
    _storm(entrants, plan, results)


def _connect_and_saturate(
    entrants: Entrants, clients: int, plan: Plan, results: Results, tell: Callable[[str], None]
) -> None:
    tell(f"{clients} clients connect to each of {', '.join(entrants)}")
    for name, entrant in entrants.items():
        results.idle.append(_connect_idle(name, entrant, clients))
    for size in plan.sizes:
        tell(f"{clients} clients, {size} B, as fast as it goes")
        _saturate(entrants, clients, size, plan, results)


def _connect(entrant: Entrant, clients: int, topics: int) -> Mapping[str, Any]:
    """Connect so many more with so many topics each, of which a baseline has none."""
    asked = [timeline_topic(number) for number in range(topics)] if entrant.name == "ours" else []
    connected: Mapping[str, Any] = entrant.load.call("connect", clients=clients, topics=asked)
    return connected


def _connect_idle(name: Name, entrant: Entrant, clients: int) -> Idle:
    _connect(entrant, WARM_UP, IDLE_TOPICS)
    before = entrant.usage()["rss_bytes"]
    connected = _connect(entrant, clients - WARM_UP, IDLE_TOPICS)
    return Idle(
        clients=clients,
        contestant=name,
        rss_per_connection=(entrant.usage()["rss_bytes"] - before) / (clients - WARM_UP),
        connect_seconds=connected["seconds"],
    )


def _prepare(entrants: Entrants, size: int, topics: int = 1) -> int:
    """Let all send as much: as many bytes of payload as ours sends for a change. Gives them."""
    entrants["ours"].server.call("prepare", size=size)
    payload = _learn(entrants["ours"], topics)
    for name in BASELINES:
        if name in entrants:
            entrants[name].server.call("prepare", size=payload // topics)
            _learn(entrants[name], topics)
    return payload


def _learn(entrant: Entrant, topics: int) -> int:
    """Let the load see what a change of so many topics is like; the bytes of its payload."""
    change = {"do": "change", "topics": topics}
    payload: int = entrant.load.call("learn", messages_each=topics, change=change)
    return payload


def _run(entrant: Entrant, **arguments: Any) -> Slice:
    return Slice(**entrant.load.call("run", **arguments))


def _take_turns(entrants: Entrants, turns: int, act: Callable[[Entrant], One]) -> dict[Name, list[One]]:
    """What came of each one's turns; who begins is another one each time."""
    results: dict[Name, list[One]] = {name: [] for name in entrants}
    names = list(entrants)
    for turn in range(turns):
        first = turn % len(names)
        for name in [*names[first:], *names[:first]]:
            results[name].append(act(entrants[name]))
    return results


def _saturate(entrants: Entrants, clients: int, size: int, plan: Plan, results: Results) -> None:
    payload = _prepare(entrants, size)
    turns = _take_turns(
        entrants, plan.turns, lambda entrant: _run(entrant, seconds=plan.slice_seconds, least=plan.least_changes)
    )
    for name, slices in turns.items():
        latencies = _latencies(slices)
        results.deliveries.append(
            Delivery(
                clients=clients,
                size=size,
                payload=payload,
                contestant=name,
                deliveries=sum(one.deliveries for one in slices),
                per_second=quartiles([one.per_second for one in slices]).median,
                cpu_per_million=quartiles(_cpu(slices)).median * 1e6,
                p50=percentile(latencies, 0.5),
                p99=percentile(latencies, 0.99),
            )
        )
    for baseline in BASELINES:
        ratio = ratios(_cpu(turns["ours"]), _cpu(turns[baseline]))
        results.ratios.append(Ratio(of="cpu", clients=clients, size=size, baseline=baseline, ratio=ratio))


def _cpu(slices: Sequence[Slice]) -> list[float]:
    return [one.cpu_per_delivery for one in slices]


def _latencies(slices: Sequence[Slice]) -> list[float]:
    return [latency for one in slices for latency in one.latencies]


def _pace(entrants: Entrants, plan: Plan, results: Results) -> None:
    _prepare(entrants, plan.latency_size)
    turns = _take_turns(
        entrants,
        plan.latency_turns,
        lambda entrant: _run(entrant, seconds=plan.latency_seconds, hertz=plan.latency_hertz),
    )
    for name, slices in turns.items():
        latencies = _latencies(slices)
        results.latency.append(
            Latency(
                clients=plan.few,
                size=plan.latency_size,
                contestant=name,
                changes=len(latencies),
                p50=percentile(latencies, 0.5),
                p99=percentile(latencies, 0.99),
            )
        )


def _tick(entrants: Entrants, plan: Plan, results: Results) -> None:
    for entrant in entrants.values():
        entrant.load.call("leave")
        _connect(entrant, plan.few, TICK_TOPICS)
    size = plan.sizes[0]
    _prepare(entrants, size, TICK_TOPICS)
    turns = _take_turns(
        entrants, plan.turns, lambda entrant: _run(entrant, seconds=plan.slice_seconds, least=plan.least_changes)
    )
    ratio = ratios(_cpu(turns["ours"]), _cpu(turns["bare"]))
    results.ratios.append(Ratio(of="tick", clients=plan.few, size=size, baseline="bare", ratio=ratio))


def _count_reads(ours: Entrant, plan: Plan, results: Results) -> None:
    """Reads of a change, with few clients and then with many."""
    ours.load.call("leave")
    clients = 0
    for more in (FEW_READERS, plan.few - FEW_READERS):
        _connect(ours, more, topics=1)
        clients += more
        _learn(ours, topics=1)
        before = ours.usage()["reads"]
        changes = len(_run(ours, least=READ_CHANGES).latencies)
        results.reads_per_change[clients] = (ours.usage()["reads"] - before) / changes


def _compare_row(ours: Entrant, results: Results) -> None:
    ours.load.call("leave")
    snapshot: int = ours.load.call("connect", clients=1, topics=[ROWS])["longest_text"]
    update: int = ours.load.call("learn", messages_each=1, change={"do": "change_row"})
    results.row_share = update / snapshot


def _stall(entrants: Entrants, plan: Plan, results: Results) -> None:
    _prepare(entrants, plan.latency_size)
    for name, entrant in entrants.items():
        entrant.server.call("watch_stalls")
        _run(entrant, seconds=plan.stall_seconds, hertz=plan.stall_hertz)
        worst: list[float] = entrant.server.call("stalls")
        results.stalls.append(
            Stall(
                clients=plan.many,
                size=plan.latency_size,
                contestant=name,
                worst_per_second=worst,
                median=percentile(worst, 0.5),
            )
        )


def _storm(entrants: Entrants, plan: Plan, results: Results) -> None:
    before = {name: entrant.usage()["reads"] for name, entrant in entrants.items()}
    storms = _take_turns(entrants, plan.storms, lambda entrant: entrant.load.call("storm"))
    answers = [storm["answers"] for storm in storms["ours"]]
    if answers != [{"current": plan.many * IDLE_TOPICS}] * plan.storms:
        raise Failed(f"not all were current after a storm: {answers}")
    seconds = {name: [storm["seconds"] for storm in taken] for name, taken in storms.items()}
    for name, entrant in entrants.items():
        results.storms.append(
            Storm(
                clients=plan.many,
                contestant=name,
                seconds=quartiles(seconds[name]).median,
                cpu_seconds=quartiles([storm["cpu_seconds"] for storm in storms[name]]).median,
                reads=entrant.usage()["reads"] - before[name],
            )
        )
    for baseline in BASELINES:
        ratio = ratios(seconds["ours"], seconds[baseline])
        results.ratios.append(Ratio(of="storm", clients=plan.many, size=0, baseline=baseline, ratio=ratio))
