"""How a server is set up.

What an operator chooses comes first and has a flag of `serve` with its GROOVE_* twin in the environment; the rest is
for whoever starts a server from Python, as the tests do.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import platformdirs

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8765
DEFAULT_MAX_CONNECTIONS: Final = 10_000
DEFAULT_POOL_SIZE: Final = 8
DEFAULT_POOL_MIN_SIZE: Final = 1
DEFAULT_ACQUIRE_TIMEOUT_SECONDS: Final = 5.0
DEFAULT_STATEMENT_TIMEOUT_SECONDS: Final = 10.0
DEFAULT_MAX_TOPICS: Final = 64
DEFAULT_MESSAGES_PER_SECOND: Final = 20
DEFAULT_HEARTBEAT_SECONDS: Final = 25.0
DEFAULT_SLOW_CLIENT_SECONDS: Final = 10.0
MEBIBYTE: Final = 1024 * 1024


def default_data_dir() -> Path:
    """The folder for this user's embedded database, where the platform keeps such data.

    For root a folder of the system: PostgreSQL runs as another user then, who must be able to get there, and root's
    home is nobody else's business.
    """
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if as_root:
        return Path("/var/lib/groove-dashboard")
    return Path(platformdirs.user_data_dir("groove-dashboard", appauthor=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One server process. Durations called `..._seconds` are seconds; sizes are bytes."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    """0 takes any free port."""
    data_dir: Path = field(default_factory=default_data_dir)
    """Where the embedded PostgreSQL lives; unused with a `database_url`."""
    database_url: str | None = None
    listen_url: str | None = None
    """The server's own address, where the `database_url` leads to a pooler that shares its sessions out."""
    demo: bool = False
    allow_origin: tuple[str, ...] = ()
    """Origins beside the server's own whose pages may connect and act, as `https://dashboard.example`."""
    component_stale_after: timedelta = timedelta(minutes=15)
    """A component whose last report is older than this is degraded at best."""
    max_connections: int = DEFAULT_MAX_CONNECTIONS
    """Connections to the socket; one more is closed with 4029."""
    max_topics: int = DEFAULT_MAX_TOPICS
    """Topics of one connection; one more is `too_many_topics`."""
    messages_per_second: int = DEFAULT_MESSAGES_PER_SECOND
    """Messages of one connection in the long run, and three times as many at once; one more is `rate_limited`."""
    heartbeat_seconds: float = DEFAULT_HEARTBEAT_SECONDS
    """A heartbeat follows that long a silence; less than what a proxy takes for a dead connection."""
    slow_client_seconds: float = DEFAULT_SLOW_CLIENT_SECONDS
    """A connection that does not take what is sent for so long is aborted, as of 4008."""
    pool_max_size: int = DEFAULT_POOL_SIZE
    """Connections to the database at most, beside the one that listens for changes.

    Few do: a topic is read once for all its subscribers.
    """

    pool_min_size: int = DEFAULT_POOL_MIN_SIZE
    """How many of them are opened at the start."""
    acquire_timeout_seconds: float = DEFAULT_ACQUIRE_TIMEOUT_SECONDS
    """Who has waited so long for one of them is told that the database is unavailable."""
    statement_timeout_seconds: float = DEFAULT_STATEMENT_TIMEOUT_SECONDS
    """A statement that takes longer is broken off, here and in the server."""

    max_body_bytes: int = 16 * MEBIBYTE
    drain_seconds: float = 1.5
    """How long open requests may go on after a stop; the whole stop stays under 10 s."""
    static_dir: Path = Path(__file__).parent / "web" / "static"
    """The built app."""
