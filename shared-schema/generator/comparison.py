"""What one side may write and the other cannot read, where each knows the definitions as they were at its time.

Clients and pipelines write by the old definitions what the new server reads, and it refuses what it does not know. The
server writes by the new ones what an old client reads, which ignores the properties that it does not know. So each
schema of the writer is held against the reader's schema of the same place, in the way that Avro resolves schemas.

This is our own since jsonsubschema, the one tool that judges such schemas right, says yes or no only, took 52 s for
87 definitions, and has no word for whom a change breaks. The house rules leave so few shapes that all but patterns and
formats can be decided here: these must be equal, or a person has to look at them.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import jsonschema_rs

from generator.nodes import (
    NULL,
    choices,
    members,
    own_keys_of_union,
    pointer_step,
    shape,
    tag_of_union,
    target,
    without_null,
)
from generator.roots import BATCHED, DATA, MESSAGES, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.nodes import Node

Writer: TypeAlias = Literal["client", "server"]

# A client never has to read a new member of these: of topics it gets what it asks for, of messages it ignores those
# that it does not know, as docs/protocol.md tells it to.
NEVER_MET = frozenset({TOPICS, DATA, MESSAGES, BATCHED})
FEW = 1000
"""Integers of a range that may be tried one by one against an enumeration."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What keeps the reader from reading something, and where it stands in the new definitions."""

    definition: str
    pointer: str
    change: str
    """In words, from old to new whoever writes: `maximum 365 -> 30`."""
    certain: bool = True
    """False where only a person can say whether there is a value that the reader cannot read."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A schema and where it stands."""

    definition: str
    pointer: str
    node: Node

    def inside(self, step: str, node: Any) -> Spot:
        """A schema inside this one, by the pointer from here to there; `true` as the one that allows anything."""
        return Spot(self.definition, self.pointer + step, {} if node is True else node)

    def differs(self, change: str, *, at: str = "", certain: bool = True) -> Difference:
        """A difference of this place, or of one inside it."""
        return Difference(self.definition, self.pointer + at, change, certain)


