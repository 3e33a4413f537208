"""The real command in a process of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
    from collections.abc import AsyncIterator, Callable, Sequence

COMMAND = Path(sys.executable).parent / "groove-dashboard"
START_SECONDS = 40.0  # making a database takes some seconds, more on a busy machine
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Result:
    """What a command left."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Served:
    """A server process that takes requests."""

    process: asyncio.subprocess.Process
    url: str

    async def stop(self, number: signal.Signals) -> Result:
        """Send the signal and wait for the end, which has to come within ten seconds."""
        self.process.send_signal(number)
        return await ended(self.process)

    async def kill(self) -> None:
        """End it without warning, and without a chance to do or say anything more."""
        self.process.kill()
        await ended(self.process)

    async def stop_group(self, number: signal.Signals) -> Result:
        """Send the signal to the whole process group, as a terminal does on Ctrl-C."""
        os.killpg(self.process.pid, number)
        return await ended(self.process)


async def ended(process: asyncio.subprocess.Process) -> Result:
    """The end of the process, within ten seconds."""
    async with asyncio.timeout(STOP_SECONDS):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Result(process.returncode, out.decode(), (err or b"").decode())


@asynccontextmanager
async def launched(
    *command: str | Path, stderr: int | None, environment: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of a session of its own, killed at the end of the block where it has not ended by then."""
    process = await asyncio.create_subprocess_exec(
        *map(str, command),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=stderr,
        env=clean_environment() | environment,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@asynccontextmanager
async def started(*arguments: str | Path, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The command with these arguments, killed at the end of the block where it has not ended by then."""
    async with launched(COMMAND, *arguments, stderr=asyncio.subprocess.PIPE, environment=environment) as process:
        yield process


@asynccontextmanager
async def served(*arguments: str | Path, **environment: str) -> AsyncIterator[Served]:
    """A server on a free port."""
    async with started("serve", "--port", "0", *arguments, **environment) as process:
        yield await ready(process)


@asynccontextmanager
async def served_at_length(
    *arguments: str | Path, program: Sequence[str | Path] = (COMMAND,), port: int = 0
) -> AsyncIterator[Served]:
    """A server that may log as much as it likes, which pytest takes; a pipe that nobody reads would soon hold it up."""
    command = (*program, "serve", "--port", str(port), *arguments)
    async with launched(*command, stderr=None, environment={}) as process:
        yield await ready(process)


async def ready(process: asyncio.subprocess.Process) -> Served:
    """The server once it takes requests; fails where it ends before."""
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        line = (await process.stdout.readline()).decode()
    if not line.startswith("ready http://"):
        _, err = await process.communicate()
        raise AssertionError(f"not ready: {line!r} {(err or b'').decode()}")
    return Served(process, line.removeprefix("ready ").rstrip("\n"))


async def run(*arguments: str | Path, text: bytes = b"", **environment: str) -> Result:
    """Run the command to its end, with this text as its standard input."""
    async with started(*arguments, **environment) as process, asyncio.timeout(START_SECONDS):
        out, err = await process.communicate(text)
        assert process.returncode is not None
        return Result(process.returncode, out.decode(), err.decode())


async def until(condition: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    """Wait for something that announces itself in no other way than by being there."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - other processes set no event of ours
            await asyncio.sleep(0.01)


def clean_environment() -> dict[str, str]:
    """This environment without what would set the command's options."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GROOVE_")}


def postmaster(data_dir: Path) -> int:
    """The process id of the embedded PostgreSQL that runs on the directory."""
    return int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])


def is_running(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be noticed does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True)  # noqa: S607
    return state.stdout.strip()[:1] not in {"", "Z"}
