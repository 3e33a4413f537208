"""The measurements, in the order in which they are made."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from benchmarks.live.entrant import running
from benchmarks.live.figures import percentile, quartiles, ratios
from benchmarks.live.lines import Failed
from benchmarks.live.source import ROWS, timeline_topic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.live.entrant import Entrant
    from benchmarks.live.plan import Plan
    from groove_dashboard.messages.types import DashboardTopic

NAMES: Final = ("bare", "aiohttp", "ours")
IDLE_TOPICS: Final = 3
TICK_TOPICS: Final = 8
WARM_UP: Final = 10
"""Clients before the resident bytes are first looked at, so that what is loaded once is not charged to the others."""
FEW_READERS: Final = 10
READ_CHANGES: Final = 20


@dataclass(slots=True)
class Results:
    """What was measured, each row with what it is about; times in seconds, sizes in bytes."""

    deliveries: list[dict[str, Any]] = field(default_factory=list)
    """A row for each number of clients, size and contestant: changes at saturation, one at a time."""
    latency: list[dict[str, Any]] = field(default_factory=list)
    """A row for each contestant: from the change to the last client, at a steady pace."""
    idle: list[dict[str, Any]] = field(default_factory=list)
    """A row for each number of clients and contestant: resident bytes of a connection."""
    stalls: list[dict[str, Any]] = field(default_factory=list)
    storms: list[dict[str, Any]] = field(default_factory=list)
    ratios: dict[str, Any] = field(default_factory=dict)
    """Ours as a multiple of a baseline, by what it is about."""
    row_share: float = 0.0
    """Bytes of the update of one row in 500, as a share of their snapshot's."""
    reads_per_change: dict[str, float] = field(default_factory=dict)
    """By the number of clients."""


def measure(plan: Plan, tell: Callable[[str], None]) -> Results:
    """Measure everything; `tell` is given a line about what is being done. Raises Failed."""
    results = Results()
    for clients in (plan.few, plan.many):
        with ExitStack() as stack:
            entrants = [stack.enter_context(running(name)) for name in NAMES]
            tell(f"{clients} clients connect to each of {', '.join(NAMES)}")
            _connect(entrants, clients, results)
            for size in plan.sizes:
                tell(f"{clients} clients, {size} B, as fast as it goes")
                _saturate(entrants, clients, size, plan, results)
            if clients == plan.few:
                tell(f"{clients} clients, {plan.latency_size} B, {plan.latency_hertz:g} times a second")
                _pace(entrants, clients, plan, results)
            else:
                tell(f"{clients} clients: stalls of the event loop")
                _stall(entrants, clients, plan, results)
                tell(f"{clients} clients leave and come again")
                _storm(entrants, clients, plan, results)
    tell(f"{plan.few} clients, {TICK_TOPICS} topics change at one moment")
    _tick(plan, results)
    tell("reads of the source, and the update of one row")
    _count_reads(plan, results)
    _compare_row(results)
    return results


def _connect(entrants: Sequence[Entrant], clients: int, results: Results) -> None:
    topics = [timeline_topic(number) for number in range(IDLE_TOPICS)]
    for entrant in entrants:
        entrant.load.call("connect", clients=WARM_UP, topics=_topics(entrant, topics))
        before = entrant.usage()["rss_bytes"]
        opened = entrant.load.call("connect", clients=clients - WARM_UP, topics=_topics(entrant, topics))
        grown = entrant.usage()["rss_bytes"] - before
        results.idle.append(
            {
                "clients": clients,
                "contestant": entrant.name,
                "rss_per_connection": grown / (clients - WARM_UP),
                "connect_seconds": opened["seconds"],
            }
        )


def _topics(entrant: Entrant, topics: Sequence[DashboardTopic]) -> Sequence[DashboardTopic]:
    """Baselines have none."""
    return topics if entrant.name == "ours" else []


