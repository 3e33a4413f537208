"""What a client sent, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

import orjson
from marshmallow import ValidationError

from groove_dashboard.messages import strict
from groove_dashboard.messages.validators import load, load_dashboard_request

if TYPE_CHECKING:
    from groove_dashboard.messages.types import DashboardRequest, ErrorCode, Fault

MAX_FAULTS: Final = 100
"""Faults that one refusal lists: a message may hold thousands."""

REMEMBERED_BYTES: Final = 4096
"""Longest text of which is remembered what request it is."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message is no request."""

    code: ErrorCode
    message: str
    faults: tuple[Fault, ...] = ()
    request_id: str | None = None
    is_json: bool = True


def read_request(text: bytes, max_bytes: int) -> DashboardRequest | Refusal:
    """The request that the text is, or why it is none. Not to be changed: it may be shared."""
    if len(text) > max_bytes:
        return Refusal("message_too_large", f"A message may have {max_bytes} bytes.")
    is_remembered = len(text) <= REMEMBERED_BYTES and b"authenticate" not in text  # no secret is kept
    return _read_again(text) if is_remembered else _read(text)


def _read(text: bytes) -> DashboardRequest | Refusal:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        fault: Fault = {"path": "", "message": str(error)}
        return Refusal("invalid_message", "This is not JSON.", (fault,), is_json=False)
    try:
        return load_dashboard_request(value)
    except ValidationError as error:
        return Refusal("invalid_message", "This is not a request.", _faults(error), _request_id(value))


# When all clients come back at once they ask for the same, and judging that takes as long as connecting them.
_read_again = lru_cache(maxsize=256)(_read)


def request_id_of(text: bytes, max_bytes: int) -> str | None:
    """The request_id of a text that need not be a valid request; None where there is none to be read."""
    if len(text) > max_bytes:
        return None
    try:
        return _request_id(orjson.loads(text))
    except orjson.JSONDecodeError:
        return None


def _faults(error: ValidationError) -> tuple[Fault, ...]:
    found = islice(strict.pointers(error.messages), MAX_FAULTS)
    return tuple({"path": path, "message": message} for path, message in found)


def _request_id(value: object) -> str | None:
    request_id = value.get("request_id") if isinstance(value, dict) else None
    try:
        load("RequestId", request_id)
    except ValidationError:
        return None
    return str(request_id)
