"""Attribution records and experiments: the latest of each, and what they add up to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import pytest

from groove_dashboard.store.attributions import AblationRow, ContributionDay, SessionContributions
from tests.databases import set_day
from tests.topics.facts import NOW, ablated, days_ago, extracted, learning_id, moment, recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import AblationUpdatedEvent, AttributionRecordedEvent
    from groove_dashboard.store.database import Database

TICK = timedelta(microseconds=1)


@pytest.fixture
async def known(database: Database) -> Database:
    """A database that knows the learnings 1 and 2, and of 3 that it was deleted; 4 and more are unknown."""
    async with database.transaction() as stores:
        await stores.learnings.extract([extracted(number, content=f"learning {number}") for number in (1, 2, 3)])
        await stores.learnings.delete([learning_id(3)], NOW)
    return database


async def record(database: Database, *batches: Sequence[AttributionRecordedEvent]) -> None:
    async with database.transaction() as stores:
        for batch in batches:
            await stores.attributions.record(batch)


async def ablate(database: Database, *batches: Sequence[AblationUpdatedEvent]) -> None:
    async with database.transaction() as stores:
        for batch in batches:
            await stores.attributions.update_ablations(batch)


class Evidence(NamedTuple):
    """What is kept of a learning's records and experiments."""

    times_injected: int
    session_count: int
    contribution_sum: float
    ablation_value: float | None
    ablation_confidence: float | None


async def evidence(known: Database) -> dict[int, Evidence]:
    """What is kept of each known learning that has any records or trusted experiments, by number."""
    async with known._connection() as connection:
        rows = await connection.fetch(
            """
            select learning_id, records, activated, contribution_sum::float8, ablation_value, ablation_confidence
            from learning_total
            where known and (records > 0 or ablation_confidence is not null)
            """
        )
    return {int(key[-12:], 16): Evidence(*row) for key, *row in rows}


async def of_period(known: Database, days: int, today: date) -> dict[int, tuple[int, float]]:
    """The sessions and the estimated value of each contributor to a period, by number."""
    async with known.snapshot() as stores:
        top, negative = await stores.contributors.of_period(days, today, 20)
    return {int(one.learning_id[-12:], 16): (one.session_count, one.value) for one in (*top, *negative)}


@pytest.mark.parametrize("together", [True, False])
async def test_the_latest_record_of_a_session_and_learning_stands(known: Database, *, together: bool) -> None:
    for session, order in enumerate(permutations(range(3))):
        events = [
            recorded(f"{session}", 1, -1.0, days_ago(2)),
            recorded(f"{session}", 1, None, days_ago(1), number=1),
            recorded(f"{session}", 1, 0.25, days_ago(1), number=2),
        ]
        shuffled = [events[index] for index in order]
        await record(known, *([shuffled] if together else [[event] for event in shuffled]))
    assert await evidence(known) == {1: Evidence(6, 6, 1.5, None, None)}


async def test_a_record_that_is_withheld_later_counts_no_more(known: Database) -> None:
    await record(known, [recorded("s", 1, 0.5, days_ago(1)), recorded("t", 1, 0.5)])
    await record(known, [recorded("s", 1, 0.5, withheld=True)])
    assert (await evidence(known))[1].times_injected == 1


async def test_records_count_when_injected_and_contribute_when_activated(known: Database) -> None:
    await record(
        known,
        [
            recorded("a", 1, 0.5),
            recorded("b", 1, -0.25),
            recorded("c", 1, None),
            recorded("d", 1, 1.0, withheld=True),
            recorded("a", 2, 0.1),
        ],
    )
    assert await evidence(known) == {
        1: Evidence(3, 2, 0.25, None, None),
        2: Evidence(1, 1, 0.1, None, None),
    }


async def test_records_without_the_key_withheld_are_not_withheld(known: Database) -> None:
    event = recorded("s", 1)
    del event["withheld"]
    await record(known, [event])
    assert (await evidence(known))[1].times_injected == 1


async def test_contributions_add_up_exactly_in_any_order(known: Database) -> None:
    contributions = [0.1, 0.2, 0.3, -0.6, 1e-6, 0.7]
    for number, one in enumerate(contributions):
        await record(known, [recorded(f"up {number}", 1, one), recorded(f"down {len(contributions) - number}", 2, one)])
    found = await evidence(known)
    assert found[1].contribution_sum == found[2].contribution_sum == 0.700001


