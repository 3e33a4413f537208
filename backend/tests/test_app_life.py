"""A server starts or says why it cannot, survives the loss of its database, and ends in time or with a failure."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from groove_dashboard.app import CannotStart, PartDied, run, supervised
from groove_dashboard.live.topic import canonical
from tests.processes import is_running, postmaster, served, until
from tests.web.news import error_about, heard, news, snapshot_of
from tests.web.recording import RecordingSocket, connect
from tests.web.site import (
    TEST_SETTINGS,
    client_of,
    extracted,
    ingest,
    problem_of,
    site,
    until_ready,
    uuid,
)

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import ClientSession

    from tests.databases import OwnDatabase

NOWHERE = "postgresql://postgres@127.0.0.1:1/nothing"


# The database goes away


@pytest.mark.timeout(120)
async def test_a_database_that_is_killed_is_missed_and_found_again(own_database: OwnDatabase) -> None:
    async with site(own_database.url, acquire_timeout_seconds=1.0) as client:
        await until_ready(client)
        await ingest(client, extracted("watched"))
        async with connect(client) as socket:
            await socket.ask(type="subscribe", topics=[{"topic": "overview"}])
            await heard(socket, "overview")
            for number in range(20):
                await ingest(client, extracted(f"acknowledged {number}"))
            await own_database.kill()
            await everything_is_unavailable(client, socket)
            await own_database.restart()
            # The topic that failed comes by itself, and nothing that was acknowledged is lost.
            assert (await snapshot_of(socket, "learnings"))["data"]["total"] == 21
            await until_ready(client)
            await ingest(client, extracted("afterwards"))
            assert (await news(socket, "learnings"))["learnings"]["total"] == 22


@pytest.mark.timeout(120)
async def test_an_embedded_database_that_is_killed_is_started_again(server_directory: Path) -> None:
    async with (
        served("--data-dir", server_directory) as server,
        client_of(server.url) as client,
        connect(client) as socket,
    ):
        await until_ready(client)
        await ingest(client, extracted("before"))
        await socket.ask(type="subscribe", topics=[{"topic": "learnings"}])
        assert (await news(socket, "learnings"))["learnings"]["total"] == 1
        killed = postmaster(server_directory)
        os.kill(killed, signal.SIGKILL)
        await until(lambda: not is_running(killed))
        await until_ready(client)
        await ingest(client, extracted("after"))
        while (await heard(socket, "learnings"))["learnings"].get("data", {}).get("total") != 2:
            pass
        revived = postmaster(server_directory)
        assert is_running(revived)
        assert (await server.stop(signal.SIGTERM)).code == 0
        assert not is_running(revived)


async def everything_is_unavailable(client: ClientSession, socket: RecordingSocket) -> None:
    """Every way in says so, and none of them hangs or breaks."""
    async with client.get("/api/groove/dashboard/overview") as response:
        assert response.status == 503
        assert response.headers["Retry-After"]
        assert (await problem_of(response))["code"] == "unavailable"
    async with client.post("/api/groove/events", json=[extracted("lost")]) as response:
        assert response.status == 503
        assert (await problem_of(response))["code"] == "unavailable"
    async with client.post(f"/api/groove/learnings/{uuid('watched')}/disable") as response:
        assert response.status == 503
    async with client.get("/readyz") as response:
        assert response.status == 503
        assert (await response.json())["database"] is False
    async with client.get("/healthz") as response:
        assert response.status == 200
    await socket.ask(type="subscribe", topics=[{"topic": "learnings", "limit": 1}])
    error = await error_about(socket, "topic", canonical({"topic": "learnings", "limit": 1}))
    assert error["code"] == "unavailable"
    assert error["retry_after_ms"] >= 0
    await socket.ask(type="disable_learning", id=uuid("watched"), request_id="r1")
    assert (await error_about(socket, "request_id", "r1"))["code"] == "unavailable"


# Starting and ending


async def test_a_database_that_is_down_stops_the_start() -> None:
    with pytest.raises(CannotStart, match="database"):
        async with site(NOWHERE):
            pass


async def test_tables_of_a_newer_version_stop_the_start(database: Any, database_url: str) -> None:
    async with database._connection() as connection:
        await connection.execute("insert into migration (name, checksum) values ('9999_future', '')")
    with pytest.raises(CannotStart, match="9999_future"):
        async with site(database_url):
            pass


async def test_an_address_that_is_not_ours_stops_the_start(database_url: str) -> None:
    with pytest.raises(CannotStart, match="Cannot listen on http://203\\.0\\.113\\.1:0"):
        async with site(database_url, host="203.0.113.1"):
            pass


async def test_a_server_can_listen_on_ipv6(database_url: str) -> None:
    async with site(database_url, host="::1") as client, client.get("/healthz") as response:
        assert response.status == 200
        assert str(client._base_url).startswith("http://[::1]:")


@pytest.mark.parametrize(("seconds", "at_least", "at_most"), [(0.1, 0, 2.5), (2.5, 2.5, 10)])
async def test_requests_that_are_open_at_the_end_have_a_while_and_no_more(
    database_url: str, seconds: float, at_least: float, at_most: float
) -> None:
    async with site(database_url, drain_seconds=seconds) as client:
        port = int(str(client._base_url).rstrip("/").rpartition(":")[2])
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /api/groove/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n[")
        await writer.drain()
        async with client.get("/healthz") as response:
            assert response.status == 200
        began = time.monotonic()
    assert at_least <= time.monotonic() - began < at_most
    writer.close()


async def test_parts_run_until_the_block_is_left() -> None:
    log: list[str] = []

    async def part() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            log.append("cancelled")

    async with supervised({"one": part(), "two": part()}):
        await asyncio.sleep(0)
    assert log == ["cancelled", "cancelled"]


async def test_a_part_that_dies_is_named_with_its_cause() -> None:
    async def part() -> None:
        raise ZeroDivisionError

    async with supervised({"the healthy": asyncio.Event().wait(), "the sick": part()}) as died:
        with pytest.raises(PartDied, match="the sick has ended") as death:
            await died()
    assert isinstance(death.value.__cause__, ZeroDivisionError)


async def test_a_part_that_just_ends_has_died_too() -> None:
    async with supervised({"the short": asyncio.sleep(0)}) as died:
        with pytest.raises(PartDied, match="the short has ended"):
            await died()


async def test_a_part_that_dies_while_it_is_stopped_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def part() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        async with supervised({"one": part()}):
            await asyncio.sleep(0)
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]


async def test_the_death_of_a_part_ends_the_process_with_a_failure(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_sink: object, **_options: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("groove_dashboard.app.pipeline.run", broken)
    announced: list[str] = []
    settings = replace(TEST_SETTINGS, database_url=database_url, demo=True)
    with caplog.at_level(logging.CRITICAL):
        assert await run(settings, announce=announced.append) == 1
    assert len(announced) == 1
    assert "the demo has ended" in caplog.text
    assert "inside" in caplog.text
