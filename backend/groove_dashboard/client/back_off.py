"""How long to leave a server alone that could not take what it was sent."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST_SECONDS: Final = 0.5
LONGEST_SECONDS: Final = 20.0
LONGEST_RETRY_AFTER_SECONDS: Final = 600.0
"""A server, or a proxy before it, that asks for a longer pause is asked again after this one."""


class BackOff:
    """The pauses between attempts, the same policy as the browser's client.

    The n-th pause is `shortest + random(0, min(longest, shortest * 2^n))`. A server that says how long it wants to be
    left alone gets that in the place of `shortest`, and the random part on top: its clients do not come back at once.
    """

    def __init__(
        self,
        shortest: float = SHORTEST_SECONDS,
        longest: float = LONGEST_SECONDS,
        fraction: Callable[[], float] = random.random,
    ) -> None:
        self._shortest = shortest
        self._longest = longest
        self._fraction = fraction
        self._span = min(shortest, longest)

    def seconds(self, retry_after: float | None = None) -> float:
        """The next pause."""
        floor = max(self._shortest, min(retry_after or 0.0, LONGEST_RETRY_AFTER_SECONDS))
        pause = floor + self._fraction() * self._span
        self._span = min(self._longest, 2 * self._span)
        return pause

    def reset(self) -> None:
        """The server has answered: the next pause is a first one."""
        self._span = min(self._shortest, self._longest)