class Comparison:
    """Holds what is written against what is read; each pair of objects once, however often they are reached."""

    def __init__(self, old: Mapping[str, Node], new: Mapping[str, Node], writer: Writer) -> None:
        self._old = old
        self._new = new
        self._by_server = writer == "server"
        self._compared: set[tuple[str, str]] = set()

    def of(self, name: str, now: str | None = None) -> Iterator[Difference]:
        """What differs in the definition of that name, which has another one `now` or the same, and in all within."""
        now = now or name
        yield from self._schemas(Spot(name, "", self._old[name]), Spot(now, "", self._new[now]))

    def _roles(self, old: Any, new: Any) -> tuple[Any, Any]:
        """The same two as writer and reader."""
        return (new, old) if self._by_server else (old, new)

    def _schemas(self, old: Spot, new: Spot) -> Iterator[Difference]:
        """What may be null or anything has no definition of its own, so that is seen before references are followed."""
        writer, reader = self._roles(old.node, new.node)
        if shape(reader) == "anything":
            return
        if shape(writer) == "nullable" and shape(reader) != "nullable":
            yield new.differs("null removed" if writer is old.node else "null added")
        old, new = _not_null(old), _not_null(new)
        resolved = _resolved(old, self._old), _resolved(new, self._new)
        for one in self._resolved(*resolved):
            yield _seen_from(old, new, one) if one.definition == resolved[1].definition else one

    def _resolved(self, old: Spot, new: Spot) -> Iterator[Difference]:
        kinds = _kind(old.node), _kind(new.node)
        if kinds[0] != kinds[1]:
            yield new.differs(f"{_words(old.node)} -> {_words(new.node)}")
            return
        by_kind: dict[str, Callable[[Spot, Spot], Iterator[Difference]]] = {
            "object": self._unions,
            "record": self._records,
            "array": self._arrays,
            "string": self._scalars,
            "number": self._scalars,
            "boolean": self._scalars,
        }
        yield from by_kind[kinds[0]](old, new)

    def _unions(self, old: Spot, new: Spot) -> Iterator[Difference]:
        """An object is taken for a union of one."""
        writers, readers = self._roles(_variants(old, self._old), _variants(new, self._new))
        for one in writers:
            other = _counterpart(one, readers)
            if other is not None:
                yield from self._objects(*self._roles(one, other))
            elif not (self._by_server and {old.definition, new.definition} & NEVER_MET):
                yield new.differs(f"{one.definition} {'added' if self._by_server else 'removed'}")

    def _objects(self, old: Spot, new: Spot) -> Iterator[Difference]:
        if (old.definition, new.definition) in self._compared:
            return
        self._compared.add((old.definition, new.definition))
        for name in sorted(old.node["properties"].keys() | new.node["properties"].keys()):
            step = f"/properties/{pointer_step(name)}"
            yield from self._presence(name, old, new)
            if self._by_server:
                yield from _defaults(name, old, new)
            if name in old.node["properties"] and name in new.node["properties"]:
                schemas = (one.inside(step, one.node["properties"][name]) for one in (old, new))
                yield from self._schemas(*schemas)

    def _presence(self, name: str, old: Spot, new: Spot) -> Iterator[Difference]:
        was, now = _presence(name, old.node), _presence(name, new.node)
        written, read = self._roles(was, now)
        unreadable = read == "required" and written != "required"
        unknown = read == "absent" and not self._by_server
        if unreadable or unknown:
            yield new.differs(f"{was} -> {now}", at=f"/properties/{pointer_step(name)}")

    def _records(self, old: Spot, new: Spot) -> Iterator[Difference]:
        for keyword, default in (("propertyNames", {"type": "string"}), ("additionalProperties", True)):
            schemas = (one.inside(f"/{keyword}", one.node.get(keyword, default)) for one in (old, new))
            yield from self._schemas(*schemas)

    def _arrays(self, old: Spot, new: Spot) -> Iterator[Difference]:
        writer, reader = self._roles(old.node, new.node)
        yield from self._lengths(old, new, "minItems", "maxItems")
        most = writer.get("maxItems", math.inf)
        if reader.get("uniqueItems") and not writer.get("uniqueItems") and most > 1:
            yield new.differs(_change(old.node, new.node, "uniqueItems"))
        if most > 0:
            schemas = (one.inside("/items", one.node["items"]) for one in (old, new))
            yield from self._schemas(*schemas)

    def _scalars(self, old: Spot, new: Spot) -> Iterator[Difference]:
        if "choice" in {shape(old.node), shape(new.node)}:
            yield from self._choices(old, new)
        elif old.node["type"] == "string":
            yield from self._texts(old, new)
        elif old.node["type"] != "boolean":
            yield from self._numbers(old, new)

    def _choices(self, old: Spot, new: Spot) -> Iterator[Difference]:
        """One of both is a choice, so the reader's verdict on each value of the writer can be asked for."""
        writer, reader = self._roles(old.node, new.node)
        values = _values(writer)
        refused = None if values is None else [one for one in values if not _allows(reader, one)]
        if refused == []:
            return
        if refused is not None and "enum" in old.node and "enum" in new.node:
            yield new.differs(f"{_list(refused)} {'added' if self._by_server else 'removed'}")
        else:
            yield new.differs(f"{_words(old.node)} -> {_words(new.node)}")

    def _numbers(self, old: Spot, new: Spot) -> Iterator[Difference]:
        writer, reader = self._roles(old.node, new.node)
        if (writer["type"], reader["type"]) == ("number", "integer"):
            yield new.differs(f"{old.node['type']} -> {new.node['type']}")
        whole = writer["type"] == "integer"
        for end in ("minimum", "maximum"):
            if _narrowness(writer, end, whole=whole) < _narrowness(reader, end, whole=whole):
                yield new.differs(_change(old.node, new.node, end, "exclusive" + end.capitalize()))

    def _texts(self, old: Spot, new: Spot) -> Iterator[Difference]:
        writer, reader = self._roles(old.node, new.node)
        # A pattern or a format may bound the length more narrowly than the lengths do.
        certain = not writer.keys() & {"pattern", "format"}
        yield from self._lengths(old, new, "minLength", "maxLength", certain=certain)
        for keyword in ("pattern", "format"):
            if keyword in reader and reader[keyword] != writer.get(keyword):
                yield new.differs(_change(old.node, new.node, keyword), certain=False)

    def _lengths(self, old: Spot, new: Spot, least: str, most: str, *, certain: bool = True) -> Iterator[Difference]:
        writer, reader = self._roles(old.node, new.node)
        if writer.get(least, 0) < reader.get(least, 0):
            yield new.differs(_change(old.node, new.node, least), certain=certain)
        if writer.get(most, math.inf) > reader.get(most, math.inf):
            yield new.differs(_change(old.node, new.node, most), certain=certain)


def _resolved(spot: Spot, definitions: Mapping[str, Node]) -> Spot:
    """The definition that a reference refers to; any other schema itself."""
    if shape(spot.node) == "reference":
        return Spot(target(spot.node), "", definitions[target(spot.node)])
    return spot


