"""On what was measured, and how busy others kept it."""

from __future__ import annotations

import os
import platform
import resource
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

IDLE: Final = slice(3, 5)
"""Among the counters of /proc/stat: idle, and waiting for a disk."""
COUNTED: Final = 8
"""Of the counters; what follows is counted in others already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Seconds are those of the whole benchmark."""

    python: str
    system: str
    cores: int
    seconds: float
    load_before: float
    load_after: float
    """Of the last minute, as the kernel has it."""
    others: float
    """Cores that were busy with something else than the benchmark, on average."""

    def sentence(self) -> str:
        """The same for people."""
        return (
            f"Python {self.python}, {self.system}, {self.cores} cores, {self.seconds:.0f} s; load "
            f"{self.load_before:.1f} before and {self.load_after:.1f} after, of which others used "
            f"{self.others:.2f} cores meanwhile."
        )


class MachineWatch:
    """Begins to watch when it is made."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._load = os.getloadavg()[0]
        self._others = _busy_seconds() - _own_seconds()

    def end(self, *, beside: float = 0.0) -> Machine:
        """What was seen. All processes of the benchmark must have ended.

        `beside` is the CPU seconds of those that are ours but were not started by this process.
        """
        seconds = time.monotonic() - self._begun
        return Machine(
            python=platform.python_version(),
            system=f"{platform.system()} {platform.release()}",
            cores=os.cpu_count() or 1,
            seconds=seconds,
            load_before=self._load,
            load_after=os.getloadavg()[0],
            others=max(0.0, _busy_seconds() - _own_seconds() - beside - self._others) / seconds,
        )


def _busy_seconds() -> float:
    """Seconds for which the cores have been busy since the machine's start."""
    counters = [int(one) for one in Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:]][:COUNTED]
    return (sum(counters) - sum(counters[IDLE])) / os.sysconf("SC_CLK_TCK")


def _own_seconds() -> float:
    """CPU seconds of this process and of those that it has started and that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
