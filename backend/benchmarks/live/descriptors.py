"""The number of sockets that a process may hold."""

from __future__ import annotations

import resource
from typing import Final

LEAST: Final = 10_000
"""Twice 4,000, since those that come again may be there before the others have gone, and some."""


def raise_limit() -> None:
    """Raise it as far as this process may. Raises OSError where that is too little."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < LEAST:
        raise OSError(f"{LEAST} file descriptors are needed, and the hard limit is {hard} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
