"""Golden conversations: files that say what is said, replayed here against the real server.

shared-schema/README.md tells what a step is. The client's tests replay the same files against the real client, so what
a server may say is what a client was seen to understand.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonpointer
import jsonschema_rs
import orjson
from yarl import URL

from groove_dashboard import __version__
from groove_dashboard.clock import SystemClock
from groove_dashboard.live.topic import topic_key
from groove_dashboard.messages.validators import SCHEMA_HASH
from tests.web.mirror import Mirror
from tests.web.recording import RawSocket
from tests.web.site import ingest, site

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import ClientSession

    from groove_dashboard.live.topic import TopicKey

TRANSCRIPTS: Final = Path(__file__).parents[3] / "shared-schema" / "transcripts"
NAMED: Final = {"schema_hash": ("$schema_hash", SCHEMA_HASH), "server_version": ("$server_version", __version__)}
"""What a welcome says that changes from release to release: the file has a name for it."""
RECORDED: Final = frozenset({"server", "client", "closes"})
"""Steps that a recording writes."""
VERSION: Final = "$version"
"""In a `resume` that has not been recorded yet: the version that is held."""


PLAYS: Final = {
    "opens": {"const": True},
    "breaks": {"const": True},
    "restarts": {"const": True},
    "closes": {"type": ["integer", "null"]},
    "client": {"type": "object"},
    "client_wrong": {"type": ["object", "string"]},
    "server": {"type": ["object", "null"]},
    "facts": {"type": "array", "items": {"type": "object"}, "minItems": 1},
    "app": {"type": "object"},
    "settles": {"type": "string"},
    "seconds": {"type": "number", "exclusiveMinimum": 0},
    "connection": {"type": "string"},
    "shows": {
        "type": "object",
        "properties": {
            "topic": {"type": "object"},
            "status": {"enum": ["success", "error"]},
            "is_stale": {"type": "boolean"},
            "values": {"type": "object"},
        },
        "required": ["topic", "status", "is_stale", "values"],
        "additionalProperties": False,
    },
}
STEP: Final = {
    "type": "object",
    "properties": PLAYS,
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
GRAMMAR: Final = jsonschema_rs.Draft202012Validator(
    {
        "type": "object",
        "properties": {
            "about": {"type": "string", "minLength": 1},
            "players": {"type": "array", "items": {"enum": ["server", "client"]}, "minItems": 1},
            "now": {"type": "string"},
            "given": {"type": "array"},
            "steps": {"type": "array", "items": STEP, "minItems": 1},
        },
        "required": ["about", "players", "now", "given", "steps"],
        "additionalProperties": False,
    }
)
"""What a transcript is: a step that is misspelt would be played by nobody."""


def names() -> list[str]:
    """Every transcript that a server plays a part in."""
    return sorted(path.stem for path in TRANSCRIPTS.glob("*.json") if "server" in read(path.stem)["players"])


def read(name: str) -> dict[str, Any]:
    """The transcript of that name; fails for what is none."""
    transcript: dict[str, Any] = json.loads((TRANSCRIPTS / f"{name}.json").read_text("utf-8"))
    GRAMMAR.validate(transcript)
    return transcript


def write(name: str, transcript: dict[str, Any]) -> None:
    """Write what was recorded."""
    text = json.dumps(transcript, indent=2, ensure_ascii=False)
    (TRANSCRIPTS / f"{name}.json").write_text(f"{text}\n", "utf-8")


class StandingClock(SystemClock):
    """A wall clock that stands still; what waits for a while does so as ever."""

    def __init__(self, now: str) -> None:
        self._now = datetime.fromisoformat(now)

    def now(self) -> datetime:
        """The moment that the transcript says."""
        return self._now


class Replay:
    """Plays the client of a transcript against a server on that database, and returns what was said instead.

    Fails where the server says anything that the transcript does not know of, or where it has not said by the end, or
    before the connection breaks, what the data are by then.
    """

    def __init__(self, database_url: str, transcript: dict[str, Any]) -> None:
        self._database_url = database_url
        self._transcript = transcript
        self._stack = AsyncExitStack()
        self._client: ClientSession
        self._socket: RawSocket | None = None
        self._leaving: asyncio.Task[None] | None = None
        self._mirror = Mirror()
        self._failed: set[TopicKey] = set()
        self._asked: dict[str, list[TopicKey]] = {}
        """The topics of each request, by its id."""

    async def run(self) -> dict[str, Any]:
        """The transcript, with what the server has really said."""
        await self._start()
        try:
            await ingest(self._client, *self._transcript["given"])
            steps = [await self._step(step) for step in self._transcript["steps"]]
            await self._expect_silence()
        finally:
            if self._socket is not None:
                await self._socket.leave()
            await self._stack.aclose()
        return {**self._transcript, "steps": steps}

    async def _start(self) -> None:
        self._stack = AsyncExitStack()
        clock = StandingClock(self._transcript["now"])
        self._client = await self._stack.enter_async_context(site(self._database_url, clock=clock))

    async def _step(self, step: dict[str, Any]) -> dict[str, Any]:
        [(kind, said)] = step.items()
        plays: dict[str, Callable[[Any], Any]] = {
            "opens": self._opens,
            "client": self._client_says,
            "client_wrong": self._client_says_wrong,
            "server": self._server_says,
            "facts": self._facts,
            "breaks": self._breaks,
            "restarts": self._restarts,
            "closes": self._closes,
            "shows": self._shows,
        }
        if kind in {"app", "connection", "settles", "seconds"}:  # the client's own affairs
            return step
        return {kind: await plays[kind](deepcopy(said))}

    async def _opens(self, said: bool) -> bool:  # noqa: FBT001 - what stands in the file
        url = URL(str(self._client._base_url))
        assert url.host is not None
        assert url.port is not None
        self._socket = await RawSocket.connect(url.host, url.port)
        return said

    async def _client_says(self, said: dict[str, Any]) -> dict[str, Any]:
        held = {topic_key(one["topic"]): one["version"] for one in self._mirror.subscriptions()}
        for one in said.get("subscriptions", ()):
            if one["version"] == VERSION:
                one["version"] = held[topic_key(one["topic"])]
        assert self._socket is not None
        self._note(said)
        await self._socket.ask(**said)
        return said

    def _note(self, request: dict[str, Any]) -> None:
        topics = request.get("topics", ())
        self._asked[request.get("request_id", "")] = [topic_key(topic) for topic in topics]

    async def _client_says_wrong(self, said: Any) -> object:
        assert self._socket is not None
        if isinstance(said, dict):
            self._note(said)
        await self._socket.send_invalid(said.encode() if isinstance(said, str) else orjson.dumps(said))
        return said

    async def _server_says(self, _: object) -> dict[str, Any]:
        assert self._socket is not None
        message = await self._socket.message()
        self._mirror.take(message)
        for one in message["messages"] if message["type"] == "batch" else [message]:
            self._hear_of_topic(one)
        return {key: _named(key, value) for key, value in message.items()}

    def _hear_of_topic(self, message: dict[str, Any]) -> None:
        if message["type"] in {"snapshot", "update", "current"}:
            self._failed.discard(topic_key(message["topic"]))
        elif message["type"] == "error":
            asked = self._asked.get(message.get("request_id", ""), [])
            self._failed.update([topic_key(message["topic"])] if "topic" in message else asked)

    async def _expect_silence(self) -> None:
        """Everything that there is to say has been said: what is held is what the data are, and no frame is left."""
        if self._socket is None or self._leaving is not None:
            return
        for held in self._mirror.subscriptions():
            if topic_key(held["topic"]) not in self._failed:
                assert await self._version(held["topic"]) == held["version"], f"nothing was said of {held['topic']}"
        await self._socket.ask(type="ping", request_id="is there more?")
        assert await self._socket.message() == {"type": "pong", "request_id": "is there more?"}

    async def _version(self, topic: Any) -> str:
        """The version of a topic as its data are now, whatever has been said of it."""
        name, query = topic["topic"], {key: value for key, value in topic.items() if key not in {"topic", "filters"}}
        async with self._client.get(f"/api/groove/dashboard/{name}", params=query) as response:
            assert response.status == 200
            return response.headers["ETag"].strip('"')

    async def _facts(self, said: list[Any]) -> list[Any]:
        topics, changes = await self._figures("topics", "changes_total")
        await ingest(self._client, *said)
        # Nobody will be sent what they change, so look until it has been read.
        while self._socket is None and topics > 0 and await self._figures("changes_total") == [changes]:
            pass
        return said

    async def _figures(self, *names: str) -> list[float]:
        async with self._client.get("/metrics") as response:
            lines = (await response.text()).splitlines()
        told = dict(line.split() for line in lines if not line.startswith("#"))
        return [float(told[f"groove_dashboard_{name}"]) for name in names]

    async def _breaks(self, said: bool) -> bool:  # noqa: FBT001 - what stands in the file
        await self._expect_silence()
        assert self._socket is not None
        await self._socket.leave(abruptly=True)
        self._socket = None
        return said

    async def _restarts(self, said: bool) -> bool:  # noqa: FBT001 - what stands in the file
        await self._expect_silence()
        self._leaving = asyncio.create_task(self._stack.aclose())
        return said

    async def _closes(self, _: object) -> int:
        assert self._socket is not None
        code = await self._socket.close_frame()
        await self._socket.leave()
        self._socket = None
        if self._leaving is not None:
            await self._leaving
            self._leaving = None
            await self._start()
        return code

    async def _shows(self, said: dict[str, Any]) -> dict[str, Any]:
        """What a client of the protocol holds by now; of a topic that failed, what it held before."""
        status = "error" if topic_key(said["topic"]) in self._failed else "success"
        data = self._mirror.data(said["topic"]) if said["values"] or status == "success" else None
        values = {pointer: jsonpointer.resolve_pointer(data, pointer) for pointer in said["values"]}
        return {**said, "status": status, "values": values}


def _named(key: str, value: Any) -> Any:
    name, known = NAMED.get(key, (None, None))
    return name if name is not None and value == known else value
