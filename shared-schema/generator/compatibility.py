"""Says whom a change of the schema breaks: `python -m generator.compatibility [REF] [--project FOLDER]`.

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

from generator.comparison import Comparison, Difference
from generator.errors import GeneratorError
from generator.nodes import references, variants
from generator.protocol_comparison import lost_clients, misled_clients
from generator.released import has_history, last_release, schema_at, schema_now
from generator.roots import DATA, EVENTS, MESSAGES, REQUESTS, ROOTS, TOPICS
from generator.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.comparison import Writer
    from generator.nodes import Node
    from generator.released import Schema

OLD_CLIENTS, PIPELINES, HTTP_CLIENTS = "old clients", "pipelines", "HTTP clients"
HANDSHAKE = ("welcome", "goodbye")
"""The messages by which an old client learns that the protocol's version was raised."""


@dataclass(frozen=True, slots=True)
class Promise:
    """That a definition goes on being understood."""

    was: str
    now: str | None
    """The name of what has its place today; None where nothing has."""
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
    for difference, whom, ends_with_protocol in _broken(old, new):
        found.setdefault((difference, whom), Finding(difference, whom, raised and ends_with_protocol))
    return sorted(found.values(), key=lambda one: (one.difference.definition, one.difference.pointer, str(one)))


def _broken(old: Schema, new: Schema) -> Iterator[tuple[Difference, str, bool]]:
    """Each difference with whom it breaks, and whether a raised protocol version ends that promise.

    Those that no version ends come first, so that a finding counts for the strictest of them.
    """
    for promise in _promises(old.definitions, new.definitions):
        for difference in _differences(promise, old, new):
            yield difference, promise.whom, promise.ends_with_protocol
    if old.protocol is not None and new.protocol is not None:
        yield from ((one, OLD_CLIENTS, False) for one in lost_clients(old.protocol, new.protocol))
        yield from ((one, OLD_CLIENTS, True) for one in misled_clients(old.protocol, new.protocol))


def _promises(old: Mapping[str, Node], new: Mapping[str, Node]) -> Iterator[Promise]:
    """Topics are asked for over HTTP too, where no version is told. Roots and bodies alone are known by their names."""
    yield Promise(EVENTS, EVENTS, "client", PIPELINES)
    yield Promise(TOPICS, TOPICS, "client", HTTP_CLIENTS)
    for name in (DATA, *_bodies(old)):
        yield Promise(name, name if name in new else None, "server", HTTP_CLIENTS)
    were, are = (variants(MESSAGES, definitions) for definitions in (old, new))
    for kind in HANDSHAKE:
        if kind in were:
            yield Promise(were[kind], are.get(kind), "server", OLD_CLIENTS)
    yield Promise(REQUESTS, REQUESTS, "client", OLD_CLIENTS, ends_with_protocol=True)
    yield Promise(MESSAGES, MESSAGES, "server", OLD_CLIENTS, ends_with_protocol=True)


def _bodies(definitions: Mapping[str, Node]) -> list[str]:
    """The bodies of HTTP routes: nothing else is a definition that nothing refers to and yet no root."""
    referred = {name for node in definitions.values() for name in references(node)}
    return sorted(definitions.keys() - referred - set(ROOTS))


def _differences(promise: Promise, old: Schema, new: Schema) -> Iterator[Difference]:
    if promise.now is None:
        yield Difference(promise.was, "", "removed or renamed", certain=False)
    else:
        yield from Comparison(old.definitions, new.definitions, promise.writer).of(promise.was, promise.now)


def main(arguments: list[str] | None = None) -> int:
    """Print each finding; the exit code is 1 where one is not permitted, or where there is nothing to compare with."""
    options = _parser().parse_args(arguments)
    project: Path = options.project.resolve()
    try:
        ref = options.ref or last_release(project)
        if ref is None:
            missing = "earlier release" if has_history(project) else "git history here"
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
