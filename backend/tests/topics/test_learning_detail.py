"""learning_detail: everything about one learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groove_dashboard.topics.provider import TopicError
from tests.topics.facts import (
    NOW,
    ablated,
    days_ago,
    deleted,
    extracted,
    learning_id,
    moment,
    recorded,
    status_changed,
)

if TYPE_CHECKING:
    from groove_dashboard.messages.types import LearningDetailTopic
    from tests.topics.conftest import Dashboard

DETAIL: LearningDetailTopic = {"topic": "learning_detail", "id": learning_id(1)}
NOT_FOUND = [TopicError("not_found", "There is no such learning.")]


async def test_an_unknown_learning_is_not_found(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(2), recorded("s", 1), ablated("e", 1), status_changed(1, "active"))
    assert await dashboard.reader.read([DETAIL]) == NOT_FOUND


async def test_a_deleted_learning_is_not_found(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1))
    await dashboard.data(DETAIL)
    await dashboard.take(deleted(1, days_ago(9)))
    assert await dashboard.reader.read([DETAIL]) == NOT_FOUND


async def test_a_learning_without_evidence_has_all_its_fields(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1))
    data = await dashboard.data(DETAIL)
    history = data.pop("history")
    assert data == {
        "data_type": "learning_detail",
        "id": learning_id(1),
        "content": "run the tests before committing",
        "category": "preference",
        "scope": {"level": "global"},
        "status": "active",
        "status_reason": None,
        "estimated_value": 0.0,
        "confidence": 0.0,
        "session_count": 0,
        "created_at": "2026-03-10T12:00:00Z",
        "times_injected": 0,
        "activation_rate": 0.0,
        "temporal_value": 0.0,
        "temporal_confidence": 0.0,
        "ablation": {"state": "pending", "value": None, "confidence": None},
        "source_session": None,
        "extraction_method": "correction",
    }
    assert (len(history), history[0]["date"], history[-1]["date"]) == (30, "2026-02-09", "2026-03-10")
    assert {(point["mean_contribution"], point["session_count"]) for point in history} == {(None, 0)}


async def test_temporal_figures_stand_beside_the_estimate(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(1, source_session="s"),
        recorded("s", 1, 0.5, days_ago(400)),
        recorded("t", 1, 0.3),
        recorded("u", 1, None),
        recorded("v", 1, 1.0, withheld=True),
        ablated("e", 1, value=0.2, confidence=0.9),
        ablated("f", 1, "in_progress"),
        status_changed(1, "disabled", reason="contradicts another"),
    )
    data = await dashboard.data(DETAIL)
    assert (data["temporal_value"], data["temporal_confidence"]) == (0.4, 0.409384)
    assert (data["estimated_value"], data["confidence"]) == (0.281116, 0.701017)
    assert (data["times_injected"], data["session_count"], data["activation_rate"]) == (3, 2, 0.666667)
    assert data["ablation"] == {"state": "completed", "value": 0.2, "confidence": 0.9}
    assert (data["status"], data["status_reason"]) == ("disabled", "contradicts another")
    assert data["source_session"] == "s"


async def test_a_completed_experiment_of_little_confidence_is_shown_but_not_trusted(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), recorded("s", 1, 0.5), ablated("e", 1, value=-0.5, confidence=0.5))
    data = await dashboard.data(DETAIL)
    assert data["ablation"] == {"state": "completed", "value": -0.5, "confidence": 0.5}
    assert (data["estimated_value"], data["confidence"]) == (0.5, 0.0)


async def test_a_person_gives_no_reason(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), status_changed(1, "under_review", days_ago(1), reason="doubtful"))
    await dashboard.ingest.set_learning_status(learning_id(1), "disable_learning")
    data = await dashboard.data(DETAIL)
    assert (data["status"], data["status_reason"]) == ("disabled", None)
    await dashboard.ingest.set_learning_status(learning_id(1), "enable_learning")
    data = await dashboard.data(DETAIL)
    assert (data["status"], data["status_reason"]) == ("active", None)


async def test_history_holds_the_activated_records_of_thirty_days(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(1),
        recorded("a", 1, 0.5, moment("02-09 00:00")),
        recorded("b", 1, -0.25, moment("03-10 00:00")),
        recorded("c", 1, 0.5, moment("03-10 23:59")),
        recorded("d", 1, None),
        recorded("too early", 1, 1.0, moment("02-08 23:59")),
        recorded("too late", 1, 1.0, moment("03-11 00:00")),
    )
    history = (await dashboard.data(DETAIL))["history"]
    assert history[0] == {"date": "2026-02-09", "mean_contribution": 0.5, "session_count": 1}
    assert history[-1] == {"date": "2026-03-10", "mean_contribution": 0.125, "session_count": 2}
    assert sum(point["session_count"] for point in history) == 3


async def test_history_moves_on_at_midnight(dashboard: Dashboard) -> None:
    await dashboard.take(extracted(1), recorded("a", 1, 0.5))
    state = await dashboard.state(DETAIL)
    assert state.fresh_until == moment("03-11 00:00")
    dashboard.now = state.fresh_until
    assert (await dashboard.data(DETAIL))["history"][-2]["session_count"] == 1
    assert state.fresh_until > NOW
