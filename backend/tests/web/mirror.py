"""What a client holds, from what it was sent alone."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

import jsonpatch

from groove_dashboard.live.topic import topic_key
from groove_dashboard.live.version import encode, version_of

if TYPE_CHECKING:
    from groove_dashboard.live.topic import TopicKey
    from groove_dashboard.messages.types import DashboardTopic, HeldTopic


class Held(NamedTuple):
    """A state and its name."""

    topic: DashboardTopic
    version: str
    data: Any


class Mirror:
    """Applies what it is sent as the protocol has it, by somebody else's implementation of RFC 6902.

    Fails where a patch is made for another state than is held, or does not lead to the state that it names.
    """

    def __init__(self) -> None:
        self._held: dict[TopicKey, Held] = {}

    def take(self, message: dict[str, Any]) -> None:
        """A message has arrived; one that is about no topic changes nothing."""
        match message["type"]:
            case "batch":
                for one in message["messages"]:
                    self.take(one)
            case "snapshot":
                self._hold(message, message["data"])
            case "update":
                held = self._held[topic_key(message["topic"])]
                assert held.version == message["base"], "a patch of another state than is held"
                self._hold(message, jsonpatch.apply_patch(deepcopy(held.data), message["patch"]))
            case "unsubscribed":
                for topic in message["topics"]:
                    self.forget(topic)
            case _:
                pass

    def data(self, topic: DashboardTopic) -> Any:
        """The newest data of the topic; KeyError where none are held."""
        return self._held[topic_key(topic)].data

    def forget(self, topic: DashboardTopic) -> None:
        """Nothing is held of the topic any more."""
        self._held.pop(topic_key(topic), None)

    def subscriptions(self) -> list[HeldTopic]:
        """All that is held, as a `resume` says it."""
        return [{"topic": one.topic, "version": one.version} for one in self._held.values()]

    def _hold(self, message: dict[str, Any], data: Any) -> None:
        assert version_of(encode(data)) == message["version"], "not the state that it says"
        self._held[topic_key(message["topic"])] = Held(message["topic"], message["version"], data)
