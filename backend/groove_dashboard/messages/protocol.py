# Generated from shared-schema by `make schema`. Do not edit.
"""What both sides have agreed on beside the schema."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

PROTOCOL_VERSION: Final = 1
SUBPROTOCOL: Final = "groove.dashboard.v1"
SOCKET_PATH: Final = "/ws/groove/dashboard"
"""Where a server has its socket."""


class CloseCode(IntEnum):
    """Why the server ends a connection; docs/protocol.md says what a client does then."""

    GOING_AWAY = 1001
    """The server goes away."""
    TOO_SLOW = 4008
    """The client did not read what was sent; it sees 1006 instead, since the connection is aborted."""
    TOO_MANY = 4029
    """There are too many connections, or far too many messages came on this one."""
    NOT_THE_PROTOCOL = 4400
    """A binary frame, a text that is not JSON, or three invalid messages in a row."""
    VERSION_NOT_SUPPORTED = 4506
    """The client offers only subprotocols that the server does not speak."""
