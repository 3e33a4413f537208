"""Reads topics from one consistent view of the database."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from groove_dashboard.messages.validators import TOPIC_DEFAULTS
from groove_dashboard.store.errors import DatabaseUnavailable, translated
from groove_dashboard.topics import providers
from groove_dashboard.topics.provider import TopicError, TopicNotFound, TopicState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import DashboardTopic, TopicName
    from groove_dashboard.store.database import Database
    from groove_dashboard.store.stores import Stores
    from groove_dashboard.topics.provider import Provider, TopicSettings

LOG = logging.getLogger(__name__)

UNAVAILABLE: Final = TopicError("unavailable", "The database does not answer.")
INTERNAL: Final = TopicError("internal", "The topic could not be read.")

Result: TypeAlias = TopicState | TopicError


class _TopicBroken(Exception):
    """A provider failed for a reason that it does not know; the transaction may be of no use any more."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class TopicReader:
    """Reads topics; `clock` tells the moment (aware) as of which they are read."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        settings: TopicSettings,
        *,
        by_name: Mapping[TopicName, Provider[Any]] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._providers = providers() if by_name is None else by_name

    async def read(self, topics: Sequence[DashboardTopic]) -> list[Result]:
        """The state of each topic, in the order of the topics, all of one moment and from one view of the database.

        What is not there is `not_found`. A database that does not answer makes all topics `unavailable`. A provider
        that breaks makes its topic `internal`, and the others are read again without it: PostgreSQL answers nothing
        more in a transaction in which a query has failed, and the rest must be of one view.
        """
        broken: set[int] = set()
        while True:
            try:
                return await self._read_but(broken, topics)
            except _TopicBroken as failure:
                LOG.exception("reading %s", topics[failure.index], exc_info=failure.__cause__)
                broken.add(failure.index)
            except DatabaseUnavailable as error:
                # Without a trace: while the database is away, this is said again and again.
                LOG.warning("%d topics could not be read: %s", len(topics), error)
                return [UNAVAILABLE for _ in topics]

    async def _read_but(self, broken: set[int], topics: Sequence[DashboardTopic]) -> list[Result]:
        now = self._clock()
        async with self._database.snapshot() as stores:
            return [
                INTERNAL if index in broken else await self._read_one(index, topic, stores, now)
                for index, topic in enumerate(topics)
            ]

    async def _read_one(self, index: int, topic: DashboardTopic, stores: Stores, now: datetime) -> Result:
        completed = cast("DashboardTopic", {**TOPIC_DEFAULTS[topic["topic"]], **topic})
        try:
            with translated():
                begun_at = time.perf_counter()
                state = await self._providers[topic["topic"]].read(stores, completed, now, self._settings)
                return replace(state, seconds=time.perf_counter() - begun_at)
        except TopicNotFound as reason:
            return TopicError("not_found", str(reason))
        except DatabaseUnavailable:
            raise
        except Exception as error:
            raise _TopicBroken(index) from error
