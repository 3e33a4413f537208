"""Each topic of the schema has a file, and each file says what its topic depends on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from groove_dashboard.messages.validators import TOPIC_NAMES
from groove_dashboard.store.changes import Change, FactKind
from groove_dashboard.topics import matched, providers
from tests.topics.facts import (
    NOW,
    ablated,
    assessed,
    deleted,
    extracted,
    learning_id,
    recorded,
    reported,
    tuned,
    worked,
)

if TYPE_CHECKING:
    from groove_dashboard.messages.types import DashboardTopic, IngestEvent
    from groove_dashboard.topics.provider import Provider
    from tests.topics.conftest import Dashboard

HERE, ELSEWHERE = learning_id(1), learning_id(2)
TOPICS: list[DashboardTopic] = [
    {"topic": "overview"},
    {"topic": "learnings"},
    {"topic": "learning_detail", "id": HERE},
    {"topic": "attribution"},
    {"topic": "session_timeline"},
    {"topic": "strategy_distributions"},
    {"topic": "strategy_overrides"},
    {"topic": "health"},
]
LATER = NOW + timedelta(seconds=1)
# One more fact of each kind; the last takes away the learning that the others are about.
NEXT_FACTS: dict[FactKind, IngestEvent] = {
    "attribution": recorded("t", 1, -0.9, LATER),
    "ablation": ablated("e", 1, when=LATER, value=0.9, confidence=0.9),
    "session": assessed("t", LATER, outcome="abandoned"),
    "strategy_outcome": worked(1, "t", -1.0),
    "adaptive_param": tuned("rate", 2.0, LATER),
    "component_report": reported("strategy", "error", LATER),
    "learning": deleted(1),
}


def concerned(change: Change) -> set[str]:
    return {topic["topic"] for topic in TOPICS if providers()[topic["topic"]].concerns(topic, change)}


def test_every_topic_of_the_schema_has_a_provider() -> None:
    assert tuple(providers()) == TOPIC_NAMES


def test_a_missing_and_an_unknown_file_are_named() -> None:
    provider: Provider[Any] = providers()["health"]
    with pytest.raises(ImportError, match=r"no PROVIDER in overview; no topic for weather$"):
        matched({"health": provider, "weather": provider}, ["health", "overview"])
    with pytest.raises(ImportError, match=r"no PROVIDER in -; no topic for weather$"):
        matched({"weather": provider}, [])


async def test_a_topic_depends_on_exactly_the_facts_that_change_its_data(dashboard: Dashboard) -> None:
    await dashboard.take(
        extracted(1), recorded("s", 1, 0.5), assessed("s"), worked(1, "s"), reported("strategy"), tuned("rate", 1.0)
    )
    changed: dict[FactKind, set[str]] = {}
    for kind, event in NEXT_FACTS.items():
        before = await dashboard.reader.read(TOPICS)
        await dashboard.take(event)
        after = await dashboard.reader.read(TOPICS)
        changed[kind] = {
            topic["topic"] for topic, one, other in zip(TOPICS, before, after, strict=True) if one != other
        }
    assert changed == {
        kind: {name for name, provider in providers().items() if kind in provider.depends_on} for kind in NEXT_FACTS
    }


@pytest.mark.parametrize("kind", ["learning", "attribution"])
def test_one_learnings_detail_is_concerned_by_its_own_facts_only(kind: FactKind) -> None:
    assert "learning_detail" in concerned(Change(kind, frozenset({ELSEWHERE, HERE})))
    assert "learning_detail" in concerned(Change(kind))
    assert "learning_detail" not in concerned(Change(kind, frozenset({ELSEWHERE})))
    assert "learnings" in concerned(Change(kind, frozenset({ELSEWHERE})))


async def test_an_experiment_that_moves_to_another_learning_concerns_the_first_one_too(dashboard: Dashboard) -> None:
    topic: DashboardTopic = {"topic": "learning_detail", "id": HERE}
    await dashboard.take(extracted(1), extracted(2), ablated("e", 1, value=0.5, confidence=0.9))
    before = await dashboard.data(topic)
    await dashboard.take(ablated("e", 2, value=0.5, confidence=0.9))
    assert await dashboard.data(topic) != before
    assert "learning_detail" in concerned(Change("ablation", frozenset({ELSEWHERE})))


def test_facts_that_a_topic_does_not_show_do_not_concern_it() -> None:
    assert concerned(Change("adaptive_param")) == {"health"}
    assert concerned(Change("component_report")) == {"health", "overview"}
    assert concerned(Change("session")) == {"health", "overview", "session_timeline"}
    assert concerned(Change("strategy_outcome")) == {"health", "strategy_distributions", "strategy_overrides"}
