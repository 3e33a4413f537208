"""Sends one request to the ingest route, on the standard library alone: pipelines need no more to be installed.

It blocks. A writer calls it from a thread of its own, which also ends well at the exit of the interpreter, when a loop
can no longer look up a host's address.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import orjson

from groove_dashboard.client.errors import EventsRefused, RequestRefused, RequestTooLarge, ServerAway

if TYPE_CHECKING:
    from groove_dashboard.messages import types

EVENTS_PATH: Final = "/api/groove/events"
ANSWER_SECONDS: Final = 60.0
AWAY_STATUSES: Final = frozenset(
    {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
)
FAULT: Final = {"index": int, "path": str, "message": str}


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends events to the server at `url`, `http://host:port` and a path; each request by its own connection."""

    url: str
    answer_seconds: float = ANSWER_SECONDS

    def __post_init__(self) -> None:
        """Raise ValueError for a URL that names no HTTP server."""
        _connection(self.url, self.answer_seconds).close()

    def send(self, body: bytes) -> types.IngestResult:
        """Send one request of events, a JSON array or NDJSON, and return the server's count; raise ClientError."""
        connection = _connection(self.url, self.answer_seconds)
        try:
            connection.request(
                "POST", _path(self.url) + EVENTS_PATH, body, headers={"Content-Type": "application/x-ndjson"}
            )
            answer = connection.getresponse()
            return _result(self.url, answer.status, answer.read(), answer.getheader("Retry-After"))
        except (OSError, http.client.HTTPException) as error:
            raise ServerAway(self.url, str(error) or type(error).__name__) from error
        finally:
            connection.close()


def _connection(url: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    if parts.hostname is None or parts.query or parts.fragment:
        raise ValueError(f"not the address of a server: {url}")
    if parts.scheme == "http":
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=seconds)
    raise ValueError(f"neither http nor https: {url}")


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")


def _result(url: str, status: int, body: bytes, retry_after: str | None) -> types.IngestResult:
    answer = _json_object(body)
    if status == HTTPStatus.OK and answer.keys() == {"accepted", "duplicates"}:
        return {"accepted": answer["accepted"], "duplicates": answer["duplicates"]}
    if status in AWAY_STATUSES:
        raise ServerAway(url, str(answer.get("detail", f"it answered {status}")), _seconds(retry_after))
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and _are_faults(answer.get("errors")):
        raise EventsRefused(answer["errors"])
    detail = str(answer.get("detail", "this is not what a groove dashboard answers"))
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise RequestTooLarge(status, detail)
    raise RequestRefused(status, detail)


def _are_faults(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and {name: type(one.get(name)) for name in FAULT} == FAULT for one in value
    )


def _seconds(retry_after: str | None) -> float | None:
    """What the header says, a number of seconds or a date; None where it says nothing that can be understood."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if moment.tzinfo is None:  # as of "-0000"; the header's dates are UTC
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}
