"""What a contestant did in one turn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slice:
    """What one contestant did while it was its turn; times in seconds."""

    deliveries: int
    """Messages of a change that reached a client."""
    seconds: float
    cpu_seconds: float
    """Of the server."""
    latencies: list[float]
    """Each change's way to the last client."""

    @property
    def cpu_per_delivery(self) -> float:
        """Seconds."""
        return self.cpu_seconds / self.deliveries

    @property
    def per_second(self) -> float:
        """Deliveries a second."""
        return self.deliveries / self.seconds
