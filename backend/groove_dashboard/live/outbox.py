"""What one connection is owed."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.live.subscription import Subscription
    from groove_dashboard.live.topic import TopicKey

MAX_BATCH_MESSAGES: Final = 1000
"""As the schema has it."""


class Outbox:
    """Answers in the order of the requests, and topics, of which only the fact that they are owed is kept.

    Its size is bounded by the number of answers that the session lets wait and by the number of topics, however fast
    the topics change and however slowly the connection reads.
    """

    def __init__(self, limits: Limits) -> None:
        self._max_batch_bytes = limits.max_batch_bytes
        self._max_messages = MAX_BATCH_MESSAGES - limits.history_updates  # a topic's updates are never torn apart
        self._replies: deque[bytes] = deque()
        self._owed: dict[TopicKey, Subscription] = {}

    @property
    def replies(self) -> int:
        """How many answers wait."""
        return len(self._replies)

    @property
    def owed(self) -> int:
        """How many topics wait."""
        return len(self._owed)

    def reply(self, message: bytes) -> None:
        """Add an answer."""
        self._replies.append(message)

    def owe(self, subscription: Subscription) -> None:
        """Remember that the newest state of the topic is to be sent."""
        self._owed[subscription.channel.key] = subscription

    def forget(self, key: TopicKey) -> None:
        """The topic is not wanted any more."""
        self._owed.pop(key, None)

    def forget_topics(self) -> None:
        """No topic is wanted any more."""
        self._owed.clear()

    def take(self, now: float) -> bytes | None:
        """The next frame: an answer, or all owed topics at once; None where nothing is owed.

        A batch that has grown large is sent, and what is left follows in the next one.
        """
        if self._replies:
            return self._replies.popleft()
        messages: list[bytes] = []
        size = 0
        while self._owed and size < self._max_batch_bytes and len(messages) < self._max_messages:
            subscription = self._owed.pop(next(iter(self._owed)))
            for message in subscription.messages(now):
                messages.append(message)
                size += len(message)
        if len(messages) > 1:
            return b'{"type":"batch","messages":[' + b",".join(messages) + b"]}"
        return messages[0] if messages else None
