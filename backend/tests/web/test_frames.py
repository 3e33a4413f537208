"""Frames are as RFC 6455 has them, and made once."""

from __future__ import annotations

import struct

import pytest
from aiohttp import WSMsgType

from groove_dashboard.web import frames
from groove_dashboard.web.frames import Frames, frame_of


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65535, b"\x81\x7e\xff\xff"),
        (65536, b"\x81\x7f" + struct.pack("!Q", 65536)),
    ],
)
def test_a_frame_tells_its_length_in_the_fewest_bytes(size: int, head: bytes) -> None:
    assert frame_of(WSMsgType.TEXT, b"x" * size) == head + b"x" * size


def test_a_control_frame_has_its_own_kind() -> None:
    assert frame_of(WSMsgType.PONG, b"here") == b"\x8a\x04here"


def test_several_messages_are_a_batch() -> None:
    text = b'{"type":"batch","messages":[{"a":1},{"b":2}]}'
    assert Frames().of((b'{"a":1}', b'{"b":2}')) == frame_of(WSMsgType.TEXT, text)


def test_equal_messages_share_a_frame_until_it_is_forgotten() -> None:
    made = Frames()
    first = made.of((b"{}",))
    assert made.of((b"{}",)) is first
    made.forget()
    again = made.of((b"{}",))
    assert again == first
    assert again is not first


def test_only_so_many_bytes_of_frames_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "KEPT_BYTES", 20)
    made = Frames()
    first, second = made.of((b"x" * 10,)), made.of((b"y" * 10,))
    assert made.of((b"y" * 10,)) is second
    assert made.of((b"x" * 10,)) is not first