def _prepare(entrants: Sequence[Entrant], size: int, topics: int = 1) -> int:
    """Let all send as much: as many bytes of payload as ours sends for a change. Gives them."""
    ours = next(entrant for entrant in entrants if entrant.name == "ours")
    ours.server.call("prepare", size=size)
    payload: int = _learn(ours, topics)["payload"]
    for entrant in entrants:
        if entrant is not ours:
            entrant.server.call("prepare", size=payload // topics)
            _learn(entrant, topics)
    return payload


def _learn(entrant: Entrant, topics: int) -> Mapping[str, int]:
    arguments = {"messages_each": topics, "change": {"do": "change", "topics": topics}}
    learned: Mapping[str, int] = entrant.load.call("learn", **arguments)
    return learned


def _take_turns(
    entrants: Sequence[Entrant], turns: int, one: Callable[[Entrant], dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """The slices of each contestant; who begins is another one each time."""
    slices: dict[str, list[dict[str, Any]]] = {entrant.name: [] for entrant in entrants}
    for turn in range(turns):
        first = turn % len(entrants)
        for entrant in [*entrants[first:], *entrants[:first]]:
            slices[entrant.name].append(one(entrant))
    return slices


def _saturate(entrants: Sequence[Entrant], clients: int, size: int, plan: Plan, results: Results) -> None:
    payload = _prepare(entrants, size)
    slices = _take_turns(
        entrants,
        plan.turns,
        lambda entrant: entrant.load.call(
            "run", messages_each=1, seconds=plan.slice_seconds, least=plan.least_changes
        ),
    )
    for name, taken in slices.items():
        latencies = [latency for one in taken for latency in one["latencies"]]
        results.deliveries.append(
            {
                "clients": clients,
                "size": size,
                "payload": payload,
                "contestant": name,
                "deliveries": sum(one["deliveries"] for one in taken),
                "per_second": quartiles([one["deliveries"] / one["seconds"] for one in taken]).median,
                "cpu_per_million": quartiles(_cpu(taken)).median * 1e6,
                "p50": percentile(latencies, 0.5),
                "p99": percentile(latencies, 0.99),
            }
        )
    for baseline in ("bare", "aiohttp"):
        ratio = ratios(_cpu(slices["ours"]), _cpu(slices[baseline]))
        results.ratios[f"cpu {clients} {size} {baseline}"] = asdict(ratio)


def _cpu(slices: Sequence[Mapping[str, Any]]) -> list[float]:
    """CPU seconds of one delivery."""
    return [one["cpu_seconds"] / one["deliveries"] for one in slices]


def _pace(entrants: Sequence[Entrant], clients: int, plan: Plan, results: Results) -> None:
    _prepare(entrants, plan.latency_size)
    slices = _take_turns(
        entrants,
        plan.latency_turns,
        lambda entrant: entrant.load.call(
            "run", messages_each=1, seconds=plan.latency_seconds, hertz=plan.latency_hertz
        ),
    )
    for name, taken in slices.items():
        latencies = [latency for one in taken for latency in one["latencies"]]
        results.latency.append(
            {
                "clients": clients,
                "size": plan.latency_size,
                "contestant": name,
                "changes": len(latencies),
                "p50": percentile(latencies, 0.5),
                "p99": percentile(latencies, 0.99),
            }
        )


def _stall(entrants: Sequence[Entrant], clients: int, plan: Plan, results: Results) -> None:
    _prepare(entrants, plan.latency_size)
    for entrant in entrants:
        entrant.server.call("watch_stalls")
        entrant.load.call("run", messages_each=1, seconds=plan.stall_seconds, hertz=plan.stall_hertz)
        worst = entrant.server.call("stalls")
        results.stalls.append(
            {
                "clients": clients,
                "size": plan.latency_size,
                "contestant": entrant.name,
                "worst_per_second": worst,
                "median": percentile(worst, 0.5),
            }
        )


def _storm(entrants: Sequence[Entrant], clients: int, plan: Plan, results: Results) -> None:
    ours = next(entrant for entrant in entrants if entrant.name == "ours")
    before = ours.usage()["reads"]
    storms = _take_turns(entrants, plan.storms, lambda entrant: entrant.load.call("storm"))
    reads = ours.usage()["reads"] - before
    for name, taken in storms.items():
        results.storms.append(
            {
                "clients": clients,
                "contestant": name,
                "median": quartiles([one["seconds"] for one in taken]).median,
                "answers": {kind: sum(one["answers"].get(kind, 0) for one in taken) for kind in taken[0]["answers"]},
                "reads": reads if name == "ours" else 0,
            }
        )
    expected = {"current": clients * IDLE_TOPICS * plan.storms}
    if results.storms[-1]["answers"] != expected:
        raise Failed(f"after a storm not all were current: {results.storms[-1]['answers']}")
    for baseline in ("bare", "aiohttp"):
        seconds = [[one["seconds"] for one in storms[name]] for name in ("ours", baseline)]
        results.ratios[f"storm {clients} {baseline}"] = asdict(ratios(*seconds))


def _tick(plan: Plan, results: Results) -> None:
    topics = [timeline_topic(number) for number in range(TICK_TOPICS)]
    with running("bare") as bare, running("ours") as ours:
        entrants = (bare, ours)
        for entrant in entrants:
            entrant.load.call("connect", clients=plan.few, topics=_topics(entrant, topics))
        _prepare(entrants, plan.sizes[0], TICK_TOPICS)
        slices = _take_turns(
            entrants,
            plan.turns,
            lambda entrant: entrant.load.call(
                "run", messages_each=TICK_TOPICS, seconds=plan.slice_seconds, least=plan.least_changes
            ),
        )
    results.ratios[f"tick {plan.few} bare"] = asdict(ratios(_cpu(slices["ours"]), _cpu(slices["bare"])))


def _count_reads(plan: Plan, results: Results) -> None:
    """Reads of a change, with few clients and with many on the same server."""
    with running("ours") as ours:
        for clients, total in ((FEW_READERS, FEW_READERS), (plan.few - FEW_READERS, plan.few)):
            ours.load.call("connect", clients=clients, topics=[timeline_topic(0)])
            _prepare([ours], plan.sizes[0])
            before = ours.usage()["reads"]
            changes = len(ours.load.call("run", messages_each=1, least=READ_CHANGES)["latencies"])
            results.reads_per_change[str(total)] = (ours.usage()["reads"] - before) / changes


def _compare_row(results: Results) -> None:
    with running("ours") as ours:
        snapshot = ours.load.call("connect", clients=1, topics=[ROWS])["longest_text"]
        update = ours.load.call("learn", messages_each=1, change={"do": "change_row"})["payload"]
    results.row_share = update / snapshot
