"""Which topics are watched, by whom, and which of them have to be read again."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from groove_dashboard.live.channel import Channel
from groove_dashboard.live.counts import Counts
from groove_dashboard.live.position import Positions
from groove_dashboard.live.state import TopicState
from groove_dashboard.live.subscription import Subscription
from groove_dashboard.live.topic import topic_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.counts import Resumption
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.live.state import TopicFailure
    from groove_dashboard.live.subscription import Question, Subscriber
    from groove_dashboard.live.topic import TopicKey
    from groove_dashboard.messages.types import DashboardTopic, Version

WALL_CLOCK_CHECK: Final = 30.0
"""Seconds after which a wall-clock time is looked at anew: the machine may have slept, or its clock been set."""


class HubStatistics(NamedTuple):
    """The first four are of this moment, the others have been counted since the start."""

    channels: int
    subscriptions: int
    reading: int
    failing: int
    refreshes: int
    """Reads of one topic that brought a state."""
    changes: int
    """Those of them that brought another state than before."""
    failures: int
    read_seconds: float
    """How long the reads took that brought a state."""
    conflations: int
    """How often a connection was sent several changes of a topic at once, or the last one alone, since it lagged."""
    resumptions: Mapping[Resumption, int]
    """Topics that were resumed, by how they went on."""


class Hub:
    """All channels of a process. A channel is kept for a while after its last subscriber has gone, in case one resumes.

    It does no reading of its own: what is due comes out of `begin`, goes to whoever can read, and what was read goes
    into `refreshed`. `wake` is called when something may have become due earlier than `next_due` said, `wake_all` with
    the topics that have changed, whose subscribers are all to be woken.
    """

    def __init__(self, limits: Limits, clock: Clock, jitter: Callable[[], float] = random.random) -> None:
        self.wake: Callable[[], None] = _nobody
        self.wake_all: Callable[[Sequence[Channel]], None] = _wake_at_once
        self.counts = Counts()
        self.positions = Positions(limits)
        self._limits = limits
        self._clock = clock
        self._jitter = jitter
        self._channels: dict[TopicKey, Channel] = {}
        self._dirty: dict[TopicKey, Channel] = {}
        self._lingering: dict[TopicKey, float] = {}  # until when, on the monotonic clock; the first one goes first
        self._outdated_at: datetime | None = None
        self._reading = 0
        self._refreshes = 0
        self._changes = 0
        self._failures = 0
        self._read_seconds = 0.0

    def subscribe(self, topic: DashboardTopic, subscriber: Subscriber) -> Subscription:
        """A new subscription to a validated topic, of which the subscriber has none; nothing is owed before `ask`."""
        key = topic_key(topic)
        channel = self._channels.get(key)
        if channel is None:
            channel = self._channels[key] = Channel(topic, self._limits, self.counts)
        self._lingering.pop(key, None)
        subscription = channel.subscriptions[subscriber] = Subscription(channel, subscriber)
        return subscription

    def ask(self, subscription: Subscription, question: Question, held: Version | None = None) -> None:
        """Owe the subscription the state as it is now.

        The state at hand will do unless the topic has been marked since it was read; else the topic is read first.
        """
        channel = subscription.channel
        if channel.fresh_until is not None:
            channel.mark_outdated(self._clock.now())
        subscription.ask(question, held)
        if channel.dirty:
            self._is_dirty(channel)
        if subscription.due:
            subscription.subscriber.wake()

    def unsubscribe(self, subscription: Subscription) -> None:
        """End the subscription; doing so twice is harmless."""
        channel = subscription.channel
        if channel.subscriptions.get(subscription.subscriber) is subscription:
            del channel.subscriptions[subscription.subscriber]
            if not channel.subscriptions:
                self._linger(channel)

    def mark(self, affected: Callable[[DashboardTopic], bool]) -> None:
        """Facts have changed: each topic that `affected` says yes to is to be read again, all of them together."""
        marked = [channel for channel in self._channels.values() if affected(channel.topic)]
        self._await_each_other(marked)
        for channel in marked:
            channel.mark()
            self._is_dirty(channel)

    def mark_all(self) -> None:
        """Anything may have changed, and the database answers: every topic is to be read again, failed ones at once."""
        for channel in self._channels.values():
            channel.mark()
            if channel.failure is not None:
                channel.not_before = self._clock.monotonic()
            self._is_dirty(channel)

    def begin(self) -> list[Channel]:
        """The channels whose read is due, now taken to be under way: they are not due again before `refreshed`."""
        now = self._clock.monotonic()
        self._drop_lingering(now)
        self._mark_outdated()
        due = [channel for channel in self._dirty.values() if channel.not_before <= now]
        for channel in due:
            del self._dirty[channel.key]
            channel.begin(now)
        self._reading += len(due)
        return due

    def refreshed(self, channels: Sequence[Channel], results: Sequence[TopicState | TopicFailure]) -> None:
        """What a read of `channels` brought, one result for each; whom it concerns is woken."""
        self._reading -= len(channels)
        self.positions.moved()
        changed: list[Channel] = []
        woken: list[Subscriber] = []
        for channel, result in zip(channels, results, strict=True):
            if isinstance(result, TopicState):
                has_changed = self._succeeded(channel, result)
            else:
                has_changed = False
                self._failed(channel, result)
            if has_changed:
                changed.append(channel)  # everybody is told; to look at each here would hold up others for long
            else:
                woken += channel.due()
        self.wake_all(changed)
        for subscriber in woken:
            subscriber.wake()

    def next_due(self) -> float | None:
        """When `begin` has to be called next, on the monotonic clock; None where only an event can change that."""
        moments = [channel.not_before for channel in self._dirty.values()]
        moments += islice(self._lingering.values(), 1)
        if self._outdated_at is not None:
            delay = (self._outdated_at - self._clock.now()).total_seconds()
            moments.append(self._clock.monotonic() + min(max(delay, 0.0), WALL_CLOCK_CHECK))
        return min(moments, default=None)

    def statistics(self) -> HubStatistics:
        """How much there is and how much has been done."""
        channels = self._channels.values()
        return HubStatistics(
            channels=len(channels),
            subscriptions=sum(len(channel.subscriptions) for channel in channels),
            reading=self._reading,
            failing=sum(channel.failure is not None for channel in channels),
            refreshes=self._refreshes,
            changes=self._changes,
            failures=self._failures,
            read_seconds=self._read_seconds,
            conflations=self.counts.conflations,
            resumptions=dict(self.counts.resumptions),
        )

    def _succeeded(self, channel: Channel, state: TopicState) -> bool:
        self._refreshes += 1
        self._read_seconds += state.seconds
        has_changed = channel.succeeded(state, self._clock.monotonic())
        self._changes += has_changed
        if self._is_live(channel):
            self._outdated_at = min(filter(None, (self._outdated_at, state.fresh_until)), default=None)
            if channel.dirty:
                self._is_dirty(channel)
        return has_changed

    def _failed(self, channel: Channel, failure: TopicFailure) -> None:
        self._failures += 1
        channel.failed(failure)
        if failure.final:
            self._drop(channel)
            return
        channel.not_before = self._clock.monotonic() + self._retry_delay(channel.failures)
        if self._is_live(channel):
            self._is_dirty(channel)

    def _retry_delay(self, failures: int) -> float:
        """Doubles up to a bound; up to half of it is left to chance, so that processes do not ask in step."""
        longest = min(self._limits.read_retry_max, self._limits.read_retry_min * 2.0 ** min(failures - 1, 16))
        return longest * (1 - self._jitter() / 2)

    def _await_each_other(self, channels: Sequence[Channel]) -> None:
        """Let an idle topic wait for one that was just read: what changed together is read and shown together.

        It waits for `refresh_interval` at most, so not for one that takes long to read.
        """
        now, interval = self._clock.monotonic(), self._limits.refresh_interval
        moments = [channel.due_at(interval) for channel in channels]
        together = max((moment for moment in moments if moment <= now + interval), default=now)
        for channel in channels:
            channel.not_before = max(channel.not_before, together)

    def _mark_outdated(self) -> None:
        """Mark what changes with the clock alone, once the earliest such moment has come."""
        now = self._clock.now()
        if self._outdated_at is None or now < self._outdated_at:
            return
        for channel in self._channels.values():
            if channel.mark_outdated(now):
                self._is_dirty(channel)
        self._outdated_at = min(filter(None, (one.fresh_until for one in self._channels.values())), default=None)

    def _is_live(self, channel: Channel) -> bool:
        return self._channels.get(channel.key) is channel

    def _is_dirty(self, channel: Channel) -> None:
        if channel.reading is None:
            self._dirty[channel.key] = channel
            self.wake()

    def _linger(self, channel: Channel) -> None:
        """Keep the channel for who may come back; one that has no state has nothing to come back to."""
        if not self._is_live(channel):
            return
        if channel.state is None:
            self._drop(channel)
            return
        self._lingering[channel.key] = self._clock.monotonic() + self._limits.channel_linger
        while len(self._lingering) > self._limits.lingering_channels:
            self._drop(self._channels[next(iter(self._lingering))])
        self.wake()

    def _drop_lingering(self, now: float) -> None:
        for key, until in tuple(self._lingering.items()):
            if until > now:
                return
            self._drop(self._channels[key])

    def _drop(self, channel: Channel) -> None:
        if self._is_live(channel):
            del self._channels[channel.key]
            self._dirty.pop(channel.key, None)
            self._lingering.pop(channel.key, None)
            self.positions.moved()


def _nobody() -> None:
    """Nobody has to be woken."""


def _wake_at_once(channels: Sequence[Channel]) -> None:
    for channel in channels:
        for subscriber in tuple(channel.subscriptions):
            subscriber.wake()
