"""How long topics take to be read, and the same questions in naive SQL."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from benchmarks.data.cases import cases
from benchmarks.data.databases import busiest_learning
from benchmarks.data.failed import Failed
from benchmarks.data.naive import Naive, of_topic
from benchmarks.data.results import Read
from benchmarks.figures import percentile
from groove_dashboard.config import Settings
from groove_dashboard.live.version import encode
from groove_dashboard.store.connection import close, connect
from groove_dashboard.store.database import Database
from groove_dashboard.topics.provider import TopicState
from groove_dashboard.topics.reader import TopicReader

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from benchmarks.data.cases import Case
    from benchmarks.data.plan import Plan

PATIENCE: Final = 900.0
"""Seconds that a query may take; naive ones do take minutes."""


@dataclass(slots=True)
class Reading:
    """One topic in one database, again and again."""

    size: str
    case: Case
    naive: bool
    once: Callable[[], Awaitable[object]]
    times: list[float] = field(default_factory=list)

    async def read(self, *, warm_up: int, at_most: float, least: int) -> None:
        """Once more, unless enough time went by; the first time after some reads that do not count."""
        if not self.times:
            await self._warm_up(warm_up, at_most)
        if len(self.times) < least or sum(self.times) < at_most:
            begun = time.perf_counter()
            await self.once()
            self.times.append(time.perf_counter() - begun)

    async def _warm_up(self, reads: int, at_most: float) -> None:
        begun = time.perf_counter()
        for _ in range(reads):
            if time.perf_counter() - begun < at_most:
                await self.once()

    def result(self, answer_bytes: int) -> Read:
        """What came of it."""
        return Read(
            size=self.size,
            case=self.case.name,
            naive=self.naive,
            reads=len(self.times),
            p50=percentile(self.times, 0.5),
            p95=percentile(self.times, 0.95),
            answer_bytes=answer_bytes,
        )


async def measure_reads(
    databases: Mapping[str, str], plan: Plan, now: datetime, tell: Callable[[str], object]
) -> list[Read]:
    """Every topic in every database (URL by size) as of a moment, by its provider and in naive SQL.

    Raises Failed where a topic cannot be read, or where the two do not find the same.
    """
    async with AsyncExitStack() as stack:
        ours, naive, answer_bytes = [], [], {}
        for size, url in databases.items():
            database = await Database.connect(url, max_size=1, command_timeout=PATIENCE)
            stack.push_async_callback(database.close)
            reader = TopicReader(database, lambda: now, Settings())
            connection = await connect(
                url, "groove-dashboard-bench", command_timeout=PATIENCE, statement_cache_size=100
            )
            stack.push_async_callback(close, connection)
            baseline = Naive(connection, now)
            for case in cases(await busiest_learning(url)):
                tell(f"{size}: {case.name}")
                answer_bytes[size, case.name] = await compare(size, case, reader, baseline)
                ours.append(Reading(size, case, naive=False, once=_reading(reader, case)))
                naive.append(Reading(size, case, naive=True, once=_asking(baseline, case)))
        await _rounds(ours, plan, plan.rounds, plan.warm_up, tell)
        await _rounds(naive, plan, plan.naive_rounds, 0, tell)
    return [
        *(one.result(answer_bytes[one.size, one.case.name]) for one in ours),
        *(one.result(0) for one in naive),
    ]


async def read_data(reader: TopicReader, case: Case) -> Any:
    """The topic's data. Raises Failed where it cannot be read."""
    (state,) = await reader.read([case.topic])
    if not isinstance(state, TopicState):
        raise Failed(f"{case.name} cannot be read: {state.message}")
    return state.data


async def compare(size: str, case: Case, reader: TopicReader, naive: Naive) -> int:
    """Raise Failed where the topic and naive SQL do not find the same; else the bytes of the topic's data."""
    data = await read_data(reader, case)
    found, expected = of_topic(data), await naive.read(case.topic)
    for name, value in expected.items():
        if found[name] != value:
            raise Failed(f"{size}, {case.name}: {name} is {found[name]!r}, but the facts say {value!r}")
    return len(encode(data))


async def _rounds(
    readings: Sequence[Reading], plan: Plan, rounds: int, warm_up: int, tell: Callable[[str], object]
) -> None:
    """All databases in turn for one topic after the other, again and again."""
    by_case = sorted(readings, key=lambda one: one.case.name)
    for number in range(rounds):
        tell(f"reads, {'naive' if by_case[0].naive else 'ours'}: round {number + 1} of {rounds}")
        for one in by_case:
            await one.read(warm_up=warm_up, at_most=plan.case_seconds, least=plan.least_rounds)


def _reading(reader: TopicReader, case: Case) -> Callable[[], Awaitable[object]]:
    return lambda: read_data(reader, case)


def _asking(naive: Naive, case: Case) -> Callable[[], Awaitable[object]]:
    return lambda: naive.read(case.topic)
