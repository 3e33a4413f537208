"""Sessions: each group of columns follows its own latest event, whatever the order of events."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.store.sessions import AssessedSession, SeenSessions
from tests.topics.facts import NOW, assessed, days_ago, moment, started

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import SessionAssessedEvent, SessionOutcome, SessionStartedEvent
    from groove_dashboard.store.database import Database

YEAR = (days_ago(365), days_ago(-365))


async def store(database: Database, *batches: Sequence[SessionStartedEvent | SessionAssessedEvent]) -> None:
    async with database.transaction() as stores:
        for batch in batches:
            await stores.sessions.keep(batch)


async def only(database: Database) -> AssessedSession:
    async with database.snapshot() as stores:
        [session] = await stores.sessions.assessed(*YEAR, limit=10)
    return session


async def ids(database: Database, limit: int = 10) -> list[str]:
    async with database.snapshot() as stores:
        return [session.id for session in await stores.sessions.assessed(*YEAR, limit=limit)]


@pytest.mark.parametrize("together", [True, False])
async def test_title_and_assessment_follow_their_own_latest_events(database: Database, *, together: bool) -> None:
    orders = list(permutations(range(4)))
    for number, order in enumerate(orders):
        name = f"{number:02}"
        events: list[SessionStartedEvent | SessionAssessedEvent] = [
            started(name, days_ago(4), title="first title"),
            assessed(name, days_ago(3), outcome="failure", title="latest title"),
            assessed(name, days_ago(2), number=1, outcome="success", score=0.9),
            assessed(name, days_ago(2), number=2, outcome="partial"),
        ]
        shuffled = [events[index] for index in order]
        await store(database, *([shuffled] if together else [[event] for event in shuffled]))
    async with database.snapshot() as stores:
        sessions = await stores.sessions.assessed(*YEAR, limit=100)
    assert sessions == [
        AssessedSession(f"{number:02}", "latest title", days_ago(2), 0.75, "partial") for number in range(len(orders))
    ]


async def test_of_titles_of_one_moment_the_larger_event_id_wins(database: Database) -> None:
    await store(database, [assessed("s", number=2, title="larger")], [started("s", number=1, title="smaller")])
    assert (await only(database)).title == "larger"


async def test_a_later_start_without_a_title_leaves_the_title(database: Database) -> None:
    await store(database, [started("s", days_ago(2), title="title")], [started("s", days_ago(1)), assessed("s")])
    assert (await only(database)).title == "title"


async def test_a_late_start_does_not_undo_a_later_one(database: Database) -> None:
    await store(database, [started("s", days_ago(1))], [started("s", days_ago(20))])
    async with database.snapshot() as stores:
        assert await stores.sessions.seen(days_ago(2), NOW) == SeenSessions(seen=1, assessed=0)
        assert await stores.sessions.seen(days_ago(30), days_ago(10)) == SeenSessions(seen=0, assessed=0)


async def test_the_latest_scope_given_is_kept(database: Database, database_url: str) -> None:
    await store(
        database,
        [started("s", days_ago(1), scope={"level": "project", "name": "groove"})],
        [started("s", days_ago(2), scope={"level": "user", "name": "ada"})],
        [started("s", NOW)],
    )
    connection = await asyncpg.connect(database_url)
    try:
        assert tuple(await connection.fetchrow("select scope_level, scope_name from session")) == ("project", "groove")
    finally:
        await connection.close()


async def test_an_outcome_has_a_score_where_none_is_given(database: Database) -> None:
    scores: dict[SessionOutcome, float] = {"success": 1.0, "partial": 0.75, "failure": 0.25, "abandoned": 0.0}
    await store(database, [assessed(outcome, outcome=outcome) for outcome in scores])
    async with database.snapshot() as stores:
        assert {one.outcome: one.score for one in await stores.sessions.assessed(*YEAR, limit=10)} == scores


async def test_a_score_of_zero_is_a_score(database: Database) -> None:
    await store(database, [assessed("s", outcome="success", score=0.0)])
    assert (await only(database)).score == 0.0


async def test_a_session_that_was_only_started_is_not_assessed(database: Database) -> None:
    await store(database, [started("s", title="title")])
    assert await ids(database) == []
    async with database.snapshot() as stores:
        assert (await stores.counts.read()).sessions_assessed == 0


async def test_sessions_come_newest_first_and_ties_by_code_point(database: Database) -> None:
    names = ["ä", "a", "Z", "10", "2", "日"]
    await store(database, [assessed("older", days_ago(1)), *(assessed(name) for name in names)])
    assert await ids(database) == [*sorted(names), "older"]
    assert await ids(database, limit=3) == ["10", "2", "Z"]


async def test_a_period_holds_its_first_moment_but_not_its_last(database: Database) -> None:
    since, until = moment("03-04 00:00"), moment("03-11 00:00")
    tick = timedelta(microseconds=1)
    await store(
        database,
        [
            assessed("before", since - tick),
            assessed("first", since),
            assessed("last", until - tick),
            assessed("after", until),
        ],
    )
    async with database.snapshot() as stores:
        assert [one.id for one in await stores.sessions.assessed(since, until, limit=10)] == ["last", "first"]
        assert await stores.sessions.assessed_count_within(since, until) == 2
        assert (await stores.counts.read()).sessions_assessed == 4
        days = {day.assessed_day: day.sessions for day in await stores.sessions.days(since, until)}
        assert await stores.sessions.seen(since, until) == SeenSessions(2, 2)
    assert days == {date(2026, 3, 4): 1, date(2026, 3, 10): 1}


async def test_scores_of_a_day_add_up_exactly(database: Database) -> None:
    await store(database, [assessed(str(number), score=0.1) for number in range(10)])
    async with database.snapshot() as stores:
        [day] = await stores.sessions.days(*YEAR)
    assert (day.assessed_day, day.score_sum, day.sessions) == (date(2026, 3, 10), Decimal(1), 10)


async def test_a_session_is_seen_once_when_it_started_or_was_assessed_in_the_period(database: Database) -> None:
    await store(
        database,
        [
            started("running", days_ago(1)),
            started("both", days_ago(2)),
            assessed("both", days_ago(1)),
            started("assessed long after", days_ago(1)),
            assessed("assessed long after", days_ago(-30)),
            started("started long before", days_ago(30)),
            assessed("started long before", days_ago(1)),
            started("old", days_ago(30)),
            assessed("old", days_ago(29)),
        ],
    )
    async with database.snapshot() as stores:
        assert await stores.sessions.seen(moment("03-04 00:00"), moment("03-11 00:00")) == SeenSessions(4, 3)
