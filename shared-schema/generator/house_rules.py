"""What definitions may say, so that Python, TypeScript and JSON Schema understand it exactly alike.

Each rule is a function that yields what is wrong at one place; its docstring is the rule. What breaks a rule of form
is not looked at further, since the other rules take the form for granted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import jsonschema_rs

from generator.bundle import words_of_constant
from generator.errors import HouseRulesBrokenError
from generator.namespace_rules import namespace_faults
from generator.nodes import (
    LOCAL,
    NULL,
    Node,
    choices,
    members,
    own_keys_of_union,
    parts,
    pointer,
    resolved,
    shape,
    tag_of_union,
    target,
    without_null,
)
from generator.patterns import fault_of_pattern
from generator.reserved_names import reserved_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

KEYWORDS = {
    "reference": {"$ref"},
    "union": {"oneOf"},
    "nullable": {"oneOf"},
    "choice": {"const", "enum", "type"},
    "object": {"type", "properties", "required", "additionalProperties"},
    "record": {"type", "additionalProperties", "propertyNames"},
    "array": {"type", "items", "minItems", "maxItems", "uniqueItems"},
    "anything": set(),
    "string": {"type", "minLength", "maxLength", "pattern", "format"},
    "integer": {"type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
    "number": {"type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
    "boolean": {"type"},
}
EVERYWHERE = {"description", "default"}
LARGEST_INTEGER = 2**53 - 1  # beyond it JavaScript's numbers have gaps
DEFINITION_NAME = re.compile(r"([A-Z][a-z0-9]+)+")
PROPERTY_NAME = re.compile(r"[a-z][a-z0-9_]*")
NAMES_OF_ANY_OBJECT = {"constructor"}  # of those in snake_case; a validator finds it where it is missing
# Texts that some implementations of a format take and others refuse: the pattern has to refuse them all.
DISPUTED = {
    "uuid": ("f81d4fae7dec11d0a76500a0c91e6bf6", "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}", "x",
             "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    "date": ("0000-01-01", "20240101", "2024-W01-1", "2024-1-1", "2024-02-03T00:00:00Z", "x"),
    "date-time": ("0000-01-01T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01t00:00:00z", "x",
                  "2024-01-01 00:00:00Z", "2024-12-31T23:59:60Z", "2024-01-01T00:00:00+00:00", "20240101T000000Z",
                  "2024-01-01T00:00:00,5Z", "2024-01-01T00:00Z", "2024-01-01T00:00:00.0000000Z",
                  "2024-01-01T24:00:00Z"),
}  # fmt: skip

Nodes: TypeAlias = "Mapping[str, Node]"


@dataclass(frozen=True, slots=True)
class Place:
    """A schema and where it stands."""

    definition: str
    pointer: str
    node: Any
    role: Literal["definition", "property", "part"]

    def fault(self, reason: str) -> str:
        """The reason with the place, for a person."""
        return f"{self.definition}{self.pointer and ', ' + self.pointer}: {reason}"


Rule: TypeAlias = "Callable[[Place, Nodes], Iterator[str]]"


def check_house_rules(definitions: Nodes, *, topics: Collection[str] = (), http: Collection[str] = ()) -> None:
    """Raise HouseRulesBrokenError with every fault.

    `topics` are the names of the definitions that may have defaults, `http` those that nothing has to refer to.
    """
    whole = [Place(name, "", node, "definition") for name, node in definitions.items()]
    _refuse(fault for place in whole for fault in _schema_faults(place))
    places = [inner for place in whole for inner in _places(place)]
    _refuse(_faults(places, FORM, definitions))
    _refuse(_faults([place for place in places if place.node is not True], RULES, definitions))
    _refuse(fault for place in places for fault in _default_faults(place, definitions, topics))
    _refuse(namespace_faults(definitions, http))


def _refuse(faults: Iterable[str]) -> None:
    found = list(faults)
    if found:
        raise HouseRulesBrokenError("\n".join(found))


def _faults(places: list[Place], rules: tuple[Rule, ...], definitions: Nodes) -> Iterator[str]:
    for place in places:
        for rule in rules:
            yield from (place.fault(reason) for reason in rule(place, definitions))


def _places(place: Place) -> Iterator[Place]:
    """The place and every place inside it. What is nullable is looked at once more without its null."""
    yield place
    if not isinstance(place.node, dict) or "$ref" in place.node:
        return
    if isinstance(place.node.get("type"), list) and _is_nullable_type(place.node["type"]):
        yield from _places(replace(place, node=without_null(place.node), role="part"))
        return
    for step, inner in parts(place.node):
        is_null_of_nullable = step.startswith("/oneOf/") and inner == NULL
        if not is_null_of_nullable and not (step == "/additionalProperties" and inner is False):
            role: Literal["property", "part"] = "property" if step.startswith("/properties/") else "part"
            yield from _places(Place(place.definition, place.pointer + step, inner, role))


def _is_nullable_type(kinds: list[object]) -> bool:
    return len(kinds) == 2 and kinds.count("null") == 1  # noqa: PLR2004 (a type and null)


# Form: what the other rules take for granted.


def _schema_faults(place: Place) -> Iterator[str]:
    """Every keyword of a definition has a value that JSON Schema allows it."""
    try:
        jsonschema_rs.meta.validate(place.node)
    except jsonschema_rs.ValidationError as error:
        yield replace(place, pointer=pointer(error.instance_path)).fault(error.message)


def _known_shape(place: Place, _: Nodes) -> Iterator[str]:
    """A schema has a supported type; `true` stands for anything inside arrays and records."""
    if place.node is True and place.pointer.endswith(("/items", "/additionalProperties")):
        return
    if not isinstance(place.node, dict):
        yield f"{str(place.node).lower()} is not supported as a schema here"
    elif shape(place.node) is None and "type" in place.node:
        yield f"the type {place.node['type']} is not supported"
    elif shape(place.node) is None:
        unknown = sorted(place.node.keys() - EVERYWHERE.union(*KEYWORDS.values()))
        yield f"{', '.join(unknown)}: not supported here" if unknown else "a type is missing"


def _known_keywords(place: Place, _: Nodes) -> Iterator[str]:
    """A schema has the keywords of its shape and no others."""
    found = shape(place.node) if isinstance(place.node, dict) else None
    if found is None or (found == "nullable" and "oneOf" not in place.node):
        return  # what may be null is looked at once more without its null
    allowed = KEYWORDS[place.node["type"] if found == "scalar" else found]
    unknown = sorted(place.node.keys() - allowed - EVERYWHERE)
    if unknown:
        yield f"{', '.join(unknown)}: not supported here"


def _known_reference(place: Place, definitions: Nodes) -> Iterator[str]:
    """A reference is written '#/$defs/Name' or 'file.yaml#/$defs/Name' and names a definition."""
    if isinstance(place.node, dict) and "$ref" in place.node:
        if not place.node["$ref"].startswith(LOCAL):
            yield f"the reference {place.node['$ref']} must be written '{LOCAL}Name' or 'file.yaml{LOCAL}Name'"
        elif target(place.node) not in definitions:
            yield f"there is no definition {target(place.node)}"


# Rules about every place.


def _definition_name(place: Place, _: Nodes) -> Iterator[str]:
    """A definition is named in CamelCase, and takes no name that Python, TypeScript or the browser use."""
    if place.role == "definition":
        if not DEFINITION_NAME.fullmatch(place.definition):
            yield "a definition is named in CamelCase"
        if place.definition in reserved_names():
            yield "this name would hide a type of Python, TypeScript or the browser"


def _description(place: Place, _: Nodes) -> Iterator[str]:
    """Definitions and properties are described; the bundle adds the words of a bare reference or plain constant."""
    text = place.node.get("description")
    if text is None:
        if place.role == "definition" or (place.role == "property" and not _speaks_for_itself(place.node)):
            yield f"a {place.role} needs a description"
    elif not text.strip():
        yield "the description is empty"
    elif _breaks_comments(text):
        yield 'a description becomes a comment in three languages, so it must not hold a backslash, */ or """'


