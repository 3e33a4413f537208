"""What protocol.yaml may say, and what is made of it in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from generator import outputs, tools
from generator.errors import DefinitionFileError
from generator.protocol import read_protocol
from groove_dashboard.messages.protocol import PROTOCOL_VERSION, SOCKET_PATH, SUBPROTOCOL, CloseCode
from tests.messages.judging import DEFINITIONS, SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.nodes import Node

SOUND = SHARED / "protocol.yaml"
GONE = object()


def told(folder: Path, content: object, definitions: Mapping[str, Node] = DEFINITIONS) -> list[str]:
    """What is said of a file with that content, a line for each fault."""
    path = folder / "protocol.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    with pytest.raises(DefinitionFileError) as caught:
        read_protocol(path, definitions)
    return str(caught.value).replace(str(path), "protocol.yaml").split("\n")


def changed(pointer: str, value: object) -> dict[str, Any]:
    """The sound file with another value at one place, or without it."""
    content: dict[str, Any] = yaml.safe_load(SOUND.read_text("utf-8"))
    *way, last = pointer.split("/")[1:]
    place = content
    for step in way:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return content


def test_both_languages_have_the_constants_of_the_file() -> None:
    protocol = read_protocol(SOUND, DEFINITIONS)
    assert (protocol.version, protocol.subprotocol, protocol.path) == (PROTOCOL_VERSION, SUBPROTOCOL, SOCKET_PATH)
    codes = {one.name: one.code for one in protocol.close_codes}
    assert {one.name: one.value for one in CloseCode} == codes
    typescript = (tools.REPOSITORY / outputs.TYPESCRIPT_CONSTANTS).read_text("utf-8")
    assert {
        name: int(code) for name, code in re.findall(r"^export const CLOSE_(\w+) = (\d+);$", typescript, re.MULTILINE)
    } == codes
    first, last = protocol.terminal
    assert last == 4999  # no WebSocket has a larger one, so the first is enough
    for line in (
        f"export const PROTOCOL_VERSION = {protocol.version};",
        f"export const SUBPROTOCOL = '{protocol.subprotocol}';",
        f"export const SOCKET_PATH = '{protocol.path}';",
        f"export const FIRST_TERMINAL_CLOSE = {first};",
    ):
        assert line in typescript.split("\n")


@pytest.mark.parametrize(
    ("pointer", "value", "said"),
    [
        ("/version", "1", '/version: "1" is not of type "integer"'),
        ("/version", 2, "/subprotocol: it must end in .v2, the version"),
        ("/path", "ws", '/path: "ws" does not match'),
        ("/path", GONE, ': "path" is a required property'),
        ("/colour", "red", ": Additional properties are not allowed ('colour' was unexpected)"),
        ("/answers/ping", GONE, "/answers: the request ping is missing"),
        ("/answers/sing", {"message": "pong"}, "/answers/sing: the definitions know no request of this name"),
        ("/answers/ping/message", "song", "/answers/ping/message: there is no message song"),
        ("/answers/ping/soon", True, "/answers/ping: Additional properties are not allowed"),
        ("/error_codes/internal", GONE, "/error_codes: the error code internal is missing"),
        ("/error_codes/bad", "never", "/error_codes/bad: the definitions know no error code of this name"),
        ("/error_codes/internal", "", '/error_codes/internal: "" does not match'),
        ("/error_codes/internal", "two\nlines", "/error_codes/internal: "),
        ("/error_codes/internal", "ends a */ comment", "/error_codes/internal: "),
        ("/close_codes/TOO_MANY/code", 4008, "/close_codes/TOO_MANY/code: 4008 stands twice"),
        ("/close_codes/TOO_MANY/code", 5000, "/close_codes/TOO_MANY/code: 5000 is greater than"),
        ("/close_codes/TOO_MANY/client", GONE, '/close_codes/TOO_MANY: "client" is a required property'),
        ("/close_codes/too_few", {"code": 4001, "meaning": "a", "client": "b"}, "/close_codes: "),
        (
            "/close_codes/VERSION_NOT_SUPPORTED/code",
            4406,
            "/close_codes/VERSION_NOT_SUPPORTED/code: 4406 is not terminal, so old clients would come again",
        ),
        ("/close_codes/VERSION_NOT_SUPPORTED", GONE, "/close_codes: VERSION_NOT_SUPPORTED is missing, which tells"),
        ("/terminal_close_codes/to", 4400, "/terminal_close_codes: from is greater than to"),
    ],
)
def test_a_fault_is_told_with_its_place(pointer: str, value: object, said: str, tmp_path: Path) -> None:
    first = told(tmp_path, changed(pointer, value))[0]
    place = f"protocol.yaml{'' if said.startswith(':') else ', '}"
    assert first.startswith(place + said)


def test_a_request_and_a_message_of_one_type_are_refused(tmp_path: Path) -> None:
    ping = DEFINITIONS["PingRequest"]
    renamed = {**ping, "properties": {**ping["properties"], "type": {"const": "pong"}}}
    content = changed("/answers/ping", GONE)
    content["answers"]["pong"] = {"message": "pong"}
    said = told(tmp_path, content, {**DEFINITIONS, "PingRequest": renamed})
    assert said == [
        "protocol.yaml, /answers/pong: a message has this type too, and AsyncAPI tells them apart by it alone"
    ]


def test_every_close_code_in_prose_is_one_of_the_protocol() -> None:
    protocol = read_protocol(SOUND, DEFINITIONS)
    known = {one.code for one in protocol.close_codes}
    told = []
    for page in (tools.REPOSITORY / "README.md", *sorted((tools.REPOSITORY / "docs").glob("*.md"))):
        prose = re.sub(r"(?s)<!-- generated: .*?<!-- end -->", "", page.read_text("utf-8"))
        told += [(page.name, int(code)) for code in re.findall(r"\b4\d{3}\b", prose)]
    assert {code for _, code in told} >= {4008, 4029, 4400, 4506}
    assert [one for one in told if one[1] not in known and not protocol.is_terminal(one[1])] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("version: [", "utf-8"),
        lambda path: path.write_text("version: 1\nversion: 2\n", "utf-8"),
        lambda path: path.write_text("- version\n", "utf-8"),
    ],
    ids=["missing", "no YAML", "a key that stands twice", "no map"],
)
def test_a_file_that_cannot_be_read_is_named(spoil: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "protocol.yaml"
    path.write_text(SOUND.read_text("utf-8"), "utf-8")
    spoil(path)
    with pytest.raises(DefinitionFileError, match=re.escape(str(path))):
        read_protocol(path, DEFINITIONS)
