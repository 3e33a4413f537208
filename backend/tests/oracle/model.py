"""The judge: every figure of the dashboard, recomputed from the bare facts for each question.

No index, no running total, no SQL: plain lists and loops, so that whoever reads it beside the domain's formulas can
see that it is right. What the real thing answers must equal what this answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from tests.oracle import answers
from tests.oracle.facts import Decision, Facts, PersonAction, give_up, is_given_up, known_learnings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from groove_dashboard.messages.types import DashboardTopic, IngestEvent, TopicData


@dataclass(frozen=True, slots=True)
class NotFound:
    """The answer to a question about a learning that is not known or was deleted."""


NOT_FOUND: Final = NotFound()


class Oracle:
    """Takes facts in and answers with the data of any topic."""

    def __init__(self) -> None:
        self._facts = Facts()

    def apply(self, events: Sequence[IngestEvent]) -> int:
        """Take the events in; of several with one event_id the first counts. Says how many were new."""
        before = len(self._facts.events)
        known = {event["event_id"] for event in self._facts.events}
        for event in events:
            if event["event_id"] not in known:
                known.add(event["event_id"])
                self._facts.events.append(event)
        return len(self._facts.events) - before

    def too_late(self, events: Sequence[IngestEvent]) -> list[int]:
        """The places of events that would be new, and are records of a time whose records have been given up."""
        known = {event["event_id"] for event in self._facts.events}
        late: set[str] = set()
        for event in events:
            if event["event_id"] not in known:
                known.add(event["event_id"])
                if is_given_up(self._facts, event):
                    late.add(event["event_id"])
        return [index for index, event in enumerate(events) if event["event_id"] in late]

    def act(self, action: PersonAction, learning_id: str, now: datetime) -> bool:
        """Let a person act on a learning at the moment `now`; False, and nothing done, where it is not known."""
        if learning_id not in known_learnings(self._facts):
            return False
        self._facts.decisions.append(Decision(action, learning_id, now))
        return True

    def give_up(self, horizon: datetime) -> None:
        """Let the records of a time before the horizon stand for good as they are now."""
        give_up(self._facts, horizon)

    def data(self, topic: DashboardTopic, now: datetime) -> TopicData | NotFound:  # noqa: PLR0911  # one line for each topic
        """The topic's data as they are at the moment `now`."""
        facts = self._facts
        if topic["topic"] == "overview":
            return answers.overview(facts, now)
        if topic["topic"] == "learnings":
            return answers.learnings(facts, topic)
        if topic["topic"] == "learning_detail":
            return answers.learning_detail(facts, topic, now) or NOT_FOUND
        if topic["topic"] == "attribution":
            return answers.attribution(facts, topic, now)
        if topic["topic"] == "session_timeline":
            return answers.session_timeline(facts, topic, now)
        if topic["topic"] == "strategy_distributions":
            return answers.strategy_distributions(facts)
        if topic["topic"] == "strategy_overrides":
            return answers.strategy_overrides(facts, topic)
        if topic["topic"] == "health":
            return answers.health(facts, now)
        assert_never(topic)
