"""Everything that could be wrong in one place of a definition: what a sweep that sees all has to notice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from generator.nodes import LOCAL, NULL, members, parts, rewritten, shape, target, without_null, without_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.nodes import Node

ONE_MORE = ("minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum")
EXCLUSIVE = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
REMOVABLE = (*ONE_MORE, *EXCLUSIVE.values(), "pattern", "format", "uniqueItems", "propertyNames")


class Damages:
    """Makes definitions with one fault each, and says what kind of fault it is."""

    def __init__(self, definitions: Mapping[str, Node]) -> None:
        self._definitions = definitions
        self._all_rules = {name: rewritten(node, without_prose) for name, node in definitions.items()}

    def of(self, name: str) -> Iterator[tuple[str, Node]]:
        """Every damaged version of a definition after the kind of damage; none allows the same as the sound one."""
        return self._inside(self._definitions[name])

    def _inside(self, node: Any) -> Iterator[tuple[str, Any]]:
        if not isinstance(node, dict):
            return
        yield from self._at(node)
        for step, inner in parts(node):
            for kind, damaged in self._inside(inner):
                yield kind, _with_part(node, step, damaged)

    def _at(self, node: Node) -> Iterator[tuple[str, Any]]:
        yield from _of_keywords(node)
        yield from _of_types(node)
        yield from _of_choices(node)
        yield from _of_objects(node)
        if shape(node) == "reference":
            yield from self._of_references(node)
        if shape(node) == "union":
            for index in range(len(members(node))):
                yield "a variant is missing", {**node, "oneOf": [*node["oneOf"][:index], *node["oneOf"][index + 1 :]]}

    def _of_references(self, node: Node) -> Iterator[tuple[str, Any]]:
        sound = self._all_rules[target(node)]
        others = {repr(rules): name for name, rules in self._all_rules.items() if shape(rules) == shape(sound)}
        others.pop(repr(sound))
        # Scalars may be alike but for one rule. Objects are not, so one other stands for all.
        for name in list(others.values())[: 1 if shape(sound) == "object" else None]:
            yield "a reference names another definition", {**node, "$ref": LOCAL + name}
        yield "a reference is replaced by anything", True


def _of_keywords(sound: Node) -> Iterator[tuple[str, Node]]:
    # A uuid's pattern says it all. What the other formats add is more than the ends of their patterns.
    node = sound if sound.get("format") != "uuid" else {one: sound[one] for one in sound if one != "format"}
    for keyword in (one for one in REMOVABLE if one in node):
        yield f"{keyword} is missing", {one: value for one, value in node.items() if one != keyword}
    for keyword in (one for one in (*ONE_MORE, *EXCLUSIVE.values()) if one in node):
        is_number = node["type"] == "number"
        higher, lower = (
            math.nextafter(node[keyword], end * math.inf) if is_number else node[keyword] + end for end in (1, -1)
        )
        yield f"{keyword} is too high", {**node, keyword: higher}
        if lower >= 0 or keyword in {*EXCLUSIVE, *EXCLUSIVE.values()}:
            yield f"{keyword} is too low", {**node, keyword: lower}
    for inclusive, exclusive in EXCLUSIVE.items():
        for old, new in ((inclusive, exclusive), (exclusive, inclusive)):
            if old in node:
                rest = {one: value for one, value in node.items() if one != old}
                yield f"{old} has become {new}", {**rest, new: node[old]}
    pattern = "" if "format" in node else node.get("pattern", "")
    if pattern.startswith("^"):
        yield "a pattern lost its start", {**node, "pattern": pattern[1:]}
    if pattern.endswith("$"):
        yield "a pattern lost its end", {**node, "pattern": pattern[:-1]}


def _of_types(node: Node) -> Iterator[tuple[str, Any]]:
    found = shape(node)
    if found == "nullable":
        yield "null is refused", without_null(node)
    elif found in {"scalar", "array", "record", "choice"}:
        yield f"anything does for a {found}", True
        yield "null is let through", {"oneOf": [node, NULL]}
    if node.get("type") in ("integer", "number"):
        yield "integer and number are confused", {**node, "type": "number" if node["type"] == "integer" else "integer"}
    if found == "array" and node["items"] is not True:
        yield "the items are anything", {**node, "items": True}
    if found == "array" and not node.get("uniqueItems"):
        yield "uniqueItems is added", {**node, "uniqueItems": True}
    if found == "record" and node["additionalProperties"] is not True:
        yield "the values of a record are anything", {**node, "additionalProperties": True}


def _of_choices(node: Node) -> Iterator[tuple[str, Node]]:
    values = node.get("enum", [])
    for value in values[: len(values) if len(values) > 1 else 0]:
        yield "a choice is missing", {**node, "enum": [one for one in values if one != value]}
    if values:
        yield "a choice is added", {**node, "enum": [*values, _other(values[0])]}
    if "const" in node:
        yield "a constant is another", {**node, "const": _other(node["const"])}
        yield "a constant is one of two", {"enum": [node["const"], _other(node["const"])]}


def _other(value: Any) -> Any:
    return value + "s" if isinstance(value, str) else not value if isinstance(value, bool) else value + 1


def _of_objects(node: Node) -> Iterator[tuple[str, Node]]:
    if shape(node) != "object":
        return
    required = node.get("required", [])
    yield "unknown properties are let through", {**node, "additionalProperties": True}
    for name, inner in node["properties"].items():
        rest = {one: value for one, value in node["properties"].items() if one != name}
        unneeded = [one for one in required if one != name]
        if name in required:
            yield "a required property is optional", {**node, "required": unneeded}
        else:
            yield "an optional property is required", {**node, "required": [*required, name]}
        yield "a property is missing", {**node, "properties": rest, "required": unneeded}
        if shape(inner) != "anything":
            yield "a property may be anything", {**node, "properties": {**rest, name: True}}
        renamed = [one if one != name else name + "_" for one in required]
        yield "a property is renamed", {**node, "properties": {**rest, name + "_": inner}, "required": renamed}


def _with_part(node: Node, step: str, inner: Any) -> Node:
    """The schema with another one at a step that `parts` names."""
    keyword, _, rest = step.removeprefix("/").partition("/")
    if not rest:
        return {**node, keyword: inner}
    if keyword == "properties":
        return {**node, keyword: {**node[keyword], rest: inner}}
    return {**node, keyword: [inner if index == int(rest) else one for index, one in enumerate(node[keyword])]}
