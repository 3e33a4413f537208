"""Says whom a change of the definitions breaks: `python -m generator.compatibility [REF] [--project FOLDER]`.

Old clients and pipelines go on writing what they wrote, and reading as they read. A raised protocol version tells old
clients of the socket to stop, so it permits what breaks them, but for the handshake that tells them so. It tells
nothing to a pipeline, nor to whoever reads over HTTP.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.bundle import ROOTS
from generator.comparison import Comparison, Difference
from generator.errors import GeneratorError
from generator.nodes import references
from generator.released import has_history, last_release, schema_at, schema_now
from generator.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.comparison import Writer
    from generator.nodes import Node
    from generator.released import Schema

OLD_CLIENTS, PIPELINES, HTTP_CLIENTS = "old clients", "pipelines", "HTTP clients"
HANDSHAKE = ("WelcomeMessage", "GoodbyeMessage")


@dataclass(frozen=True, slots=True)
class Promise:
    """That a definition goes on being understood."""

    root: str
    writer: Writer
    whom: str
    ends_with_protocol: bool = False
    """Whether a raised protocol version ends it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference and whom it breaks."""

    difference: Difference
    whom: str
    permitted: bool = False

    def __str__(self) -> str:
        """One line, for a person."""
        place = f"{self.difference.definition}{self.difference.pointer and ', ' + self.difference.pointer}"
        breaks = "breaks" if self.difference.certain else "may break, so compare by hand:"
        permitted = " (permitted, as the protocol version was raised)" if self.permitted else ""
        return f"{place}: {self.difference.change}; {breaks} {self.whom}{permitted}"


def findings(old: Schema, new: Schema) -> list[Finding]:
    """What of the old schema's promises the new one does not keep, by definition and place, each once."""
    raised = new.protocol_version > old.protocol_version
    found: dict[tuple[Difference, str], Finding] = {}
    for promise in _promises(old.definitions):
        for difference in _differences(promise, old, new):
            permitted = raised and promise.ends_with_protocol
            found.setdefault((difference, promise.whom), Finding(difference, promise.whom, permitted))
    return sorted(found.values(), key=lambda one: (one.difference.definition, one.difference.pointer, str(one)))


def _promises(old: Mapping[str, Node]) -> Iterator[Promise]:
    """Those that no protocol version ends come first, so that a finding counts for the strictest of them."""
    yield Promise("IngestEvent", "client", PIPELINES)
    yield from (Promise(name, "server", HTTP_CLIENTS) for name in _bodies(old))
    yield from (Promise(name, "server", OLD_CLIENTS) for name in HANDSHAKE if name in old)
    yield Promise("DashboardRequest", "client", OLD_CLIENTS, ends_with_protocol=True)
    yield Promise("DashboardMessage", "server", OLD_CLIENTS, ends_with_protocol=True)


def _bodies(definitions: Mapping[str, Node]) -> list[str]:
    """The bodies of HTTP routes: nothing else is a definition that nothing refers to and yet no root."""
    referred = {name for node in definitions.values() for name in references(node)}
    return sorted(definitions.keys() - referred - set(ROOTS))


def _differences(promise: Promise, old: Schema, new: Schema) -> Iterator[Difference]:
    if promise.root in new.definitions:
        yield from Comparison(old.definitions, new.definitions, promise.writer).of(promise.root)
    else:
        yield Difference(promise.root, "", "removed or renamed", certain=False)


def main(arguments: list[str] | None = None) -> int:
    """Print each finding; the exit code is 1 where one is not permitted, or where there is nothing to compare with."""
    options = _parser().parse_args(arguments)
    project: Path = options.project.resolve()
    try:
        ref = options.ref or last_release(project)
        if ref is None:
            missing = "release yet" if has_history(project) else "git history here"
            print(f"There is no {missing}: nothing to compare with.")
            return 0
        found = findings(schema_at(project, ref), schema_now(project))
    except GeneratorError as error:
        print(error, file=sys.stderr)
        return 1
    for one in found:
        print(one)
    if all(one.permitted for one in found):
        print(f"Compatible with {ref}.")
        return 0
    print(f"Not compatible with {ref}; a raised protocol version permits what breaks {OLD_CLIENTS}.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator.compatibility", description="Compare the schema with that of a release."
    )
    parser.add_argument("ref", nargs="?", help="tag, branch or commit (default: the last release tag)")
    parser.add_argument("--project", type=Path, default=REPOSITORY, help="folder of the repository (default: this one)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
