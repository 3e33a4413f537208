"""One topic as all its subscribers on this process share it: one state, one encoding, one failure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import orjson

from groove_dashboard.live.history import History, Update
from groove_dashboard.live.patch import difference
from groove_dashboard.live.topic import canonical, topic_key
from groove_dashboard.live.version import encode, version_of

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.live.counts import Counts
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.live.state import TopicFailure, TopicState
    from groove_dashboard.live.subscription import Subscriber, Subscription
    from groove_dashboard.live.topic import TopicKey
    from groove_dashboard.messages.types import DashboardTopic, ErrorMessage, SnapshotReason, Version


class EncodedState:
    """A state as bytes, with each frame that holds it made once for all who are sent it."""

    def __init__(self, topic: bytes, data: bytes) -> None:
        self._topic = topic
        self._data = data
        self._snapshots: dict[SnapshotReason | None, bytes] = {}
        self.version: Version = version_of(data)

    def snapshot(self, reason: SnapshotReason | None) -> bytes:
        """The snapshot message, with the reason where there is one."""
        if reason not in self._snapshots:
            self._snapshots[reason] = orjson.dumps(
                {
                    "type": "snapshot",
                    "topic": orjson.Fragment(self._topic),
                    "version": self.version,
                    **({"reason": reason} if reason else {}),
                    "data": orjson.Fragment(self._data),
                }
            )
        return self._snapshots[reason]

    @cached_property
    def current(self) -> bytes:
        """The message that the client holds this very state."""
        return orjson.dumps({"type": "current", "topic": orjson.Fragment(self._topic), "version": self.version})

    def update_from(self, base: EncodedState, *, max_share: float) -> bytes | None:
        """The message that turns that state into this one; None where the patch has more than that share of the data.

        What is compared is what was said: a state is kept as its bytes alone, a tenth of what it takes as objects.
        """
        patch = orjson.dumps(difference(orjson.loads(base._data), orjson.loads(self._data)))
        if len(patch) > max_share * len(self._data):
            return None
        return orjson.dumps(
            {
                "type": "update",
                "topic": orjson.Fragment(self._topic),
                "base": base.version,
                "version": self.version,
                "patch": orjson.Fragment(patch),
            }
        )


@dataclass(frozen=True, slots=True)
class Step:
    """The last change of a topic, as it is sent to everybody who was told the state before it."""

    base: Version
    version: Version
    messages: tuple[bytes, ...] = ()
    size: int = 0
    """Bytes of the messages."""


NOWHERE: Final[Version] = ""
"""No version: it is that of no state, and nobody was told it."""
NO_STEP: Final = Step(NOWHERE, NOWHERE)


class Channel:
    """The newest known state of a topic, and what is known about how new it is.

    Freshness is counted, not timed: `marks` counts the moments at which the data may have changed, `read_marks` is
    what `marks` was when the read of the present state began. A change that falls into a read leaves the channel
    dirty, so it is read again.
    """

    def __init__(self, topic: DashboardTopic, limits: Limits, counts: Counts) -> None:
        self.limits = limits
        self.counts = counts
        self.topic = canonical(topic)
        self.key: TopicKey = topic_key(topic)
        self.history = History(limits)
        self.subscriptions: dict[Subscriber, Subscription] = {}
        self.state: EncodedState | None = None
        self.step = NO_STEP
        """What led to the present state, for those who were told the one before and are to be told this one."""
        self.fresh_until: datetime | None = None
        self.failure: TopicFailure | None = None
        self.failures = 0
        """Failed reads since the last good one."""
        self.marks = 1
        self.read_marks = 0
        self.reading: int | None = None
        """What `marks` was when the read that is under way began; None where none is."""
        self.begun_at = 0.0
        """When the last read began, on the monotonic clock."""
        self.not_before = 0.0
        """When the next read may begin, on the monotonic clock."""

    @property
    def dirty(self) -> bool:
        """Whether the data may have changed since the present state was read."""
        return self.read_marks < self.marks

    @property
    def ended(self) -> bool:
        """Whether there is no such topic any more."""
        return self.failure is not None and self.failure.final

    def due_at(self, interval: float) -> float:
        """When the next read may begin at the earliest; while one is under way, as if it ended at once."""
        return self.not_before if self.reading is None else self.begun_at + interval

    def mark(self) -> None:
        """The data may have changed."""
        self.marks += 1

    def mark_outdated(self, now: datetime) -> bool:
        """Mark the channel if its data have changed with the clock alone; True where they have."""
        if self.fresh_until is None or now < self.fresh_until:
            return False
        self.fresh_until = None
        self.mark()
        return True

    def begin(self, now: float) -> None:
        """A read begins."""
        self.reading, self.begun_at = self.marks, now

    def succeeded(self, state: TopicState, now: float) -> bool:
        """The read that was begun brought a state; True where it is another one than before."""
        self.read_marks, self.reading = self.reading or 0, None
        self.failure, self.failures = None, 0
        self.fresh_until = state.fresh_until
        pause = max(self.limits.refresh_interval, state.seconds / self.limits.refresh_share)
        self.not_before = self.begun_at + pause
        newest = EncodedState(orjson.dumps(self.topic), encode(state.data))
        if self.state is None:
            self.state = newest
            self.step = Step(NOWHERE, newest.version)
            return True
        if self.state.version == newest.version:
            if self.step is NO_STEP:  # it had failed
                self.step = Step(NOWHERE, newest.version)
            return False
        message = newest.update_from(self.state, max_share=self.limits.update_share)
        base = self.state.version
        self.history.add(Update(base, newest.version, message, now))
        self.state = newest
        self.step = self._step_from(base, newest, now)
        return True

    def due(self) -> list[Subscriber]:
        """Those whom a read concerns that brought no other state.

        Of a failure, everybody is to be told; else only who awaits a state, since who was told one has been woken when
        it changed, or stands at a position.
        """
        return [
            subscriber
            for subscriber, one in self.subscriptions.items()
            if (self.failure is not None or one.told is None) and one.due
        ]

    def updates_since(self, version: Version | None, now: float) -> tuple[bytes, ...] | Literal["expired", "too_large"]:
        """The messages that lead from that state to the newest, or why the newest has to be sent as a whole."""
        self.history.expire(now)
        missed = self.history.since(version)
        if missed is None or self.state is None:
            return "expired"
        messages = tuple(update.message for update in missed if update.message is not None)
        if len(messages) < len(missed) or sum(map(len, messages)) > len(self.state.snapshot(None)):
            return "too_large"
        return messages

    def failed(self, failure: TopicFailure) -> None:
        """The read that was begun failed; the channel stays dirty."""
        self.reading, self.step = None, NO_STEP
        self.failure = failure
        self.failures += 1

    def _step_from(self, base: Version, newest: EncodedState, now: float) -> Step:
        updates = self.updates_since(base, now)
        if isinstance(updates, str):  # too large to be sent, or even to be remembered
            updates = (newest.snapshot("too_large"),)
        return Step(base, newest.version, updates, sum(map(len, updates)))

    def too_often(self, seconds: float) -> bytes:
        """The message that the state was asked for too often, and in how many seconds it will be sent."""
        message: ErrorMessage = {
            "type": "error",
            "code": "rate_limited",
            "message": "The whole state was asked for too often; it follows by itself.",
            "topic": self.topic,
            "retry_after_ms": math.ceil(seconds * 1000),
        }
        return orjson.dumps(message)

    def error(self, failure: TopicFailure, now: float) -> bytes:
        """The message that tells the failure and, unless it is final, when the topic will be read again."""
        message: ErrorMessage = {
            "type": "error",
            "code": failure.code,
            "message": failure.message,
            "topic": self.topic,
        }
        if not failure.final:
            message["retry_after_ms"] = max(0, round((self.not_before - now) * 1000))
        return orjson.dumps(message)
