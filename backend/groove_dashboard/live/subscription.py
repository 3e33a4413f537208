"""What one connection has of one topic, and what it is to be sent next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from groove_dashboard.live.channel import Channel, EncodedState
    from groove_dashboard.live.counts import Resumption
    from groove_dashboard.messages.types import Version

Question: TypeAlias = Literal["subscribe", "resume"]


class Subscriber(Protocol):
    """A connection, as who sends it something is told of it: one object, whatever it subscribes to."""

    def wake(self) -> None:
        """There may be something to send."""


@dataclass(slots=True, eq=False)
class Subscription:
    """A connection's place in a topic's chain of states.

    It remembers no messages, only where the connection stands; what goes out is decided at the moment of sending, from
    the newest state. So a connection that fell behind is sent what leads from A to F or, where that would be more, F;
    and nothing where F equals A.
    """

    channel: Channel
    subscriber: Subscriber
    told: Version | None = None
    """The state that the connection was last sent; None where it has to be told something first.

    That is so while a question is open, and once it was told that the topic failed, so that it awaits a state even if
    that is unchanged. While its connection stands at a `Position`, that one knows, and this is out of date.
    """
    question: Question | None = None
    """What was asked and has not been answered with a state."""
    asked_at: int = 0
    """The channel's marks when it was asked: the answer must be at least so new."""
    held: Version | None = None
    """The state that the connection says it holds."""
    stale: bool = False
    """Whether the connection was told that the topic failed."""
    snapshots: tuple[float, ...] = ()
    """When it was answered with a snapshot lately, on the monotonic clock."""
    paused_until: float = 0.0
    """Until when it is sent no state, since it has asked for too many snapshots."""

    def ask(self, question: Question, held: Version | None) -> None:
        """The connection asks for the state as it is now, and says what it holds."""
        self.question, self.held, self.told, self.stale = question, held, None, False
        self.asked_at = self.channel.marks
        self.paused_until = 0.0

    @property
    def due(self) -> bool:
        """Whether there is something to send."""
        channel = self.channel
        if channel.failure is not None:
            return channel.ended or not self.stale
        if channel.state is None or (self.question is not None and channel.read_marks < self.asked_at):
            return False
        return self.told != channel.state.version

    def messages(self, now: float) -> tuple[bytes, ...]:
        """What to send now, in order, taken as sent; nothing where there is nothing any more."""
        if not self.due:
            return ()
        failure, state = self.channel.failure, self.channel.state
        if failure is not None:
            self.told, self.stale = None, True
            return (self.channel.error(failure, now),)
        if state is None or now < self.paused_until:
            return ()
        messages = self._went_on(state, now) if self.question is None else self._answer(self.question, state, now)
        if not self.paused_until:
            self.question, self.told, self.held, self.stale = None, state.version, None, False
        return messages

    def _answer(self, question: Question, state: EncodedState, now: float) -> tuple[bytes, ...]:
        """What was asked for; a client that asks for one snapshot after another is told to wait, and sent it then."""
        self.paused_until = 0.0
        if question == "subscribe":
            return (state.snapshot("initial"),) if self._may_have_snapshot(now) else self._pause(now)
        resumption, messages = self._resumed(state, self.held, now, stale=self.stale)
        if resumption not in {"current", "updates"} and not self._may_have_snapshot(now):
            return self._pause(now)
        self.channel.counts.resumptions[resumption] += 1
        return messages

    def _may_have_snapshot(self, now: float) -> bool:
        limits = self.channel.limits
        self.snapshots = tuple(at for at in self.snapshots if at + limits.snapshot_span > now)
        if len(self.snapshots) >= limits.snapshots_at_once:
            return False
        self.snapshots += (now,)
        return True

    def _pause(self, now: float) -> tuple[bytes, ...]:
        self.paused_until = self.snapshots[0] + self.channel.limits.snapshot_span
        return (self.channel.too_often(self.paused_until - now),)

    def _resumed(
        self, state: EncodedState, held: Version | None, now: float, *, stale: bool
    ) -> tuple[Resumption, tuple[bytes, ...]]:
        if stale:
            return "snapshot_after_failure", (state.snapshot(None),)
        if held == state.version:
            return "current", (state.current,)
        updates = self.channel.updates_since(held, now)
        if updates == "expired":
            return "snapshot_expired", (state.snapshot("expired"),)
        if updates == "too_large":
            return "snapshot_too_large", (state.snapshot("too_large"),)
        return "updates", updates

    def _went_on(self, state: EncodedState, now: float) -> tuple[bytes, ...]:
        if self.stale:
            return (state.snapshot(None),)
        told = self.told
        if told != self.channel.step.base:
            self.channel.counts.conflations += 1
        updates = self.channel.updates_since(told, now)
        if updates == "expired":
            return (state.snapshot("slow"),)
        return (state.snapshot("too_large"),) if updates == "too_large" else updates
