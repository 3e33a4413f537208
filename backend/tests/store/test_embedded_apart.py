"""The embedded server and others: it takes nobody's port or socket, and never shares its data with a second server."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.store.cluster import our_programs
from groove_dashboard.store.embedded import start_embedded
from groove_dashboard.store.errors import EmbeddedServerError
from groove_dashboard.store.server_user import as_server_user, give_to_server
from tests.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterator

USUAL_PORT = 5432
USUAL_SOCKET = Path(f"/tmp/.s.PGSQL.{USUAL_PORT}")  # noqa: S108 - where PostgreSQL puts it unless told otherwise


@pytest.fixture
def usual_places() -> Iterator[None]:
    """The port and the socket that a PostgreSQL usually has are taken, by us unless by somebody else already."""
    with ExitStack() as stack:
        port = stack.enter_context(socket.socket())
        with suppress(OSError):
            port.bind(("127.0.0.1", USUAL_PORT))
            port.listen()
        if not USUAL_SOCKET.exists():
            place = stack.enter_context(socket.socket(socket.AF_UNIX))
            place.bind(str(USUAL_SOCKET))
            place.listen()
            stack.callback(USUAL_SOCKET.unlink)
        yield


@pytest.fixture
def foreign(server_directory: Path) -> Iterator[Path]:
    """A data directory of ours on which somebody else has started a server of his own."""
    start_embedded(server_directory).stop()
    elsewhere = server_directory / "elsewhere"
    elsewhere.mkdir()
    give_to_server(elsewhere)
    server = subprocess.Popen(
        [
            our_programs() / "postgres",
            "-D",
            ".",
            "-c",
            "listen_addresses=",
            "-c",
            f"unix_socket_directories={elsewhere}",
        ],
        cwd=server_directory / "postgres",
        stderr=subprocess.DEVNULL,
        **as_server_user(),
    )
    while not (elsewhere / f".s.PGSQL.{USUAL_PORT}").exists():
        assert server.poll() is None
    yield server_directory
    server.terminate()
    server.wait()


@pytest.mark.usefixtures("usual_places")
async def test_servers_take_no_port_and_no_socket_but_in_their_own_directory(
    server_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", str(USUAL_PORT))
    monkeypatch.setenv("PGDATA", str(server_directory))
    servers = [await asyncio.to_thread(start_embedded, server_directory / name) for name in ("one", "another")]
    for number, server in enumerate(servers):
        connection = await asyncpg.connect(server.url)
        assert await connection.fetchval("show listen_addresses") == ""
        await connection.execute(f"create table mine_{number} (id int)")
        assert await connection.fetchval("select count(*) from pg_tables where tablename like 'mine%'") == 1
        await connection.close()
    for server in servers:
        await asyncio.to_thread(server.stop)


async def test_a_server_of_somebody_else_on_the_same_data_is_told_clearly(foreign: Path) -> None:
    with pytest.raises(EmbeddedServerError, match=r"runs a PostgreSQL that somebody else has started \(process \d+"):
        await asyncio.to_thread(start_embedded, foreign)
    result = await run("serve", "--port", "0", "--data-dir", foreign)
    assert result.code == 1
    assert f"listening in {foreign / 'elsewhere'}" in result.err
    assert "stop that one, or use it by --database-url" in result.err
