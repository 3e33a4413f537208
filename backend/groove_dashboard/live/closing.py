"""Why the server ends a connection."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groove_dashboard.messages.types import GoodbyeMessage, RetryWindow


class CloseCode(IntEnum):
    """The close codes that the server uses; what a client does about each is said in the protocol."""

    GOING_AWAY = 1001
    TOO_SLOW = 4008
    TOO_MANY = 4029
    NOT_THE_PROTOCOL = 4400
    VERSION_NOT_SUPPORTED = 4506


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The last thing said on a connection, and the close code that follows."""

    code: CloseCode
    reason: str
    retry: RetryWindow | None = None

    def message(self) -> GoodbyeMessage:
        """As the wire has it."""
        message: GoodbyeMessage = {"type": "goodbye", "code": int(self.code), "reason": self.reason}
        if self.retry is not None:
            message["retry"] = self.retry
        return message