async def test_only_known_learnings_have_evidence(known: Database) -> None:
    await record(known, [recorded("s", number) for number in (2, 3, 4)])
    await ablate(known, [ablated(f"e{number}", number, value=0.1, confidence=0.9) for number in (2, 3, 4)])
    assert list(await evidence(known)) == [2]
    async with known.transaction() as stores:
        await stores.learnings.extract([extracted(4)])
    assert sorted(await evidence(known)) == [2, 4]


@pytest.mark.parametrize("days", [7, 8])
async def test_a_period_takes_records_by_their_own_time(known: Database, days: int) -> None:
    today = date(2026, 3, 10)
    until = moment("03-11 00:00")
    since = until - timedelta(days=days)
    await record(
        known,
        [
            recorded("before", 1, -1.0, since - TICK),
            recorded("first", 1, 0.5, since),
            recorded("last", 1, 0.25, until - TICK),
            recorded("after", 1, -1.0, until),
            recorded("before", 2, 1.0, since - TICK),
        ],
    )
    assert await of_period(known, days, today) == {1: (2, 0.375)}
    async with known._connection() as connection:
        await set_day(connection, today)
    async with known.transaction() as stores:
        assert await stores.roll_ups.advance() == 2
        assert await stores.roll_ups.advance() == 0
    assert await of_period(known, days, today) == {1: (2, 0.375)}


@pytest.mark.parametrize(
    ("contribution", "value"),
    [(1.4999999999999998e-06, 1e-06), (1.5e-06, 2e-06), (0.12345649999999999, 0.123456), (5e-324, 0.0)],
)
async def test_a_record_counts_with_all_its_digits(known: Database, contribution: float, value: float) -> None:
    await record(known, [recorded("s", 1, contribution)])
    async with known._connection() as connection:
        assert await connection.fetchval("select value from learning_total where activated = 1") == value


async def test_the_latest_trusted_experiment_counts(known: Database) -> None:
    await ablate(
        known,
        [
            ablated("old", 1, when=days_ago(3), value=-1.0, confidence=1.0),
            ablated("not trusted", 1, when=days_ago(1), value=-0.5, confidence=0.5),
            ablated("trusted", 1, when=days_ago(2), value=0.2, confidence=0.51),
            ablated("running", 1, "in_progress", value=-0.9, confidence=0.9),
        ],
    )
    assert await evidence(known) == {1: Evidence(0, 0, 0.0, 0.2, 0.51)}


async def test_of_experiments_of_one_moment_the_larger_event_id_counts(known: Database) -> None:
    await ablate(
        known,
        [
            ablated("a", 1, number=2, value=0.2, confidence=0.9),
            ablated("b", 1, number=1, value=0.1, confidence=0.9),
        ],
    )
    assert (await evidence(known))[1].ablation_value == 0.2


@pytest.mark.parametrize("together", [True, False])
async def test_the_latest_state_of_an_experiment_stands(known: Database, *, together: bool) -> None:
    for order in permutations(range(3)):
        name = f"{order}"
        events = [
            ablated(name, 1, "completed", days_ago(2), value=0.9, confidence=0.9),
            ablated(name, 1, "in_progress", days_ago(1), number=1),
            ablated(name, 2, "completed", days_ago(1), number=2, value=-0.2, confidence=0.8),
        ]
        shuffled = [events[index] for index in order]
        await ablate(known, *([shuffled] if together else [[event] for event in shuffled]))
        assert await evidence(known) == {2: Evidence(0, 0, 0.0, -0.2, 0.8)}, order


@pytest.mark.parametrize("days", [2, 7])
async def test_a_period_takes_the_latest_experiment_completed_in_it(known: Database, days: int) -> None:
    await ablate(
        known,
        [
            ablated("before", 1, when=days_ago(9), value=0.1, confidence=0.9),
            ablated("within", 1, when=days_ago(1), value=0.2, confidence=0.9),
            ablated("after", 1, when=days_ago(-1), value=0.3, confidence=0.9),
        ],
    )
    assert await of_period(known, days, date(2026, 3, 10)) == {1: (0, 0.2)}
    assert await of_period(known, days, date(2026, 3, 1)) == {1: (0, 0.1)}
    assert await of_period(known, days, date(2026, 2, 20)) == {}


