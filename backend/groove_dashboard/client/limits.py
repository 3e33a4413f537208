"""How much a writer sends at once, keeps and waits; and when a batch is to go."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

KIBIBYTE: Final = 1024
MEBIBYTE: Final = 1024 * KIBIBYTE
MOST_EVENTS: Final = 10_000
"""What the server takes in one request; `MOST_BYTES` likewise."""
MOST_BYTES: Final = 16 * MEBIBYTE
LARGEST_SEGMENT: Final = 8 * MEBIBYTE
SEGMENTS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterLimits:
    """The bounds of a writer. Raises ValueError where they contradict each other or what the server takes."""

    batch_events: int = 1000
    """So many events go in one request at most, 10,000 as the server has it."""
    batch_bytes: int = 2 * MEBIBYTE
    """So many bytes go in one request at most, 16 MiB as the server has it. A larger event is not taken."""
    batch_seconds: float = 0.2
    """An event waits so long at most for others to go with it. While a request is under way, others gather."""
    memory_bytes: int = 16 * MEBIBYTE
    """Without a spool, events of so many bytes at most wait in memory."""
    spool_bytes: int = 256 * MEBIBYTE
    """The files of the spool's directory may take so much of the disk, to within `segment_bytes` for each process."""
    sync_seconds: float = 1.0
    """What has waited so long on the disk is made to survive a power failure too."""
    patience_seconds: float = 30.0
    """A call that has to wait while requests fail gives up after so long without one getting through."""
    close_seconds: float = 5.0
    """Closing, and so the end of the process, waits so long at most."""

    def __post_init__(self) -> None:
        """Hold the bounds against each other."""
        if not 1 <= self.batch_events <= MOST_EVENTS:
            raise ValueError(f"batch_events is not between 1 and {MOST_EVENTS}: {self.batch_events}")
        if not 1 <= self.batch_bytes <= MOST_BYTES:
            raise ValueError(f"batch_bytes is not between 1 and {MOST_BYTES}: {self.batch_bytes}")
        if self.memory_bytes < self.batch_bytes:
            raise ValueError("memory_bytes is less than batch_bytes: an event might never have room")
        if self.spool_bytes < 2 * self.segment_bytes:
            raise ValueError("spool_bytes is less than twice batch_bytes: an event might never have room")
        for name in ("batch_seconds", "sync_seconds", "patience_seconds", "close_seconds"):
            if not getattr(self, name) >= 0:  # NaN too
                raise ValueError(f"{name} is not a number of seconds: {getattr(self, name)}")

    @property
    def segment_bytes(self) -> int:
        """How large a file of the spool gets: it holds the largest event, and goes as a whole when it is delivered."""
        return max(self.batch_bytes + 1, min(LARGEST_SEGMENT, self.spool_bytes // SEGMENTS))

    def seconds_to_batch(self, events: int, size: int, age: float) -> float:
        """How long events of that number and size wait for others, the oldest of which has waited for `age` seconds.

        0 says that they are to go now; infinity that there are none.
        """
        if events == 0:
            return math.inf
        if events >= self.batch_events or size >= self.batch_bytes:
            return 0.0
        return max(0.0, self.batch_seconds - age)
