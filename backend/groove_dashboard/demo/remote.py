"""Runs the demo against a server elsewhere, over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import math
import signal
from typing import TYPE_CHECKING, Final, NoReturn

from groove_dashboard.client import AsyncEventWriter, EventsRefused, WriterLimits
from groove_dashboard.clock import SystemClock
from groove_dashboard.demo.pipeline import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.client import RefusedEvent, Sender
    from groove_dashboard.messages import types

LIMITS: Final = WriterLimits(patience_seconds=math.inf, close_seconds=1)
"""A demo waits for its server as long as it takes, and leaves at once: what it wrote is nobody's only copy."""


async def run_against(sender: Sender) -> None:
    """Feed the server until SIGTERM or Ctrl-C; raise ClientError where it refuses what it is given."""
    work = asyncio.create_task(_write(sender.url))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def _write(url: str) -> None:
    async with AsyncEventWriter(url, None, limits=LIMITS, on_refused=_give_up) as writer:

        async def send(events: Sequence[types.IngestEvent]) -> None:
            for event in events:
                await writer.write(event)
            await writer.flush()

        await run(send, clock=SystemClock().now)


def _give_up(refused: RefusedEvent) -> NoReturn:
    """A server that knows other events is of another version, or has given up the time that the demo begins with."""
    raise EventsRefused([{"index": refused.index or 0, **fault} for fault in refused.faults])
