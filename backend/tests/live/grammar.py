"""Checks what is said and heard against the schema itself, not against what was generated from it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import jsonschema_rs
import orjson
import yaml

from groove_dashboard.live.batch import text_of
from groove_dashboard.live.session import ActionRequest, Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from groove_dashboard.messages.types import DashboardMessage

_SHARED: Final = Path(__file__).parents[3] / "shared-schema"
SCHEMA: dict[str, Any] = json.loads((_SHARED / "groove-dashboard.schema.json").read_text("utf-8"))
_ANSWERS: Final[dict[str, str]] = {
    kind: answer["message"]
    for kind, answer in yaml.safe_load((_SHARED / "protocol.yaml").read_text("utf-8"))["answers"].items()
}


def _validator(definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/$defs/{definition}", "$defs": SCHEMA["$defs"]}, validate_formats=True
    )


_MESSAGE = _validator("DashboardMessage")
_REQUEST = _validator("DashboardRequest")
_PROBLEM = _validator("Problem")
_BODIES: Final = {
    re.compile(r"/api/groove/dashboard/[^/]*"): _validator("TopicData"),
    re.compile(r"/api/groove/events"): _validator("IngestResult"),
    re.compile(r"/api/groove/learnings/[^/]*(/[a-z]*)?"): _validator("ActionResult"),
}
# Answered for those who run the server, or with the schema itself.
_UNDESCRIBED: Final = frozenset({"/api/groove/schema", "/healthz", "/readyz"})


def said(frame: bytes) -> DashboardMessage:
    """The message in a frame of the server; fails where the schema does not allow it."""
    message = orjson.loads(frame)
    _MESSAGE.validate(message)
    return cast("DashboardMessage", message)


def may_be_asked(request: object) -> None:
    """Fails where the schema does not allow a client to send the request."""
    _REQUEST.validate(request)


def must_be_refused(text: bytes) -> None:
    """Fails where a client may send the text after all, which a test takes for wrong."""
    try:
        request = orjson.loads(text)
    except orjson.JSONDecodeError:
        return
    assert not _REQUEST.is_valid(request), f"the schema allows {text!r}"


def answered(path: str, status: int, body: bytes) -> None:
    """Fails where the schema does not allow the JSON that a route has answered with."""
    if path in _UNDESCRIBED:
        return
    found = [validator for route, validator in _BODIES.items() if route.fullmatch(path)]
    assert len(found) == 1 or status >= 400, f"the schema does not say what {path} answers"
    (_PROBLEM if status >= 400 else found[0]).validate(orjson.loads(body))


class Dialogue:
    """What was asked on a connection, by its `request_id`, and whether it is answered by what the protocol says."""

    def __init__(self) -> None:
        self._asked: dict[str, str] = {}

    def asks(self, request: Mapping[str, Any]) -> None:
        """The client asks; one that repeats an id asks anew."""
        if "request_id" in request:
            self._asked[request["request_id"]] = request["type"]

    def hears(self, message: Mapping[str, Any]) -> None:
        """Fails where the message carries the id of a request that it is no answer to."""
        kind = self._asked.get(message.get("request_id", ""))
        assert kind is None or message["type"] in {_ANSWERS[kind], "error"}, f"{kind} is answered by {message['type']}"


class CheckedSession(Session):
    """A session whose every frame is held against the schema, in either direction, and every answer to its request."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._dialogue = Dialogue()

    def received(self, text: bytes) -> ActionRequest | None:
        """A request that the schema allows."""
        request = orjson.loads(text)
        may_be_asked(request)
        self._dialogue.asks(request)
        return super().received(text)

    def received_invalid(self, text: bytes) -> ActionRequest | None:
        """A text that the schema refuses."""
        must_be_refused(text)
        return super().received(text)

    def take(self, now: float) -> list[tuple[bytes, ...]]:
        """The messages of frames that the schema allows."""
        frames = super().take(now)
        for messages in frames:
            self._dialogue.hears(said(text_of(messages)))
        return frames

    def take_next(self) -> tuple[bytes, ...] | None:
        """What is sent now to all who stand where this session does, in a frame that the schema allows."""
        messages = self.outbox.take_next(self._clock.monotonic())
        if messages:
            said(text_of(messages))
        return messages

    def texts(self) -> list[bytes]:
        """The frames that are sent now."""
        return [text_of(messages) for messages in self.take(self._clock.monotonic())]
