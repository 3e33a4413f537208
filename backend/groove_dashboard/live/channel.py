"""One topic as all its subscribers on this process share it: one state, one encoding, one failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from groove_dashboard.live.topic import canonical, topic_key
from groove_dashboard.live.version import encode, version_of

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.live.state import TopicFailure, TopicState
    from groove_dashboard.live.subscription import Subscription
    from groove_dashboard.live.topic import TopicKey
    from groove_dashboard.messages.types import DashboardTopic, ErrorMessage, SnapshotReason, Version


class EncodedState:
    """A state as bytes, with each frame that holds it made once for all who are sent it."""

    __slots__ = ("_data", "_snapshots", "_topic", "version")

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

    def current(self) -> bytes:
        """The message that the client holds this very state."""
        return orjson.dumps({"type": "current", "topic": orjson.Fragment(self._topic), "version": self.version})


class Channel:
    """The newest known state of a topic, and what is known about how new it is.

    Freshness is counted, not timed: `marks` counts the moments at which the data may have changed, `read_marks` is
    what `marks` was when the read of the present state began. A change that falls into a read leaves the channel
    dirty, so it is read again.
    """

    def __init__(self, topic: DashboardTopic) -> None:
        self.topic = canonical(topic)
        self.key: TopicKey = topic_key(topic)
        self.subscriptions: set[Subscription] = set()
        self.state: EncodedState | None = None
        self.fresh_until: datetime | None = None
        self.failure: TopicFailure | None = None
        self.failures = 0
        """Failed reads since the last good one."""
        self.marks = 1
        self.read_marks = 0
        self.reading: int | None = None
        """What `marks` was when the read that is under way began; None where none is."""
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

    def begin(self) -> None:
        """A read begins."""
        self.reading = self.marks

    def succeeded(self, state: TopicState) -> bool:
        """The read that was begun brought a state; True where it is another one than before."""
        self.read_marks, self.reading = self.reading or 0, None
        self.failure, self.failures = None, 0
        self.fresh_until = state.fresh_until
        encoded = EncodedState(orjson.dumps(self.topic), encode(state.data))
        if self.state is not None and self.state.version == encoded.version:
            return False
        self.state = encoded
        return True

    def failed(self, failure: TopicFailure) -> None:
        """The read that was begun failed; the channel stays dirty."""
        self.reading = None
        self.failure = failure
        self.failures += 1

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
