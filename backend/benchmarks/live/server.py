"""The process of one contestant: `python -m benchmarks.live.server NAME SOCKET`.

It takes calls on a UNIX socket, from the parent and from the load, and ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from benchmarks.live.baselines import Bare, SendFrame
from benchmarks.live.needs import raise_limit
from benchmarks.live.ours import Ours
from benchmarks.live.stalls import StallWatch

if TYPE_CHECKING:
    from benchmarks.live.contestant import Contestant

CONTESTANTS: Final[dict[str, type[Contestant]]] = {"ours": Ours, "bare": Bare, "aiohttp": SendFrame}


class Server:
    """A contestant, and what can be asked of its process."""

    def __init__(self, contestant: Contestant) -> None:
        self._contestant = contestant
        self._stalls = StallWatch()

    async def do(self, request: dict[str, Any]) -> object:
        """Do what one line asks for."""
        match request:
            case {"do": "prepare", "size": int(size)}:
                self._contestant.prepare(size)
            case {"do": "change", "topics": int(topics)}:
                begun = time.monotonic()
                await self._contestant.change(topics)
                return begun
            case {"do": "change_row"}:
                begun = time.monotonic()
                self._contestant.change_row()
                return begun
            case {"do": "usage"}:
                return {"cpu_seconds": time.process_time(), "rss_bytes": _rss_bytes(), "reads": self._contestant.reads}
            case {"do": "watch_stalls"}:
                self._stalls.begin()
            case {"do": "stalls"}:
                return self._stalls.end()
            case _:
                raise ValueError(f"nobody knows how to do {request}")
        return None

    async def take_calls(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one caller until it leaves."""
        async for line in reader:
            try:
                answer = {"done": await self.do(orjson.loads(line))}
            except Exception as error:  # noqa: BLE001 - told to who asked, who ends the benchmark
                answer = {"failed": repr(error)}
            writer.write(orjson.dumps(answer) + b"\n")
        writer.close()


def _rss_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


async def serve(name: str, path: str) -> None:
    """Serve until the standard input ends; print the port once calls are taken."""
    contestant = CONTESTANTS[name]()
    server = Server(contestant)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
    async with AsyncExitStack() as stack:
        port = await contestant.listen(stack)
        await stack.enter_async_context(await asyncio.start_unix_server(server.take_calls, path))
        sys.stdout.write(f"{port}\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    raise_limit()
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