def _speaks_for_itself(node: Node) -> bool:
    return "$ref" in node or ("const" in node and not _breaks_comments(words_of_constant(node["const"])))


def _breaks_comments(text: str) -> bool:
    return any(one in text for one in ("\\", "*/", '"""'))


def _place_of_shape(place: Place, _: Nodes) -> Iterator[str]:
    """Objects and unions have a name under $defs; what may be anything or null has none."""
    found = shape(place.node)
    if place.role == "definition" and found in {"anything", "nullable", "reference"}:
        yield "only objects, unions, scalars, arrays and records have a name; say null or anything where it is used"
    if place.role != "definition" and found in {"object", "union"}:
        yield f"this {found} needs a name under $defs"


# Rules about one shape.


def _nullable(place: Place, _: Nodes) -> Iterator[str]:
    """What may be null is one other thing: `type: [string, 'null']` or `oneOf: [X, {type: 'null'}]`."""
    if "oneOf" in place.node:
        others = [one for one in members(place.node) if one != NULL]
        if len(others) != 1 or len(members(place.node)) != 2 or shape(others[0]) == "nullable":  # noqa: PLR2004
            yield "beside null there must be exactly one other schema"
    elif not _is_nullable_type(place.node["type"]):
        yield "a list of types must be one type and 'null'"


