"""Writes the constants of protocol.yaml for both languages, formatted as each language's formatter leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.tools import NOTICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.protocol import Protocol

PYTHON = f'''# {NOTICE}
"""What both sides have agreed on beside the schema."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

PROTOCOL_VERSION: Final = {{version}}
SUBPROTOCOL: Final = "{{subprotocol}}"
SOCKET_PATH: Final = "{{path}}"
"""Where a server has its socket."""


class CloseCode(IntEnum):
    """Why the server ends a connection; docs/protocol.md says what a client does then."""

'''
TYPESCRIPT = f"""// {NOTICE}

export const PROTOCOL_VERSION = {{version}};
export const SUBPROTOCOL = '{{subprotocol}}';
/** Where a server has its socket. */
export const SOCKET_PATH = '{{path}}';

// Why the server ends a connection.
{{codes}}

/** Close codes from here on are final, up to {{last}}, the largest: a client does not try again by itself. */
export const FIRST_TERMINAL_CLOSE = {{first}};
"""


def python_constants(protocol: Protocol) -> str:
    """The source of protocol.py."""
    head = PYTHON.format(version=protocol.version, subprotocol=protocol.subprotocol, path=protocol.path)
    return head + "\n".join(_members(protocol)) + "\n"


def typescript_constants(protocol: Protocol) -> str:
    """The source of protocol.ts."""
    first, last = protocol.terminal
    # Each by itself: a bundler keeps those alone that are used.
    codes = [
        f"/** {_sentence(one.meaning)} */\nexport const CLOSE_{one.name} = {one.code};" for one in protocol.close_codes
    ]
    return TYPESCRIPT.format(
        version=protocol.version,
        subprotocol=protocol.subprotocol,
        path=protocol.path,
        codes="\n".join(codes),
        first=first,
        last=last,
    )


def _members(protocol: Protocol) -> Iterator[str]:
    for one in protocol.close_codes:
        yield f"    {one.name} = {one.code}"
        yield f'    """{_sentence(one.meaning)}"""'


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
