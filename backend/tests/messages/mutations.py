"""Every small change that a definition may undergo and still keep the house rules, made systematically."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from generator.nodes import NULL, choices, members, parts, shape, without_null
from tests.messages.sweep import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.nodes import Node, Shape

FLAG = {"type": "boolean"}
LIMITS = (("minLength", "maxLength"), ("minItems", "maxItems"))
NAMED: frozenset[Shape | None] = frozenset({"object", "union"})
"""What must stay a definition of its own."""


def mutations(definition: Node) -> Iterator[tuple[str, Node]]:
    """Each changed definition once, after the JSON pointer of the change and what it is."""
    for pointer, node, put_back in _places(definition):
        if isinstance(node, dict):
            for what, changed in _changed(node):
                yield f"{pointer}: {what}", put_back(changed)


def _places(node: Any) -> Iterator[tuple[str, Any, Callable[[Any], Any]]]:
    """Each schema in this one, with its pointer and a function that puts another in its place."""
    yield "", node, lambda other: other
    if not isinstance(node, dict) or shape(node) in {"union", "nullable", "reference"}:
        return
    for step, inner in parts(node):
        if inner is False or step == "/propertyNames":  # which must be texts
            continue
        _, keyword, *name = step.split("/")
        for pointer, place, put_back in _places(inner):
            yield step + pointer, place, _within(node, keyword, name, put_back)


def _within(node: Node, keyword: str, name: list[str], put_back: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def put(other: Any) -> Any:
        inner = put_back(other)
        return {**node, keyword: {**node[keyword], name[0]: inner} if name else inner}

    return put


def _changed(node: Node) -> Iterator[tuple[str, Node]]:
    by_shape: dict[Shape | None, Callable[[Node], Iterator[tuple[str, Node]]]] = {
        "object": _objects,
        "union": _unions,
        "choice": _choices,
        "record": _records,
        "array": _arrays,
        "scalar": _scalars,
    }
    found = shape(node)
    if found in by_shape:
        yield from by_shape[found](node)
    if found not in NAMED:
        yield "another type", FLAG if node.get("type") != "boolean" else {"type": "string"}
        yield "anything", {}
    if found == "nullable":
        yield "never null", without_null(node)
    elif found in {"reference", "array", "record", "scalar", "choice"}:
        yield "null", {"oneOf": [node, NULL]}


def _objects(node: Node) -> Iterator[tuple[str, Node]]:
    properties, required = node["properties"], node.get("required", [])
    yield "an optional property", {**node, "properties": {**properties, "added": FLAG}}
    yield "a required property", {**node, "properties": {**properties, "added": FLAG}, "required": [*required, "added"]}
    for name in properties:
        others = [one for one in required if one != name]
        left = {key: inner for key, inner in properties.items() if key != name}
        yield f"{name} left out", {**node, "properties": left, "required": others}
        yield f"{name} toggled", {**node, "required": others if name in required else [*required, name]}


def _unions(node: Node) -> Iterator[tuple[str, Node]]:
    for index in range(len(members(node))):
        yield f"member {index} left out", {**node, "oneOf": [*node["oneOf"][:index], *node["oneOf"][index + 1 :]]}


def _choices(node: Node) -> Iterator[tuple[str, Node]]:
    values = choices(node)
    if isinstance(values[0], bool):
        yield "either", {"type": "boolean"}
        yield "the other", {"const": not values[0]}
        return
    other: Any = "another" if isinstance(values[0], str) else max(values) + 1
    yield "one more choice", {"enum": [*values, other]}
    yield "another choice", {"const": other}
    yield "no choice", {"type": "string"} if isinstance(other, str) else _integer(0, 10_000)
    yield "few choices", {"type": "string", "minLength": 7} if isinstance(other, str) else _integer(values[0], other)
    if len(values) > 1:
        for value in values:
            yield f"not {value}", {"enum": [one for one in values if one != value]}


def _integer(low: int, high: int) -> Node:
    return {"type": "integer", "minimum": low, "maximum": high}


def _records(node: Node) -> Iterator[tuple[str, Node]]:
    yield "two names", {**node, "propertyNames": {"enum": ["correction", "active"]}}
    yield "any value", {**node, "additionalProperties": True}
    if "propertyNames" in node:
        yield "any name", {key: inner for key, inner in node.items() if key != "propertyNames"}


def _arrays(node: Node) -> Iterator[tuple[str, Node]]:
    yield "any item", {**node, "items": True}
    yield "unique flags", {**node, "items": FLAG, "uniqueItems": True}
    yield "flags", {**node, "items": FLAG}
    yield "always empty", {**node, "minItems": 0, "maxItems": 0}
    yield from _limits(node, *LIMITS[1])


def _scalars(node: Node) -> Iterator[tuple[str, Node]]:
    if node["type"] == "string":
        yield "a choice", {"enum": ["", "x"]}
        yield "a pattern", {**node, "pattern": "^[0-9A-Za-z:.-]*$"}
        yield "no pattern", {key: one for key, one in node.items() if key not in {"pattern", "format"}}
        if "pattern" not in node or node.keys() & {*LIMITS[0]}:  # a pattern may bound the length by itself
            yield from _limits(node, *LIMITS[0])
    elif node["type"] == "boolean":
        yield "always", {"const": True}
        yield "either", {"enum": [False, True]}
    else:
        yield "the other kind of number", {**node, "type": "number" if node["type"] == "integer" else "integer"}
        yield "a choice of numbers", {"enum": [0, 1, 7]}
        yield from _bounds(node)


def _limits(node: Node, least: str, most: str) -> Iterator[tuple[str, Node]]:
    low, high = node.get(least, 0), node.get(most)
    for limits in (
        {least: low + 1},
        {least: max(low - 1, 0)},
        {most: (high or low) + 1},
        {most: max(high or 3, 1) - 1},
    ):
        changed = {**node, **limits}
        if changed.get(least, 0) <= changed.get(most, low + 1):
            yield f"{limits}", changed
    yield "no limits", {key: one for key, one in node.items() if key not in {least, most}}


def _bounds(node: Node) -> Iterator[tuple[str, Node]]:
    for keywords in BOUNDS:
        for keyword in (one for one in keywords if one in node):
            without = {key: one for key, one in node.items() if key != keyword}
            for word, step in product(keywords, (-1, 0, 1)):
                changed = {**without, word: node[keyword] + step}
                low, high = (changed[key] for pair in BOUNDS for key in pair if key in changed)
                if low < high:
                    yield f"{word} {changed[word]}", changed
