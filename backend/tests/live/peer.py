"""A session whose other end is the test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from tests.live.fakes import FakeClock
from tests.live.grammar import CheckedSession

if TYPE_CHECKING:
    from groove_dashboard.live.session import ActionRequest


class Peer:
    """A connection whose other end is the test."""

    def __init__(self, limits: Limits) -> None:
        self.clock = FakeClock()
        self.hub = Hub(limits, self.clock, jitter=lambda: 0)
        self.woken = 0
        self.session = CheckedSession(self.hub, limits, self.clock, server_version="1.2.3", subscriber=self)

    def wake(self) -> None:
        self.woken += 1

    def asks(self, *, padded_to: int = 0, **request: Any) -> ActionRequest | None:
        """Send a valid request, in so many bytes at least."""
        return self.session.received(orjson.dumps(request).ljust(padded_to))

    def sends_invalid(self, text: bytes) -> None:
        """Send what is no valid request."""
        assert self.session.received_invalid(text) is None

    def hears(self) -> list[dict[str, Any]]:
        """Everything that goes out now."""
        return [orjson.loads(text) for texts in iter(self.session.texts, []) for text in texts]

    def read(self, *results: Any) -> None:
        self.hub.refreshed(self.hub.begin(), results)


def peer_with(**limits: Any) -> Peer:
    return Peer(Limits(**limits))


def types(messages: list[dict[str, Any]]) -> list[str]:
    return [message["type"] for message in messages]