async def test_a_learnings_days_are_utc_days_of_activated_records(known: Database) -> None:
    await record(
        known,
        [
            recorded("a", 1, 0.5, moment("03-09 00:00")),
            recorded("b", 1, 0.25, moment("03-09 23:59")),
            recorded("c", 1, None, moment("03-09 12:00")),
            recorded("d", 1, 1.0, moment("03-09 12:00"), withheld=True),
            recorded("e", 1, -0.5, moment("03-10 00:00")),
            recorded("f", 1, -1.0, moment("03-11 00:00")),
            recorded("a", 2, -1.0, moment("03-09 12:00")),
        ],
    )
    async with known.snapshot() as stores:
        days = await stores.attributions.days_of(learning_id(1), moment("03-01 00:00"), moment("03-11 00:00"))
    assert sorted(days, key=lambda one: one.day) == [
        ContributionDay(date(2026, 3, 9), Decimal("0.75"), 2),
        ContributionDay(date(2026, 3, 10), Decimal("-0.5"), 1),
    ]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], None),
        ([ablated("a", 1, "pending")], None),
        ([ablated("a", 2, "completed", value=0.1, confidence=0.1)], None),
        ([ablated("a", 1, "in_progress")], AblationRow("in_progress", None, None)),
        (
            [ablated("a", 1, "in_progress", days_ago(2), value=0.1), ablated("b", 1, "in_progress", value=0.2)],
            AblationRow("in_progress", 0.2, None),
        ),
        (
            [
                ablated("a", 1, "completed", days_ago(9), value=0.1, confidence=0.2),
                ablated("b", 1, "completed", days_ago(8), value=0.3, confidence=0.1),
                ablated("c", 1, "in_progress"),
                ablated("d", 1, "pending"),
            ],
            AblationRow("completed", 0.3, 0.1),
        ),
    ],
)
async def test_a_completed_experiment_is_shown_before_one_in_progress(
    known: Database, events: Sequence[AblationUpdatedEvent], expected: AblationRow | None
) -> None:
    await ablate(known, events)
    async with known.snapshot() as stores:
        assert await stores.attributions.latest_ablation(learning_id(1)) == expected


async def test_each_known_learning_counts_once_by_its_furthest_experiment(known: Database) -> None:
    async with known.transaction() as stores:
        await stores.learnings.extract([extracted(number) for number in (5, 6)])
    await ablate(
        known,
        [
            ablated("a", 1, "completed", days_ago(1), value=0.0, confidence=0.0),
            ablated("b", 1, "in_progress"),
            ablated("c", 2, "in_progress"),
            ablated("d", 2, "in_progress"),
            ablated("e", 3, "completed", value=0.0, confidence=0.0),
            ablated("f", 4, "in_progress"),
            ablated("g", 5, "pending"),
        ],
    )
    async with known.snapshot() as stores:
        counts = await stores.counts.read()
    assert (counts.ablations_completed, counts.ablations_in_progress, counts.ablations_pending) == (1, 1, 2)


async def test_sessions_list_what_known_and_deleted_learnings_contributed(known: Database) -> None:
    await record(
        known,
        [
            recorded("s", 1, 0.5),
            recorded("s", 2, None),
            recorded("s", 3, -0.5),
            recorded("s", 4, 0.1),
            recorded("t", 1, 0.7, withheld=True),
            recorded("t", 2, 0.2),
            recorded("u", 1, 0.3),
        ],
    )
    async with known.snapshot() as stores:
        found = await stores.attributions.contributions(["s", "t", "no such session"])
    s, t = sorted(found, key=lambda one: one.session_id)
    assert (s.session_id, s.negative_learnings) == ("s", 0)
    assert sorted(zip(s.learning_ids, s.contents, s.contributions, strict=True)) == [
        (learning_id(1), "learning 1", 0.5),
        (learning_id(3), None, -0.5),
    ]
    assert t == SessionContributions("t", [learning_id(2)], ["learning 2"], [0.2], negative_learnings=0)


async def test_a_learning_that_was_deleted_before_it_was_known_is_listed_as_deleted(known: Database) -> None:
    await record(known, [recorded("s", 9, 0.5)])
    async with known.transaction() as stores:
        await stores.learnings.delete([learning_id(9)], NOW)
    async with known.snapshot() as stores:
        assert await stores.attributions.contributions(["s"]) == [
            SessionContributions("s", [learning_id(9)], [None], [0.5], negative_learnings=0)
        ]


async def test_records_of_known_learnings_are_counted_without_withheld_ones(known: Database) -> None:
    await record(
        known,
        [
            recorded("s", 1),
            recorded("s", 2, None),
            recorded("t", 1, withheld=True),
            recorded("s", 3),
            recorded("s", 4),
        ],
    )
    async with known.snapshot() as stores:
        assert (await stores.counts.read()).records == 2


async def test_empty_batches_change_nothing(known: Database) -> None:
    await record(known, [])
    await ablate(known, [])
    assert await evidence(known) == {}
