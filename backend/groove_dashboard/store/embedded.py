"""A PostgreSQL server of our own in a directory, for a laptop and for tests; its programs come with a wheel.

The wheel's own `get_server` is not used: it counts its users by process id in a file, so that a killed process keeps
the server running for ever, and takes any process that has inherited a dead server's id for that server. Here users
are counted by the kernel: each holds a shared lock on a file, and the lock dies with its process.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import shutil
import time
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final, NoReturn
from urllib.parse import quote

from groove_dashboard.store.cluster import PORT, Cluster, check_version, make_cluster, our_programs, socket_dir
from groove_dashboard.store.errors import EmbeddedServerError
from groove_dashboard.store.server_user import prepare_for_root

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

GATE_SECONDS: Final = 180.0
"""More than all that one process does there takes: making the data, and a start after a crash of a minute at most."""
GATE_LOOK_SECONDS: Final = 0.05
LOOK_SECONDS: Final = 1.0
SHORTEST_RETRY_SECONDS: Final = 0.1
LONGEST_RETRY_SECONDS: Final = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A running server and this process's share in it."""

    url: str
    """Where it listens: `postgresql://postgres@/postgres?host=…`, a socket that only the owner can reach."""
    _data_dir: Path
    _cluster: Cluster
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
                self._cluster.stop()
                if self._cluster.sockets != self._cluster.directory:
                    shutil.rmtree(self._cluster.sockets)

    async def keep(self, *, look_seconds: float = LOOK_SECONDS) -> NoReturn:
        """Start the server again whenever it has died, as often as it takes; cancel this before `stop`.

        Several may keep one server: the first starts it, the others find it running.
        """
        while True:
            await asyncio.sleep(look_seconds)
            if not self._cluster.listens():
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
                self._cluster.ensure_running()


def start_embedded(data_dir: Path, programs: Path | None = None) -> EmbeddedServer:
    """Start the server whose data lie in `data_dir`, or join it where another process runs it already.

    `data_dir` and its parents are made where missing; empty, it takes some seconds to fill. A server whose owner was
    killed is adopted. Blocks; in a coroutine use `running_embedded`.

    PostgreSQL refuses to run as root. There, the system user `embedded_postgres` is made where missing, it is given
    the data, and every directory above the data and above the programs is made traversable for everybody (`o+x`).

    `programs` is where PostgreSQL's programs are, if not those of the wheel.

    Raises EmbeddedServerError where the server cannot run, as on data of another major version.
    """
    data_dir = data_dir.expanduser().resolve()
    if "\n" in str(data_dir):  # PostgreSQL's own files name it on a line
        raise EmbeddedServerError(f"Cannot keep a database in {str(data_dir)!r}: its path has a line break.")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with _gate(data_dir) as gate:
            return _joined(data_dir, programs or our_programs(), gate)
    except OSError as error:
        raise EmbeddedServerError(f"Cannot keep a database in {data_dir}: {error}") from error


def has_data(data_dir: Path) -> bool:
    """Whether a server has been made there, running or not."""
    return (data_dir.expanduser() / "postgres" / "PG_VERSION").exists()


@asynccontextmanager
async def running_embedded(data_dir: Path, programs: Path | None = None) -> AsyncIterator[EmbeddedServer]:
    """`start_embedded` and `stop` around a block, without blocking the loop and without leaving it half-way."""
    starting = asyncio.create_task(asyncio.to_thread(start_embedded, data_dir, programs))
    try:
        server = await asyncio.shield(starting)
    except asyncio.CancelledError:
        await asyncio.to_thread((await starting).stop)
        raise
    try:
        yield server
    finally:
        await asyncio.shield(asyncio.to_thread(server.stop))


def _joined(data_dir: Path, programs: Path, gate: IO[bytes]) -> EmbeddedServer:
    share = (data_dir / "users.lock").open("ab")
    try:
        fcntl.flock(share, fcntl.LOCK_SH)
        directory = data_dir / "postgres"
        prepare_for_root(directory, programs)
        if not directory.exists():
            make_cluster(directory, programs, gate.fileno())
        check_version(directory, programs)
        cluster = Cluster(directory, programs, socket_dir(directory))
        cluster.ensure_running()
    except BaseException:
        share.close()
        raise
    url = f"postgresql://postgres@/postgres?host={quote(str(cluster.sockets), safe='')}&port={PORT}"
    return EmbeddedServer(url, data_dir, cluster, share)


@contextmanager
def _gate(data_dir: Path) -> Iterator[IO[bytes]]:
    """Only one process at a time starts or stops the server of a directory; the others wait here.

    The lock is the file's: it ends when everybody has closed the file who was handed it.
    Raises EmbeddedServerError where it is not to be had for too long.
    """
    with (data_dir / "gate.lock").open("ab") as gate:
        deadline = time.monotonic() + GATE_SECONDS
        while not _is_taken(gate):
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"Another process has been starting or stopping the database in {data_dir} for {GATE_SECONDS:g} "
                    f"seconds. Find out which (it has {gate.name} open), end it, and try again."
                )
            time.sleep(GATE_LOOK_SECONDS)
        yield gate


def _is_taken(lock: IO[bytes]) -> bool:
    """Whether the lock on the file is ours by now."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_last(data_dir: Path) -> bool:
    with (data_dir / "users.lock").open("ab") as users:
        return _is_taken(users)
