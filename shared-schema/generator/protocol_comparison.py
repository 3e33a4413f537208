"""What a change of protocol.yaml breaks. Words and what is new break nobody.

A close code or an answer that is gone is not compared: what is no longer sent keeps nobody from understanding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.comparison import Difference
from generator.nodes import pointer
from generator.protocol import NOT_SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.protocol import Protocol

FILE = "protocol.yaml"


def lost_clients(old: Protocol, new: Protocol) -> Iterator[Difference]:
    """What keeps an old client from being told that the protocol's version was raised."""
    yield from _changed(("path",), old.path, new.path)
    for one in new.close_codes:
        if one.name == NOT_SUPPORTED and not old.is_terminal(one.code):
            change = f"{one.code} lies outside {_span(old)}, where old clients stop"
            yield Difference(FILE, pointer(("close_codes", one.name, "code")), change)


def misled_clients(old: Protocol, new: Protocol) -> Iterator[Difference]:
    """What an old client takes for something else, unless a raised version tells it to stop."""
    yield from _changed(("subprotocol",), old.subprotocol, new.subprotocol)
    for request, answer in old.answers.items():
        if request in new.answers:
            yield from _changed(("answers", request, "message"), answer.message, new.answers[request].message)
    codes = {one.name: one.code for one in new.close_codes}
    for one in old.close_codes:
        if one.name in codes:
            yield from _changed(("close_codes", one.name, "code"), one.code, codes[one.name])
    yield from _changed(("terminal_close_codes",), _span(old), _span(new))


def _changed(steps: tuple[str, ...], was: object, now: object) -> Iterator[Difference]:
    if was != now:
        yield Difference(FILE, pointer(steps), f"{was} -> {now}")


def _span(protocol: Protocol) -> str:
    first, last = protocol.terminal
    return f"{first} to {last}"
