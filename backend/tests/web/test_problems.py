"""The one table from exceptions to what is told about them."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
import pytest
from aiohttp import web

from groove_dashboard.ingest.apply import UnknownLearning
from groove_dashboard.ingest.events import InvalidEvents, MalformedBody, TooManyEvents
from groove_dashboard.messages.validators import load
from groove_dashboard.store.errors import Contention, DatabaseUnavailable
from groove_dashboard.web.problems import (
    ForeignHost,
    ForeignOrigin,
    InvalidRequest,
    TopicFailed,
    UnknownTopic,
    problem,
    problem_response,
)

if TYPE_CHECKING:
    from groove_dashboard.messages.types import ErrorCode

LEARNING_ID = "0190b6c0-0000-7000-8000-000000000001"
SECRET = "postgres://admin:secret@db.internal"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (MalformedBody("unexpected end", 1, 5), 400, "invalid_message"),
        (TooManyEvents(10_000), 413, "message_too_large"),
        (InvalidEvents([{"index": 0, "path": "/type", "message": "no"}]), 422, "invalid_message"),
        (InvalidRequest([{"path": "/days", "message": "no"}]), 422, "invalid_message"),
        (UnknownLearning(LEARNING_ID), 404, "not_found"),
        (UnknownTopic(), 404, "not_found"),
        (ForeignOrigin(), 403, "forbidden"),
        (ForeignHost(), 421, "forbidden"),
        (DatabaseUnavailable(SECRET), 503, "unavailable"),
        (Contention(SECRET), 503, "unavailable"),
        (TopicFailed("not_found", "There is no such learning."), 404, "not_found"),
        (TopicFailed("forbidden", "Not for you."), 403, "forbidden"),
        (TopicFailed("unavailable", "Later."), 503, "unavailable"),
        (TopicFailed("internal", "This topic could not be read."), 500, "internal"),
        (web.HTTPRequestEntityTooLarge(1, 2), 413, "message_too_large"),
        (web.HTTPNotFound(), 404, "not_found"),
        (web.HTTPMethodNotAllowed("GET", ["POST"]), 405, "invalid_message"),
        (web.HTTPBadRequest(), 400, None),
        (RuntimeError(SECRET), 500, "internal"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_exception_has_its_status_and_code(error: Exception, status: int, code: ErrorCode | None) -> None:
    body = problem(error)
    assert (body["status"], body.get("code")) == (status, code)
    assert body["title"] == HTTPStatus(status).phrase
    assert body["type"] == "about:blank"
    load("Problem", orjson.loads(orjson.dumps(body)))


@pytest.mark.parametrize("error", [RuntimeError(SECRET), DatabaseUnavailable(SECRET), KeyError(SECRET)])
def test_what_an_error_says_of_the_inside_is_never_sent(error: Exception) -> None:
    response = problem_response(error)
    assert isinstance(response.body, bytes)
    assert SECRET.encode() not in response.body


def test_the_trace_of_an_unknown_error_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    error = RuntimeError("what happened")
    with caplog.at_level(logging.ERROR):
        problem_response(error)
    [record] = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[1] is error


def test_what_is_in_the_table_is_not_logged_as_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        problem_response(UnknownLearning(LEARNING_ID))
    assert caplog.records == []


def test_faults_are_told_with_their_places() -> None:
    assert problem(InvalidRequest([{"path": "/days", "message": "no"}]))["details"] == [
        {"path": "/days", "message": "no"}
    ]
    faults = problem(InvalidEvents([{"index": 3, "path": "/type", "message": "no"}]))["errors"]
    assert faults == [{"index": 3, "path": "/type", "message": "no"}]


def test_who_is_told_to_wait_is_told_how_long() -> None:
    assert problem_response(DatabaseUnavailable("gone")).headers["Retry-After"] == "1"
    assert "Retry-After" not in problem_response(UnknownTopic()).headers


def test_a_wrong_method_is_told_the_right_ones() -> None:
    response = problem_response(web.HTTPMethodNotAllowed("GET", ["POST"]))
    assert response.headers["Allow"] == "POST"


def test_problems_have_their_own_media_type_and_are_not_kept() -> None:
    response = problem_response(UnknownTopic())
    assert response.content_type == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
