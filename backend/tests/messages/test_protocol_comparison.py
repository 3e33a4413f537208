"""Which changes of protocol.yaml break whom."""

from __future__ import annotations

from dataclasses import replace as with_
from typing import TYPE_CHECKING

import pytest

from generator.compatibility import findings
from generator.protocol import Answer, read_protocol
from generator.released import Schema
from tests.messages.judging import DEFINITIONS, SHARED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.nodes import Node
    from generator.protocol import Protocol

PROTOCOL = read_protocol(SHARED / "protocol.yaml", DEFINITIONS)
PERMITTED = " (permitted, as the protocol version was raised)"


def compared(
    was: Protocol | None = PROTOCOL, now: Protocol = PROTOCOL, definitions: Mapping[str, Node] = DEFINITIONS
) -> list[str]:
    return [str(one) for one in findings(Schema(DEFINITIONS, was), Schema(definitions, now))]


def with_code(name: str, code: int) -> Protocol:
    codes = (with_(one, code=code) if one.name == name else one for one in PROTOCOL.close_codes)
    return with_(PROTOCOL, close_codes=tuple(codes))


CHANGED_PROTOCOLS: dict[str, tuple[Protocol, str]] = {
    "subprotocol": (
        with_(PROTOCOL, subprotocol="groove.board.v1"),
        "/subprotocol: groove.dashboard.v1 -> groove.board.v1",
    ),
    "answer": (
        with_(PROTOCOL, answers={**PROTOCOL.answers, "ping": Answer("current", None)}),
        "/answers/ping/message: pong -> current",
    ),
    "close code": (with_code("TOO_MANY", 4030), "/close_codes/TOO_MANY/code: 4029 -> 4030"),
    "last code": (with_code("VERSION_NOT_SUPPORTED", 4507), "/close_codes/VERSION_NOT_SUPPORTED/code: 4506 -> 4507"),
    "terminal range": (with_(PROTOCOL, terminal=(4500, 4599)), "/terminal_close_codes: 4500 to 4999 -> 4500 to 4599"),
}
LOST_CLIENTS: dict[str, tuple[Protocol, str]] = {
    "path": (with_(PROTOCOL, path="/ws"), "/path: /ws/groove/dashboard -> /ws"),
    "the code for what is not supported": (
        with_(with_code("VERSION_NOT_SUPPORTED", 4106), terminal=(4100, 4999)),
        "/close_codes/VERSION_NOT_SUPPORTED/code: 4106 lies outside 4500 to 4999, where old clients stop",
    ),
}


@pytest.mark.parametrize(("now", "said"), CHANGED_PROTOCOLS.values(), ids=CHANGED_PROTOCOLS)
def test_a_changed_protocol_breaks_old_clients_until_its_version_is_raised(now: Protocol, said: str) -> None:
    finding = f"protocol.yaml, {said}; breaks old clients"
    assert compared(now=now) == [finding]
    assert compared(now=with_(now, version=2)) == [finding + PERMITTED]


@pytest.mark.parametrize(("now", "said"), LOST_CLIENTS.values(), ids=LOST_CLIENTS)
def test_what_keeps_an_old_client_from_hearing_of_a_version_is_never_permitted(now: Protocol, said: str) -> None:
    for version in (1, 2):
        told = compared(now=with_(now, version=version))
        assert f"protocol.yaml, {said}; breaks old clients" in told


def test_words_and_what_is_new_or_gone_in_the_protocol_break_nobody() -> None:
    [going_away, _, *others] = PROTOCOL.close_codes
    now = with_(
        PROTOCOL,
        answers={**PROTOCOL.answers, "ping": Answer("pong", "silence"), "shout": Answer("pong", None)},
        error_codes={},
        close_codes=(with_(going_away, meaning="it goes", client="waits"), *others, with_(going_away, name="NEW")),
    )
    assert compared(now=now) == []
    assert compared(was=with_(PROTOCOL, answers=now.answers)) == []


def test_of_a_protocol_that_was_not_written_down_only_its_version_is_known() -> None:
    now = with_(PROTOCOL, path="/ws", subprotocol="a.v1")
    assert compared(was=None, now=now) == []
    wider = {**DEFINITIONS, "ErrorCode": {"enum": [*DEFINITIONS["ErrorCode"]["enum"], "too_late"]}}
    finding = 'ErrorCode: "too_late" added; breaks old clients'
    assert finding in compared(was=None, definitions=wider)
    assert finding + PERMITTED in compared(was=None, now=with_(PROTOCOL, version=2), definitions=wider)
