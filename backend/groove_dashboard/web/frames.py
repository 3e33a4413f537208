"""WebSocket frames as RFC 6455 has them, made once for all connections that are sent the same.

aiohttp makes a frame for each connection and offers no way to send one that is made already. A server's frames are
neither masked nor, here, compressed, so that a frame is a few bytes of length before the payload.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from aiohttp import WSMsgType

from groove_dashboard.live.batch import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FINAL: Final = 0x80
"""The bit that says that a message ends with this frame: ours are never fragmented."""
SHORT: Final = 125
MEDIUM: Final = 0xFFFF
"""The longest payloads whose length is written in one byte and in three; else it takes nine."""
KEPT_BYTES: Final = 4 * 1024 * 1024
"""Frames that are kept at once; what is sent to many connections is a handful of them."""


def frame_of(opcode: WSMsgType, payload: bytes) -> bytes:
    """The frame, not masked."""
    size = len(payload)
    if size <= SHORT:
        return bytes((FINAL | opcode, size)) + payload
    if size <= MEDIUM:
        return struct.pack("!BBH", FINAL | opcode, 126, size) + payload
    return struct.pack("!BBQ", FINAL | opcode, 127, size) + payload


class Frames:
    """The frames of the last messages that were asked for; to be forgotten soon, since nothing tells when they are old.

    Messages are looked up by what they are, and recognised by their identity, so that it costs nothing where many
    connections are sent one and the same.
    """

    def __init__(self) -> None:
        self._frames: dict[Sequence[bytes], bytes] = {}
        self._size = 0

    def of(self, messages: Sequence[bytes]) -> bytes:
        """The text frame that holds these messages (a tuple, not an empty one)."""
        frame = self._frames.get(messages)
        if frame is None:
            frame = frame_of(WSMsgType.TEXT, text_of(messages))
            if self._size + len(frame) > KEPT_BYTES:
                self.forget()
            self._frames[messages] = frame
            self._size += len(frame)
        return frame

    def forget(self) -> None:
        """Hold no frame any more."""
        self._frames.clear()
        self._size = 0
