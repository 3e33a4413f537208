"""A contestant with its load: two processes, started and ended together."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from benchmarks.live.lines import Caller, Failed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BACKEND: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Entrant:
    """What the two processes can be told; see `server.Server.do` and the methods of `load.Load`."""

    name: str
    server: Caller
    load: Caller

    def usage(self) -> dict[str, Any]:
        """CPU seconds, resident bytes and reads of the server."""
        usage: dict[str, Any] = self.server.call("usage")
        return usage


@contextmanager
def running(name: str) -> Iterator[Entrant]:
    """That contestant, without any client yet. Raises Failed where it cannot be started."""
    with TemporaryDirectory(prefix="groove-bench-") as directory, socket.socket(socket.AF_UNIX) as control:
        path = str(Path(directory) / "control")
        with _process("server", name, path) as server:
            port = _out(server).readline().decode().strip()
            if not port:
                raise Failed(f"{name} could not be started")
            control.connect(path)
            stream = control.makefile("rwb")
            with _process("load", port, path) as load:
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


def _in(process: subprocess.Popen[bytes]) -> BinaryIO:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    return process.stdin  # type: ignore[return-value]


def _out(process: subprocess.Popen[bytes]) -> BinaryIO:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    return process.stdout  # type: ignore[return-value]
