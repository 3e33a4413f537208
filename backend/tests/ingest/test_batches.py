"""Requests that wait are written together, and each gets its own answer or its own failure."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.ingest.batches import Batches, BatchLimits
from groove_dashboard.store.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence


class Writer:
    """Writes numbers once it is let; notes each batch. Odd numbers above 100 cannot be written."""

    def __init__(self) -> None:
        self.batches: list[list[list[int]]] = []
        self.may_write = asyncio.Event()
        self.is_away = False

    async def write(self, requests: Sequence[Sequence[int]]) -> list[int]:
        await self.may_write.wait()
        if self.is_away:
            raise DatabaseUnavailable("away")
        for number in (number for request in requests for number in request):
            if number > 100 and number % 2:
                raise ValueError(number)
        self.batches.append([list(request) for request in requests])
        return [sum(request) for request in requests]


async def started(batches: Batches[int, int], *requests: list[int]) -> list[asyncio.Task[int]]:
    """The requests, the first of which is being written while the others wait."""
    tasks = [asyncio.create_task(batches.add(request)) for request in requests]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def test_what_waits_while_one_is_written_is_written_together() -> None:
    writer = Writer()
    batches = Batches(writer.write)
    first = await started(batches, [1])
    others = await started(batches, [2], [3, 4], [5])
    writer.may_write.set()
    assert await asyncio.gather(*first, *others) == [1, 2, 7, 5]
    assert writer.batches == [[[1]], [[2], [3, 4], [5]]]


async def test_a_batch_is_bounded_but_a_request_is_never_cut() -> None:
    writer = Writer()
    batches = Batches(writer.write, BatchLimits(batch_items=3))
    tasks = await started(batches, [0], [1, 1], [2, 2], [3, 3, 3, 3, 3], [4], [5], [6, 6])
    writer.may_write.set()
    await asyncio.gather(*tasks)
    assert [[request[0] for request in batch] for batch in writer.batches] == [[0, 1], [2], [3], [4, 5], [6]]


async def test_a_request_that_cannot_be_written_fails_alone() -> None:
    writer = Writer()
    batches = Batches(writer.write)
    tasks = await started(batches, [0], [1], [101], [2], [103])
    writer.may_write.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(result) for result in results] == ["0", "1", "101", "2", "103"]
    assert [isinstance(result, ValueError) for result in results] == [False, False, True, False, True]
    assert [batch for batch in writer.batches if [1] in batch] == [[[1]]]


async def test_where_the_database_is_away_all_fail_at_once_and_the_next_may_succeed() -> None:
    writer = Writer()
    batches = Batches(writer.write)
    tasks = await started(batches, [0], [1])
    writer.is_away = True
    writer.may_write.set()
    assert [type(one) for one in await asyncio.gather(*tasks, return_exceptions=True)] == [DatabaseUnavailable] * 2
    writer.is_away = False
    assert await batches.add([7]) == 7


async def test_who_has_gone_is_not_written_and_disturbs_nobody() -> None:
    writer = Writer()
    batches = Batches(writer.write)
    writing = await started(batches, [1])
    gone, other = await started(batches, [2], [3])
    gone.cancel()
    writing[0].cancel()  # is being written already
    await asyncio.sleep(0)
    writer.may_write.set()
    assert await other == 3
    assert writer.batches == [[[1]], [[3]]]


async def test_too_much_that_waits_is_turned_away() -> None:
    writer = Writer()
    batches = Batches(writer.write, BatchLimits(waiting_items=3))
    tasks = [*await started(batches, [0]), *await started(batches, [1, 1], [2])]
    with pytest.raises(DatabaseUnavailable, match="Too many events wait"):
        await batches.add([3])
    writer.may_write.set()
    assert await asyncio.gather(*tasks) == [0, 2, 2]
    assert await batches.add([3]) == 3


async def test_a_batch_and_what_waits_are_bounded_by_bytes_too() -> None:
    writer = Writer()
    batches = Batches(writer.write, BatchLimits(batch_bytes=10, waiting_bytes=25))
    sizes = {0: 1, 1: 5, 2: 5, 3: 1, 4: 14}
    tasks = []
    for number, size in sizes.items():
        tasks.append(asyncio.create_task(batches.add([number], size)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    with pytest.raises(DatabaseUnavailable, match="Too many events wait"):
        await batches.add([5], 1)
    writer.may_write.set()
    await asyncio.gather(*tasks)
    assert writer.batches == [[[0]], [[1], [2]], [[3]], [[4]]]
    assert await batches.add([6], 1000) == 6


async def test_who_waits_behind_a_writer_that_is_stuck_is_told_so_in_time() -> None:
    writer = Writer()
    batches = Batches(writer.write, BatchLimits(wait_seconds=0.01))
    tasks = [*await started(batches, [0]), *await started(batches, [1])]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(result) for result in results] == ["Events have waited for too long to be stored."] * 2
    assert [type(result) for result in results] == [DatabaseUnavailable] * 2
    writer.may_write.set()
    assert batches._writer is not None
    await batches._writer
    assert writer.batches == [[[0]]]


async def test_a_writer_that_is_cancelled_leaves_nobody_waiting() -> None:
    writer = Writer()
    batches = Batches(writer.write)
    tasks = [*await started(batches, [0]), *await started(batches, [1])]
    assert batches._writer is not None
    batches._writer.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [asyncio.CancelledError] * 2


@given(st.lists(st.lists(st.integers(0, 200), max_size=5), max_size=20), st.integers(1, 10))
def test_each_request_is_answered_as_if_it_were_alone(requests: list[list[int]], largest_batch: int) -> None:
    async def run() -> None:
        writer = Writer()
        batches = Batches(writer.write, BatchLimits(batch_items=largest_batch))
        tasks = await started(batches, *requests)
        writer.may_write.set()
        for request, result in zip(requests, await asyncio.gather(*tasks, return_exceptions=True), strict=True):
            if any(number > 100 and number % 2 for number in request):
                assert isinstance(result, ValueError)
            else:
                assert result == sum(request)
        written = [request for batch in writer.batches for request in batch]
        assert sorted(written) == sorted(one for one in requests if all(n <= 100 or n % 2 == 0 for n in one))

    asyncio.run(run())
