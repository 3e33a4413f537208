"""What the shell needs of the other rooms, under typed keys of the application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from aiohttp import web

from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.live.state import Read
from groove_dashboard.messages.types import LearningAction, Uuid
from groove_dashboard.web.histogram import Distribution
from groove_dashboard.web.origin import Origin

if TYPE_CHECKING:
    from groove_dashboard.web.websocket import DashboardSocket

Act: TypeAlias = Callable[[LearningAction, Uuid], Awaitable[None]]
"""Does what a person wants done to a learning and returns when it is committed; raises UnknownLearning."""

Readiness: TypeAlias = Callable[[], Awaitable[Mapping[str, bool]]]
"""Whether each thing that the server needs is there."""


class Labelled(NamedTuple):
    """A figure for each combination of some labels' values."""

    labels: tuple[str, ...]
    values: Mapping[tuple[str, ...], float]


class Summary(NamedTuple):
    """How often something was done, and how long that took in all."""

    times: int
    seconds: float


Figure: TypeAlias = float | Labelled | Summary | Distribution

Figures: TypeAlias = Callable[[], Mapping[str, Figure]]
"""The figures of the parts, each under a name such as `subscriptions`.

A name ends in `_total` where the figure only grows, and in `_seconds` where it is a Summary or a Distribution.
"""

READ: Final = web.AppKey[Read]("read")
INGEST: Final = web.AppKey("ingest", Ingest)
ACT: Final = web.AppKey[Act]("act")
READINESS: Final = web.AppKey[Readiness]("readiness")
STATIC_DIR: Final = web.AppKey("static_dir", Path)
KNOWN_HOSTS: Final = web.AppKey[frozenset[str]]("known_hosts")
ALLOWED_ORIGINS: Final = web.AppKey[frozenset[Origin]]("allowed_origins")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the composition root hands over."""

    read: Read
    ingest: Ingest
    act: Act
    readiness: Readiness
    figures: Figures
    socket: DashboardSocket
    static_dir: Path
    host: str
    """The one that the server was told to listen on."""
    allowed_origins: frozenset[Origin] = frozenset()
