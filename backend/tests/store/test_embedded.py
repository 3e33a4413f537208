from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest

from groove_dashboard.store import cluster, embedded
from groove_dashboard.store.changes import Change
from groove_dashboard.store.database import Database
from groove_dashboard.store.embedded import running_embedded, start_embedded
from groove_dashboard.store.errors import DatabaseUnavailable, EmbeddedServerError
from groove_dashboard.store.migrate import migrate
from tests.store.feeds import QUICK, eventually, following, running

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = """
import sys
from pathlib import Path
from groove_dashboard.store.embedded import start_embedded
server = start_embedded(Path(sys.argv[1]))
print(server.url, flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data directory that was used before; making one takes a second."""
    directory = Path(tempfile.mkdtemp(prefix="groove-"))
    start_embedded(directory).stop()
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def data_dir(home: Path) -> Iterator[Path]:
    """The directory, on which no process may be left when the test is over."""
    yield home
    assert processes(home) == []


def processes(data_dir: Path) -> list[int]:
    """The processes that work in a data directory; those that have ended, but whose parent has not noticed, do not."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and (process / "cwd").readlink().is_relative_to(data_dir):
                found.append(int(process.name))
        except OSError:
            continue  # it has just ended
    return found


def postmaster_of(data_dir: Path) -> int:
    """The process id of the running server, which is to be killed, so let it be no other's."""
    postmaster = int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])
    assert postmaster in processes(data_dir)
    return postmaster


async def write(url: str, value: int) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("create table if not exists kept (value int)")
    await connection.execute("insert into kept (value) values ($1)", value)
    await connection.close()


async def written(url: str) -> list[int]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("select value from kept order by value")
    await connection.close()
    return [row["value"] for row in rows]


async def answering(url: str) -> None:
    """Wait for a server that is about to start."""
    while True:
        try:
            await _answer(url)
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(0.02)
        else:
            return


