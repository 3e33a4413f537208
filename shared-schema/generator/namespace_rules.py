"""What the definitions must keep together: the rules that no single place can break.

Expects definitions whose every place keeps the house rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.nodes import members, reached, references, shape, tag_of_union, target
from generator.roots import EVENTS, MESSAGES, REQUESTS, ROOTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from generator.nodes import Node


def namespace_faults(definitions: Mapping[str, Node], http: Collection[str]) -> Iterator[str]:
    """Every fault with the name of its definition; `http` are the names that nothing has to refer to."""
    yield from _twin_faults(definitions)
    yield from _endless_faults(definitions)
    yield from _reachability_faults(definitions, http)
    yield from _type_faults(definitions)
    yield from _writer_faults(http)


def _twin_faults(definitions: Mapping[str, Node]) -> Iterator[str]:
    """Names differ by more than upper and lower case, in which file systems and readers see no difference."""
    seen: dict[str, str] = {}
    for name in definitions:
        twin = seen.setdefault(name.lower(), name)
        if twin != name:
            yield f"{name}: only upper and lower case tell this name from {twin}"


def _endless_faults(definitions: Mapping[str, Node]) -> Iterator[str]:
    """An array or record contains itself only inside of an object."""

    def contents(node: Node) -> Iterator[str]:
        return (one for one in references(node) if shape(definitions[one]) in {"array", "record"})

    for name, node in definitions.items():
        if shape(node) in {"array", "record"} and name in reached(contents(node), definitions, contents):
            yield f"{name}: it contains itself without an object in between"


def _reachability_faults(definitions: Mapping[str, Node], http: Collection[str]) -> Iterator[str]:
    """Every root is defined, and every definition serves a root or a route."""
    yield from (f"{name}: this root is not defined" for name in ROOTS if name not in definitions)
    starts = [*http, *(name for name in ROOTS if name in definitions)]
    used = reached(starts, definitions)
    yield from (f"{name}: nothing refers to this definition" for name in sorted(definitions.keys() - used.keys()))


def _type_faults(definitions: Mapping[str, Node]) -> Iterator[str]:
    """Requests, messages and events have a constant text each: answers and pages name them by it."""
    for name in (REQUESTS, MESSAGES, EVENTS):
        objects = [definitions[target(one)] for one in members(definitions.get(name, {}))]
        if objects and tag_of_union(objects) is None:
            yield f"{name}: its members need a required constant text that tells them apart"


def _writer_faults(http: Collection[str]) -> Iterator[str]:
    """A body of an HTTP route is what the route answers; what it is sent is a root, as events are.

    The comparison with a release takes the server for the writer of every body, and only its name can tell.
    """
    yield from (
        f"{name}: the bodies in http.yaml are answers; what a route is sent belongs to a root"
        for name in sorted(set(http) - set(ROOTS))
        if name.endswith("Request")
    )
