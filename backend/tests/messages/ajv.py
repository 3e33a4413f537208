"""Asks Ajv, the JSON Schema validator of the web packages, for its verdicts."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Self

from generator.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.nodes import Node

PROGRAM = REPOSITORY / "web-ui" / "tools" / "verdicts.js"


class Ajv:
    """One process for many questions: Ajv takes longer to start than to answer."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(["node", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S607
        self._told: Mapping[str, Node] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=10)

    def verdicts(self, definitions: Mapping[str, Node], name: str, texts: Iterable[str]) -> list[bool]:
        """Whether the definition of that name allows each value, given as JSON; ValueError where Ajv gives up."""
        about = "" if definitions is self._told else f'"definitions": {json.dumps(definitions)}, '
        line = f'{{{about}"name": {json.dumps(name)}, "values": [{",".join(texts)}]}}\n'
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line.encode())
        self._process.stdin.flush()
        self._told = definitions
        answer = self._process.stdout.readline()
        if not answer:
            raise ValueError(f"Ajv has no verdict on {name}; it says why on the standard error output")
        verdicts: list[bool] = json.loads(answer)
        return verdicts