def start_owner(data_dir: Path) -> tuple[subprocess.Popen[str], str]:
    """Another process that runs the server until its input ends; and the server's address."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    return owner, owner.stdout.readline().strip()


async def test_data_survive_the_owner_being_killed(data_dir: Path) -> None:
    owner, url = start_owner(data_dir)
    with owner:
        await write(url, 1)
        owner.send_signal(signal.SIGKILL)
    assert processes(data_dir)  # nobody was left to stop it
    server = start_embedded(data_dir)
    assert 1 in await written(server.url)
    server.stop()
    assert processes(data_dir) == []
    server = start_embedded(data_dir)
    assert 1 in await written(server.url)
    server.stop()


async def test_the_server_has_room_for_pipelines_that_send_much(data_dir: Path) -> None:
    async with running_embedded(data_dir) as server:
        connection = await asyncpg.connect(server.url)
        found = [await connection.fetchval(f"show {name}") for name in ("max_wal_size", "shared_buffers")]
        await connection.close()
    assert found == ["4GB", f"{cluster.shared_megabytes()}MB"]


@pytest.mark.parametrize(("gigabytes", "megabytes"), [(0.5, 128), (2, 256), (4, 512), (64, 512)])
def test_the_server_leaves_memory_to_others(gigabytes: float, megabytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(gigabytes * 2**30 / 4096)}
    monkeypatch.setattr(os, "sysconf", asked.__getitem__)
    assert cluster.shared_megabytes() == megabytes


async def test_the_last_of_two_processes_stops_the_server(data_dir: Path) -> None:
    server = start_embedded(data_dir)
    owner, url = start_owner(data_dir)
    assert url == server.url
    server.stop()
    await write(url, 2)
    owner.communicate()
    assert processes(data_dir) == []


async def test_the_first_to_leave_leaves_the_server_to_the_other(data_dir: Path) -> None:
    owner, _ = start_owner(data_dir)
    server = start_embedded(data_dir)
    owner.communicate()
    await write(server.url, 3)
    server.stop()


async def test_stopping_is_quick_whatever_is_open_and_may_be_repeated(data_dir: Path) -> None:
    server = start_embedded(data_dir)
    connections = [await asyncpg.connect(server.url) for _ in range(3)]
    await connections[0].execute("begin")
    busy = asyncio.create_task(connections[1].execute("select pg_sleep(60)"))
    before = time.monotonic()
    await asyncio.to_thread(server.stop)
    assert time.monotonic() - before < 5
    with pytest.raises((asyncpg.AdminShutdownError, asyncpg.ConnectionDoesNotExistError)):
        await busy
    server.stop()
    for connection in connections:
        connection.terminate()


async def test_a_killed_server_recovers(data_dir: Path) -> None:
    server = start_embedded(data_dir)
    await write(server.url, 4)
    os.kill(postmaster_of(data_dir), signal.SIGKILL)
    await eventually(lambda: processes(data_dir) == [])
    again = start_embedded(data_dir)
    assert 4 in await written(again.url)
    again.stop()
    assert processes(data_dir)  # the first user has not left
    server.stop()


async def test_a_killed_server_that_is_kept_comes_back_by_itself(data_dir: Path) -> None:
    server = start_embedded(data_dir)
    async with running(server.keep(look_seconds=0.02)):
        for value in (5, 6):  # the second death is noticed too
            await write(server.url, value)
            dead = postmaster_of(data_dir)
            os.kill(dead, signal.SIGKILL)
            await answering(server.url)
            assert value in await written(server.url)
            assert postmaster_of(data_dir) != dead
    await asyncio.to_thread(server.stop)
    assert processes(data_dir) == []


async def test_of_two_that_keep_a_server_one_starts_it_and_the_last_stops_it(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one, another = start_embedded(data_dir), start_embedded(data_dir)
    async with running(one.keep(look_seconds=0.02)), running(another.keep(look_seconds=0.02)):
        os.kill(postmaster_of(data_dir), signal.SIGKILL)
        await eventually(lambda: caplog.text.count("runs again") == 2)
    await answering(one.url)
    await asyncio.to_thread(one.stop)
    await answering(another.url)
    await asyncio.to_thread(another.stop)


async def test_a_process_of_the_dead_server_delays_the_next_start_but_does_not_prevent_it(
    data_dir: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SETTLE_SECONDS", 0.1)
    server = start_embedded(data_dir)
    connection = await asyncpg.connect(server.url)
    left_over = connection.get_server_pid()
    os.kill(left_over, signal.SIGSTOP)  # so that it does not see the death of its server
    async with running(server.keep(look_seconds=0.02)):
        os.kill(postmaster_of(data_dir), signal.SIGKILL)
        await eventually(lambda: caplog.text.count("did not start") == 2)
        os.kill(left_over, signal.SIGCONT)
        await answering(server.url)
    connection.terminate()
    await asyncio.to_thread(server.stop)


async def test_a_start_that_is_under_way_when_all_ends_is_undone(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = start_embedded(data_dir)
    async with running(server.keep(look_seconds=0.02)):
        os.kill(postmaster_of(data_dir), signal.SIGKILL)
        await eventually(lambda: "is started again" in caplog.text)
    await asyncio.to_thread(server.stop)
    assert processes(data_dir) == []
    server._start_again()  # as one does that comes to the gate too late
    assert processes(data_dir) == []


async def test_a_look_that_cannot_tell_finds_no_death(server_directory: Path) -> None:
    place = cluster.Cluster(server_directory, cluster.our_programs(), server_directory)
    nowhere = replace(place, sockets=server_directory / ("x" * 200))
    assert not place.listens()
    assert nowhere.listens()  # no socket can have this path
    with socket.socket(socket.AF_UNIX) as busy, socket.socket(socket.AF_UNIX) as caller:
        busy.bind(str(server_directory / ".s.PGSQL.5432"))
        assert not place.listens()
        busy.listen(0)
        caller.connect(busy.getsockname())
        assert place.listens()  # though nobody else is let in


def test_a_mark_that_names_another_process_does_not_hinder(data_dir: Path) -> None:
    mark = data_dir / "postgres" / "postmaster.pid"
    mark.write_text(f"{os.getpid()}\n{data_dir}/postgres\n1\n5432\n{data_dir}/postgres\n\n1 1\nready\n")
    server = start_embedded(data_dir)
    server.stop()


def test_a_process_that_never_leaves_the_gate_is_not_waited_for(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "GATE_SECONDS", 0.1)
    with (data_dir / "gate.lock").open("ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        with pytest.raises(EmbeddedServerError, match=r"has been starting or stopping .* for 0\.1 seconds.*gate\.lock"):
            start_embedded(data_dir)
    start_embedded(data_dir).stop()


def test_a_server_that_is_gone_already_is_stopped_without_harm_to_others(data_dir: Path) -> None:
    server = start_embedded(data_dir)
    mark = data_dir / "postgres" / "postmaster.pid"
    os.kill(postmaster_of(data_dir), signal.SIGQUIT)
    while processes(data_dir):
        time.sleep(0.01)
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE) as bystander:
        mark.write_text(f"{bystander.pid}\n{data_dir}/postgres\n1\n5432\n{data_dir}/postgres\n\n1 1\nready\n")
        server.stop()
        assert bystander.poll() is None
    assert bystander.returncode == 0


def test_data_of_an_older_version_are_refused_with_what_to_type(data_dir: Path) -> None:
    version = data_dir / "postgres" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("17\n")
    with pytest.raises(EmbeddedServerError, match="written by PostgreSQL 17, but this is PostgreSQL") as refusal:
        start_embedded(data_dir)
    typed = [line.split() for line in str(refusal.value).splitlines()[1:]]
    assert [line[:2] for line in typed] == [
        [sys.executable, "-m"],
        ["groove-dashboard", "dump"],
        ["mv", str(data_dir / "postgres")],
        ["groove-dashboard", "load"],
    ]
    version.write_text(ours)
    start_embedded(data_dir).stop()


def test_data_of_a_newer_version_are_refused(data_dir: Path) -> None:
    version = data_dir / "postgres" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("99\n")
    with pytest.raises(EmbeddedServerError, match=r"written by PostgreSQL 99, but this is .* that you had before"):
        start_embedded(data_dir)
    version.write_text(ours)


def test_a_server_that_cannot_start_says_why(data_dir: Path) -> None:
    settings = data_dir / "postgres" / "postgresql.conf"
    whole = settings.read_text()
    settings.write_text("no_such_setting = 1\n")
    with pytest.raises(EmbeddedServerError, match="no_such_setting"):
        start_embedded(data_dir)
    settings.write_text(whole)
    start_embedded(data_dir).stop()


def test_a_place_that_cannot_hold_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedServerError, match="Cannot keep a database in"):
        start_embedded(tmp_path / "file")


def test_a_first_start_that_was_cut_short_is_made_again_even_where_paths_are_long(server_directory: Path) -> None:
    data_dir = server_directory / "long" / ("x" * 90)
    left = data_dir / "postgres.unfinished"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    server = start_embedded(data_dir)
    sockets = cluster.socket_dir(data_dir / "postgres")
    assert sockets.exists()
    assert asyncio.run(_answer(server.url)) == 1
    server.stop()
    assert processes(data_dir) == []
    assert not sockets.exists()


@pytest.mark.parametrize(
    "name",
    [
        """it's "q" $HOME `id` a\\b;&%41 é""",
        "a,b",
        os.fsdecode(b"no text \xff"),
    ],
)
def test_a_path_may_hold_any_character(server_directory: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "6000")
    data_dir = server_directory / name
    for _ in range(2):
        server = start_embedded(data_dir)
        try:
            assert asyncio.run(_answer(server.url)) == 1
            assert processes(data_dir)
        finally:
            server.stop()
        assert processes(data_dir) == []


