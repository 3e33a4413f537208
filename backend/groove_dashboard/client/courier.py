"""The thread that carries a writer's events to the server: in batches, one request at a time, again until it is taken.

A thread rather than a loop, for both faces of the writer: the spool's files block and the library's HTTP client does; a
pipeline whose own loop is busy still delivers; and a thread goes on to the very end of the interpreter, where a loop
cannot.
"""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass
from http import HTTPStatus
from threading import Condition, Thread
from typing import TYPE_CHECKING, Final

from groove_dashboard.client.back_off import BackOff
from groove_dashboard.client.errors import (
    ClientError,
    EventsRefused,
    RequestRefused,
    RequestTooLarge,
    ServerAway,
    SpoolError,
    WriterClosed,
    WriterFailed,
)
from groove_dashboard.client.events import RefusedEvent
from groove_dashboard.client.shipment import Shipment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from groove_dashboard.client.limits import WriterLimits
    from groove_dashboard.client.queue import Batch, Queue
    from groove_dashboard.client.sender import Sender
    from groove_dashboard.client.shipment import Refused

LOOK_SECONDS: Final = 60.0
"""So often it is looked for what processes have left behind that ended meanwhile."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What a writer has been given and what became of it."""

    written: int
    """Events that the writer was given."""
    settled: int
    """Those of them that were stored or refused, the first ones; the others wait."""
    accepted: int
    """Events that were new to the server, also of those that other processes have left behind."""
    duplicates: int
    """Events that the server had already, as where its answer was lost."""
    refused: int
    """Events that the server will never take."""
    trouble: ClientError | None
    """Why the last request was not answered as it should be; None where it was."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told what; called by the courier's thread. What they raise ends the writer."""

    on_refused: Callable[[RefusedEvent], None]
    on_trouble: Callable[[ClientError], None]


