"""What is aimed at: flat reads, and an ingest that keeps up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.data.cases import OTHER_PERIODS
from benchmarks.verdicts import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.data.results import Read, Results, Write

GROWTH: Final = 3.0
"""From the smallest database to the largest."""
LONGER_ANSWER: Final = 2.0
"""Where the largest database has more than so many times as much to say, the bound is multiplied by how much it is."""
READ_SECONDS: Final = 0.025
OTHER_PERIOD_SECONDS: Final = 0.1
INGEST_PER_SECOND: Final = 20_000.0
INGEST_BATCH: Final = 1_000
OTHERS: Final = {f"attribution, {days} days" for days in OTHER_PERIODS}


def targets(results: Results) -> list[Target]:
    """All of them, in the order in which they are told."""
    sizes = [fill.size for fill in results.fills]
    return [*_reads(results.reads, sizes[0], sizes[-1]), *_ingest(results.writes, sizes[-1])]


def growth(reads: Sequence[Read], case: str, smallest: str, largest: str, *, naive: bool) -> float:
    """The p95 in the largest database as a multiple of that in the smallest."""
    p95 = {one.size: one.p95 for one in reads if one.case == case and one.naive == naive}
    return p95[largest] / p95[smallest]


def answer_growth(reads: Sequence[Read], case: str, smallest: str, largest: str) -> float:
    """The length of the answer from the largest database as a multiple of that from the smallest."""
    length = {one.size: one.answer_bytes for one in reads if one.case == case and not one.naive}
    return length[largest] / length[smallest]


def _reads(reads: Sequence[Read], smallest: str, largest: str) -> Iterator[Target]:
    for one in reads:
        if one.naive or one.size != largest:
            continue
        if one.case in OTHERS:
            yield Target(name=f"p95 of {one.case}: ms", value=one.p95 * 1e3, bound=OTHER_PERIOD_SECONDS * 1e3)
            continue
        yield Target(name=f"p95 of {one.case}: ms", value=one.p95 * 1e3, bound=READ_SECONDS * 1e3, below=True)
        if smallest != largest:
            factor = growth(reads, one.case, smallest, largest, naive=False)
            # A small database has no hundred sessions in seven days: that it is read sooner says nothing about history.
            longer = answer_growth(reads, one.case, smallest, largest)
            if longer > LONGER_ANSWER:
                name = f"p95 of {one.case}: x the smallest, of whose answer this is {longer:.1f} x"
                yield Target(name=name, value=factor, bound=GROWTH * longer)
            else:
                yield Target(name=f"p95 of {one.case}: x the smallest", value=factor, bound=GROWTH)


def _ingest(writes: Sequence[Write], largest: str) -> Iterator[Target]:
    for one in writes:
        if (one.size, one.batch) == (largest, INGEST_BATCH) and one.days < 1:
            name = f"ingest in batches of {INGEST_BATCH:,}, {one.writers} at once: events/s"
            rate = one.per_second
            yield Target(name=name, value=rate.median, bound=INGEST_PER_SECOND, at_least=True, spread=rate)