def _seen_from(old: Spot, new: Spot, difference: Difference) -> Difference:
    """A difference inside the new definition, told where something else was referred to before.

    Both definitions may be as they were, and then their names are what has changed.
    """
    if shape(new.node) != "reference" or old.node.get("$ref") == new.node["$ref"]:
        return difference
    inside = difference.pointer and f"{difference.pointer}: "
    was = target(old.node) if shape(old.node) == "reference" else _words(old.node)
    return replace(
        difference,
        definition=new.definition,
        pointer=new.pointer,
        change=f"{was} -> {target(new.node)} ({inside}{difference.change})",
    )


def _not_null(spot: Spot) -> Spot:
    """What a nullable schema is about when it is not null."""
    if shape(spot.node) != "nullable":
        return spot
    steps = (f"/oneOf/{index}" for index, one in enumerate(members(spot.node)) if one != NULL)
    return spot.inside(next(steps, ""), without_null(spot.node))


def _kind(node: Node) -> str:
    """What values look like, however exactly the schema says so."""
    found = shape(node)
    if found == "choice":
        return {str: "string", bool: "boolean"}.get(type(choices(node)[0]), "number")
    if found == "scalar":
        return "number" if node["type"] == "integer" else str(node["type"])
    return "object" if found == "union" else str(found)


def _words(node: Node) -> str:
    """The schema in short, for a person."""
    found = shape(node)
    if found == "choice":
        return _list(choices(node))
    return str(node["type"]) if found == "scalar" else _kind(node)


def _variants(spot: Spot, definitions: Mapping[str, Node]) -> list[Spot]:
    """The objects that a union is made of; an object itself."""
    if shape(spot.node) == "object":
        return [spot]
    return [Spot(target(one), "", definitions[target(one)]) for one in members(spot.node)]


def _counterpart(one: Spot, others: list[Spot]) -> Spot | None:
    """Which of the others an object is taken for by a reader, who tells them apart by their tag or their own keys."""
    if len(others) == 1:
        return others[0]
    nodes = [other.node for other in others]
    tag = tag_of_union(nodes)
    if tag is not None:
        constant = one.node["properties"].get(tag, {}).get("const")
        return next((other for other in others if other.node["properties"][tag]["const"] == constant), None)
    keys = own_keys_of_union(nodes) or ()
    required = one.node.get("required", ())
    return next((other for other, key in zip(others, keys, strict=True) if key in required), None)


def _presence(name: str, node: Node) -> Literal["absent", "optional", "required"]:
    if name not in node["properties"]:
        return "absent"
    return "required" if name in node.get("required", ()) else "optional"


def _defaults(name: str, old: Spot, new: Spot) -> Iterator[Difference]:
    """A client finds what it gets by the topic with the defaults that it knows; the server fills in its own."""
    was, now = (_default(one.node["properties"].get(name, {})) for one in (old, new))
    if was != now:
        change = f"default {was} -> {now}, so that the server names the topic otherwise than the client"
        yield new.differs(change, at=f"/properties/{pointer_step(name)}")


def _default(node: Node) -> str:
    return _json(node["default"]) if "default" in node else "none"


def _values(node: Node) -> Iterable[Any] | None:
    """All values of a scalar schema, None where they are too many."""
    if shape(node) == "choice":
        return choices(node)
    if node["type"] == "boolean":
        return (True, False)
    if node["type"] != "integer":
        return None
    low, high = _narrowness(node, "minimum", whole=True)[0], -_narrowness(node, "maximum", whole=True)[0]
    return range(int(low), int(high) + 1) if high - low < FEW else None


def _allows(node: Node, value: object) -> bool:
    return jsonschema_rs.is_valid(node, value, validate_formats=True)


def _narrowness(node: Node, end: Literal["minimum", "maximum"], *, whole: bool) -> tuple[float, bool]:
    """How much the bound of an end excludes, to be compared with another of that end; every number has both.

    Where all values are whole numbers, every bound is one and belongs to the values.
    """
    exclusive = "exclusive" + end.capitalize()
    bound: float = node[exclusive] if exclusive in node else node[end]
    rising = bound if end == "minimum" else -bound
    if not whole:
        return rising, exclusive in node
    return (math.floor(rising) + 1 if exclusive in node else math.ceil(rising)), False


def _change(old: Node, new: Node, *keywords: str) -> str:
    """How the one of the keywords that stands there has changed, or was replaced by another of them."""
    was, now = (next((word for word in keywords if word in node), keywords[0]) for node in (old, new))
    before, after = (_json(node[word]) if word in node else "none" for node, word in ((old, was), (new, now)))
    return f"{was} {before} -> {'' if was == now else f'{now} '}{after}"


def _list(values: Iterable[Any]) -> str:
    return ", ".join(map(_json, values))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
