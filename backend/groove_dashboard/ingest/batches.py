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


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLimits:
    """What goes together and what may wait. A request is never cut in two, and one that comes alone may be larger."""

    batch_items: int = 10_000
    batch_bytes: int = 16 * 1024**2
    waiting_items: int = 100_000
    """Of requests that are not being written yet; one that would come on top is turned away."""
    waiting_bytes: int = 64 * 1024**2
    wait_seconds: float = 30.0
    """From when a request comes until it is answered, whatever holds the writer up."""


DEFAULT_LIMITS: Final = BatchLimits()


@dataclass(frozen=True, slots=True, eq=False)
class _Request(Generic[Item, Outcome]):
    items: Sequence[Item]
    size: int
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
        limits: BatchLimits = DEFAULT_LIMITS,
    ) -> None:
        self._write = write
        self._limits = limits
        self._waiting: deque[_Request[Item, Outcome]] = deque()
        self._items_waiting = 0
        self._bytes_waiting = 0
        self._writer: asyncio.Task[None] | None = None

    async def add(self, items: Sequence[Item], size: int = 0) -> Outcome:
        """Have the items, of so many bytes, written, all or none, and return what `write` answers; raises what it does.

        Raises DatabaseUnavailable, too, where too much waits already, or for too long. A caller that is cancelled or
        told so may be written still, if that has begun.
        """
        if self._waiting and not self._has_room(items, size):
            raise DatabaseUnavailable("Too many events wait to be stored.")
        request: _Request[Item, Outcome] = _Request(items, size, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        self._items_waiting += len(items)
        self._bytes_waiting += size
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all(), name="the writer of events")
        patience = asyncio.timeout(self._limits.wait_seconds)
        try:
            async with patience:
                return await request.outcome
        except TimeoutError as error:
            if not patience.expired():
                raise
            raise DatabaseUnavailable("Events have waited for too long to be stored.") from error

    def _has_room(self, items: Sequence[Item], size: int) -> bool:
        return (
            self._items_waiting + len(items) <= self._limits.waiting_items
            and self._bytes_waiting + size <= self._limits.waiting_bytes
        )

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                if batch := self._next_batch():  # else all of them have gone
                    await self._write_batch(batch)
        finally:
            self._writer = None
            # Not empty only where this task is cancelled, as when the loop ends.
            for request in self._waiting:
                request.outcome.cancel()
            self._waiting.clear()
            self._items_waiting = self._bytes_waiting = 0

    def _next_batch(self) -> list[_Request[Item, Outcome]]:
        """The first request and as many of those behind it as fit."""
        batch: list[_Request[Item, Outcome]] = []
        items_left, bytes_left = self._limits.batch_items, self._limits.batch_bytes
        while self._waiting:
            request = self._waiting[0]
            items_left -= len(request.items)
            bytes_left -= request.size
            if batch and min(items_left, bytes_left) < 0:
                break
            self._waiting.popleft()
            self._items_waiting -= len(request.items)
            self._bytes_waiting -= request.size
            if request.outcome.done():  # whoever asked has gone
                items_left += len(request.items)
                bytes_left += request.size
            else:
                batch.append(request)
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
