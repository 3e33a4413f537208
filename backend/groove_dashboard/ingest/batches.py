"""Requests that wait are written together: one writer a process, one transaction a batch.

More writers would only wait for each other at the figures of popular learnings, each holding a connection that readers
need; measured, one that batches stores several times as many events a second as fifty that do not.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from groove_dashboard.store.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

LARGEST_BATCH: Final = 10_000
"""Items of a batch; as many as one request may hold. A request is never cut in two."""
MOST_WAITING: Final = 100_000
"""Items that wait to be written; a request that would come on top is turned away."""


@dataclass(frozen=True, slots=True, eq=False)
class _Request(Generic[Item, Outcome]):
    items: Sequence[Item]
    outcome: asyncio.Future[Outcome]


class Batches(Generic[Item, Outcome]):
    """Writes requests in the order in which they come.

    `write` is given requests, writes them all or none, and answers each. Where it fails by a DatabaseUnavailable, all
    that were given fail; where it fails otherwise, they are written one by one, so that each fails for itself alone.
    A task exists only while something waits.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Sequence[Item]]], Awaitable[Sequence[Outcome]]],
        *,
        largest_batch: int = LARGEST_BATCH,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._write = write
        self._largest_batch = largest_batch
        self._most_waiting = most_waiting
        self._waiting: deque[_Request[Item, Outcome]] = deque()
        self._items_waiting = 0
        self._writer: asyncio.Task[None] | None = None

    async def add(self, items: Sequence[Item]) -> Outcome:
        """Have the items written, all or none, and return what `write` answers; raises what it raises.

        Raises DatabaseUnavailable, too, where too much waits already. A caller that is cancelled may be written still.
        """
        if self._waiting and self._items_waiting + len(items) > self._most_waiting:
            raise DatabaseUnavailable("Too many events wait to be stored.")
        request: _Request[Item, Outcome] = _Request(items, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        self._items_waiting += len(items)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all(), name="the writer of events")
        return await request.outcome

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                await self._write_batch(self._next_batch())
        finally:
            self._writer = None
            # Not empty only where this task is cancelled, as when the loop ends.
            for request in self._waiting:
                request.outcome.cancel()
            self._waiting.clear()
            self._items_waiting = 0

    def _next_batch(self) -> list[_Request[Item, Outcome]]:
        """The first request and as many of those behind it as fit."""
        batch: list[_Request[Item, Outcome]] = []
        size = 0
        while self._waiting and (not batch or size + len(self._waiting[0].items) <= self._largest_batch):
            request = self._waiting.popleft()
            self._items_waiting -= len(request.items)
            if not request.outcome.done():  # else whoever asked has gone
                batch.append(request)
                size += len(request.items)
        return batch

    async def _write_batch(self, batch: Sequence[_Request[Item, Outcome]]) -> None:
        try:
            outcomes = await self._write([request.items for request in batch])
        except DatabaseUnavailable as error:
            _fail(batch, error)
        except Exception as error:  # noqa: BLE001 - handed to whoever asked
            if len(batch) == 1:
                _fail(batch, error)
            else:
                for request in batch:
                    await self._write_batch([request])
        except asyncio.CancelledError:
            for request in batch:
                request.outcome.cancel()
            raise
        else:
            for request, outcome in zip(batch, outcomes, strict=True):
                if not request.outcome.done():
                    request.outcome.set_result(outcome)


def _fail(batch: Sequence[_Request[Item, Outcome]], error: Exception) -> None:
    for request in batch:
        if not request.outcome.done():
            request.outcome.set_exception(error)
