"""The judge itself, against figures worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from groove_dashboard.messages.validators import load_ingest_event
from tests.oracle.arithmetic import exact_sum, mean, midnight, moment, shown, timestamp
from tests.oracle.figures import combined, improvement_direction, param_trend
from tests.oracle.model import NOT_FOUND, Oracle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groove_dashboard.messages.types import DashboardTopic, IngestEvent, LearningsFilters
    from tests.oracle.facts import PersonAction

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
NOON_TODAY = "2026-03-15T12:00:00Z"
A, B, C = (str(UUID(int=number)) for number in (10, 11, 12))
_numbers = count(1)


def event(kind: str, at: str = NOON_TODAY, **fields: Any) -> IngestEvent:
    """An event with an id larger than that of the one made before."""
    return load_ingest_event({"event_id": str(UUID(int=next(_numbers))), "type": kind, "occurred_at": at, **fields})


def extracted(learning_id: str = A, at: str = NOON_TODAY, **fields: Any) -> IngestEvent:
    learning = {
        "id": learning_id,
        "scope": {"level": "global"},
        "category": "solution",
        "content": "run the tests",
        "confidence": 0.9,
        "extraction_method": "by hand",
        **fields,
    }
    return event("learning_extracted", at, learning=learning)


def recorded(session_id: str, contribution: float, at: str = NOON_TODAY, **fields: Any) -> IngestEvent:
    known = {"session_id": session_id, "learning_id": A, "activated": True, "confidence": 0.5}
    return event("attribution_recorded", at, **{**known, "contribution": contribution, **fields})


def ablated(at: str = NOON_TODAY, **fields: Any) -> IngestEvent:
    return event("ablation_updated", at, **{"experiment_id": "e", "learning_id": A, "state": "completed", **fields})


def assessed(session_id: str, at: str = NOON_TODAY, **fields: Any) -> IngestEvent:
    return event("session_assessed", at, **{"session_id": session_id, "outcome": "success", **fields})


def outcome(session_id: str, **fields: Any) -> IngestEvent:
    known: dict[str, Any] = {
        "learning_id": A,
        "context_type": "batch",
        "variant": "main_context",
        "value": 1.0,
        "confidence": 1.0,
    }
    return event("strategy_outcome", **{"session_id": session_id, **known, **fields})


def told(*events: IngestEvent) -> Oracle:
    oracle = Oracle()
    oracle.apply(events)
    return oracle


def ask(oracle: Oracle, topic: DashboardTopic, now: datetime = NOW) -> Any:
    return oracle.data(topic, now)


def detail(oracle: Oracle, learning_id: str = A, now: datetime = NOW) -> Any:
    return ask(oracle, {"topic": "learning_detail", "id": learning_id}, now)


def listed(oracle: Oracle, filters: LearningsFilters) -> list[str]:
    return [brief["id"] for brief in ask(oracle, {"topic": "learnings", "filters": filters})["learnings"]]


class TestArithmetic:
    def test_a_sum_is_that_of_the_decimal_numbers_in_any_order(self) -> None:
        assert exact_sum([0.1, 0.2]) == 0.3
        assert exact_sum([0.3, -0.1, -0.2]) == 0
        assert exact_sum([1.0, 1e-7, -1.0]) == 1e-7
        assert mean([0.1] * 10) == 0.1

    def test_shown_numbers_have_six_decimals_and_no_negative_zero(self) -> None:
        assert shown(1 / 3) == 0.333333
        assert str(shown(-1e-7)) == "0.0"
        assert str(shown(1)) == "1.0"

    def test_times_have_a_fraction_only_where_there_is_one(self) -> None:
        assert timestamp(moment("2026-03-15T00:00:00.000000Z")) == "2026-03-15T00:00:00Z"
        assert timestamp(moment("2026-03-15T00:00:00.5Z")) == "2026-03-15T00:00:00.500000Z"

    def test_the_utc_day_begins_at_its_midnight(self) -> None:
        assert midnight(NOW) == datetime(2026, 3, 15, tzinfo=UTC)
        assert midnight(midnight(NOW)) == midnight(NOW)


class TestValueOfALearning:
    def test_two_kinds_of_evidence_weigh_by_their_confidence(self) -> None:
        value, confidence = combined((0.4, 0.7), (0.2, 0.9))
        assert (shown(value), shown(confidence)) == (0.307692, 0.792308)

    def test_without_records_all_is_zero(self) -> None:
        data = detail(told(extracted()))
        assert (data["times_injected"], data["session_count"], data["activation_rate"]) == (0, 0, 0.0)
        assert (data["temporal_value"], data["temporal_confidence"]) == (0.0, 0.0)
        assert (data["estimated_value"], data["confidence"]) == (0.0, 0.0)
        assert data["ablation"] == {"state": "pending", "value": None, "confidence": None}

    def test_records_alone_give_the_temporal_pair(self) -> None:
        data = detail(
            told(
                extracted(),
                recorded("s1", 0.3),
                recorded("s2", 0.6),
                recorded("s3", 0.0),
                recorded("s4", 0.0, activated=False),
                recorded("s5", 1.0, withheld=True),
            )
        )
        assert (data["times_injected"], data["session_count"], data["activation_rate"]) == (4, 3, 0.75)
        # 1 - 1 / (1 + ln 3), ln 3 = 1.098612
        assert (data["temporal_value"], data["temporal_confidence"]) == (0.3, 0.523495)
        assert (data["estimated_value"], data["confidence"]) == (0.3, 0.523495)

    def test_one_session_alone_gives_no_confidence(self) -> None:
        assert detail(told(extracted(), recorded("s1", 0.8)))["confidence"] == 0

    def test_an_ablation_counts_only_above_half_confidence(self) -> None:
        unsure = detail(told(extracted(), recorded("s1", 0.8), ablated(value=-1.0, confidence=0.5)))
        assert (unsure["estimated_value"], unsure["confidence"]) == (0.8, 0.0)
        assert unsure["ablation"] == {"state": "completed", "value": -1.0, "confidence": 0.5}
        sure = detail(told(extracted(), recorded("s1", 0.8), ablated(value=-1.0, confidence=0.6)))
        # the record's weight is 0.6 * 0
        assert (sure["estimated_value"], sure["confidence"]) == (-1.0, 0.6)

    def test_the_latest_trusted_ablation_counts_though_a_later_one_is_shown(self) -> None:
        data = detail(
            told(
                extracted(),
                ablated("2026-03-02T00:00:00Z", experiment_id="e2", value=0.4, confidence=0.9),
                ablated("2026-03-01T00:00:00Z", experiment_id="e1", value=0.1, confidence=0.8),
                ablated("2026-03-03T00:00:00Z", experiment_id="e3", value=-0.5, confidence=0.2),
                ablated("2026-03-04T00:00:00Z", experiment_id="e4", state="in_progress"),
            )
        )
        assert (data["estimated_value"], data["confidence"]) == (0.4, 0.9)
        assert data["ablation"] == {"state": "completed", "value": -0.5, "confidence": 0.2}

    def test_an_experiment_is_what_was_last_said_of_it(self) -> None:
        oracle = told(
            extracted(),
            ablated("2026-03-02T00:00:00Z", value=0.4, confidence=0.9),
            ablated("2026-03-03T00:00:00Z", state="in_progress", value=0.2),
        )
        assert detail(oracle)["ablation"] == {"state": "in_progress", "value": 0.2, "confidence": None}
        oracle.apply([ablated("2026-03-04T00:00:00Z", state="pending", learning_id=B, value=0.2)])
        assert detail(oracle)["ablation"] == {"state": "pending", "value": None, "confidence": None}

    def test_the_history_has_a_point_for_each_of_thirty_days(self) -> None:
        data = detail(
            told(
                extracted(),
                recorded("s1", 0.2, "2026-02-14T00:00:00Z"),
                recorded("s2", 0.4, "2026-02-14T23:59:59.999999Z"),
                recorded("s3", 0.9, "2026-02-13T23:59:59.999999Z"),
                recorded("s4", 0.0, activated=False),
            )
        )
        assert len(data["history"]) == 30
        assert data["history"][0] == {"date": "2026-02-14", "mean_contribution": 0.3, "session_count": 2}
        assert data["history"][-1] == {"date": "2026-03-15", "mean_contribution": None, "session_count": 0}


class TestLatestFactWins:
    def test_an_event_id_counts_once_with_its_first_content(self) -> None:
        first = extracted(content="first")
        again = extracted(content="again")
        again["event_id"] = first["event_id"]
        oracle = Oracle()
        assert oracle.apply([first, again]) == 1
        assert oracle.apply([again]) == 0
        assert detail(oracle)["content"] == "first"

    def test_a_late_event_does_not_overwrite_a_later_one(self) -> None:
        oracle = told(extracted(at="2026-03-02T00:00:00.5Z", content="later"), extracted(at="2026-03-02T00:00:00Z"))
        assert (detail(oracle)["content"], detail(oracle)["created_at"]) == ("later", "2026-03-02T00:00:00.500000Z")

    def test_of_two_at_one_moment_the_larger_id_wins(self) -> None:
        smaller, larger = recorded("s", 0.1), recorded("s", 0.2)
        assert detail(told(extracted(), larger, smaller))["temporal_value"] == 0.2

    def test_a_correction_may_withhold_a_record(self) -> None:
        oracle = told(extracted(), recorded("s", 0.1), recorded("s", 0.1, withheld=True))
        assert detail(oracle)["times_injected"] == 0

    def test_a_title_outlives_later_events_without_one(self) -> None:
        oracle = told(
            event("session_started", "2026-03-14T00:00:00Z", session_id="s", title="first"),
            assessed("s", "2026-03-14T01:00:00Z", title="second"),
            assessed("s", "2026-03-14T02:00:00Z", outcome="partial"),
        )
        session = ask(oracle, {"topic": "session_timeline"})["sessions"][0]
        assert (session["title"], session["outcome"], session["score"]) == ("second", "partial", 0.75)
        assert session["assessed_at"] == "2026-03-14T02:00:00Z"


class TestStatus:
    @pytest.fixture
    def clock(self) -> Iterator[datetime]:
        return (NOW + timedelta(seconds=second) for second in count())

    def status(self, *steps: IngestEvent | tuple[PersonAction, datetime]) -> tuple[str, str | None]:
        oracle = told(extracted())
        for step in steps:
            if isinstance(step, tuple):
                assert oracle.act(step[0], A, step[1])
            else:
                oracle.apply([step])
        return detail(oracle)["status"], detail(oracle)["status_reason"]

    def changed(self, status: str, at: str = NOON_TODAY, **fields: Any) -> IngestEvent:
        return event("learning_status_changed", at, learning_id=A, status=status, **fields)

    def test_a_learning_starts_active(self) -> None:
        assert self.status() == ("active", None)

    def test_an_event_sets_status_and_reason(self) -> None:
        assert self.status(self.changed("under_review", reason="odd")) == ("under_review", "odd")
        assert self.status(self.changed("under_review", reason="odd"), self.changed("active")) == ("active", None)

    def test_what_a_person_disabled_no_event_lifts(self) -> None:
        for at in ("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"):
            change = self.changed("active", at, reason="fine")
            assert self.status(("disable_learning", NOW), change) == ("disabled", None)
            assert self.status(change, ("disable_learning", NOW)) == ("disabled", None)

    def test_what_a_person_enabled_a_later_event_may_change(self) -> None:
        at = NOW + timedelta(seconds=1)
        decisions: tuple[tuple[PersonAction, datetime], ...] = (("disable_learning", NOW), ("enable_learning", at))
        assert self.status(*decisions) == ("active", None)
        assert self.status(*decisions, self.changed("deprecated", timestamp(at))) == ("active", None)
        later = timestamp(at + timedelta(microseconds=1))
        assert self.status(*decisions, self.changed("deprecated", later, reason="old")) == ("deprecated", "old")

    def test_nobody_acts_on_an_unknown_learning(self) -> None:
        oracle = told(extracted())
        assert not oracle.act("disable_learning", B, NOW)
        oracle.apply([extracted(B)])
        assert detail(oracle, B)["status"] == "active"


class TestDeletion:
    @pytest.mark.parametrize("by_person", [True, False])
    def test_a_deleted_learning_vanishes_but_its_sessions_keep_the_contribution(self, *, by_person: bool) -> None:
        oracle = told(extracted(), extracted(B), recorded("s", -0.4), recorded("s", 0.2, learning_id=B), assessed("s"))
        if by_person:
            assert oracle.act("delete_learning", A, NOW)
            assert not oracle.act("enable_learning", A, NOW)
        else:
            oracle.apply([event("learning_deleted", "2020-01-01T00:00:00Z", learning_id=A)])
        oracle.apply([outcome("s"), ablated(value=1.0, confidence=1.0), extracted(at="2030-01-01T00:00:00Z")])
        assert detail(oracle) == NOT_FOUND
        assert listed(oracle, {}) == [B]
        assert ask(oracle, {"topic": "strategy_overrides"})["overrides"] == []
        assert [one["item_count"] for one in ask(oracle, {"topic": "health"})["components"]] == [1, 1, 1, 0]
        assert ask(oracle, {"topic": "attribution"})["ablation_coverage"]["coverage"] == 0
        session = ask(oracle, {"topic": "session_timeline"})["sessions"][0]
        assert session["contributions"] == [
            {"learning_id": A, "content": "(deleted learning)", "contribution": -0.4},
            {"learning_id": B, "content": "run the tests", "contribution": 0.2},
        ]
        assert session["warning"] is None

    def test_it_is_deleted_even_before_it_is_extracted(self) -> None:
        oracle = told(event("learning_deleted", learning_id=A), extracted(), recorded("s", 0.1), assessed("s"))
        assert detail(oracle) == NOT_FOUND
        session = ask(oracle, {"topic": "session_timeline"})["sessions"][0]
        assert session["contributions"][0]["content"] == "(deleted learning)"

    def test_records_of_an_unknown_learning_wait_for_it(self) -> None:
        oracle = told(recorded("s", -0.1), recorded("t", -0.1, activated=False), assessed("s"), assessed("t"))
        assert ask(oracle, {"topic": "session_timeline"})["sessions"][0]["contributions"] == []
        oracle.apply([extracted()])
        first, second = ask(oracle, {"topic": "session_timeline"})["sessions"]
        assert first["contributions"] == [{"learning_id": A, "content": "run the tests", "contribution": -0.1}]
        assert (first["learnings_activated"], second["learnings_activated"]) == (1, 0)
        assert first["warning"] == "1 activated learning has a negative lifetime value"
        assert second["warning"] is None

    def test_several_harmful_learnings_are_counted_in_the_warning(self) -> None:
        oracle = told(extracted(), extracted(B), recorded("s", -0.1), recorded("s", -0.1, learning_id=B), assessed("s"))
        warning = ask(oracle, {"topic": "session_timeline"})["sessions"][0]["warning"]
        assert warning == "2 activated learnings have a negative lifetime value"


class TestPeriods:
    def test_a_period_is_whole_utc_days_up_to_the_end_of_today(self) -> None:
        oracle = told(
            assessed("first", "2026-03-09T00:00:00Z"),
            assessed("before", "2026-03-08T23:59:59.999999Z"),
            assessed("last", "2026-03-15T23:59:59.999999Z"),
            assessed("future", "2026-03-16T00:00:00Z"),
        )
        timeline = ask(oracle, {"topic": "session_timeline", "limit": 1})
        assert [session["session_id"] for session in timeline["sessions"]] == ["last"]
        assert (timeline["total"], timeline["period_days"]) == (2, 7)
        today = ask(oracle, {"topic": "session_timeline", "period": {"days": 1}})
        assert [session["session_id"] for session in today["sessions"]] == ["last"]
        assert ask(oracle, {"topic": "health"})["components"][0]["item_count"] == 4

    def test_attribution_counts_what_happened_in_the_period(self) -> None:
        oracle = told(
            extracted(),
            extracted(B),
            recorded("s1", 0.5),
            recorded("s2", -1.0, "2026-03-01T00:00:00Z"),
            ablated("2026-03-14T00:00:00Z", learning_id=B, value=-0.25, confidence=0.75),
        )
        week = ask(oracle, {"topic": "attribution"})
        assert [(row["learning_id"], row["estimated_value"]) for row in week["top_contributors"]] == [(A, 0.5)]
        assert week["negative_impact"] == [
            {
                "learning_id": B,
                "content": "run the tests",
                "estimated_value": -0.25,
                "confidence": 0.75,
                "session_count": 0,
                "status": "active",
            }
        ]
        assert week["ablation_coverage"] == {"coverage": 0.5, "completed": 1, "in_progress": 0, "pending": 1}
        month = ask(oracle, {"topic": "attribution", "period": {"days": 30}})
        assert [(row["learning_id"], row["estimated_value"]) for row in month["negative_impact"]] == [
            (A, -0.25),
            (B, -0.25),
        ]
        today = ask(oracle, {"topic": "attribution", "period": {"days": 1}})
        assert today["negative_impact"] == []
        assert today["ablation_coverage"]["completed"] == 1

    def test_improvement_compares_a_week_with_the_week_before(self) -> None:
        trends = ask(
            told(
                assessed("a", "2026-03-15T00:00:00Z", score=0.8),
                assessed("b", "2026-03-09T00:00:00Z", score=1.0),
                assessed("c", "2026-03-08T23:59:59Z", score=0.5),
                assessed("d", "2026-03-02T00:00:00Z", score=0.7),
                assessed("e", "2026-03-01T23:59:59Z", score=0.0),
            ),
            {"topic": "overview"},
        )["trends"]
        assert (trends["improvement"], trends["direction"], trends["session_count"]) == (0.5, "rising", 2)
        assert trends["sparkline"][0] == {"date": "2026-03-09", "mean_score": 1.0, "session_count": 1}
        assert trends["sparkline"][1] == {"date": "2026-03-10", "mean_score": None, "session_count": 0}
        assert trends["sparkline"][6] == {"date": "2026-03-15", "mean_score": 0.8, "session_count": 1}

    @pytest.mark.parametrize("before", [[], [assessed("c", "2026-03-05T00:00:00Z", outcome="abandoned")]])
    def test_improvement_is_null_without_a_base(self, before: list[IngestEvent]) -> None:
        trends = ask(told(assessed("a"), *before), {"topic": "overview"})["trends"]
        assert (trends["improvement"], trends["direction"]) == (None, "stable")

    def test_improvement_on_next_to_nothing_stays_within_what_the_wire_takes(self) -> None:
        oracle = told(assessed("a"), assessed("b", "2026-03-05T00:00:00Z", score=1e-300))
        assert ask(oracle, {"topic": "overview"})["trends"]["improvement"] == 1e9

    def test_two_hundredths_are_still_stable(self) -> None:
        assert [improvement_direction(one) for one in (0.02, -0.02, 0.020001, -0.020001)] == [
            "stable",
            "stable",
            "rising",
            "falling",
        ]

    def test_assessment_coverage_looks_at_sessions_seen_in_seven_days(self) -> None:
        oracle = told(
            event("session_started", "2026-03-09T00:00:00Z", session_id="open"),
            event("session_started", "2026-03-08T00:00:00Z", session_id="old"),
            event("session_started", "2026-03-08T00:00:00Z", session_id="late"),
            assessed("late", "2026-03-09T00:00:00Z"),
            event("session_started", "2026-03-10T00:00:00Z", session_id="ahead"),
            assessed("ahead", "2026-03-20T00:00:00Z"),
        )
        assert ask(oracle, {"topic": "overview"})["health"]["assessment_coverage"] == 0.666667
        assert ask(Oracle(), {"topic": "overview"})["health"]["assessment_coverage"] is None


class TestLists:
    @pytest.fixture
    def oracle(self) -> Oracle:
        return told(
            extracted(A, "2026-03-01T00:00:00Z", content="Straße", scope={"level": "project", "name": "p"}),
            extracted(B, "2026-03-02T00:00:00Z", content="ΟΔΟΣ", category="preference"),
            extracted(C, "2026-03-02T00:00:00Z", content="é", scope={"level": "project", "name": "q"}),
            recorded("s1", 0.5, learning_id=B),
            recorded("s1", 0.5, learning_id=A),
            recorded("s1", -0.1, learning_id=C),
            recorded("s2", -0.3, learning_id=C),
        )

    def test_every_sort_puts_the_highest_or_newest_first_and_breaks_ties_by_id(self, oracle: Oracle) -> None:
        def order(topic: DashboardTopic) -> list[str]:
            return [brief["id"] for brief in ask(oracle, topic)["learnings"]]

        assert order({"topic": "learnings"}) == [B, C, A]
        assert order({"topic": "learnings", "sort": "value"}) == [A, B, C]
        assert order({"topic": "learnings", "sort": "confidence"}) == [C, A, B]
        assert order({"topic": "learnings", "sort": "usage"}) == [C, A, B]
        assert order({"topic": "learnings", "sort": "usage", "limit": 1, "offset": 1}) == [A]
        assert ask(oracle, {"topic": "learnings", "limit": 1, "offset": 5}) == {
            "data_type": "learnings",
            "learnings": [],
            "total": 3,
        }

    def test_search_ignores_case_in_every_alphabet(self, oracle: Oracle) -> None:
        assert listed(oracle, {"search": "STRASSE"}) == [A]
        assert listed(oracle, {"search": "οδος"}) == [B]
        assert listed(oracle, {"search": "É"}) == [C]
        assert listed(oracle, {"search": "%"}) == []

    def test_filters_join(self, oracle: Oracle) -> None:
        assert listed(oracle, {"scope": {"level": "project"}}) == [C, A]
        assert listed(oracle, {"scope": {"level": "project", "name": "p"}}) == [A]
        assert listed(oracle, {"scope": {"level": "global"}}) == [B]
        assert listed(oracle, {"scope": {"level": "global", "name": "p"}}) == []
        assert listed(oracle, {"category": "solution"}) == [C, A]
        assert listed(oracle, {"category": "solution", "search": "s"}) == [A]
        assert listed(oracle, {"status": "disabled"}) == []

    def test_the_overview_counts_and_picks_from_all_learnings(self, oracle: Oracle) -> None:
        oracle.act("disable_learning", B, NOW)
        oracle.apply([event("learning_status_changed", learning_id=C, status="under_review")])
        data = ask(oracle, {"topic": "overview"})
        assert (data["learnings"]["total"], data["learnings"]["active"]) == (3, 1)
        assert data["learnings"]["by_category"] == {"preference": 1, "solution": 2}
        assert data["learnings"]["by_status"] == {"active": 1, "disabled": 1, "under_review": 1}
        assert [brief["id"] for brief in data["learnings"]["recent"]] == [B, C, A]
        assert [row["learning_id"] for row in data["attribution"]["top_contributors"]] == [A, B]
        assert (data["attribution"]["under_review_count"], data["attribution"]["negative_count"]) == (1, 1)

    def test_contributions_stand_by_magnitude_and_sessions_newest_first(self, oracle: Oracle) -> None:
        oracle.apply(
            [
                assessed("s1"),
                assessed("s2"),
                assessed("s10"),
                assessed("S1"),
                assessed("late", "2026-03-15T12:00:00.1Z"),
            ]
        )
        sessions = ask(oracle, {"topic": "session_timeline"})["sessions"]
        assert [session["session_id"] for session in sessions] == ["late", "S1", "s1", "s10", "s2"]
        assert [(one["learning_id"], one["contribution"]) for one in sessions[2]["contributions"]] == [
            (A, 0.5),
            (B, 0.5),
            (C, -0.1),
        ]


class TestStrategy:
    def test_weights_start_from_the_priors_and_learn_from_outcomes(self) -> None:
        oracle = told(extracted(), outcome("s1"), outcome("s1", value=-1.0, confidence=0.5, variant="subagent"))
        assert ask(oracle, {"topic": "strategy_distributions"}) == {
            "data_type": "strategy_distributions",
            "distributions": [
                {
                    "category": "solution",
                    "context_type": "batch",
                    "session_count": 1,
                    "weights": [
                        {"variant": "main_context", "weight": 0.363636},  # 4 / 11
                        {"variant": "subagent", "weight": 0.190476},  # 2 / 10.5
                        {"variant": "background_subagent", "weight": 0.1},
                        {"variant": "deferred", "weight": 0.4},
                    ],
                }
            ],
            "specialized_count": 0,
            "total_learnings": 1,
        }

    def test_distributions_stand_by_category_then_context(self) -> None:
        oracle = told(
            extracted(),
            extracted(B, category="correction"),
            outcome("s", context_type="planning"),
            outcome("s", context_type="code_review"),
            outcome("s", learning_id=B, context_type="interactive"),
        )
        distributions = ask(oracle, {"topic": "strategy_distributions"})["distributions"]
        assert [(one["category"], one["context_type"]) for one in distributions] == [
            ("correction", "interactive"),
            ("solution", "code_review"),
            ("solution", "planning"),
        ]

    def test_an_override_has_its_own_weights_beside_those_of_its_category(self) -> None:
        oracle = told(
            extracted(),
            extracted(B),
            *(outcome(f"s{number}", confidence=0.0) for number in range(20)),
            outcome("s0", learning_id=B, context_type="planning"),
            outcome("s0", learning_id=B, context_type="batch"),
            outcome("s0", learning_id=C),
        )
        first, second = ask(oracle, {"topic": "strategy_overrides"})["overrides"]
        assert (first["learning_id"], first["session_count"]) == (A, 20)
        assert (first["is_specialized"], first["sessions_to_specialize"]) == (True, 0)
        assert (second["learning_id"], second["session_count"]) == (B, 1)
        assert (second["is_specialized"], second["sessions_to_specialize"]) == (False, 19)
        assert first["weights"][0]["weight"] == 0.3
        assert second["weights"][0]["weight"] == 0.416667  # 5 / 12
        assert first["base_weights"] == second["base_weights"] == second["weights"]
        assert ask(oracle, {"topic": "strategy_distributions"})["specialized_count"] == 1


class TestHealth:
    def reported(self, component: str, status: str, at: str = NOON_TODAY) -> IngestEvent:
        return event("component_reported", at, component=component, status=status, message=f"{component} {status}")

    def test_nothing_is_known_before_the_first_report(self) -> None:
        data = ask(Oracle(), {"topic": "health"})
        assert data["overall_status"] == "unknown"
        assert data["components"][2] == {
            "component": "attribution",
            "status": "unknown",
            "last_activity": None,
            "message": None,
            "coverage": None,
            "item_count": 0,
        }

    def test_after_a_quarter_of_an_hour_a_component_is_degraded_at_best(self) -> None:
        def status(reported: str, at: str) -> str:
            oracle = told(self.reported("assessment", reported, at))
            return str(ask(oracle, {"topic": "health"})["components"][0]["status"])

        fresh, stale = "2026-03-15T11:45:00Z", "2026-03-15T11:44:59.999999Z"
        assert [status(one, fresh) for one in ("ok", "degraded", "error")] == ["ok", "degraded", "error"]
        assert [status(one, stale) for one in ("ok", "degraded", "error")] == ["degraded", "degraded", "error"]

    def test_the_worst_component_decides(self) -> None:
        oracle = Oracle()
        expected = {"assessment": "unknown", "extraction": "unknown", "attribution": "unknown", "strategy": "ok"}
        for component, overall in expected.items():
            oracle.apply([self.reported(component, "ok", "2026-03-15T11:50:00Z")])
            assert ask(oracle, {"topic": "health"})["overall_status"] == overall
        oracle.apply([self.reported("strategy", "degraded", "2026-03-15T11:51:00Z")])
        assert ask(oracle, {"topic": "overview"})["health"]["overall_status"] == "degraded"
        oracle.apply([self.reported("extraction", "error", "2026-03-15T11:51:00Z")])
        assert ask(oracle, {"topic": "overview"})["health"]["overall_status"] == "error"

    def test_the_twenty_newest_reports_are_listed(self) -> None:
        oracle = told(*(self.reported("strategy", "ok", f"2026-03-15T11:{minute}:00Z") for minute in range(10, 35)))
        activity = ask(oracle, {"topic": "health"})["recent_activity"]
        assert len(activity) == 20
        assert (activity[0]["occurred_at"], activity[-1]["occurred_at"]) == (
            "2026-03-15T11:34:00Z",
            "2026-03-15T11:15:00Z",
        )

    @pytest.mark.parametrize(
        ("values", "trend"),
        [
            ([5.0], "stable"),
            ([100.0, 101.0], "stable"),
            ([1.0, 1.01], "stable"),
            ([1.0, 0.99], "stable"),
            ([100.0, 101.1], "rising"),
            ([100.0, 98.9], "falling"),
            ([-100.0, -101.1], "falling"),
            ([0.0, 0.0], "stable"),
            ([0.0, 1e-9], "rising"),
            ([900.0, 1.0, 2.0, 3.0, 4.0, 5.0, 3.0], "stable"),
        ],
    )
    def test_a_param_is_compared_with_the_mean_of_up_to_five_before(self, values: list[float], trend: str) -> None:
        assert param_trend(values) == trend

    def test_params_stand_by_name_with_their_last_twenty_values(self) -> None:
        def updated(name: str, value: float, at: str) -> IngestEvent:
            return event("adaptive_param_updated", at, name=name, value=value, confidence=0.5)

        oracle = told(
            updated("rate", 1.23456789, "2026-03-15T11:00:00Z"),
            *(updated("Decay", float(day), f"2026-03-{day:02}T00:00:00Z") for day in range(25, 0, -1)),
        )
        decay, rate = ask(oracle, {"topic": "health"})["adaptive_params"]
        assert (decay["name"], decay["current_value"], decay["trend"]) == ("Decay", 25.0, "rising")
        assert decay["history"] == [float(day) for day in range(6, 26)]
        assert rate == {
            "name": "rate",
            "current_value": 1.234568,
            "confidence": 0.5,
            "trend": "stable",
            "history": [1.234568],
        }
