"""Topics are read together, and what is wrong with one does not spoil the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from groove_dashboard.store.database import Database
from groove_dashboard.topics import providers
from groove_dashboard.topics.provider import Provider, TopicError, TopicState
from groove_dashboard.topics.reader import INTERNAL, UNAVAILABLE, TopicReader
from tests.topics.conftest import Dashboard, Settings
from tests.topics.facts import NOW, extracted, learning_id

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import DashboardTopic
    from groove_dashboard.store.stores import Stores

ALL: list[DashboardTopic] = [
    {"topic": "overview"},
    {"topic": "learnings"},
    {"topic": "learning_detail", "id": learning_id(1)},
    {"topic": "attribution"},
    {"topic": "session_timeline"},
    {"topic": "strategy_distributions"},
    {"topic": "strategy_overrides"},
    {"topic": "health"},
]


async def broken_query(stores: Stores, _topic: Any, _now: datetime, _settings: Any) -> TopicState:
    """A query that PostgreSQL refuses, after which it takes no other in the transaction."""
    await stores.learnings._connection.execute("select no_such_column")
    raise AssertionError("not reached")


async def broken_code(_stores: Stores, _topic: Any, _now: datetime, _settings: Any) -> TopicState:
    raise KeyError("a secret of ours")


def reader(database: Database, **replaced: Any) -> TopicReader:
    """A reader some of whose topics are read by other functions."""
    by_name: dict[Any, Provider[Any]] = {
        **providers(),
        **{name: Provider(read=read, depends_on=frozenset()) for name, read in replaced.items()},
    }
    return TopicReader(database, lambda: NOW, Settings(), by_name=by_name)


async def test_topics_are_answered_in_the_order_in_which_they_are_asked(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1))
    for topics in (ALL, ALL[::-1]):
        states = await dashboard.reader.read(topics)
        assert [isinstance(state, TopicState) and state.data["data_type"] for state in states] == [
            topic["topic"] for topic in topics
        ]
    assert await dashboard.reader.read([]) == []


async def test_what_is_not_found_leaves_the_others_alone(dashboard: Dashboard) -> None:
    states = await dashboard.reader.read(ALL)
    assert [state for state in states if isinstance(state, TopicError)] == [
        TopicError("not_found", "There is no such learning.")
    ]


async def test_absent_properties_mean_their_defaults(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1))
    short, long = await dashboard.reader.read(
        [
            {"topic": "learnings"},
            {"topic": "learnings", "filters": {}, "sort": "recency", "limit": 100, "offset": 0},
        ]
    )
    assert short == long


@pytest.mark.parametrize("broken", [broken_query, broken_code])
async def test_a_broken_provider_breaks_its_own_topic_only(
    database: Database, broken: Any, caplog: pytest.LogCaptureFixture
) -> None:
    states = await reader(database, health=broken, learnings=broken).read(
        [{"topic": "overview"}, {"topic": "health"}, {"topic": "attribution"}, {"topic": "learnings"}]
    )
    assert [state if isinstance(state, TopicError) else state.data["data_type"] for state in states] == [
        "overview",
        INTERNAL,
        "attribution",
        INTERNAL,
    ]
    assert [record.exc_info is not None for record in caplog.records if record.name.endswith("reader")] == [True, True]


async def test_all_topics_of_a_call_are_of_one_view(database: Database) -> None:
    """A learning that is committed between two topics of one call is in neither."""
    by_hand = Dashboard(database)

    async def meanwhile(stores: Stores, topic: Any, now: datetime, settings: Any) -> TopicState:
        state = await providers()["strategy_distributions"].read(stores, topic, now, settings)
        await by_hand.take(extracted(1))
        return state

    before, state = await reader(database, strategy_distributions=meanwhile).read(
        [{"topic": "strategy_distributions"}, {"topic": "learnings"}]
    )
    assert isinstance(before, TopicState)
    assert isinstance(state, TopicState)
    assert state.data == {"data_type": "learnings", "learnings": [], "total": 0}
    assert (await by_hand.data({"topic": "learnings"}))["total"] == 1


async def test_topics_are_unavailable_while_the_database_does_not_answer(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = await Database.connect(database_url, min_size=1, max_size=1)
    await database.close()
    assert await reader(database).read(ALL[:2]) == [UNAVAILABLE, UNAVAILABLE]
    [record] = [record for record in caplog.records if record.name.endswith("reader")]
    assert record.getMessage().startswith("2 topics could not be read: ")
    assert record.exc_info is None


async def test_a_connection_lost_between_two_topics_makes_all_unavailable_and_the_next_call_works(
    database: Database,
) -> None:
    lost = False

    async def losing(stores: Stores, topic: Any, now: datetime, settings: Any) -> TopicState:
        nonlocal lost
        if not lost:
            lost = True
            await stores.learnings._connection.execute("select pg_terminate_backend(pg_backend_pid())")
        return await providers()["health"].read(stores, topic, now, settings)

    topics: list[DashboardTopic] = [{"topic": "overview"}, {"topic": "health"}]
    losing_reader = reader(database, health=losing)
    assert await losing_reader.read(topics) == [UNAVAILABLE, UNAVAILABLE]
    assert all(isinstance(state, TopicState) for state in await losing_reader.read(topics))
