"""A dashboard on an empty database: events go in, topics come out, each checked against the schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.messages.validators import load_topic_data
from groove_dashboard.topics.provider import TopicState
from groove_dashboard.topics.reader import TopicReader
from tests.topics.facts import NOW

if TYPE_CHECKING:
    from groove_dashboard.messages.types import DashboardTopic, IngestEvent
    from groove_dashboard.store.database import Database


@dataclass(frozen=True, slots=True)
class Settings:
    """What topics take from the settings."""

    component_stale_after: timedelta = timedelta(minutes=15)


class Dashboard:
    """Events go in by `take`, topics come out by `data`, as of the moment `now`."""

    def __init__(self, database: Database) -> None:
        self.now: datetime = NOW
        self.ingest = Ingest(database, lambda: self.now, lambda: None)
        self.reader = TopicReader(database, lambda: self.now, Settings())

    async def take(self, *events: IngestEvent) -> None:
        """Store the events in one request."""
        await self.ingest.apply(events)

    async def state(self, topic: DashboardTopic) -> TopicState:
        """The topic's state; its data are what the schema says they are."""
        [state] = await self.reader.read([topic])
        assert isinstance(state, TopicState), state
        assert load_topic_data(state.data) == state.data
        assert state.data["data_type"] == topic["topic"]
        return state

    async def data(self, topic: DashboardTopic) -> Any:
        """The topic's data, whose type the test knows by the topic."""
        return (await self.state(topic)).data


@pytest.fixture
def dashboard(database: Database) -> Dashboard:
    """Nothing has happened yet, and it is NOW."""
    return Dashboard(database)
