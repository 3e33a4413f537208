"""The protocol's side of one connection, without the connection.

The shell around it feeds it what arrives and sends what it gives:

    session.open()
    request = session.received(text)    # for each text frame; an ActionRequest is to be carried out by the shell
    session.answered(request)           # once it has been
    frames = session.take(now)          # the messages of each; none: wait to be woken, or for `heartbeat_at`
    session.finished                    # close with session.goodbye.code; None where the peer has gone
    session.end()                       # always, at the end
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import orjson

from groove_dashboard.live.closing import Goodbye
from groove_dashboard.live.outbox import Outbox
from groove_dashboard.live.rate import TokenBucket
from groove_dashboard.live.request import Refusal, read_request, request_id_of
from groove_dashboard.live.topic import canonical, topic_key
from groove_dashboard.messages.protocol import PROTOCOL_VERSION, CloseCode
from groove_dashboard.messages.timestamps import timestamp
from groove_dashboard.messages.validators import SCHEMA_HASH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.hub import Hub
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.live.subscription import Question, Subscriber
    from groove_dashboard.messages.types import (
        ActionResultMessage,
        DashboardMessage,
        DashboardRequest,
        DashboardTopic,
        ErrorCode,
        ErrorMessage,
        LearningAction,
        PongMessage,
        RetryWindow,
        Role,
        SubscribedMessage,
        UnsubscribedMessage,
        Version,
        WelcomeMessage,
    )

ROLES: Final[tuple[Role, ...]] = ("viewer", "operator")

Answer = TypeVar(
    "Answer",
    "ActionResultMessage",
    "ErrorMessage",
    "PongMessage",
    "SubscribedMessage",
    "UnsubscribedMessage",
    "WelcomeMessage",
)


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """What a person wants done to a learning."""

    action: LearningAction
    id: str
    request_id: str | None


class SessionStatistics(NamedTuple):
    """What one connection holds at this moment."""

    topics: int
    owed: int
    replies: int


class Session:
    """What one connection has asked for, what it is owed, and when it has to be ended.

    The subscriber is woken when `take` may have something that it had not before.
    """

    __slots__ = (
        "_bucket",
        "_clock",
        "_hub",
        "_invalid_in_a_row",
        "_limited_in_a_row",
        "_limits",
        "_server_version",
        "_subscriber",
        "finished",
        "goodbye",
        "outbox",
    )

    def __init__(self, hub: Hub, limits: Limits, clock: Clock, *, server_version: str, subscriber: Subscriber) -> None:
        self._hub = hub
        self._limits = limits
        self._clock = clock
        self._server_version = server_version
        self._subscriber = subscriber
        self.outbox = Outbox(limits, hub.positions, clock.monotonic())
        """What the connection is owed. Who writes to thousands at once may ask it for `take_next` before `take`."""
        self._bucket = TokenBucket(limits.messages_per_second, limits.message_burst, clock.monotonic())
        self._invalid_in_a_row = 0
        self._limited_in_a_row = 0
        self.goodbye: Goodbye | None = None
        """Why the server ends the connection; None while it does not."""
        self.finished = False
        """Whether nothing will be taken any more."""

    @property
    def heartbeat_at(self) -> float:
        """When `take` will have a heartbeat or what was held back, if nothing before; on the monotonic clock."""
        return min(self.outbox.sent_at + self._limits.heartbeat_seconds, self.outbox.paused_until)

    @property
    def crowded(self) -> bool:
        """Whether so many answers wait that nothing more should be read from the connection."""
        return len(self.outbox.replies) >= self._limits.pending_replies

    def statistics(self) -> SessionStatistics:
        """What the connection holds."""
        return SessionStatistics(len(self.outbox.topics), self.outbox.owed, len(self.outbox.replies))

    def open(self) -> None:
        """The connection stands: owe it the welcome."""
        self._send(self._welcome())

    def received(self, text: bytes) -> ActionRequest | None:
        """A text frame has arrived. What it asks for is done, except for an action, which is handed back."""
        if self.goodbye is not None or self.finished or not self._may_go_on(text):
            return None
        request = read_request(text, self._limits.max_message_bytes)
        if isinstance(request, Refusal):
            self._refuse(request)
            return None
        self._invalid_in_a_row = 0
        return self._do(request)

    def received_binary(self) -> None:
        """A binary frame has arrived, which the protocol does not know."""
        self.close(CloseCode.NOT_THE_PROTOCOL, "Messages are text frames, never binary ones.")

    def received_ping(self) -> bool:
        """A ping frame has arrived; True where it may be answered, False where too many came."""
        if self.goodbye is not None or self.finished:
            return False
        return self._bucket_lets_through() == 0

    def answered(self, request: ActionRequest) -> None:
        """The action has been carried out and committed."""
        answer: ActionResultMessage = {"type": "action_result", "action": request.action, "id": request.id}
        self._answer(answer, request.request_id)

    def failed(
        self, code: ErrorCode, message: str, *, request_id: str | None = None, retry_after_ms: int | None = None
    ) -> None:
        """What was asked for could not be done; the connection stays."""
        answer: ErrorMessage = {"type": "error", "code": code, "message": message}
        if retry_after_ms is not None:
            answer["retry_after_ms"] = retry_after_ms
        self._answer(answer, request_id)

    def close(self, code: CloseCode, reason: str, retry: RetryWindow | None = None) -> None:
        """End the connection: answers that wait still go out, then a goodbye, and nothing after it."""
        if self.goodbye is None and not self.finished:
            self.goodbye = Goodbye(code, reason, retry)
            self._unsubscribe_all()
            self._subscriber.wake()

    def end(self) -> None:
        """The connection is no more."""
        self.finished = True
        self._unsubscribe_all()
        self._subscriber.wake()

    def take(self, now: float) -> list[tuple[bytes, ...]]:
        """The messages of each frame that is due, taken as sent at `now` on the monotonic clock; none where none is.

        What many connections are sent is one and the same object for all of them, so that its frame can be made once.
        """
        if self.finished:
            return []
        frames: list[tuple[bytes, ...]] = [(reply,) for reply in self.outbox.take_replies()]
        messages = self.outbox.take_next(now)
        if messages is None:
            messages = self.outbox.take_topics(now)
        if messages:
            frames.append(messages)
        if self.outbox.has_more:
            self._subscriber.wake()
        elif self.goodbye is not None:
            self.finished = True
            frames.append((orjson.dumps(self.goodbye.message()),))
        elif not frames and now >= self.heartbeat_at:
            frames.append((orjson.dumps({"type": "heartbeat", "server_time": timestamp(self._clock.now())}),))
        if frames:
            self.outbox.sent_at = now
        return frames

    def _may_go_on(self, text: bytes) -> bool:
        """Whether the message is within the rate; one that is not is answered with when it would be."""
        delay = self._bucket_lets_through()
        if delay:
            self.failed(
                "rate_limited",
                f"Send at most {self._limits.messages_per_second} messages a second.",
                request_id=request_id_of(text, self._limits.max_message_bytes),
                retry_after_ms=math.ceil(delay * 1000),
            )
        return not delay

    def _bucket_lets_through(self) -> float:
        delay = self._bucket.take(self._clock.monotonic())
        self._limited_in_a_row = self._limited_in_a_row + 1 if delay else 0
        if self._limited_in_a_row >= self._limits.rate_limited_in_a_row:
            self.close(CloseCode.TOO_MANY, "Far too many messages.", self._retry_window())
        return delay

    def _refuse(self, refusal: Refusal) -> None:
        """Answer what is no request; what is not even JSON, or one too many in a row, ends the connection."""
        answer: ErrorMessage = {"type": "error", "code": refusal.code, "message": refusal.message}
        if refusal.faults:
            answer["details"] = list(refusal.faults)
        self._answer(answer, refusal.request_id)
        self._invalid_in_a_row += 1
        if not refusal.is_json:
            self.close(CloseCode.NOT_THE_PROTOCOL, "A message was not JSON.")
        elif self._invalid_in_a_row >= self._limits.invalid_in_a_row:
            self.close(CloseCode.NOT_THE_PROTOCOL, f"{self._invalid_in_a_row} invalid messages in a row.")

    def _do(self, request: DashboardRequest) -> ActionRequest | None:
        request_id = request.get("request_id")
        match request["type"]:
            case "authenticate":
                self._answer(self._welcome(), request_id)
            case "subscribe":
                self._subscribe("subscribe", [(topic, None) for topic in request["topics"]], request_id)
            case "resume":
                held = [(one["topic"], one["version"]) for one in request["subscriptions"]]
                self._subscribe("resume", held, request_id)
            case "unsubscribe":
                self._unsubscribe(request["topics"], request_id)
            case "ping":
                pong: PongMessage = {"type": "pong"}
                self._answer(pong, request_id)
            case _:
                return ActionRequest(request["type"], request["id"], request_id)
        return None

    def _welcome(self) -> WelcomeMessage:
        limits = self._limits
        return {
            "type": "welcome",
            "protocol_version": PROTOCOL_VERSION,
            "schema_hash": SCHEMA_HASH,
            "server_version": self._server_version,
            "server_time": timestamp(self._clock.now()),
            "heartbeat_seconds": limits.heartbeat_seconds,
            "roles": list(ROLES),
            "limits": {
                "max_message_bytes": limits.max_message_bytes,
                "max_topics": limits.max_topics,
                "messages_per_second": limits.messages_per_second,
                "message_burst": limits.message_burst,
            },
            "retry": self._retry_window(),
        }

    def _subscribe(
        self, question: Question, asked: Sequence[tuple[DashboardTopic, Version | None]], request_id: str | None
    ) -> None:
        topics = {topic_key(topic): (topic, held) for topic, held in asked}
        subscriptions = self.outbox.topics
        ended = {key for key, one in subscriptions.items() if one.channel.ended}
        if len((subscriptions.keys() - ended) | topics.keys()) > self._limits.max_topics:
            message = f"A connection may have {self._limits.max_topics} topics; nothing was subscribed."
            self.failed("too_many_topics", message, request_id=request_id)
            return
        for key, (topic, _) in topics.items():
            if key not in subscriptions or key in ended:
                self.outbox.add(self._hub.subscribe(topic, self._subscriber))
        answer: SubscribedMessage = {
            "type": "subscribed",
            "topics": [subscriptions[key].channel.topic for key in topics],
        }
        self._answer(answer, request_id)
        self.outbox.leave_position()
        for key, (_, held) in topics.items():
            self._hub.ask(subscriptions[key], question, held)

    def _unsubscribe(self, asked: list[DashboardTopic], request_id: str | None) -> None:
        topics = {topic_key(topic): canonical(topic) for topic in asked}
        for key in topics:
            subscription = self.outbox.pop(key)
            if subscription is not None:
                self._hub.unsubscribe(subscription)
        answer: UnsubscribedMessage = {"type": "unsubscribed", "topics": list(topics.values())}
        self._answer(answer, request_id)

    def _unsubscribe_all(self) -> None:
        for subscription in self.outbox.clear():
            self._hub.unsubscribe(subscription)

    def _answer(self, message: Answer, request_id: str | None) -> None:
        if request_id is not None:
            message["request_id"] = request_id
        self._send(message)

    def _send(self, message: DashboardMessage) -> None:
        if not self.finished:
            self.outbox.replies += (orjson.dumps(message),)
            self._subscriber.wake()

    def _retry_window(self) -> RetryWindow:
        return {"min_ms": self._limits.retry_min_ms, "max_ms": self._limits.retry_max_ms}
