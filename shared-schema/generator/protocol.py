"""Reads protocol.yaml: what both sides have agreed on and JSON Schema has no words for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from generator.definitions import parse_yaml, read_text
from generator.errors import DefinitionFileError
from generator.nodes import pointer, pointer_step, variants
from generator.roots import ERROR_CODES, MESSAGES, REQUESTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.nodes import Node

ERROR = "error"
"""The message that may answer every request."""
NOT_SUPPORTED = "VERSION_NOT_SUPPORTED"
"""The close code that tells an old client to stop: it must understand that whatever else it does not."""

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

    def is_terminal(self, code: int) -> bool:
        """Whether a client that is closed with the code does not come back by itself."""
        first, last = self.terminal
        return first <= code <= last


def read_protocol(path: Path, definitions: Mapping[str, Node]) -> Protocol:
    """What the file says; raise DefinitionFileError for what it must not say, or what the definitions do not know."""
    protocol = parse_protocol(read_text(path), str(path))
    _refuse(str(path), _faults_of_sense(protocol, definitions))
    codes = definitions[ERROR_CODES]["enum"]
    return replace(protocol, error_codes={code: protocol.error_codes[code] for code in codes})


def parse_protocol(text: str, where: str) -> Protocol:
    """What a text of that form says, whatever the definitions are; raise DefinitionFileError for any other."""
    content = parse_yaml(text, where)
    _refuse(where, _faults_of_form(content))
    return Protocol(
        version=content["version"],
        path=content["path"],
        subprotocol=content["subprotocol"],
        answers={request: Answer(one["message"], one.get("then")) for request, one in content["answers"].items()},
        error_codes=content["error_codes"],
        close_codes=tuple(CloseCode(name, **one) for name, one in content["close_codes"].items()),
        terminal=(content["terminal_close_codes"]["from"], content["terminal_close_codes"]["to"]),
    )


def _refuse(where: str, faults: Iterator[tuple[str, str]]) -> None:
    found = [f"{where}{place and ', ' + place}: {reason}" for place, reason in faults]
    if found:
        raise DefinitionFileError("\n".join(found))


def _faults_of_form(content: object) -> Iterator[tuple[str, str]]:
    for error in jsonschema_rs.Draft202012Validator(FORM).iter_errors(content):
        yield pointer(error.instance_path), error.message


def _faults_of_sense(protocol: Protocol, definitions: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    if not protocol.subprotocol.endswith(f".v{protocol.version}"):
        yield "/subprotocol", f"it must end in .v{protocol.version}, the version"
    yield from _missing("/answers", protocol.answers, [*variants(REQUESTS, definitions)], "request")
    yield from _missing("/error_codes", protocol.error_codes, definitions[ERROR_CODES]["enum"], "error code")
    messages = variants(MESSAGES, definitions)
    for request, answer in protocol.answers.items():
        if request in messages:
            yield f"/answers/{request}", "a message has this type too, and AsyncAPI tells them apart by it alone"
        if answer.message not in messages:
            yield f"/answers/{request}/message", f"there is no message {answer.message}"
    yield from _faults_of_close_codes(protocol)


def _faults_of_close_codes(protocol: Protocol) -> Iterator[tuple[str, str]]:
    first, last = protocol.terminal
    if first > last:
        yield "/terminal_close_codes", "from is greater than to"
    seen: set[int] = set()
    for one in protocol.close_codes:
        if one.code in seen:
            yield f"/close_codes/{one.name}/code", f"{one.code} stands twice"
        seen.add(one.code)
        if one.name == NOT_SUPPORTED and not protocol.is_terminal(one.code):
            yield f"/close_codes/{one.name}/code", f"{one.code} is not terminal, so old clients would come again"
    if NOT_SUPPORTED not in (one.name for one in protocol.close_codes):
        yield "/close_codes", f"{NOT_SUPPORTED} is missing, which tells old clients to stop"


def _missing(place: str, said: Mapping[str, object], known: list[str], kind: str) -> Iterator[tuple[str, str]]:
    for name in known:
        if name not in said:
            yield place, f"the {kind} {name} is missing"
    for name in said:
        if name not in known:
            yield f"{place}/{pointer_step(name)}", f"the definitions know no {kind} of this name"
