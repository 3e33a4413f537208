"""The command as a person uses it: it says when it is ready, keeps the data, and ends when told to."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
import pytest

from groove_dashboard.messages.protocol import CloseCode
from tests.processes import COMMAND, ended, is_running, postmaster, run, served, started, until
from tests.web.recording import RawSocket, connect
from tests.web.site import attributed, client_of, extracted, ingest, site, uuid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOWHERE = "postgresql://postgres@127.0.0.1:1/nothing"
SOME = [extracted(f"learning {number}") for number in range(3)]

pytestmark = pytest.mark.timeout(120)


def ndjson(*events: Any) -> bytes:
    return b"".join(orjson.dumps(event) + b"\n" for event in events)


async def get(url: str, path: str) -> Any:
    async with client_of(url) as client, client.get(path) as response:
        return await response.json()


@pytest.fixture
async def url(database_url: str) -> AsyncIterator[str]:
    """A server of this process, which the command talks to."""
    async with site(database_url) as client:
        yield str(client._base_url).rstrip("/")


# serve


async def test_a_second_start_finds_what_the_first_was_given(server_directory: Path) -> None:
    async with served("--data-dir", server_directory) as first:
        pid = postmaster(server_directory)
        assert (await run("ingest", "-", "--url", first.url, text=ndjson(*SOME))).out == "accepted 3, duplicates 0\n"
        result = await first.stop(signal.SIGTERM)
    assert (result.code, result.out) == (0, "")
    assert not is_running(pid)

    async with served("--data-dir", server_directory) as second:
        pid = postmaster(server_directory)
        assert (await get(second.url, "/api/groove/dashboard/learnings"))["total"] == 3
        result = await second.stop(signal.SIGINT)
    assert (result.code, result.out) == (0, "")
    assert not is_running(pid)
    assert "Traceback" not in result.err


async def test_ctrl_c_in_a_terminal_ends_it_cleanly(server_directory: Path) -> None:
    async with served("--data-dir", server_directory) as server:
        pid = postmaster(server_directory)
        result = await server.stop_group(signal.SIGINT)
    assert result.code == 0
    assert "Traceback" not in result.err
    assert not is_running(pid)


async def test_a_stop_in_the_middle_of_the_start_leaves_nothing_running(server_directory: Path) -> None:
    async with started("serve", "--port", "0", "--data-dir", server_directory) as process:
        await until((server_directory / "gate.lock").exists)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        result = await ended(process)
    assert (result.code, result.out) == (0, "")
    assert not (server_directory / "postgres" / "postmaster.pid").exists()


async def test_who_is_connected_is_told_before_the_end(database_url: str) -> None:
    async with served("--database-url", database_url) as server, client_of(server.url) as client:
        async with connect(client) as socket:
            await socket.ask(type="subscribe", topics=[{"topic": "overview"}])
            await socket.until("snapshot")
            server.process.send_signal(signal.SIGTERM)
            assert await socket.closed() == CloseCode.GOING_AWAY
            assert socket.heard[-1]["retry"]["max_ms"] > 0
        result = await ended(server.process)
    assert result.code == 0


async def test_clients_that_do_not_listen_cannot_hold_up_the_end(database_url: str) -> None:
    async with served("--database-url", database_url) as server:
        address = urlsplit(server.url)
        assert address.hostname is not None
        assert address.port is not None
        sockets = [await RawSocket.connect(address.hostname, address.port) for _ in range(20)]
        result = await server.stop(signal.SIGTERM)
        for socket in sockets:
            await socket.leave(abruptly=True)
    assert result.code == 0


async def test_a_database_that_is_down_is_told_in_one_line() -> None:
    began = time.monotonic()
    result = await run("serve", "--port", "0", "--database-url", NOWHERE)
    assert result.code == 1
    assert result.out == ""
    [line] = result.err.splitlines()
    assert "database" in line
    assert time.monotonic() - began < 20


async def test_a_port_that_is_taken_is_told_in_one_line(url: str, database_url: str) -> None:
    port = url.rpartition(":")[2]
    result = await run("serve", "--port", port, "--database-url", database_url)
    assert result.code == 1
    assert result.out == ""
    assert "Traceback" not in result.err
    assert f"Cannot listen on http://127.0.0.1:{port}: " in result.err


async def test_the_demo_moves_the_page(database_url: str) -> None:
    async with served("--database-url", database_url, "--demo") as server, client_of(server.url) as client:
        async with connect(client) as socket:
            await socket.ask(type="subscribe", topics=[{"topic": "overview"}])
            totals: dict[str, int] = {}
            while len(totals) < 4:
                message = await socket.message()
                if message["type"] in {"snapshot", "update"}:
                    totals[message["version"]] = socket.mirror.data({"topic": "overview"})["learnings"]["total"]
        assert max(totals.values()) > 0
        assert (await server.stop(signal.SIGTERM)).code == 0


# migrate


async def test_migrate_makes_the_tables_once(empty_database_url: str) -> None:
    first = await run("migrate", "--database-url", empty_database_url)
    assert first.code == 0
    assert first.out.startswith("applied 0001_")
    second = await run("migrate", "--database-url", empty_database_url)
    assert (second.code, second.out) == (0, "nothing to do\n")


async def test_migrate_works_on_an_embedded_server_and_leaves_none_running(server_directory: Path) -> None:
    result = await run("migrate", "--data-dir", server_directory)
    assert result.code == 0, result.err
    assert result.out.startswith("applied 0001_")
    assert not (server_directory / "postgres" / "postmaster.pid").exists()


async def test_migrate_tells_in_one_line_that_the_database_is_down() -> None:
    result = await run("migrate", "--database-url", NOWHERE)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1


# ingest


async def test_a_file_is_sent_and_sent_again_without_harm(url: str, tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    file.write_bytes(ndjson(*SOME))
    first = await run("ingest", file, "--url", url)
    assert (first.code, first.out, first.err) == (0, "accepted 3, duplicates 0\n", "")
    second = await run("ingest", file, "--url", url)
    assert (second.code, second.out) == (0, "accepted 0, duplicates 3\n")


async def test_only_a_terminal_is_shown_the_progress(url: str, tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    file.write_bytes(ndjson(*SOME))
    ours, theirs = os.openpty()
    try:
        process = await asyncio.create_subprocess_exec(
            COMMAND, "ingest", file, "--url", url, stdout=asyncio.subprocess.PIPE, stderr=theirs
        )
        out, _ = await process.communicate()
        shown = os.read(ours, 10_000)
    finally:
        os.close(ours)
        os.close(theirs)
    assert out == b"accepted 3, duplicates 0\n"
    assert b"Sending" in shown
    assert b"100%" in shown


async def test_an_ingest_that_broke_off_goes_on_where_it_was(url: str, tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    file.write_bytes(ndjson(*(extracted(f"learning {number}") for number in range(2500))))
    async with client_of(url) as client:
        await ingest(client, *(extracted(f"learning {number}") for number in range(1200)))
    result = await run("ingest", file, "--url", url)
    assert (result.code, result.out) == (0, "accepted 1300, duplicates 1200\n")


async def test_faults_are_told_by_their_lines_and_all_others_are_stored(url: str) -> None:
    good = [extracted(f"learning {number}") for number in range(1000)]
    bad = attributed("learning 1", "s", 0.5) | {"contribution": 2}
    text = (
        ndjson(*good) + b"\n" + ndjson(extracted("later")) + b"{\n" + ndjson(bad) + b"[]\n" + ndjson(extracted("last"))
    )
    result = await run("ingest", "-", "--url", url, text=text)
    assert (result.code, result.out) == (1, "")
    lines = result.err.splitlines()
    assert lines[0].startswith("line 1003: (the event): This line is not JSON")
    assert lines[1].startswith("line 1004: /contribution: ")
    assert lines[2] == "line 1005: (the event): An event is a JSON object on one line."
    assert lines[3:] == ["Error: some lines were refused: 3; accepted 1002, duplicates 0 of the others."]
    learnings = await get(url, "/api/groove/dashboard/learnings?limit=1")
    assert learnings["total"] == 1002


async def test_days_are_shifted_so_that_the_newest_event_is_of_now(url: str, tmp_path: Path) -> None:
    file = tmp_path / "events.ndjson"
    outcome = {
        "event_id": uuid("assessed"),
        "type": "session_assessed",
        "occurred_at": "2020-01-05T12:00:00Z",
        "session_id": "s1",
        "outcome": "success",
    }
    earlier = outcome | {"event_id": uuid("earlier"), "session_id": "s0", "occurred_at": "2020-01-02T12:00:00Z"}
    file.write_bytes(ndjson(earlier, outcome))
    result = await run("ingest", file, "--url", url, "--shift-to-now")
    assert (result.code, result.out) == (0, "accepted 2, duplicates 0\n")
    timeline = await get(url, "/api/groove/dashboard/session_timeline?days=7")
    assert [one["session_id"] for one in timeline["sessions"]] == ["s1", "s0"]
    assert all(one["assessed_at"].endswith("T12:00:00Z") for one in timeline["sessions"])


async def test_days_are_shifted_of_what_comes_through_a_pipe(url: str) -> None:
    old = extracted("learning") | {"occurred_at": "2020-01-05T12:00:00Z"}
    result = await run("ingest", "-", "--url", url, "--shift-to-now", text=ndjson(old))
    assert result.out == "accepted 1, duplicates 0\n"
    [shown] = (await get(url, "/api/groove/dashboard/learnings"))["learnings"]
    assert shown["created_at"] > "2026"


async def test_a_server_that_stays_away_is_told() -> None:
    result = await run("ingest", "-", "--url", "http://127.0.0.1:1", "--patience", "0.5", text=ndjson(*SOME))
    assert (result.code, result.out) == (1, "")
    lines = result.err.splitlines()
    assert lines[0].startswith("Waiting: no server answers at http://127.0.0.1:1")
    assert lines[1].startswith("Error: no server answers at http://127.0.0.1:1")
    assert lines[1].endswith("accepted 0, duplicates 0 so far. Run the same command again to go on.")


async def test_what_is_too_much_at_once_goes_in_parts(database_url: str) -> None:
    async with site(database_url, max_body_bytes=1000) as client:
        result = await run("ingest", "-", "--url", str(client._base_url), text=ndjson(*SOME, *SOME))
    assert (result.code, result.out, result.err) == (0, "accepted 3, duplicates 3\n", "")


async def test_nobody_is_sent_to_try_again_what_the_server_will_never_take(url: str) -> None:
    result = await run("ingest", "-", "--url", f"{url}/elsewhere", text=ndjson(*SOME))
    assert (result.code, result.out) == (1, "")
    assert result.err == (
        "Error: the server answered 405: This address does not take that method.; accepted 0, duplicates 0 so far.\n"
    )


async def test_nothing_is_taken_as_nothing(url: str) -> None:
    result = await run("ingest", "-", "--url", url)
    assert (result.code, result.out) == (0, "accepted 0, duplicates 0\n")


# demo


async def test_the_demo_feeds_a_server_elsewhere_until_it_is_stopped(url: str) -> None:
    async with client_of(url) as client, connect(client) as socket, started("demo", "--url", url) as process:
        await socket.ask(type="subscribe", topics=[{"topic": "learnings", "limit": 1}])
        await socket.until("snapshot")
        while socket.mirror.data({"topic": "learnings", "limit": 1})["total"] < 30:
            await socket.message()
        process.send_signal(signal.SIGINT)
        result = await ended(process)
    assert result.code == 0
    assert "Traceback" not in result.err


async def test_the_demo_fills_an_empty_database_once(database_url: str) -> None:
    sizes = ("--learnings", "100", "--sessions", "50", "--records", "400", "--days", "20", "--until", "2026-03-18")
    result = await run("demo", "fill", "--database-url", database_url, *sizes)
    assert (result.code, result.out) == (0, "filled with 400 records of 100 learnings in 50 sessions\n")
    async with site(database_url) as client, client.get("/api/groove/dashboard/learnings?sort=usage") as response:
        assert (await response.json())["learnings"][0]["session_count"] > 10
    again = await run("demo", "fill", "--database-url", database_url, *sizes)
    assert (again.code, again.out) == (1, "")
    assert again.err == "Error: The database has facts already; only an empty one can be filled.\n"


# A server that takes requests and never answers


@pytest.mark.parametrize("command", ["demo", "ingest"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_server_that_never_answers_cannot_hold_up_the_end(command: str, number: signal.Signals) -> None:
    asked = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await reader.read()  # until the peer has gone
        writer.close()

    async with await asyncio.start_server(listen, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        arguments = ["demo"] if command == "demo" else ["ingest", "-"]
        async with started(*arguments, "--url", f"http://{host}:{port}") as process, asyncio.timeout(30):
            assert process.stdin is not None
            process.stdin.write(ndjson(*SOME))
            process.stdin.close()
            await asked.wait()
            process.send_signal(number)
            async with asyncio.timeout(5):
                result = await ended(process)
    assert "Traceback" not in result.err
    assert (result.code == 0) == (command == "demo")  # an ingest that is broken off is no success
