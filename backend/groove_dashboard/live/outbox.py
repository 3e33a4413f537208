"""What one connection is owed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.live.limits import Limits
    from groove_dashboard.live.subscription import Subscription
    from groove_dashboard.live.topic import TopicKey

MAX_BATCH_MESSAGES: Final = 1000
"""As the schema has it."""


class Outbox:
    """Answers in the order of the requests, and the topics of the connection, each of which knows whether it is due.

    Its size is bounded by the number of answers that the session lets wait and by the number of topics, however fast
    the topics change and however slowly the connection reads.
    """

    __slots__ = ("_limits", "_replies", "has_more", "paused_until", "topics")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._replies: list[bytes] = []  # a handful at most; an empty deque takes half a kilobyte
        self.topics: dict[TopicKey, Subscription] = {}
        self.has_more = False
        """Whether the last `take` has left something, since a frame would have grown too large."""
        self.paused_until = math.inf
        """When to take again, since it has left a topic that was asked for too often; on the monotonic clock."""

    @property
    def replies(self) -> int:
        """How many answers wait."""
        return len(self._replies)

    @property
    def owed(self) -> int:
        """How many topics wait."""
        return sum(subscription.due for subscription in self.topics.values())

    def reply(self, message: bytes) -> None:
        """Add an answer."""
        self._replies.append(message)

    def take(self, now: float) -> list[tuple[bytes, ...]]:
        """The messages of each frame that is due: every answer, and then all topics that are due at once.

        A batch that has grown large is sent, and what is left follows in the next one.
        """
        frames: list[tuple[bytes, ...]] = []
        if self._replies:
            frames += zip(self._replies)
            self._replies.clear()
        messages = self._take_topics(now)
        if messages:
            frames.append(messages)
        return frames

    def _take_topics(self, now: float) -> tuple[bytes, ...]:
        messages: list[bytes] = []
        size, most = 0, self._limits.max_batch_bytes
        self.has_more, self.paused_until = False, math.inf
        ended: list[TopicKey] = []
        for key, subscription in self.topics.items():
            step = subscription.channel.step
            # This is done for each topic of thousands of connections, nearly all of which are just one change behind.
            if subscription.told == step.base:
                subscription.told = step.version
                messages += step.messages
                size += step.size
            elif subscription.told == step.version:
                continue
            else:
                due = subscription.messages(now)
                messages += due
                size += sum(map(len, due))
                if subscription.channel.ended:
                    ended.append(key)
                elif subscription.paused_until > now:
                    self.paused_until = min(self.paused_until, subscription.paused_until)
            if size >= most or len(messages) >= MAX_BATCH_MESSAGES - self._limits.history_updates:
                self._go_on_behind(key)
                break
        for key in ended:
            del self.topics[key]
        return tuple(messages)

    def _go_on_behind(self, key: TopicKey) -> None:
        """Begin with the topic behind this one the next time, so that large topics do not keep others waiting."""
        self.has_more = True
        keys = tuple(self.topics)
        for sent in keys[: keys.index(key) + 1]:
            self.topics[sent] = self.topics.pop(sent)


def text_of(messages: Sequence[bytes]) -> bytes:
    """The text of the frame that holds these messages: a single one as it is, several as a `batch`."""
    if len(messages) == 1:
        return messages[0]
    return b'{"type":"batch","messages":[' + b",".join(messages) + b"]}"
