"""As much of RFC 6455 as a load needs that only counts, and a baseline that only writes."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import TYPE_CHECKING, Final

from groove_dashboard.messages.protocol import SOCKET_PATH, SUBPROTOCOL

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT: Final = 0x81
"""First byte of a text that is one frame."""
MASKED: Final = 0x80
SHORT: Final = 126
SHORT_FORM: Final = 126
LONG_FORM: Final = 127
GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KEY: Final = base64.b64encode(bytes(16))

UPGRADE: Final = (
    f"GET {SOCKET_PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Key: {KEY.decode()}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
).encode()
"""What a client begins with."""


class NotTheProtocol(Exception):
    """What came is not what a server of this protocol sends."""


def accept(key: bytes) -> bytes:
    """What a server answers to the client's key."""
    return base64.b64encode(hashlib.sha1(key + GUID, usedforsecurity=False).digest())


def server_frame(payload: bytes) -> bytes:
    """The text as a server sends it."""
    return bytes([TEXT]) + _length(len(payload), 0) + payload


def client_frame(payload: bytes) -> bytes:
    """The text as a client sends it, under the mask of zeros, which leaves it as it is."""
    return bytes([TEXT]) + _length(len(payload), MASKED) + bytes(4) + payload


def take_texts(buffer: bytearray) -> Iterator[bytes]:
    """The whole texts at the front of what a server sent, which leave the buffer. Raises NotTheProtocol."""
    while True:
        frame = _first(buffer)
        if frame is None:
            return
        start, end = frame
        text = bytes(buffer[start:end])
        del buffer[:end]
        yield text


def _first(buffer: bytearray) -> tuple[int, int] | None:
    """Where the payload of the first frame begins and ends; None while it is not all there."""
    if len(buffer) < 2:  # noqa: PLR2004 - the least that a frame has
        return None
    if buffer[0] != TEXT or buffer[1] & MASKED:
        raise NotTheProtocol(f"a frame that begins with {bytes(buffer[:2]).hex()}")
    start, length = 2, buffer[1]
    if length >= SHORT:
        form = "!H" if length == SHORT_FORM else "!Q"
        start += struct.calcsize(form)
        if len(buffer) < start:
            return None
        (length,) = struct.unpack_from(form, buffer, 2)
    return (start, start + length) if len(buffer) >= start + length else None


def _length(count: int, mask: int) -> bytes:
    if count < SHORT:
        return bytes([mask | count])
    if count < 1 << 16:
        return struct.pack("!BH", mask | SHORT_FORM, count)
    return struct.pack("!BQ", mask | LONG_FORM, count)
