"""Every frame that a test sends or receives, and every JSON answer over HTTP, is held against the schema."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jsonschema_rs
import orjson
import pytest
from aiohttp import web

from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from tests.live.fakes import LEARNING_ID, FakeClock, Polling
from tests.live.grammar import CheckedSession, Dialogue
from tests.web.recording import PATH, SUBPROTOCOL, RawSocket, connect
from tests.web.site import checking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp.test_utils import TestClient
    from pytest_aiohttp.plugin import AiohttpClient

TESTS: Final = Path(__file__).parent

# What speaks to a server or a session, and the only files that may call it, because they check what is said.
SPEAKERS: Final = {
    "ws_connect": {"web/recording.py", "test_adding_a_topic.py"},  # the latter by a schema with one more topic
    # A proxy hands on what is checked at both ends, and the test of the app leaves before it is answered.
    "open_connection": {"web/recording.py", "faults/proxy.py", "test_app_life.py"},
    "ClientSession": {"web/site.py", "test_adding_a_topic.py"},
    "sock_connect": {"web/recording.py", "faults/proxy.py"},
    "create_connection": set(),
    "urlopen": set(),
    "TestClient": set(),
    "TestServer": set(),
    "aiohttp_client": {"web/conftest.py", "test_frames.py"},
    "Session": {"live/grammar.py"},
}


def calls(source: str) -> Iterator[str]:
    """The names of what is called, and of what is derived from."""
    for node in ast.walk(ast.parse(source)):
        used = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        for one in used:
            if isinstance(one, ast.Attribute):
                yield one.attr
            elif isinstance(one, ast.Name):
                yield one.id


def test_whatever_speaks_is_called_where_it_is_checked_only() -> None:
    # The oracle's model of the facts has a Session of its own.
    files = [path for path in TESTS.rglob("*.py") if "oracle" not in path.parts]
    found: dict[str, set[str]] = {name: set() for name in SPEAKERS}
    for path in files:
        for name in SPEAKERS.keys() & calls(path.read_text("utf-8")):
            found[name].add(path.relative_to(TESTS).as_posix())
    assert found == SPEAKERS


def test_a_call_is_seen_however_it_is_spelt() -> None:
    source = """
async def go():
    await client.ws_connect(PATH)
    Session(1)

class Mine(aiohttp.ClientSession):
    pass
"""
    assert sorted(calls(source)) == ["ClientSession", "Session", "ws_connect"]


def test_an_answer_of_another_kind_than_the_protocol_has_it_is_noticed() -> None:
    dialogue = Dialogue()
    dialogue.asks({"type": "ping", "request_id": "p"})
    dialogue.hears({"type": "pong", "request_id": "p"})
    dialogue.hears({"type": "error", "code": "rate_limited", "message": "Slowly.", "request_id": "p"})
    dialogue.hears({"type": "heartbeat"})
    with pytest.raises(AssertionError, match="ping is answered by welcome"):
        dialogue.hears({"type": "welcome", "request_id": "p"})


class TestSession:
    @pytest.fixture
    def session(self) -> CheckedSession:
        clock = FakeClock()
        limits = Limits()
        return CheckedSession(Hub(limits, clock), limits, clock, server_version="1", subscriber=Polling())

    def test_a_wrong_request_cannot_be_sent_by_mistake(self, session: CheckedSession) -> None:
        with pytest.raises(jsonschema_rs.ValidationError):
            session.received(b'{"type":"disable_learning","id":"7"}')
        session.received_invalid(b'{"type":"disable_learning","id":"7"}')

    def test_nor_a_right_one_that_is_taken_for_wrong(self, session: CheckedSession) -> None:
        with pytest.raises(AssertionError, match="the schema allows"):
            session.received_invalid(b'{"type":"ping"}')

    def test_a_wrong_answer_is_noticed(self, session: CheckedSession) -> None:
        session.failed("unavailable", "x" * 5000)
        with pytest.raises(jsonschema_rs.ValidationError):
            session.texts()


class TestClients:
    """Against a server that says nothing but what is wrong."""

    @pytest.fixture
    async def client(self, aiohttp_client: AiohttpClient) -> TestClient[web.Request, web.Application]:
        async def socket(request: web.Request) -> web.WebSocketResponse:
            response = web.WebSocketResponse(protocols=(SUBPROTOCOL,))
            await response.prepare(request)
            await response.send_str('{"type":"welcome"}')
            await response.receive()
            return response

        async def answer(request: web.Request) -> web.Response:
            status = int(request.query["status"])
            kind = "application/problem+json" if status >= 400 else "application/json"
            return web.Response(status=status, body=b'{"extra":1}', content_type=kind)

        app = web.Application()
        app.router.add_get(PATH, socket)
        app.router.add_route("*", "/api/{rest:.*}", answer)
        return await aiohttp_client(app, trace_configs=[checking()])

    async def test_a_wrong_message_is_noticed(self, client: TestClient[web.Request, web.Application]) -> None:
        async with connect(client, welcomed=False) as socket:
            with pytest.raises(jsonschema_rs.ValidationError):
                await socket.message()

    async def test_so_it_is_by_the_raw_client(self, client: TestClient[web.Request, web.Application]) -> None:
        assert client.port is not None
        raw = await RawSocket.connect("127.0.0.1", client.port)
        with pytest.raises(jsonschema_rs.ValidationError):
            await raw.frame()
        await raw.leave()

    async def test_a_wrong_request_cannot_be_sent_by_mistake(
        self, client: TestClient[web.Request, web.Application]
    ) -> None:
        async with connect(client, welcomed=False) as socket:
            with pytest.raises(jsonschema_rs.ValidationError):
                await socket.ask(type="disable_learning", id="7")
            with pytest.raises(AssertionError, match="the schema allows"):
                await socket.send_invalid(orjson.dumps({"type": "disable_learning", "id": LEARNING_ID}))

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/api/groove/dashboard/overview?status=200"),
            ("POST", "/api/groove/events?status=200"),
            ("POST", f"/api/groove/learnings/{LEARNING_ID}/disable?status=200"),
            ("DELETE", f"/api/groove/learnings/{LEARNING_ID}?status=200"),
            ("GET", "/api/groove/dashboard/overview?status=404"),
            ("GET", "/api/nothing?status=500"),
        ],
    )
    async def test_a_wrong_body_is_noticed(
        self, client: TestClient[web.Request, web.Application], method: str, path: str
    ) -> None:
        with pytest.raises(jsonschema_rs.ValidationError):
            await client.request(method, path)

    async def test_so_is_a_route_that_the_schema_does_not_know(
        self, client: TestClient[web.Request, web.Application]
    ) -> None:
        with pytest.raises(AssertionError, match="the schema does not say what /api/more answers"):
            await client.get("/api/more?status=200")
