"""What may go wrong between a pipeline and the server.

ClientError
├── ServerAway           nobody answers, or the server's database is away; sending again later is safe
├── EventsRefused        some events are invalid; nothing of the request was stored
├── RequestRefused       any other answer that is not a success
│   └── RequestTooLarge  more bytes or events than the server takes at once; nothing of the request was stored
├── SpoolError           the spool's directory cannot be used
├── Undelivered          a writer without a spool was closed while the server was away
├── WriterClosed         a writer was used after it was closed, or in another process than its own
└── WriterFailed         a writer has ended by a fault, its own or of a function that it was given
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages import types


class ClientError(Exception):
    """The events could not be delivered."""


class ServerAway(ClientError):
    """Nobody answers, or the server cannot reach its database; `reason` says which.

    `retry_after` is the number of seconds that the server asks to be left alone, None where it does not ask.
    """

    def __init__(self, url: str, reason: str, retry_after: float | None = None) -> None:
        self.url = url
        self.reason = reason
        self.retry_after = retry_after
        super().__init__(f"no server answers at {url}: {reason}")


class EventsRefused(ClientError):
    """Some events are invalid, each fault with the index of its event in the request; nothing was stored."""

    def __init__(self, faults: Sequence[types.EventFault]) -> None:
        self.faults = faults
        super().__init__(f"the server refused the events: {len(faults)} faults")


class RequestRefused(ClientError):
    """The server answered with an error."""

    def __init__(self, status: int, detail: str) -> None:
        self.status = status
        self.detail = detail
        super().__init__(f"the server answered {status}: {detail}")


class RequestTooLarge(RequestRefused):
    """The server takes fewer bytes or events at once."""


class SpoolError(ClientError):
    """The spool's directory cannot be used; an event that was being written has not been taken."""


class Undelivered(ClientError):
    """A writer was closed with events that only its memory held: these are lost. `count` says how many."""

    def __init__(self, count: int, reason: str) -> None:
        self.count = count
        super().__init__(f"{count} events were not delivered: {reason}")


class WriterClosed(ClientError):
    """A writer was used after it was closed, or in a process that was forked from its own."""


class WriterFailed(ClientError):
    """A writer has ended by the fault that is its `__cause__`. What is in its spool stays there for the next one."""