class Courier:
    """Holds what was written until it is delivered. `news` guards everything, and is notified of every change."""

    def __init__(
        self, sender: Sender, queue: Queue, limits: WriterLimits, listeners: Listeners, back_off: BackOff | None = None
    ) -> None:
        self.news = Condition()
        self.keeps: Final = queue.keeps
        self._sender = sender
        self._queue = queue
        self._limits = limits
        self._listeners = listeners
        self._back_off = back_off or BackOff()
        self._watchers: list[Callable[[], None]] = []
        self._written = self._settled = self._size = 0
        self._accepted = self._duplicates = self._refused = 0
        self._oldest = 0.0
        """When the first event that waits was written, or a little after."""
        self._flush_to = 0
        """So many events are not to wait for others."""
        self._looked = -math.inf
        """When it was last seen that nothing is left behind."""
        self._progress = -math.inf
        self._trouble: ClientError | None = None
        self._failure: BaseException | None = None
        self._stopping = False
        self._thread = Thread(target=self._run, name="groove-event-writer", daemon=True)
        self._thread.start()

    # for the faces

    def offer(self, line: bytes) -> bool:
        """Take an event; False where there is no room. Raises SpoolError, WriterClosed or WriterFailed."""
        with self.news:
            self._check()
            if self._stopping:
                raise WriterClosed("the writer is closed")
            if not self._queue.append(line):
                return False
            if self._written == self._settled:
                self._oldest = time.monotonic()
            was = self._seconds_to_batch()
            self._written += 1
            self._size += len(line)
            if was == math.inf or self._seconds_to_batch() == 0 < was:
                self.news.notify_all()  # once for each batch: to wake the thread takes longer than to write
            return True

    def flush(self) -> int:
        """What was written so far is not to wait for others; how much that is, to be looked for in `is_through`."""
        with self.news:
            self._flush_to = self._written
            self.news.notify_all()
            return self._written

    def is_through(self, count: int) -> bool:
        """Whether the first so many events, and all that others have left behind, are stored or refused."""
        with self.news:
            self._check()
            return self._settled >= count and self._looked > -math.inf

    def check_patience(self, since: float) -> float:
        """How many seconds one who has waited since that moment may wait on; infinity while there is no trouble.

        Raises what the trouble is: at once where waiting cannot mend it, else once nothing has got through for
        `patience_seconds`.
        """
        with self.news:
            self._check()
            trouble = self._trouble
            if trouble is None and self._settled == self._written and self._looked > -math.inf:
                trouble = SpoolError("there is no room: others have filled the spool")
            if trouble is None:
                return math.inf
            left = max(since, self._progress) + self._limits.patience_seconds - time.monotonic()
            if left <= 0 or isinstance(trouble, RequestRefused):
                raise trouble
            return left

    def watch(self, watcher: Callable[[], None]) -> None:
        """Call it on every change, from whatever thread, under the lock."""
        with self.news:
            self._watchers.append(watcher)

    def stop(self) -> None:
        """End the thread as soon as it is not in a request; what waits is left."""
        with self.news:
            self._stopping = True
            self.news.notify_all()

    def join(self, seconds: float) -> None:
        """Wait for the end of the thread, at most so long."""
        self._thread.join(seconds)

    def statistics(self) -> Statistics:
        """The counts of this moment."""
        with self.news:
            return Statistics(
                written=self._written,
                settled=self._settled,
                accepted=self._accepted,
                duplicates=self._duplicates,
                refused=self._refused,
                trouble=self._trouble,
            )

    # the thread

    def _run(self) -> None:
        try:
            try:
                while (batch := self._next_batch()) is not None and self._is_delivered(batch):
                    pass
            finally:
                self._queue.close()
        except BaseException as error:
            log.exception("an event writer has failed")
            with self.news:
                self._failure = error
                self._notify()

    def _next_batch(self) -> Batch | None:
        """What is to be sent next, once there is something; None when the thread is to end."""
        while True:
            if time.monotonic() >= self._looked + LOOK_SECONDS:
                if (batch := self._queue.left_behind()) is not None:
                    return batch
                with self.news:
                    self._looked = time.monotonic()
                    self._notify()
            with self.news:
                if self._stopping:
                    return None
                seconds = self._seconds_to_batch()
                if seconds == 0:
                    return self._queue.head()
                self._wait(min(seconds, self._looked + LOOK_SECONDS - time.monotonic()))
            self._sync()

    def _is_delivered(self, batch: Batch) -> bool:
        """Send it until all of it is stored or refused; False where the thread is to end before."""
        shipment = Shipment(batch.lines)
        self._put_aside(batch, shipment.unfit)
        while (body := shipment.body()) is not None:
            if self._stopping:
                return False
            try:
                self._attempt(batch, shipment, body)
            except (ServerAway, RequestRefused) as error:
                self._pause(error)
            else:
                self._note_answer()
        self._settle(batch)
        return True

    def _attempt(self, batch: Batch, shipment: Shipment, body: bytes) -> None:
        """Send the body; raises ServerAway or RequestRefused where the answer says nothing about the events."""
        try:
            result = self._sender.send(body)
        except EventsRefused as error:
            refused = shipment.refused(error.faults)
            if not refused:
                raise RequestRefused(HTTPStatus.UNPROCESSABLE_ENTITY, "it names no event that was sent") from error
            self._put_aside(batch, refused)
        except RequestTooLarge as error:
            self._put_aside(batch, shipment.too_large(str(error)))
        else:
            shipment.accepted()
            with self.news:
                self._accepted += result["accepted"]
                self._duplicates += result["duplicates"]

    def _put_aside(self, batch: Batch, refused: Iterable[Refused]) -> None:
        for place, faults in refused:
            index = self._settled + place if batch.own else None
            event = RefusedEvent(index, batch.lines[place], faults)
            if not self._queue.put_aside(event) and self.keeps:
                log.error("an event was refused and could not be put aside: %r", event)
            self._listeners.on_refused(event)
            with self.news:
                self._refused += 1

    def _note_answer(self) -> None:
        with self.news:
            if self._trouble is not None:
                log.info("the server at %s answers again", self._sender.url)
            self._trouble = None
            self._back_off.reset()
            self._progress = time.monotonic()
            self._notify()

    def _settle(self, batch: Batch) -> None:
        with self.news:
            self._queue.forget(batch)
            if batch.own:
                self._settled += len(batch.lines)
                self._size -= sum(map(len, batch.lines))
                self._oldest = time.monotonic()
            self._notify()

    def _pause(self, error: ServerAway | RequestRefused) -> None:
        pause = self._back_off.seconds(error.retry_after if isinstance(error, ServerAway) else None)
        end = time.monotonic() + pause
        with self.news:
            is_new = self._trouble is None
            self._trouble = error
            self._notify()
        if is_new:
            self._listeners.on_trouble(error)
        while not self._stopping and (left := end - time.monotonic()) > 0:
            with self.news:
                if not self._stopping:
                    self._wait(left)
            self._sync()

    # under the lock

    def _seconds_to_batch(self) -> float:
        waiting = self._written - self._settled
        if waiting and self._flush_to > self._settled:
            return 0.0
        return self._limits.seconds_to_batch(waiting, self._size, time.monotonic() - self._oldest)

    def _wait(self, seconds: float) -> None:
        self.news.wait(max(0.0, min(seconds, self._queue.seconds_to_sync())))

    def _sync(self) -> None:
        """Takes the lock by itself, and not while the disk works."""
        with self.news:
            if self._queue.seconds_to_sync() > 0:
                return
            work = self._queue.syncing()
        work()

    def _check(self) -> None:
        if self._failure is not None:
            raise WriterFailed(f"the writer has failed: {self._failure}") from self._failure

    def _notify(self) -> None:
        self.news.notify_all()
        for watcher in self._watchers:
            watcher()
