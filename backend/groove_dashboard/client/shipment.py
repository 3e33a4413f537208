"""The way of one batch to the server: in one request, or in parts where the server does not take it as it is."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from groove_dashboard.messages import types

NO_OBJECT: Final = "An event is a JSON object on one line."

Refused = tuple[int, "Sequence[types.Fault]"]
"""An event's place in the batch, and what is wrong with it."""


class Shipment:
    """What of a batch still has to be sent. It does no input or output: ask for a body, send it, tell the answer.

    `lines` are events as JSON, one each. What the server refuses is taken out and the others are sent again: nothing of
    a refused request was stored. Each answer but an error of the way brings the end nearer, so there are no more
    requests than twice the number of events.
    """

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines
        self._parts: deque[list[int]] = deque()
        self.unfit: list[Refused] = []
        """What is no JSON object, so that it would make nonsense of the request that it is part of: it is not sent."""
        fit: list[int] = []
        for place, line in enumerate(lines):
            if line.startswith(b"{") and b"\n" not in line:
                fit.append(place)
            else:
                self.unfit.append((place, [{"path": "", "message": NO_OBJECT}]))
        self._replace(fit)

    def body(self) -> bytes | None:
        """The next request, the same until its answer is told; None when the batch is through."""
        return b"\n".join(self._lines[place] for place in self._parts[0]) if self._parts else None

    def accepted(self) -> int:
        """The request was stored; how many events it held."""
        return len(self._parts.popleft())

    def refused(self, faults: Sequence[types.EventFault]) -> list[Refused]:
        """Some events of the request are invalid: these. The others stay to be sent, all where the faults name none."""
        part = self._parts[0]
        told: Mapping[int, list[types.Fault]] = _by_index(faults)
        refused: list[Refused] = [(place, told[index]) for index, place in enumerate(part) if index in told]
        self._parts.popleft()
        self._replace([place for index, place in enumerate(part) if index not in told])
        return refused

    def too_large(self, detail: str) -> list[Refused]:
        """The request is more than the server takes: it is halved. One event alone is refused, with that text."""
        part = self._parts.popleft()
        if len(part) == 1:
            return [(part[0], [{"path": "", "message": detail}])]
        middle = len(part) // 2
        self._replace(part[middle:])
        self._replace(part[:middle])
        return []

    def _replace(self, part: list[int]) -> None:
        if part:
            self._parts.appendleft(part)


def _by_index(faults: Sequence[types.EventFault]) -> Mapping[int, list[types.Fault]]:
    result: defaultdict[int, list[types.Fault]] = defaultdict(list)
    for fault in faults:
        result[fault["index"]].append({"path": fault["path"], "message": fault["message"]})
    return dict(result)
