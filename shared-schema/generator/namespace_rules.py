"""What the definitions must keep together: the rules that no single place can break.

Expects definitions whose every place keeps the house rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.bundle import ROOTS
from generator.nodes import reached, references, shape

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from generator.nodes import Node


def namespace_faults(definitions: Mapping[str, Node], http: Collection[str]) -> Iterator[str]:
    """Every fault with the name of its definition; `http` are the names that nothing has to refer to."""
    yield from _twin_faults(definitions)
    yield from _endless_faults(definitions)
    yield from _reachability_faults(definitions, http)


def _twin_faults(definitions: Mapping[str, Node]) -> Iterator[str]:
    """Names differ by more than upper and lower case, in which file systems and readers see no difference."""
    seen: dict[str, str] = {}
    for name in definitions:
        twin = seen.setdefault(name.lower(), name)
        if twin != name:
            yield f"{name}: only upper and lower case tell this name from {twin}"


def _endless_faults(definitions: Mapping[str, Node]) -> Iterator[str]:
    """An array or record contains itself only inside of an object."""

    def contents(name: str) -> Iterator[str]:
        return (one for one in references(definitions[name]) if shape(definitions[one]) in {"array", "record"})

    for name, node in definitions.items():
        if shape(node) in {"array", "record"} and name in _following(contents, contents(name)):
            yield f"{name}: it contains itself without an object in between"


def _reachability_faults(definitions: Mapping[str, Node], http: Collection[str]) -> Iterator[str]:
    """Every root is defined, and every definition serves a root or a route."""
    yield from (f"{name}: this root is not defined" for name in ROOTS if name not in definitions)
    starts = [*http, *(name for name in ROOTS if name in definitions)]
    used = reached(starts, definitions)
    yield from (f"{name}: nothing refers to this definition" for name in sorted(definitions.keys() - used.keys()))


def _following(step: Callable[[str], Iterable[str]], starts: Iterable[str]) -> set[str]:
    """The starts, and everything that one step after another leads to from them."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += step(name)
    return found
