"""What one connection is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.live.counts import Counts
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

    __slots__ = ("_counts", "_limits", "_owed", "_replies")

    def __init__(self, limits: Limits, counts: Counts) -> None:
        self._limits = limits
        self._counts = counts
        self._replies: list[bytes] = []  # a handful at most; an empty deque takes half a kilobyte
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
        key = subscription.channel.key
        if key in self._owed:
            self._counts.conflations += 1
        else:
            self._owed[key] = subscription

    def forget(self, key: TopicKey) -> None:
        """The topic is not wanted any more."""
        self._owed.pop(key, None)

    def forget_topics(self) -> None:
        """No topic is wanted any more."""
        self._owed.clear()

    def take(self, now: float) -> Sequence[bytes]:
        """The messages of the next frame: an answer, or those of all owed topics at once; none where nothing is owed.

        A batch that has grown large is sent, and what is left follows in the next one.
        """
        if self._replies:
            return (self._replies.pop(0),)
        owed = self._owed
        if not owed:
            return ()
        if len(owed) == 1:
            return owed.popitem()[1].messages(now)
        return self._take_several(now)

    def _take_several(self, now: float) -> tuple[bytes, ...]:
        # A topic's updates are never torn apart.
        most = MAX_BATCH_MESSAGES - self._limits.history_updates
        messages: list[bytes] = []
        size = 0
        while self._owed and size < self._limits.max_batch_bytes and len(messages) < most:
            subscription = self._owed.pop(next(iter(self._owed)))
            for message in subscription.messages(now):
                messages.append(message)
                size += len(message)
        return tuple(messages)


def text_of(messages: Sequence[bytes]) -> bytes:
    """The text of the frame that holds these messages: a single one as it is, several as a `batch`."""
    if len(messages) == 1:
        return messages[0]
    return b'{"type":"batch","messages":[' + b",".join(messages) + b"]}"
