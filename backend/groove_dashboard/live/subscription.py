"""What one connection has of one topic, and what it is to be sent next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from groove_dashboard.live.channel import Channel, EncodedState
    from groove_dashboard.live.counts import Resumption
    from groove_dashboard.messages.types import Version

Question: TypeAlias = Literal["subscribe", "resume"]


@dataclass(slots=True, eq=False)
class Subscription:
    """A connection's place in a topic's chain of states.

    It remembers no messages, only where the connection stands; what goes out is decided at the moment of sending, from
    the newest state. So a connection that fell behind is sent what leads from A to F or, where that would be more, F;
    and nothing where F equals A.
    """

    channel: Channel
    owe: Callable[[Subscription], None]
    """Tells the connection that there is something to send."""
    question: Question | None = None
    """What was asked and has not been answered with a state."""
    asked_at: int = 0
    """The channel's marks when it was asked: the answer must be at least so new."""
    held: Version | None = None
    """The state that the connection was last sent, or says it holds."""
    stale: bool = False
    """Whether the connection was told that the topic failed, so that it awaits a state even if that is unchanged."""

    def ask(self, question: Question, held: Version | None) -> None:
        """The connection asks for the state as it is now, and says what it holds."""
        self.question, self.held, self.stale = question, held, False
        self.asked_at = self.channel.marks

    @property
    def due(self) -> bool:
        """Whether there is something to send."""
        channel = self.channel
        if channel.failure is not None:
            return channel.ended or not self.stale
        if channel.state is None or (self.question is not None and channel.read_marks < self.asked_at):
            return False
        return self.question is not None or self.stale or self.held != channel.state.version

    def messages(self, now: float) -> tuple[bytes, ...]:
        """What to send now, in order, taken as sent; nothing where there is nothing any more."""
        step = self.channel.step
        # Nearly always the connection is one change behind, like all others: this is done for each of thousands.
        if step is not None and self.held == step.base and self.question is None and not self.stale:
            self.held = step.version
            return step.messages
        if not self.due:
            return ()
        failure, state = self.channel.failure, self.channel.state
        if failure is not None:
            self.stale = True
            return (self.channel.error(failure, now),)
        return () if state is None else self._state_messages(state, now)

    def _state_messages(self, state: EncodedState, now: float) -> tuple[bytes, ...]:
        question, held, stale = self.question, self.held, self.stale
        self.question, self.held, self.stale = None, state.version, False
        if question == "subscribe":
            return (state.snapshot("initial"),)
        resumption, messages = self._continued(state, held, now, stale=stale, was_sent_it_here=question is None)
        if question == "resume":
            self.channel.counts.resumptions[resumption] += 1
        return messages

    def _continued(
        self, state: EncodedState, held: Version | None, now: float, *, stale: bool, was_sent_it_here: bool
    ) -> tuple[Resumption, tuple[bytes, ...]]:
        if stale:
            return "snapshot_after_failure", (state.snapshot(None),)
        if held == state.version:
            return "current", (state.current,)
        updates = self.channel.updates_since(held, now)
        if isinstance(updates, tuple):
            return "updates", updates
        if updates == "too_large":
            return "snapshot_too_large", (state.snapshot("too_large"),)
        return "snapshot_expired", (state.snapshot("slow" if was_sent_it_here else "expired"),)
