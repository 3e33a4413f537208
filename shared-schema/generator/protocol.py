"""Reads protocol.yaml: what both sides have agreed on and JSON Schema has no words for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from generator.definitions import read_yaml
from generator.errors import DefinitionFileError
from generator.nodes import pointer_step, variants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.nodes import Node

REQUESTS, MESSAGES, ERROR_CODE = "DashboardRequest", "DashboardMessage", "ErrorCode"
ERROR = "error"
"""The message that may answer every request."""

# What may stand in a comment of either language, on one line of at most 120 characters.
TEXT = {"type": "string", "maxLength": 109, "pattern": r'^[^\s"*\\]([^"*\\\n]*[^\s"*\\])?$'}
CLOSE_CODE = {"type": "integer", "minimum": 1000, "maximum": 4999}


def _closed(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> Node:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


FORM = _closed(
    {
        "version": {"type": "integer", "minimum": 1, "maximum": 1000},
        "path": {"type": "string", "pattern": "^(/[a-z]+)+$"},
        "subprotocol": {"type": "string", "pattern": r"^[a-z]+(\.[a-z0-9]+)+$"},
        "answers": {
            "type": "object",
            "additionalProperties": _closed({"message": TEXT, "then": TEXT}, optional=("then",)),
        },
        "error_codes": {"type": "object", "additionalProperties": TEXT},
        "close_codes": {
            "type": "object",
            "propertyNames": {"pattern": "^[A-Z]+(_[A-Z]+)*$"},
            "additionalProperties": _closed({"code": CLOSE_CODE, "meaning": TEXT, "client": TEXT}),
        },
        "terminal_close_codes": _closed({"from": CLOSE_CODE, "to": CLOSE_CODE}),
    }
)
"""What the file holds, as JSON Schema."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The message that answers a request, and in words what follows it."""

    message: str
    then: str | None


@dataclass(frozen=True, slots=True)
class CloseCode:
    """Why a connection is closed, and what a client does then, in words."""

    name: str
    code: int
    meaning: str
    client: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """What protocol.yaml says."""

    version: int
    path: str
    subprotocol: str
    answers: Mapping[str, Answer]
    """By the `type` of the request."""
    error_codes: Mapping[str, str]
    """When each value of ErrorCode is said, in their order."""
    close_codes: tuple[CloseCode, ...]
    terminal: tuple[int, int]
    """The first and the last close code that is final."""


def read_protocol(path: Path, definitions: Mapping[str, Node]) -> Protocol:
    """What the file says; raise DefinitionFileError for what it must not say, or what the definitions do not know."""
    content = read_yaml(path)
    _refuse(path, _faults_of_form(content))
    _refuse(path, _faults_of_sense(content, definitions))
    return Protocol(
        version=content["version"],
        path=content["path"],
        subprotocol=content["subprotocol"],
        answers={request: Answer(one["message"], one.get("then")) for request, one in content["answers"].items()},
        error_codes={code: content["error_codes"][code] for code in definitions[ERROR_CODE]["enum"]},
        close_codes=tuple(CloseCode(name, **one) for name, one in content["close_codes"].items()),
        terminal=(content["terminal_close_codes"]["from"], content["terminal_close_codes"]["to"]),
    )


def _refuse(path: Path, faults: Iterator[tuple[str, str]]) -> None:
    found = [f"{path}{pointer and ', ' + pointer}: {reason}" for pointer, reason in faults]
    if found:
        raise DefinitionFileError("\n".join(found))


def _faults_of_form(content: object) -> Iterator[tuple[str, str]]:
    for error in jsonschema_rs.Draft202012Validator(FORM).iter_errors(content):
        yield "".join(f"/{pointer_step(step)}" for step in error.instance_path), error.message


def _faults_of_sense(content: Node, definitions: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    if not content["subprotocol"].endswith(f".v{content['version']}"):
        yield "/subprotocol", f"it must end in .v{content['version']}, the version"
    yield from _missing("/answers", content["answers"], [*variants(REQUESTS, definitions)], "request")
    yield from _missing("/error_codes", content["error_codes"], definitions[ERROR_CODE]["enum"], "error code")
    messages = variants(MESSAGES, definitions)
    for request, answer in content["answers"].items():
        if request in messages:
            yield f"/answers/{request}", "a message has this type too, and AsyncAPI tells them apart by it alone"
        if answer["message"] not in messages:
            yield f"/answers/{request}/message", f"there is no message {answer['message']}"
    seen: set[int] = set()
    for name, one in content["close_codes"].items():
        if one["code"] in seen:
            yield f"/close_codes/{name}/code", f"{one['code']} stands twice"
        seen.add(one["code"])
    if content["terminal_close_codes"]["from"] > content["terminal_close_codes"]["to"]:
        yield "/terminal_close_codes", "from is greater than to"


def _missing(pointer: str, said: Mapping[str, object], known: list[str], kind: str) -> Iterator[tuple[str, str]]:
    for name in known:
        if name not in said:
            yield pointer, f"the {kind} {name} is missing"
    for name in said:
        if name not in known:
            yield f"{pointer}/{pointer_step(name)}", f"the definitions know no {kind} of this name"
