"""One who watches a hub's topics, and the reads that a driver would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from groove_dashboard.live.limits import Limits
from groove_dashboard.live.version import encode, version_of
from tests.live.fakes import LEARNINGS, FakeClock, state
from tests.live.grammar import said

if TYPE_CHECKING:
    from groove_dashboard.live.hub import Hub
    from groove_dashboard.live.state import TopicFailure, TopicState
    from groove_dashboard.live.subscription import Question, Subscription
    from groove_dashboard.messages.types import DashboardTopic, Version

LIMITS = Limits(refresh_interval=0.1, read_retry_min=0.5, read_retry_max=5)


class Watcher:
    """One who subscribes, and notes what is owed."""

    def __init__(self, hub: Hub, clock: FakeClock, topic: DashboardTopic = LEARNINGS) -> None:
        self.hub = hub
        self.clock = clock
        self.owed: list[Subscription] = []
        self.is_woken = False
        self.subscription = hub.subscribe(topic, self)

    def wake(self) -> None:
        self.is_woken = True
        if self.subscription.due:
            self.owed.append(self.subscription)

    def ask(self, question: Question = "subscribe", held: Version | None = None) -> Watcher:
        self.hub.ask(self.subscription, question, held)
        return self

    def receives_all(self) -> list[dict[str, Any]]:
        """What goes out when all that is owed is sent."""
        messages = [message for one in self.owed for message in one.messages(self.clock.monotonic())]
        self.owed.clear()
        self.is_woken = False
        return [dict(said(message)) for message in messages]

    def receives(self) -> dict[str, Any] | None:
        """The same where that is one message; None for nothing."""
        messages = self.receives_all()
        assert len(messages) <= 1
        return messages[0] if messages else None


def version(total: int) -> Version:
    """The version of a state."""
    return version_of(encode(state(total).data))


def change(hub: Hub, clock: FakeClock, *results: TopicState | TopicFailure) -> None:
    """Everything may have changed, and all is read again."""
    clock.advance(1)
    hub.mark_all()
    read(hub, *results)


def read(hub: Hub, *results: TopicState | TopicFailure) -> None:
    """All that is due is read."""
    channels = hub.begin()
    assert channels, "nothing is due"
    hub.refreshed(channels, results)
