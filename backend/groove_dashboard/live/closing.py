"""Why the server ends a connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groove_dashboard.messages.protocol import CloseCode
    from groove_dashboard.messages.types import GoodbyeMessage, RetryWindow


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
