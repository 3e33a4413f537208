"""Checks what is said and heard against the schema itself, not against what was generated from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
import orjson

if TYPE_CHECKING:
    from groove_dashboard.messages.types import DashboardMessage

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "shared-schema/groove-dashboard.schema.json").read_text("utf-8")
)


def _validator(definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/$defs/{definition}", "$defs": SCHEMA["$defs"]}, validate_formats=True
    )


_MESSAGE = _validator("DashboardMessage")
_REQUEST = _validator("DashboardRequest")


def said(frame: bytes) -> DashboardMessage:
    """The message in a frame of the server; fails where the schema does not allow it."""
    message = orjson.loads(frame)
    _MESSAGE.validate(message)
    return cast("DashboardMessage", message)


def may_be_asked(request: object) -> None:
    """Fails where the schema does not allow a client to send the request."""
    _REQUEST.validate(request)