def _object(place: Place, _: Nodes) -> Iterator[str]:
    """An object is closed; it knows the properties that it requires, and they are named in snake_case."""
    if place.node.get("additionalProperties") is not False:
        yield "an object with properties needs `additionalProperties: false`"
    for name in place.node.get("required", ()):
        if name not in place.node["properties"]:
            yield f"required names {name}, which is no property"
    for name in place.node["properties"]:
        if not PROPERTY_NAME.fullmatch(name):
            yield f"the property name {name} must match {PROPERTY_NAME.pattern}"
        if name in NAMES_OF_ANY_OBJECT:
            yield f"the property name {name} is one that every JavaScript object has"


def _record(place: Place, definitions: Nodes) -> Iterator[str]:
    """A record says what its values are; its keys are texts or an enumeration of texts."""
    if place.node.get("additionalProperties", False) is False:
        yield "an object without properties needs additionalProperties, the schema of its values"
    names = resolved(place.node.get("propertyNames", {"type": "string"}), definitions)
    if names.get("type") != "string" and _kinds(choices(names)) != {"string"}:
        yield "propertyNames must be a string or an enumeration of strings"


def _array(place: Place, definitions: Nodes) -> Iterator[str]:
    """An array says what its items are and has consistent bounds; only scalars can be unique."""
    yield from _lengths(place.node, "minItems", "maxItems")
    if "items" not in place.node:
        yield "an array needs items"
    elif place.node.get("uniqueItems"):
        items = place.node["items"]
        if not (isinstance(items, dict) and shape(resolved(items, definitions)) in {"scalar", "choice"}):
            yield "uniqueItems is supported for scalars only"


def _union(place: Place, definitions: Nodes) -> Iterator[str]:
    """A union is of named objects, told apart by a required constant text or each by a required property of its own."""
    objects = [definitions[target(one)] for one in members(place.node) if isinstance(one, dict) and "$ref" in one]
    if len(objects) != len(members(place.node)) or any(shape(one) != "object" for one in objects):
        yield "each member of a union must be a $ref to an object"
    elif tag_of_union(objects) is None and own_keys_of_union(objects) is None:
        yield "the members need a required constant text that tells them apart, or each a required property of its own"


