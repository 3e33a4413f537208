"""The demo tells one story: the same for the same seed, valid, in order, never ahead of its time."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING

import pytest

from groove_dashboard.demo.cast import COMPONENTS, FINDS, HURTING, LESSONS, Lesson
from groove_dashboard.demo.facts import Scribe
from groove_dashboard.demo.history import EXPERIMENTS, TROUBLES, VERDICTS, history
from groove_dashboard.demo.pipeline import SEED, run
from groove_dashboard.demo.pulse import CYCLE, KEPT_FINDS, REVIEW, SESSION_EVERY, pulse
from groove_dashboard.messages.validators import load_ingest_event
from groove_dashboard.topics.figures import SPECIALIZED_SESSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import AttributionRecordedEvent, IngestEvent

NOW = datetime(2026, 3, 18, 9, 30, 12, tzinfo=UTC)
SCRIBE = Scribe(SEED)
ONE_HOUR = range(int(NOW.timestamp()), int(NOW.timestamp()) + 3600)

pytestmark = pytest.mark.timeout(180)  # a day of it takes ten seconds, and more where others are at work


@pytest.fixture(scope="module")
def past() -> list[IngestEvent]:
    return list(history(SCRIBE, NOW))


@pytest.fixture(scope="module")
def hour() -> list[IngestEvent]:
    return [event for second in ONE_HOUR for event in pulse(SCRIBE, second)]


@pytest.fixture(scope="module")
def day(past: list[IngestEvent]) -> list[IngestEvent]:
    """What the demo tells in 24 hours after its history, by a clock that moves when the demo sleeps."""
    now, told = NOW, list["IngestEvent"]()

    class DayIsOver(Exception):
        """Ends the demo, which would go on for ever."""

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += timedelta(seconds=seconds)
        if now > NOW + timedelta(days=1):
            raise DayIsOver

    async def sink(events: Sequence[IngestEvent]) -> None:
        told.extend(events)

    with pytest.raises(DayIsOver):
        asyncio.run(run(sink, clock=lambda: now, sleep=sleep))
    assert told[: len(past)] == past
    return told[len(past) :]


def moment(event: IngestEvent) -> datetime:
    return datetime.fromisoformat(event["occurred_at"])


def of_lesson(events: list[IngestEvent], key: str) -> list[AttributionRecordedEvent]:
    learning_id = SCRIBE.learning_id(lesson(key))
    return [
        event for event in events if event["type"] == "attribution_recorded" and event["learning_id"] == learning_id
    ]


def lesson(key: str) -> Lesson:
    return next(one for one in LESSONS if one.key == key)


def test_every_event_is_valid(past: list[IngestEvent], hour: list[IngestEvent]) -> None:
    for event in past + hour:
        load_ingest_event(event)


def test_the_history_is_as_large_as_promised(past: list[IngestEvent]) -> None:
    count = Counter(event["type"] for event in past)
    assert count["learning_extracted"] == len(LESSONS) >= 30
    assert 200 <= count["session_started"] <= 600
    assert 0 < count["session_assessed"] < count["session_started"]
    assert {"ablation_updated", "strategy_outcome", "adaptive_param_updated", "component_reported"} <= count.keys()


def test_the_history_covers_ninety_days_and_ends_now(past: list[IngestEvent]) -> None:
    moments = [moment(event) for event in past]
    assert min(moments).date() == NOW.date() - timedelta(days=89)
    assert max(moments) <= NOW
    assert max(moments).date() == NOW.date()


def test_the_history_is_told_in_order(past: list[IngestEvent]) -> None:
    assert [moment(event) for event in past] == sorted(moment(event) for event in past)


def test_no_id_is_given_twice(past: list[IngestEvent], hour: list[IngestEvent]) -> None:
    ids = [event["event_id"] for event in past + hour]
    assert len(ids) == len(set(ids))


def test_the_same_seed_and_moment_tell_the_same(past: list[IngestEvent]) -> None:
    assert list(history(Scribe(SEED), NOW)) == past
    assert pulse(Scribe(SEED), ONE_HOUR[0]) == pulse(SCRIBE, ONE_HOUR[0])


def test_another_seed_tells_another_story(past: list[IngestEvent]) -> None:
    other = {event["event_id"] for event in history(Scribe(SEED + 1), NOW)}
    assert other.isdisjoint(event["event_id"] for event in past)


def test_a_start_later_on_the_same_day_adds_only_what_happened_since(past: list[IngestEvent]) -> None:
    known = {event["event_id"] for event in past}
    added = [event for event in history(SCRIBE, NOW + timedelta(hours=5)) if event["event_id"] not in known]
    assert added
    assert all(moment(event) > NOW for event in added)


def test_a_start_some_days_later_adds_at_most_the_rest_of_the_first_day(past: list[IngestEvent]) -> None:
    evening = NOW.replace(hour=23, minute=59)
    known = {event["event_id"] for event in history(SCRIBE, evening)}
    assert known > {event["event_id"] for event in past}
    assert {event["event_id"] for event in history(SCRIBE, evening + timedelta(days=3))} == known


def test_learnings_that_help_gather_contributions_and_those_that_hurt_are_found_out(past: list[IngestEvent]) -> None:
    helping = [event["contribution"] for event in of_lesson(past, "tests-first") if event["activated"]]
    hurting = [event["contribution"] for event in of_lesson(past, HURTING) if event["activated"]]
    assert mean(helping) > 0.3
    assert mean(hurting) < -0.2


def test_what_is_learned_helps(past: list[IngestEvent]) -> None:
    scores = [(moment(event), event["score"]) for event in past if event["type"] == "session_assessed"]
    month = timedelta(days=30)
    assert mean(score for at, score in scores if at > NOW - month) > 0.05 + mean(
        score for at, score in scores if at < NOW - 2 * month
    )


def test_what_was_deprecated_is_not_used_again(past: list[IngestEvent], hour: list[IngestEvent]) -> None:
    for day, key, status, _ in VERDICTS:
        if status == "deprecated":
            since = NOW - timedelta(days=89 - day)
            assert not [event for event in of_lesson(past, key) if moment(event) > since + timedelta(days=1)]
            assert not of_lesson(hour, key)


def test_experiments_and_troubles_speak_of_what_there_is() -> None:
    keys = {one.key: one.day for one in LESSONS}
    for key, (began, ended) in EXPERIMENTS.items():
        assert keys[key] <= began < (ended or 90)
    assert {component for component, _ in TROUBLES} <= set(COMPONENTS)
    assert len({one.key for one in (*LESSONS, *FINDS)}) == len(LESSONS) + len(FINDS)


def test_something_happens_in_most_seconds_but_never_for_long_not() -> None:
    silent = [second for second in ONE_HOUR if not pulse(SCRIBE, second)]
    assert len(silent) < len(ONE_HOUR) / 2
    assert all(any(pulse(SCRIBE, second + more) for more in range(1, 4)) for second in silent)


def test_what_happens_now_bears_the_time_of_now() -> None:
    for second in ONE_HOUR[:60]:
        assert all(moment(event) == datetime.fromtimestamp(second, UTC) for event in pulse(SCRIBE, second))


def test_every_session_that_is_assessed_had_been_started(hour: list[IngestEvent]) -> None:
    started = {event["session_id"] for event in hour if event["type"] == "session_started"}
    assessed = [event for event in hour if event["type"] == "session_assessed"]
    late = [event for event in assessed if moment(event) >= NOW + timedelta(seconds=30)]
    assert late
    assert all(event["session_id"] in started for event in late)


def test_the_learning_that_hurts_goes_under_review_and_is_left_out_meanwhile(hour: list[IngestEvent]) -> None:
    hurting = SCRIBE.learning_id(lesson(HURTING))
    statuses = [
        event["status"]
        for event in hour
        if event["type"] == "learning_status_changed" and event["learning_id"] == hurting
    ]
    assert statuses.count("under_review") == len(ONE_HOUR) // CYCLE
    assert statuses.count("active") == len(ONE_HOUR) // CYCLE
    starts = {int(event["session_id"].removeprefix("live-")) % CYCLE for event in of_lesson(hour, HURTING)}
    assert starts
    assert not any(start in REVIEW for start in starts)


def test_a_component_degrades_and_recovers(hour: list[IngestEvent]) -> None:
    reports = [
        event["status"]
        for event in hour
        if event["type"] == "component_reported" and event["component"] == "attribution"
    ]
    changes = [status for status, before in zip(reports[1:], reports, strict=False) if status != before]
    assert changes[:4] in (
        ["degraded", "error", "degraded", "ok"],
        ["error", "degraded", "ok", "degraded"],
        ["degraded", "ok", "degraded", "error"],
        ["ok", "degraded", "error", "degraded"],
    )


def test_now_and_then_something_is_learned(hour: list[IngestEvent]) -> None:
    found = [event["learning"] for event in hour if event["type"] == "learning_extracted"]
    assert len(found) == len({one["id"] for one in found}) == 20
    assert {one["content"] for one in found} == {one.content for one in FINDS}


def test_what_was_found_long_ago_is_given_up_so_that_there_is_never_more(day: list[IngestEvent]) -> None:
    alive: set[str] = set()
    most = 0
    for event in day:
        if event["type"] == "learning_extracted":
            alive.add(event["learning"]["id"])
            most = max(most, len(alive))
        elif event["type"] == "learning_deleted":
            alive.discard(event["learning_id"])
    assert most == KEPT_FINDS + 1


def test_what_was_given_up_is_not_used_again_and_no_recent_session_shows_it(day: list[IngestEvent]) -> None:
    last_use: dict[str, datetime] = {}
    deleted: dict[str, datetime] = {}
    for event in day:
        if event["type"] == "attribution_recorded":
            last_use[event["learning_id"]] = moment(event)
            assert event["learning_id"] not in deleted
        elif event["type"] == "learning_deleted":
            deleted[event["learning_id"]] = moment(event)
    shown = timedelta(seconds=100 * SESSION_EVERY)
    assert len(deleted) > 400
    assert all(at - last_use[one] > shown for one, at in deleted.items() if one in last_use)


def test_in_every_quarter_of_an_hour_of_the_day_some_learning_specializes(
    past: list[IngestEvent], day: list[IngestEvent]
) -> None:
    sessions = defaultdict[str, set[str]](set)
    reached: list[datetime] = []
    for event in (*past, *day):
        if event["type"] == "strategy_outcome":
            before = len(sessions[event["learning_id"]])
            sessions[event["learning_id"]].add(event["session_id"])
            if before < SPECIALIZED_SESSIONS <= len(sessions[event["learning_id"]]) and moment(event) >= NOW:
                reached.append(moment(event))
    pauses = [later - earlier for earlier, later in pairwise([NOW, *reached, NOW + timedelta(days=1)])]
    assert max(pauses) < timedelta(minutes=15)


def test_every_hour_of_the_day_tells_the_whole_story(day: list[IngestEvent]) -> None:
    hurting = SCRIBE.learning_id(lesson(HURTING))
    hours = defaultdict[int, list["IngestEvent"]](list)
    for event in day:
        hours[(moment(event) - NOW) // timedelta(hours=1)].append(event)
    for number in range(24):
        hour = hours[number]
        verdicts = [event for event in hour if event["type"] == "learning_status_changed"]
        assert {(event["learning_id"], event["status"]) for event in verdicts} == {
            (hurting, "under_review"),
            (hurting, "active"),
        }
        assert all(event["reason"] for event in verdicts)
        assert mean(event["contribution"] for event in of_lesson(hour, "tests-first") if event["activated"]) > 0.3
        assert mean(event["contribution"] for event in of_lesson(hour, HURTING) if event["activated"]) < -0.2
        told = {(event["component"], event["status"]) for event in hour if event["type"] == "component_reported"}
        assert told == {("attribution", "degraded"), ("attribution", "error"), *((one, "ok") for one in COMPONENTS)}


def test_the_same_seed_and_clock_tell_the_same_day(day: list[IngestEvent]) -> None:
    first = int(NOW.timestamp())
    assert [event for second in range(first + 1, first + 61) for event in pulse(Scribe(SEED), second)] == [
        event for event in day if moment(event) <= NOW + timedelta(minutes=1)
    ]
