"""Runs the demo: writes the history in batches, then the facts of each second, until it is cancelled."""

from __future__ import annotations

import asyncio
import logging
from itertools import islice
from typing import TYPE_CHECKING, Final

from groove_dashboard.demo.facts import Scribe
from groove_dashboard.demo.history import history
from groove_dashboard.demo.pulse import pulse

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from datetime import datetime

    from groove_dashboard.messages import types

SEED: Final = 31
HISTORY_BATCH: Final = 500
FIRST_DELAY_SECONDS: Final = 0.5
LONGEST_DELAY_SECONDS: Final = 10.0

log = logging.getLogger(__name__)


class SinkAway(Exception):
    """Raised by a sink that cannot take events now but may later."""


async def run(
    sink: Callable[[Sequence[types.IngestEvent]], Awaitable[object]],
    *,
    clock: Callable[[], datetime],
    seed: int = SEED,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Feed the sink for ever; while it raises SinkAway the batch in hand is offered again with growing delays."""
    scribe = Scribe(seed)
    for batch in _batches(history(scribe, clock()), HISTORY_BATCH):
        await _deliver(sink, batch, sleep)
    log.info("the demo has written its history and goes on live")
    last = int(clock().timestamp())
    while True:
        await sleep(1 - clock().timestamp() % 1)
        second = int(clock().timestamp())
        # A second that was slept through, as on a laptop that was closed, is left out.
        if second > last and (batch := pulse(scribe, second)):
            await _deliver(sink, batch, sleep)
        last = max(last, second)


async def _deliver(
    sink: Callable[[Sequence[types.IngestEvent]], Awaitable[object]],
    batch: Sequence[types.IngestEvent],
    sleep: Callable[[float], Awaitable[object]],
) -> None:
    delay = FIRST_DELAY_SECONDS
    while True:
        try:
            await sink(batch)
        except SinkAway as error:
            log.warning("the demo waits %.1f s: %s", delay, error)
            await sleep(delay)
            delay = min(2 * delay, LONGEST_DELAY_SECONDS)
        else:
            return


def _batches(events: Iterator[types.IngestEvent], size: int) -> Iterator[list[types.IngestEvent]]:
    while batch := list(islice(events, size)):
        yield batch
