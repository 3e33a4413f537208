"""The groups of the JSON-Schema-Test-Suite, as definitions that could stand in this project's schema."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from generator.nodes import LOCAL
from generator.tools import REPOSITORY
from tests.messages.judging import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.nodes import Node

INSTALLED: Final = ".venv/json-schema-test-suite"
DRAFT: Final = "json/tests/draft2020-12"
SAMPLE: Final = "Sample"
LARGEST: Final = 2**53 - 1
WORDLESS: Final = {"$schema", "$comment"}
"""Keywords that allow and refuse nothing; a definition of this project has no place for them."""
TYPES: Final = {
    "string": ("minLength", "maxLength", "pattern", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "array": ("items", "minItems", "maxItems", "uniqueItems"),
    "object": ("properties", "required", "additionalProperties", "propertyNames"),
}
SPEAKING: Final = {"type", "const", "enum", "$ref", "oneOf"}
"""Keywords beside which no type is missing."""
PATTERNS: Final = {
    node["format"]: node["pattern"] for node in DEFINITIONS.values() if {"format", "pattern"} <= node.keys()
}


@dataclass(frozen=True, slots=True)
class Assertion:
    """A value of a group, and whether the suite says that the group's schema allows it."""

    what: str
    value: Any
    valid: bool

    @property
    def text(self) -> str:
        """The value as JSON."""
        return json.dumps(self.value)


@dataclass(frozen=True, slots=True)
class Group:
    """A schema of the suite and what it has to say about some values."""

    what: str
    schema: Any
    assertions: tuple[Assertion, ...]


def groups() -> Iterator[Group]:
    """Every group of draft 2020-12, the optional ones included; FileNotFoundError where the suite is not installed."""
    folder = REPOSITORY / INSTALLED / DRAFT
    files = sorted(folder.rglob("*.json"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no JSON-Schema-Test-Suite; run `make .venv/.json-schema-test-suite`")
    for file in files:
        for group in json.loads(file.read_text("utf-8")):
            assertions = tuple(Assertion(one["description"], one["data"], one["valid"]) for one in group["tests"])
            what = f"{file.relative_to(folder).with_suffix('')}: {group['description']}"
            yield Group(what, group["schema"], assertions)


def as_it_is(schema: Any) -> dict[str, Any]:
    """The schema as a definition, with a description and without what says nothing."""
    if isinstance(schema, dict):
        schema = {keyword: value for keyword, value in schema.items() if keyword not in WORDLESS}
    return {SAMPLE: _described(schema)}


def completed(schema: Any) -> dict[str, Any]:
    """The schema as definitions, with what the house rules want to be said: it allows nothing more than before.

    Added are descriptions, a type where a keyword is about one type only, the other bound of a number, the pattern of
    a format, `additionalProperties: false`, the properties that are only required, and `true` where items or values
    are not spoken of. Objects and unions inside of others, and what stands under $defs, get a name.
    """
    return _Completion(schema).definitions


class _Completion:
    def __init__(self, schema: Any) -> None:
        self.definitions: dict[str, Any] = {}
        self._names = {f"{LOCAL}{name}": f"Under{index}" for index, name in enumerate(_defs(schema))}
        for name, inner in zip(self._names.values(), _defs(schema).values(), strict=True):
            self.definitions[name] = _described(self._complete(inner))
        self.definitions[SAMPLE] = _described(self._complete(schema))

    def _complete(self, schema: Any) -> Any:
        if not isinstance(schema, dict):
            return schema
        node = {keyword: value for keyword, value in schema.items() if keyword not in {*WORDLESS, "$defs"}}
        if "$ref" in node:
            return {**node, "$ref": self._reference(node["$ref"])}
        for kind, keywords in TYPES.items():
            if not node.keys() & SPEAKING and node.keys() & {*keywords}:
                node["type"] = kind
        for kind, complete in self._by_type().items():
            if kind in _types(node) and not node.keys() & {"const", "enum"}:
                complete(node)
        if isinstance(node.get("oneOf"), list):
            node["oneOf"] = [self._inside(one) for one in node["oneOf"]]
        return node

    def _by_type(self) -> dict[str, Callable[[Node], None]]:
        return {
            "number": _complete_number,
            "integer": _complete_number,
            "string": _complete_string,
            "array": self._complete_array,
            "object": self._complete_object,
        }

    def _complete_array(self, node: Node) -> None:
        scalars: Node = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}
        node["items"] = self._inside(node.get("items", scalars if node.get("uniqueItems") else True))

    def _complete_object(self, node: Node) -> None:
        required = node.get("required", [])
        if "properties" in node or required:
            properties = {**{name: {} for name in required}, **node.get("properties", {})}
            inner = {name: {} if one is True else self._inside(one) for name, one in properties.items()}
            node["properties"] = {name: _described(one) for name, one in inner.items()}
            node.setdefault("additionalProperties", False)
        else:
            node.pop("required", None)
            node["additionalProperties"] = self._inside(node.get("additionalProperties", True))
            if isinstance(node.get("propertyNames"), dict):
                node["propertyNames"] = {"type": "string", **node["propertyNames"]}

    def _inside(self, schema: Any) -> Any:
        """The completed schema where it may have no name, a reference to it where it needs one."""
        node = self._complete(schema)
        if (
            not isinstance(node, dict)
            or not (node.keys() & {"properties", "oneOf"})
            or {"type": "null"} in node.get("oneOf", ())
        ):
            return node
        name = f"Inside{len(self.definitions)}"
        self.definitions[name] = _described(node)
        return {"$ref": LOCAL + name}

    def _reference(self, reference: Any) -> Any:
        if reference == "#":
            return LOCAL + SAMPLE
        return LOCAL + self._names[reference] if reference in self._names else reference


def _described(node: Any) -> Any:
    return {"description": "A sample.", **node} if isinstance(node, dict) else node


def _defs(schema: Any) -> dict[str, Any]:
    found = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    return found if isinstance(found, dict) else {}


def _types(node: Node) -> list[Any]:
    kind = node.get("type")
    return kind if isinstance(kind, list) else [kind]


def _complete_number(node: Node) -> None:
    for inclusive, exclusive, widest in (
        ("minimum", "exclusiveMinimum", -LARGEST),
        ("maximum", "exclusiveMaximum", LARGEST),
    ):
        if exclusive not in node:
            node.setdefault(inclusive, widest)


def _complete_string(node: Node) -> None:
    if "pattern" not in node and node.get("format") in PATTERNS:
        node["pattern"] = PATTERNS[node["format"]]
