"""What the benchmark needs of the machine."""

from __future__ import annotations

import resource
import sys
from typing import Final

SPARE: Final = 100
"""Descriptors that a process has beside those of its clients."""


class Unfit(Exception):
    """The machine has not what is needed; the text says what."""


def check(clients: int) -> None:
    """Raises Unfit where so many clients of one server cannot be held here."""
    if sys.platform != "linux":
        raise Unfit("The benchmark needs Linux: it counts with epoll and reads /proc.")
    needed = 2 * clients + SPARE  # those that come again may be there before the others have gone
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise Unfit(f"A process needs {needed} file descriptors, and may have {hard} (ulimit -Hn).")


def raise_limit() -> None:
    """Let this process have as many file descriptors as it may."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
