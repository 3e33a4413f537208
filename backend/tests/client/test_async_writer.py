"""The writer for coroutines delivers alike, and awaits where the other blocks."""

from __future__ import annotations

import asyncio
import math
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from groove_dashboard.client import (
    AsyncEventWriter,
    RequestRefused,
    ServerAway,
    Undelivered,
    WriterClosed,
    WriterLimits,
)
from groove_dashboard.client.back_off import BackOff
from tests.client.answering import Keeper, answering, in_turn, nobody
from tests.processes import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.client.answering import Answering

EVENT = {"type": "session_started", "session_id": "s-1"}
SMALL = WriterLimits(batch_bytes=200, memory_bytes=400, batch_seconds=0, patience_seconds=0.2, close_seconds=20)


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groove_dashboard.client.courier.BackOff", lambda: BackOff(0.005, 0.01))


async def test_what_is_written_arrives(server: Answering, keeper: Keeper, tmp_path: Path) -> None:
    async with AsyncEventWriter(server.url, tmp_path) as writer:
        for _ in range(100):
            await writer.write(EVENT)
        await writer.flush()
        assert len(keeper.kept) == 100
        await writer.write(EVENT)
    assert len(keeper.kept) == 101
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - the other is said to block


async def test_without_room_a_write_waits_and_the_loop_goes_on(server: Answering, keeper: Keeper) -> None:
    keeper.is_away = True
    limits = WriterLimits(batch_bytes=100, memory_bytes=200, batch_seconds=0, close_seconds=20)

    async def write() -> None:
        for number in range(50):
            await writer.write({"event_id": str(number), "occurred_at": "now"})

    async with AsyncEventWriter(server.url, None, limits=limits) as writer:
        tasks = [asyncio.create_task(write()) for _ in range(3)]
        await until(lambda: writer.statistics().written > 0 and writer.statistics().trouble is not None)
        written = writer.statistics().written
        assert written < 50
        keeper.is_away = False
        await asyncio.gather(*tasks)
    assert len(keeper.kept) == 50
    assert writer.statistics().duplicates == 100


async def test_a_write_that_is_cancelled_has_taken_nothing(server: Answering, keeper: Keeper) -> None:
    keeper.is_away = True
    taken = 0
    async with AsyncEventWriter(server.url, None, limits=SMALL) as writer:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                for _ in range(100):
                    await writer.write(EVENT)
                    taken += 1
        keeper.is_away = False
    assert 0 < taken < 100
    assert len(keeper.kept) == taken


async def test_a_wait_ends_with_what_the_trouble_is(server: Answering, keeper: Keeper) -> None:
    keeper.is_away = True
    async with AsyncEventWriter(server.url, None, limits=SMALL) as writer:
        await writer.write(EVENT)
        with pytest.raises(ServerAway):
            await writer.flush()
        keeper.is_away = False


async def test_a_refusal_ends_a_wait_at_once() -> None:
    limits = WriterLimits(patience_seconds=math.inf, close_seconds=0)
    with answering(in_turn((404, b"{}"))) as server:
        writer = AsyncEventWriter(server.url, None, limits=limits)
        await writer.write(EVENT)
        with pytest.raises(RequestRefused):
            await writer.flush()
        with pytest.raises(Undelivered):
            await writer.close()
        await writer.close()
        with pytest.raises(WriterClosed):
            await writer.write(EVENT)


async def test_what_the_block_raises_is_not_replaced() -> None:
    limits = WriterLimits(close_seconds=0)
    with pytest.raises(KeyError):  # noqa: PT012 - it is the block of the writer that raises
        async with AsyncEventWriter(nobody(), None, limits=limits) as writer:
            await writer.write(EVENT)
            raise KeyError


def test_a_writer_that_outlives_its_loop_delivers_all_the_same(
    server: Answering, keeper: Keeper, tmp_path: Path
) -> None:
    async def work() -> AsyncEventWriter:
        writer = AsyncEventWriter(server.url, tmp_path)
        await writer.write(EVENT)
        await writer.flush()
        await writer.write(EVENT)
        return writer

    writer = asyncio.run(work())
    writer._close_at_exit()
    assert len(keeper.kept) == 2
