"""What a client says and hears until it has what it came for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson
from marshmallow import ValidationError

from benchmarks.live.frames import NotTheProtocol, client_frame, take_texts
from groove_dashboard.messages.validators import load_dashboard_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import DashboardRequest

Message: TypeAlias = dict[str, Any]

HEAD_ENDS: Final = b"\r\n\r\n"
UPGRADED: Final = b"HTTP/1.1 101 "
BASELINE_TYPES: Final = frozenset({"greeting", "change"})
STATE_TYPES: Final = frozenset({"snapshot", "current", "greeting"})


class Opening:
    """One client on its way from the handshake to `awaited` states; a baseline's greeting counts as one."""

    def __init__(self, request: DashboardRequest, awaited: int) -> None:
        self._request = client_frame(orjson.dumps(request))
        self._awaited = awaited
        self._buffer = bytearray()
        self._upgraded = False
        self.states: list[Message] = []
        """The messages that told them."""
        self.longest_text = 0
        """Bytes of the longest text that came."""

    @property
    def ready(self) -> bool:
        """Whether all of them have come."""
        return len(self.states) >= self._awaited

    def received(self, data: bytes) -> bytes:
        """What is to be sent now that this has come; often nothing. Raises NotTheProtocol."""
        self._buffer += data
        if not self._upgraded:
            head, end, rest = self._buffer.partition(HEAD_ENDS)
            if not end:
                return b""
            if not head.startswith(UPGRADED):
                raise NotTheProtocol(bytes(head[:100]).decode("latin-1"))
            self._upgraded, self._buffer = True, rest
        return b"".join(self._heard(text) for text in take_texts(self._buffer))

    def _heard(self, text: bytes) -> bytes:
        self.longest_text = max(self.longest_text, len(text))
        welcomed = False
        for message in messages(text):
            if message["type"] in STATE_TYPES:
                self.states.append(message)
            elif message["type"] == "welcome":
                welcomed = True
            elif message["type"] != "subscribed":
                raise NotTheProtocol(text[:200].decode())
        return self._request if welcomed else b""


def messages(text: bytes) -> Sequence[Message]:
    """The messages of a text, those of a batch one by one."""
    message: Message = orjson.loads(text)
    if message["type"] != "batch":
        return (message,)
    batch: list[Message] = message["messages"]
    return batch


def hold_against_schema(text: bytes) -> None:
    """Raises NotTheProtocol where the schema does not know such a message, and no baseline sends it either."""
    message = orjson.loads(text)
    if message["type"] in BASELINE_TYPES:
        return
    try:
        load_dashboard_message(message)
    except ValidationError as error:
        raise NotTheProtocol(f"{error}") from error


def topic_name(message: Message) -> bytes:
    """What tells the topics of the messages apart; baselines have one."""
    return orjson.dumps(message.get("topic"), option=orjson.OPT_SORT_KEYS)
