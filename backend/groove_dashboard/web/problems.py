"""What goes wrong over HTTP, and how it is told: `application/problem+json` (RFC 9457).

The one table below says which status and code an exception has. Whatever is not in it is a fault of ours: it is logged
with its trace, and its text is never sent.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import orjson
from aiohttp import web

from groove_dashboard.ingest.apply import UnknownLearning
from groove_dashboard.ingest.events import InvalidEvents, MalformedBody, TooManyEvents
from groove_dashboard.store.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiohttp.typedefs import Handler

    from groove_dashboard.messages import types

CONTENT_TYPE: Final = "application/problem+json"
RETRY_AFTER_SECONDS: Final = 1

log = logging.getLogger(__name__)


class InvalidRequest(Exception):
    """A parameter of the request is wrong; each fault has the parameter's name as its JSON pointer (`/days`)."""

    def __init__(self, details: Sequence[types.Fault]) -> None:
        self.details = list(details)
        super().__init__("A parameter is wrong.")


class ForeignOrigin(Exception):
    """A page of another origin tried to connect or to act."""

    def __init__(self) -> None:
        super().__init__("Pages of this origin may not do that; the server's --allow-origin can allow it.")


class ForeignHost(Exception):
    """A request names a host that this server does not know as its own."""

    def __init__(self) -> None:
        super().__init__("This server does not go by that name; its --allow-origin can give it the name.")


class UnknownTopic(Exception):
    """There is no topic of that name."""

    def __init__(self) -> None:
        super().__init__("There is no such topic.")


class TopicFailed(Exception):
    """A topic could not be read; the text is meant to be shown."""

    def __init__(self, code: types.ErrorCode, message: str) -> None:
        self.code: types.ErrorCode = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and code of a problem; `detail` replaces the exception's own text where that must not be sent."""

    status: HTTPStatus
    code: types.ErrorCode | None
    detail: str | None = None


INTERNAL: Final = Answer(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "The server failed; its log says why.")
UNAVAILABLE: Final = Answer(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "The database does not answer now.")

ANSWERS: Final[Mapping[type[Exception], Answer]] = {
    MalformedBody: Answer(HTTPStatus.BAD_REQUEST, "invalid_message"),
    TooManyEvents: Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "message_too_large"),
    InvalidEvents: Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_message"),
    InvalidRequest: Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_message"),
    UnknownLearning: Answer(HTTPStatus.NOT_FOUND, "not_found", "There is no such learning."),
    UnknownTopic: Answer(HTTPStatus.NOT_FOUND, "not_found"),
    ForeignOrigin: Answer(HTTPStatus.FORBIDDEN, "forbidden"),
    ForeignHost: Answer(HTTPStatus.MISDIRECTED_REQUEST, "forbidden"),
    DatabaseUnavailable: UNAVAILABLE,
    web.HTTPRequestEntityTooLarge: Answer(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "message_too_large", "The body is too large."
    ),
    web.HTTPNotFound: Answer(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address."),
    web.HTTPMethodNotAllowed: Answer(
        HTTPStatus.METHOD_NOT_ALLOWED, "invalid_message", "This address does not take that method."
    ),
}

TOPIC_ANSWERS: Final[Mapping[types.ErrorCode, Answer]] = {
    "not_found": Answer(HTTPStatus.NOT_FOUND, "not_found"),
    "forbidden": Answer(HTTPStatus.FORBIDDEN, "forbidden"),
    "unavailable": UNAVAILABLE,
}


def answer_of(error: Exception) -> Answer:
    """The row of the table for that exception."""
    if isinstance(error, TopicFailed):
        return TOPIC_ANSWERS.get(error.code, INTERNAL)
    for kind in type(error).__mro__:
        if kind in ANSWERS:
            return ANSWERS[kind]
    if isinstance(error, web.HTTPException):  # what aiohttp itself refuses, as a request that is no upgrade
        return Answer(HTTPStatus(error.status), None, error.reason)
    return INTERNAL


def problem(error: Exception) -> types.Problem:
    """The exception as the wire has it."""
    answer = answer_of(error)
    result: types.Problem = {
        "type": "about:blank",
        "title": answer.status.phrase,
        "status": answer.status,
        "detail": str(error) if answer.detail is None else answer.detail,
    }
    if answer.code is not None:
        result["code"] = answer.code
    if isinstance(error, InvalidRequest):
        result["details"] = error.details
    if isinstance(error, InvalidEvents):
        result["errors"] = list(error.faults)
    return result


def problem_response(error: Exception) -> web.Response:
    """The exception as a response; one that is not in the table is logged with its trace."""
    body = problem(error)
    if body["status"] == HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, TopicFailed):
        log.error("a request failed", exc_info=error)
    response = web.Response(body=orjson.dumps(body), status=body["status"], content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if body["status"] == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if isinstance(error, web.HTTPMethodNotAllowed):
        response.headers["Allow"] = error.headers["Allow"]
    return response


@web.middleware
async def tell_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every exception of a handler as a problem."""
    try:
        return await handler(request)
    except Exception as error:  # noqa: BLE001 - this is the place where every exception becomes an answer
        return problem_response(error)
