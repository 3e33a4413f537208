"""A small sender for the ingest route, on the standard library alone: the command line and scripts need no more.

What may go wrong:

ClientError
├── ServerAway       nobody answers, or the server's database is away; sending again later is safe
├── EventsRefused    some events are invalid; nothing of the request was stored
└── RequestRefused   any other answer that is not a success
"""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from groove_dashboard.messages import types

EVENTS_PATH: Final = "/api/groove/events"
ANSWER_SECONDS: Final = 60.0
AWAY_STATUSES: Final = frozenset(
    {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
)
FIRST_DELAY_SECONDS: Final = 0.2
LONGEST_DELAY_SECONDS: Final = 5.0


class ClientError(Exception):
    """The events could not be delivered."""


class ServerAway(ClientError):
    """Nobody answers, or the server cannot reach its database; `reason` says which."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
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


def _say_nothing(_error: ServerAway) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends events to the server at `url` (`http://host:port`); one connection a request, no state in between."""

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
            return _result(self.url, answer.status, answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise ServerAway(self.url, str(error) or type(error).__name__) from error
        finally:
            connection.close()

    def send_patiently(
        self,
        body: bytes,
        *,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        on_wait: Callable[[ServerAway], None] = _say_nothing,
    ) -> types.IngestResult:
        """Like `send`, but while the server is away try again with growing delays for that many seconds.

        `on_wait` is told once, before the first delay.
        """
        deadline = clock() + seconds
        delay = FIRST_DELAY_SECONDS
        while True:
            try:
                return self.send(body)
            except ServerAway as error:
                left = deadline - clock()
                if left <= 0:
                    raise
                if delay == FIRST_DELAY_SECONDS:
                    on_wait(error)
                sleep(min(delay, left))
                delay = min(2 * delay, LONGEST_DELAY_SECONDS)


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


def _result(url: str, status: int, body: bytes) -> types.IngestResult:
    answer = _json_object(body)
    if status == HTTPStatus.OK and answer.keys() == {"accepted", "duplicates"}:
        return {"accepted": answer["accepted"], "duplicates": answer["duplicates"]}
    if status in AWAY_STATUSES:
        raise ServerAway(url, str(answer.get("detail", f"it answered {status}")))
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and isinstance(answer.get("errors"), list):
        raise EventsRefused(answer["errors"])
    raise RequestRefused(status, str(answer.get("detail", "this is not what a groove dashboard answers")))


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}
