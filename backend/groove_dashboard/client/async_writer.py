"""The writer for pipelines of coroutines: it waits by the loop, and delivers by the same thread as the other."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from groove_dashboard.client.errors import ClientError
from groove_dashboard.client.writer import END_SECONDS, LOOK_SECONDS, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType


log = logging.getLogger(__name__)


class AsyncEventWriter(Writer):
    """An `EventWriter` whose waits are awaited; made alike. Belongs to the loop that it is first awaited in."""

    _changed: asyncio.Event | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.close()
        except ClientError as trouble:
            if error is None:
                raise
            log.error("%s", trouble)  # noqa: TRY400 - what the block has raised goes on, and says more

    async def write(self, event: Mapping[str, object]) -> None:
        """Take an event, as `EventWriter.write` does; goes on at once while there is room.

        Cancelled while it waits, it has not taken the event.
        """
        await self.write_line(self._stamp.line(event))

    async def write_line(self, line: bytes) -> None:
        """Take an event that is JSON already, on one line. Nothing is filled in. Raises as `write` does."""
        line = self._checked(line)
        if not self._courier.offer(line):
            await self._wait(lambda: self._courier.offer(line))

    async def flush(self) -> None:
        """Wait until everything written so far is through, as `EventWriter.flush` does."""
        self._in_own_process()
        count = self._courier.flush()
        await self._wait(lambda: self._courier.is_through(count))

    async def close(self) -> None:
        """Deliver what waits, as `EventWriter.close` does."""
        if self._is_closed:
            return
        count, end = self._begin_close()
        try:
            changed = self._changes()
            while not self._courier.is_through(count) and (left := end - time.monotonic()) > 0:
                await _set_within(changed, left)
        finally:
            self._courier.stop()
        await asyncio.to_thread(self._courier.join, END_SECONDS)
        self._report_left()

    async def _wait(self, is_done: Callable[[], bool]) -> None:
        since = time.monotonic()
        changed = self._changes()
        while not is_done():
            await _set_within(changed, min(LOOK_SECONDS, self._courier.check_patience(since)))

    def _changes(self) -> asyncio.Event:
        """Set by the courier's thread on every change; who waits clears it before looking again."""
        if self._changed is None:
            self._changed = changed = asyncio.Event()
            loop = asyncio.get_running_loop()

            def tell() -> None:
                with suppress(RuntimeError):  # the loop was closed before the writer: nobody waits any more
                    loop.call_soon_threadsafe(changed.set)

            self._courier.watch(tell)
        return self._changed


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, at most so long, and clear it: it tells of changes since the last look."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    event.clear()