def _choice(place: Place, _: Nodes) -> Iterator[str]:
    """A constant or enumeration holds different strings, numbers or booleans of one type."""
    values = choices(place.node)
    kinds = _kinds(values)
    if len(kinds) != 1 or "other" in kinds or {"const", "enum"} <= place.node.keys():
        yield "const or enum must hold strings, numbers or booleans of one type"
    elif place.node.get("type", *kinds) not in [*kinds, "integer" if all(map(_is_whole, values)) else None]:
        yield f"the type {place.node['type']} does not fit the values"
    elif len(set(values)) != len(values):
        yield "the values must differ from one another"
    elif kinds == {"number"} and any(abs(one) > LARGEST_INTEGER for one in values):
        yield f"a number must lie within {LARGEST_INTEGER} on either side of 0"


def _number(place: Place, _: Nodes) -> Iterator[str]:
    """A number has both bounds, and JavaScript can hold them: outside of them languages differ."""
    bounds = []
    for end, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        given = [place.node[one] for one in (end, exclusive) if one in place.node]
        if len(given) != 1:
            yield f"a number needs either {end} or {exclusive}"
        bounds += given
    if any(abs(one) > LARGEST_INTEGER for one in bounds):
        yield f"a bound must lie within {LARGEST_INTEGER} on either side of 0"
    if place.node["type"] == "integer" and not all(map(_is_whole, bounds)):
        yield "the bounds of an integer must be integers"
    if bounds != sorted(bounds):
        yield "the lower bound is above the upper one"


def _string(place: Place, _: Nodes) -> Iterator[str]:
    """A text's pattern means the same everywhere; a format comes with a pattern that settles its form."""
    yield from _lengths(place.node, "minLength", "maxLength")
    pattern, form = place.node.get("pattern"), place.node.get("format")
    fault = None if pattern is None else fault_of_pattern(pattern)
    if fault is not None:
        yield f"the pattern {fault}"
    elif form is not None and form not in DISPUTED:
        yield f"the format {form} is not supported, only {', '.join(DISPUTED)}"
    elif form is not None and pattern is None:
        yield f"the format {form} needs a pattern, since implementations disagree on the form"
    elif form is not None:
        taken = [one for one in DISPUTED[form] if re.search(pattern, one)]
        if taken:
            yield f"the pattern must refuse {taken[0]}, on which implementations of {form} disagree"


def _lengths(node: Node, least: str, most: str) -> Iterator[str]:
    if least in node and most in node and node[least] > node[most]:
        yield f"{least} is above {most}"


def _kinds(values: list[object]) -> set[str]:
    names = {str: "string", bool: "boolean", int: "number", float: "number"}
    return {names.get(type(one), "other") for one in values}


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _rule_of_shape(place: Place, definitions: Nodes) -> Iterator[str]:
    """The rule of the place's shape."""
    rules: dict[str | None, Rule] = {
        "nullable": _nullable,
        "object": _object,
        "record": _record,
        "array": _array,
        "union": _union,
        "choice": _choice,
        "string": _string,
        "integer": _number,
        "number": _number,
    }
    found = shape(place.node)
    rule = rules.get(place.node["type"] if found == "scalar" else found)
    if rule:
        yield from rule(place, definitions)


# The rule about defaults.


def _default_faults(place: Place, definitions: Nodes, topics: Collection[str]) -> Iterator[str]:
    """A default stands at an optional property of a topic, and is one of the property's values."""
    if place.node is True or "default" not in place.node:
        return
    name = place.pointer.removeprefix("/properties/")
    if place.definition not in topics or place.role != "property" or "/" in name:
        yield place.fault("a default is supported at the properties of a topic only")
        return
    if name in definitions[place.definition].get("required", ()):
        yield place.fault("a required property cannot have a default")
    rules = {keyword: value for keyword, value in place.node.items() if keyword != "default"}
    validator = jsonschema_rs.Draft202012Validator({**rules, "$defs": dict(definitions)}, validate_formats=True)
    if not validator.is_valid(place.node["default"]):
        yield place.fault("the default is none of the property's values")


FORM: tuple[Rule, ...] = (_known_shape, _known_keywords, _known_reference)
RULES: tuple[Rule, ...] = (_definition_name, _description, _place_of_shape, _rule_of_shape)
