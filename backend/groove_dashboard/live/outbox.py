"""What one connection is owed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from groove_dashboard.live.batch import is_full

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from groove_dashboard.live.limits import Limits
    from groove_dashboard.live.position import Position, Positions
    from groove_dashboard.live.subscription import Subscription
    from groove_dashboard.live.topic import TopicKey


class _InEachRound:
    """What is looked at whenever something is taken; side by side in memory, since the slots of a base come first."""

    __slots__ = ("_position", "_positions", "replies", "sent_at")


class Outbox(_InEachRound):
    """Answers in the order of the requests, and the topics of the connection.

    What is due of these, the connection's position knows, or each topic where it stands at none.

    Its size is bounded by the number of answers that the session lets wait and by the number of topics, however fast
    the topics change and however slowly the connection reads.
    """

    __slots__ = ("_limits", "_topics", "has_more", "paused_until")

    def __init__(self, limits: Limits, positions: Positions, now: float) -> None:
        self._limits = limits
        self._positions = positions
        self._position: Position | None = None
        """Where the connection stands with others, if it does; its subscriptions do not know then what it was told."""
        self._topics: dict[TopicKey, Subscription] = {}
        self.replies: tuple[bytes, ...] = ()  # and not a list, which would be one more object to look at
        """Answers that wait, a handful at most."""
        self.sent_at = now
        """When something was taken last, on the monotonic clock."""
        self.has_more = False
        """Whether something may have been left, since a frame would have grown too large: take again."""
        self.paused_until = math.inf
        """When to take again, since it has left a topic that was asked for too often; on the monotonic clock."""

    @property
    def topics(self) -> Mapping[TopicKey, Subscription]:
        """The subscriptions, by what is the same for all connections."""
        return self._topics

    @property
    def owed(self) -> int:
        """How many topics wait."""
        if self._position is not None:
            return self._position.behind
        return sum(subscription.due for subscription in self._topics.values())

    def add(self, subscription: Subscription) -> None:
        """Put a topic behind all others; one that was there before is replaced where it stands."""
        self.leave_position()
        self._topics[subscription.channel.key] = subscription

    def pop(self, key: TopicKey) -> Subscription | None:
        """Take a topic out; None where it is not there."""
        self.leave_position()
        return self._topics.pop(key, None)

    def clear(self) -> Collection[Subscription]:
        """Take all topics out."""
        self._position = None
        topics, self._topics = self._topics, {}
        return topics.values()

    def leave_position(self) -> None:
        """Let each topic know by itself what the connection was told; to be called before one is asked for anew."""
        if self._position is not None:
            for channel, version in self._position.told:
                self._topics[channel.key].told = version
            self._position = None

    def take_next(self, now: float) -> tuple[bytes, ...] | None:
        """The messages of all topics, where they are what all are sent that stand where the connection does.

        That is one and the same object for all of them. None where `take_replies` and `take_topics` tell what there is.
        """
        position = self._position
        if position is None or self.replies:
            return None
        messages, self._position = self._positions.onward.get(position) or self._positions.find(position)
        if messages:
            self.sent_at = now
        return messages

    def take_replies(self) -> tuple[bytes, ...]:
        """All answers that wait."""
        replies, self.replies = self.replies, ()
        return replies

    def take_topics(self, now: float) -> tuple[bytes, ...]:
        """The messages of all topics that are due at once; a batch that has grown large is sent, and others follow."""
        self.leave_position()
        messages = self._take_one_by_one(now)
        self._take_position()
        return messages

    def _take_one_by_one(self, now: float) -> tuple[bytes, ...]:
        messages: tuple[bytes, ...] = ()
        size = 0
        self.has_more, self.paused_until = False, math.inf
        ended: list[TopicKey] = []
        for key, subscription in self._topics.items():
            due = subscription.messages(now)
            messages += due
            size += sum(map(len, due))
            if subscription.channel.ended:
                ended.append(key)
            elif subscription.paused_until > now:
                self.paused_until = min(self.paused_until, subscription.paused_until)
            if is_full(len(messages), size, self._limits):
                self._go_on_behind(key)
                break
        for key in ended:
            del self._topics[key]
        return messages

    def _take_position(self) -> None:
        """Stand where others stand, if the connection knows the newest state of each topic."""
        channels = [one.channel for one in self._topics.values() if one.told == one.channel.step.version]
        if channels and len(channels) == len(self._topics):
            self._position = self._positions.at(channels)
            self.has_more = False  # what filled the frame was the last that was due

    def _go_on_behind(self, key: TopicKey) -> None:
        """Begin with the topic behind this one the next time, so that large topics do not keep others waiting."""
        self.has_more = True
        keys = tuple(self._topics)
        for sent in keys[: keys.index(key) + 1]:
            self._topics[sent] = self._topics.pop(sent)
