"""What a socket is told of topics, whether it comes alone or in a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.web.recording import RecordingSocket


async def unpacked(socket: RecordingSocket) -> list[dict[str, Any]]:
    """The next message, or those of the next batch."""
    message = await socket.message()
    messages: list[dict[str, Any]] = message["messages"] if message["type"] == "batch" else [message]
    return messages


async def heard(socket: RecordingSocket, *names: str) -> dict[str, Any]:
    """Wait until each of these topics has been heard of again, and return the newest message about each."""
    told: dict[str, Any] = {}
    while not told.keys() >= set(names):
        told |= {one["topic"]["topic"]: one for one in await unpacked(socket) if "topic" in one}
    return told


async def news(socket: RecordingSocket, *names: str) -> dict[str, Any]:
    """Wait until each of these topics has been heard of again, and return the newest data of each."""
    return {name: socket.mirror.data(one["topic"]) for name, one in (await heard(socket, *names)).items()}


async def snapshot_of(socket: RecordingSocket, name: str) -> dict[str, Any]:
    """The next snapshot of that topic."""
    while True:
        for one in await unpacked(socket):
            if one["type"] == "snapshot" and one["topic"]["topic"] == name:
                return one


async def error_about(socket: RecordingSocket, key: str, value: object) -> dict[str, Any]:
    """The next error in which that key has that value."""
    while True:
        for one in await unpacked(socket):
            if one["type"] == "error" and one.get(key) == value:
                return one
