"""Runs the demo against a server elsewhere, over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

import orjson

from groove_dashboard.client import Sender, ServerAway
from groove_dashboard.clock import SystemClock
from groove_dashboard.demo.pipeline import SinkAway, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groove_dashboard.messages import types

Result = TypeVar("Result")


async def run_against(sender: Sender) -> None:
    """Feed the server until SIGTERM or Ctrl-C; raise ClientError where it refuses what it is given."""

    async def send(events: Sequence[types.IngestEvent]) -> None:
        try:
            await _aside(lambda: sender.send(orjson.dumps(events)))
        except ServerAway as error:
            raise SinkAway(str(error)) from error

    work = asyncio.create_task(run(send, clock=SystemClock().now))
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def _aside(work: Callable[[], Result]) -> Result:
    """The result of work that is done in a thread, which is left behind on cancellation.

    The end of the process waits for the threads of `asyncio.to_thread`, and so for a server that takes a request and
    never answers. What is left behind may still be stored; sent again by a later demo, it is a duplicate.
    """
    promise: Future[Result] = Future()
    promise.set_running_or_notify_cancel()

    def fulfil() -> None:
        try:
            promise.set_result(work())
        except Exception as error:  # noqa: BLE001 - it is raised where the result is waited for
            promise.set_exception(error)

    Thread(target=fulfil, daemon=True).start()
    return await asyncio.wrap_future(promise)
