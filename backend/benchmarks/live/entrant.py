"""A contestant with its load: two processes, started and ended together."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from benchmarks.live.lines import Caller, Failed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.live.lines import Reader, Writer
    from benchmarks.live.results import Name

BACKEND: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Entrant:
    """What the two processes can be told; see `server.Server.do` and the methods of `load.Load`."""

    name: Name
    server: Caller
    load: Caller

    def usage(self) -> dict[str, Any]:
        """CPU seconds, resident bytes and reads of the server."""
        usage: dict[str, Any] = self.server.call("usage")
        return usage


@contextmanager
def running(names: Sequence[Name]) -> Iterator[dict[Name, Entrant]]:
    """These contestants, without any client yet. Raises Failed where one cannot be started."""
    with TemporaryDirectory(prefix="groove-bench-") as directory, ExitStack() as stack:
        paths = {name: str(Path(directory) / name) for name in names}
        # All are started before the first is waited for.
        servers = {name: stack.enter_context(_process("server", name, path)) for name, path in paths.items()}
        yield {name: stack.enter_context(_loaded(name, servers[name], path)) for name, path in paths.items()}


@contextmanager
def _loaded(name: Name, server: subprocess.Popen[bytes], path: str) -> Iterator[Entrant]:
    """The contestant whose server was started, with a load on it."""
    port = _out(server).readline().decode().strip()
    if not port:
        raise Failed(f"{name} could not be started")
    with socket.socket(socket.AF_UNIX) as control, _process("load", port, path) as load:
        control.connect(path)
        stream = control.makefile("rwb")
        yield Entrant(name, Caller(name, stream, stream), Caller(f"the load on {name}", _out(load), _in(load)))


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Ended at once with the block; and by itself, should this process die before."""
    command: Sequence[str] = (sys.executable, "-m", f"benchmarks.live.{module}", *arguments)
    with subprocess.Popen(command, cwd=BACKEND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def _in(process: subprocess.Popen[bytes]) -> Writer:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    return process.stdin


def _out(process: subprocess.Popen[bytes]) -> Reader:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    return process.stdout
