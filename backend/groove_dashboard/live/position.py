"""Where connections stand together: most of them have the same topics in the same states, and are owed the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakValueDictionary

from groove_dashboard.live.batch import is_full

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groove_dashboard.live.channel import Channel
    from groove_dashboard.live.limits import Limits
    from groove_dashboard.messages.types import Version


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Position:
    """The states that connections were last sent: one for each of their topics, which they have in the same order."""

    told: tuple[tuple[Channel, Version], ...]

    @property
    def behind(self) -> int:
        """How many of the topics are in another state by now, or have failed."""
        return sum(channel.step.version != version for channel, version in self.told)


Onward: TypeAlias = "tuple[tuple[bytes, ...] | None, Position]"
"""What all who stand at a position are to be sent, and where they stand then; None: each has to be asked by itself."""


class Positions:
    """The positions at which a hub's connections stand, and the ways from there to the newest states.

    A way is found once after each change, for the first connection that asks. For each of the others it is at hand,
    however many topics it has.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._positions: WeakValueDictionary[tuple[tuple[Channel, Version], ...], Position] = WeakValueDictionary()
        self.onward: dict[Position, Onward] = {}
        """The ways that are known, of which each has been taken by a connection since the last change; see `find`."""

    def __len__(self) -> int:
        return len(self._positions)

    def at(self, channels: Iterable[Channel]) -> Position:
        """The position of those who were sent the newest state of each of these topics, in this order."""
        told = tuple((channel, channel.step.version) for channel in channels)
        position = self._positions.get(told)
        if position is None:
            position = self._positions[told] = Position(told)
        return position

    def moved(self) -> None:
        """Topics have changed, failed or gone: no way is known any more."""
        self.onward.clear()

    def find(self, position: Position) -> Onward:
        """The way on from there, which is known from now on if there is one."""
        messages = self._messages(position)
        if not messages:
            return messages, position
        onward = self.onward[position] = messages, self.at(channel for channel, _ in position.told)
        return onward

    def _messages(self, position: Position) -> tuple[bytes, ...] | None:
        messages: tuple[bytes, ...] = ()
        size = 0
        for channel, version in position.told:
            step = channel.step
            if version == step.base:
                messages += step.messages
                size += step.size
            elif version != step.version:
                return None
        return None if is_full(len(messages), size, self._limits) else messages
