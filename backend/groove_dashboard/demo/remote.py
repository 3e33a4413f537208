"""Runs the demo against a server elsewhere, over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

import orjson

from groove_dashboard.client import Sender, ServerAway
from groove_dashboard.demo.pipeline import SinkAway, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages import types


async def run_against(sender: Sender) -> None:
    """Feed the server until SIGTERM or Ctrl-C; raise ClientError where it refuses what it is given."""

    async def send(events: Sequence[types.IngestEvent]) -> None:
        try:
            await asyncio.to_thread(sender.send, orjson.dumps(events))
        except ServerAway as error:
            raise SinkAway(str(error)) from error

    work = asyncio.create_task(run(send))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work
