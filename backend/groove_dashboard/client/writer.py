"""The writer for pipelines of threads; `AsyncEventWriter` is the one for pipelines of coroutines."""

from __future__ import annotations

import atexit
import logging
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from groove_dashboard.client.courier import Courier, Listeners, Statistics
from groove_dashboard.client.errors import ClientError, Undelivered, WriterClosed
from groove_dashboard.client.events import Stamp
from groove_dashboard.client.limits import WriterLimits
from groove_dashboard.client.queue import MemoryQueue
from groove_dashboard.client.sender import Sender
from groove_dashboard.client.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from groove_dashboard.client.events import RefusedEvent

DEFAULT_LIMITS: Final = WriterLimits()
LOOK_SECONDS: Final = 1.0
"""A call that waits looks so often by itself, as room in a spool that is shared may be made by another process."""
END_SECONDS: Final = 0.2

log = logging.getLogger(__name__)


def log_refused(refused: RefusedEvent) -> None:
    """Log what is wrong with an event and where, by JSON pointers."""
    faults = "; ".join(f"{fault['path'] or '(the event)'}: {fault['message']}" for fault in refused.faults)
    log.error("the server refused event %s, and the others go on: %s", refused.index, faults)


def log_trouble(trouble: ClientError) -> None:
    """Log that events have to wait."""
    log.warning("events wait: %s", trouble)


class Writer:
    """What both faces of a writer share: everything but how to wait.

    `url` is the server's, `http://host:port`. `spool_dir` is a directory of a local disk, which belongs to that server
    and may be shared by several processes; events wait there, and what is left at the end of the process, also of a
    killed one, is delivered by the next one that opens it. With None events wait in memory and end with the process.

    `on_refused` is told of each event that the server will never take, `on_trouble` once when requests begin to fail;
    both are called by the writer's thread and log by default.

    Raises ValueError for a URL that names no HTTP server, SpoolError where the directory cannot be used.
    """

    def __init__(
        self,
        url: str,
        spool_dir: Path | str | None,
        *,
        limits: WriterLimits = DEFAULT_LIMITS,
        on_refused: Callable[[RefusedEvent], None] = log_refused,
        on_trouble: Callable[[ClientError], None] = log_trouble,
    ) -> None:
        self._limits: Final = limits
        self._stamp: Final = Stamp()
        sender = Sender(url)
        queue = MemoryQueue(limits) if spool_dir is None else Spool(Path(spool_dir), limits)
        self._courier: Final = Courier(sender, queue, limits, Listeners(on_refused, on_trouble))
        self._process: Final = os.getpid()
        self._is_closed = False
        atexit.register(self._close_at_exit)

    def statistics(self) -> Statistics:
        """What became of the events so far."""
        return self._courier.statistics()

    def _checked(self, line: bytes) -> bytes:
        """The line; raises ValueError where it cannot be part of a request."""
        self._in_own_process()
        if b"\n" in line:
            raise ValueError("an event has a line break in it")
        if len(line) > self._limits.batch_bytes:
            raise ValueError(f"an event has {len(line)} bytes, more than the {self._limits.batch_bytes} of a batch")
        return line

    def _begin_close(self) -> tuple[int, float]:
        """What closing waits for, and the moment until which it does."""
        self._in_own_process()
        self._is_closed = True
        atexit.unregister(self._close_at_exit)
        return self._courier.flush(), time.monotonic() + self._limits.close_seconds

    def _report_left(self) -> None:
        """Tell of what was not delivered: by Undelivered where it is lost."""
        counts = self._courier.statistics()
        left = counts.written - counts.settled
        if left == 0:
            return
        reason = str(counts.trouble or "the server has not answered in time")
        if not self._courier.keeps:
            raise Undelivered(left, reason)
        log.warning("%d events stay in the spool for the next writer: %s", left, reason)

    def _in_own_process(self) -> None:
        """A fork has no thread that would deliver, and may have been made while the lock was held."""
        if os.getpid() != self._process:
            raise WriterClosed("this writer belongs to another process: make one in each")

    def _close_blocking(self) -> None:
        count, end = self._begin_close()
        try:
            with self._courier.news:
                while not self._courier.is_through(count) and (left := end - time.monotonic()) > 0:
                    self._courier.news.wait(left)
        finally:
            self._courier.stop()
            # It is at rest where all is delivered. Else it may be in a request, for which the process need not wait.
            self._courier.join(END_SECONDS)
        self._report_left()

    def _close_at_exit(self) -> None:
        if os.getpid() == self._process:
            self._close_blocking()


class EventWriter(Writer):
    """Takes events one by one and delivers them in the background. May be used by several threads."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except ClientError as trouble:
            if error is None:
                raise
            log.error("%s", trouble)  # noqa: TRY400 - what the block has raised goes on, and says more

    def write(self, event: Mapping[str, object]) -> None:
        """Take an event. `event_id` and `occurred_at` are filled in where they are missing: a new UUID, and now.

        With a spool, an event that was taken is in the hands of the operating system. Where there is no room, this
        waits for it. Raises ServerAway, or RequestRefused, where it has waited for `patience_seconds` without anything
        getting through; SpoolError where the disk fails; ValueError for an event of more than `batch_bytes`; TypeError
        for what is no JSON; WriterClosed; WriterFailed. An event for which this raises was not taken.
        """
        self.write_line(self._stamp.line(event))

    def write_line(self, line: bytes) -> None:
        """Take an event that is JSON already, on one line. Nothing is filled in. Raises as `write` does."""
        line = self._checked(line)
        self._wait(lambda: self._courier.offer(line))

    def flush(self) -> None:
        """Wait until everything written so far is stored or refused, and what others have left in the spool too.

        Raises ServerAway where nothing gets through for `patience_seconds`, RequestRefused at once; the events still
        wait then, and are still tried. WriterFailed.
        """
        self._in_own_process()
        count = self._courier.flush()
        self._wait(lambda: self._courier.is_through(count))

    def close(self) -> None:
        """Deliver what waits, for `close_seconds` at most. Closing twice does nothing. Done at exit where not before.

        What is left then stays in the spool; without one it is lost, which raises Undelivered. WriterFailed.
        """
        if not self._is_closed:
            self._close_blocking()

    def _wait(self, is_done: Callable[[], bool]) -> None:
        since = time.monotonic()
        with self._courier.news:
            while not is_done():
                self._courier.news.wait(min(LOOK_SECONDS, self._courier.check_patience(since)))
