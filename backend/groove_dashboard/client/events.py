"""An event on its way: what it lacks is filled in, and it becomes one line of JSON."""

from __future__ import annotations

import random
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Final
from uuid import UUID

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from groove_dashboard.messages import types

NANOSECONDS_OF_A_MILLISECOND: Final = 1_000_000
FRACTION_BITS: Final = 12
RANDOM_BITS: Final = 62


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event that the server will never take, as it was sent, and each fault's JSON pointer into it.

    `index` is the number of events that the writer was given before it; None where another process has left it behind.
    """

    index: int | None
    event: bytes
    faults: Sequence[types.Fault]


class Stamp:
    """Makes a line of an event, with an id and a time where it has none. May be shared by threads.

    Ids are UUIDs of version 7 and grow from event to event, also within a moment and where the clock goes back: of two
    events of the same time that set the same field, the one written later wins.
    """

    def __init__(
        self,
        nanoseconds: Callable[[], int] = time.time_ns,
    ) -> None:
        self._nanoseconds = nanoseconds
        # Ids have to differ, not to be secret: asking the system for each would take as long as all the rest.
        self._random_bits = random.Random(secrets.randbits(256)).getrandbits  # noqa: S311
        self._tick = 0
        self._turn = Lock()

    def line(self, event: Mapping[str, object]) -> bytes:
        """The event as JSON without a line break; raises TypeError for what JSON has no words for."""
        filled = dict(event)
        if "event_id" not in filled:
            filled["event_id"] = self.event_id()
        if "occurred_at" not in filled:
            filled["occurred_at"] = self._now()
        return orjson.dumps(filled)

    def event_id(self) -> str:
        """The next id: the time in 4096ths of a millisecond, or one more than the last where that is not later."""
        milliseconds, rest = divmod(self._nanoseconds(), NANOSECONDS_OF_A_MILLISECOND)
        fraction = (rest << FRACTION_BITS) // NANOSECONDS_OF_A_MILLISECOND
        with self._turn:
            self._tick = max(milliseconds << FRACTION_BITS | fraction, self._tick + 1)
            tick = self._tick
        time_bits, fraction = tick >> FRACTION_BITS, tick & ((1 << FRACTION_BITS) - 1)
        version, variant = 7, 2
        high = time_bits << 16 | version << 12 | fraction
        return str(UUID(int=high << 64 | variant << RANDOM_BITS | self._random_bits(RANDOM_BITS)))

    def _now(self) -> str:
        seconds, rest = divmod(self._nanoseconds(), 1000 * NANOSECONDS_OF_A_MILLISECOND)
        moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest // 1000)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
