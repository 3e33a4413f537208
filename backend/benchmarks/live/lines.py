"""How the processes of the benchmark speak to each other: one line of JSON asks, one answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Failed(Exception):
    """The other process could not do what it was asked for, or is no more; the text says why."""


class Reader(Protocol):
    """What answers are read from."""

    def readline(self) -> bytes:
        """The next line; nothing where there will be none."""


class Writer(Protocol):
    """What lines are written to."""

    def write(self, line: bytes, /) -> int:
        """Write, now or later."""

    def flush(self) -> None:
        """Write now."""


class Caller:
    """Asks another process for one thing at a time."""

    def __init__(self, name: str, reader: Reader, writer: Writer) -> None:
        self._name = name
        self._reader = reader
        self._writer = writer

    def call(self, do: str, **arguments: object) -> Any:
        """Have it done and give what came of it. Raises Failed."""
        self.ask(do, **arguments)
        return self.answer()

    def ask(self, do: str, **arguments: object) -> None:
        """Ask, and leave the answer for later. Raises Failed."""
        try:
            self._writer.write(orjson.dumps({"do": do, **arguments}) + b"\n")
            self._writer.flush()
        except BrokenPipeError as error:
            raise Failed(f"{self._name} has ended") from error

    def answer(self) -> Any:
        """What came of what was asked first. Raises Failed."""
        line = self._reader.readline()
        if not line:
            raise Failed(f"{self._name} has ended")
        answer = orjson.loads(line)
        if "failed" in answer:
            raise Failed(f"{self._name}: {answer['failed']}")
        return answer["done"]


def answer_calls(commands: Mapping[str, Callable[..., object]], calls: Iterable[bytes], writer: Writer) -> None:
    """Do what is asked for, until nobody asks any more. Whatever breaks doing so is told to who asked, and raised."""
    for line in calls:
        request = orjson.loads(line)
        try:
            done = commands[request.pop("do")](**request)
        except Exception as error:
            writer.write(orjson.dumps({"failed": repr(error)}) + b"\n")
            writer.flush()
            raise
        writer.write(orjson.dumps({"done": done}) + b"\n")
        writer.flush()
