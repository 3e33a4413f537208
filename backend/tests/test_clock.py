"""The machine's clock waits for an event or for a time."""

from __future__ import annotations

import asyncio
from datetime import UTC

import pytest

from groove_dashboard.clock import SystemClock


async def test_a_wait_ends_with_the_event() -> None:
    event = asyncio.Event()
    waiting = asyncio.create_task(SystemClock().wait(event, None))
    event.set()
    await waiting


@pytest.mark.parametrize("delay", [-1.0, 0.0, 0.01])
async def test_a_wait_ends_with_its_time(delay: float) -> None:
    clock = SystemClock()
    until = clock.monotonic() + delay
    await clock.wait(asyncio.Event(), until)
    assert clock.monotonic() >= until


async def test_a_wait_that_is_cancelled_ends_so() -> None:
    waiting = asyncio.create_task(SystemClock().wait(asyncio.Event(), None))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


def test_the_wall_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