def test_a_path_with_a_line_break_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedServerError, match="line break"):
        start_embedded(tmp_path / "a\nb")
    assert list(tmp_path.iterdir()) == []


def test_a_place_for_sockets_that_is_none_is_refused(server_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(server_directory / "c,d"))
    with pytest.raises(EmbeddedServerError, match="set TMPDIR"):
        cluster.socket_dir(server_directory / "a,b")


async def _answer(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        answer: int = await connection.fetchval("select 1")
    finally:
        await connection.close()
    return answer


async def test_a_start_that_is_cancelled_leaves_nothing_running(data_dir: Path) -> None:
    async def run() -> None:
        async with running_embedded(data_dir):
            pytest.fail("it was to be cancelled before")

    starting = asyncio.create_task(run())
    await asyncio.sleep(0)  # the thread has begun
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert processes(data_dir) == []


async def test_everything_recovers_when_the_server_comes_back(data_dir: Path) -> None:
    async with running_embedded(data_dir) as server:
        await migrate(server.url)
        database = await Database.connect(server.url)
        async with following(server.url, QUICK) as (feed, told):
            await asyncio.to_thread(server.stop)
            await eventually(lambda: not feed.connected)
            with pytest.raises(DatabaseUnavailable):
                await database.ping()
            with pytest.raises(DatabaseUnavailable):
                await database.run(lambda stores: stores.changes.record([Change("session")]))
            async with running_embedded(data_dir):
                await database.run(lambda stores: stores.changes.record([Change("session")]))
                await told.until(lambda it: it.calls == [[Change("session")]])
                assert feed.connected
        await database.close()
