"""Writes marshmallow validators that accept exactly what the schema accepts.

Expects definitions that keep the house rules, which are made so that this can be done exactly.
"""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, Any

import marshmallow

from generator.nodes import (
    choices,
    members,
    own_keys_of_union,
    references,
    shape,
    tag_of_union,
    target,
    without_null,
)
from generator.roots import ROOTS
from generator.tools import NOTICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.nodes import Node
    from generator.topics import Topic

FIELDS = {
    "string": "strict.String",
    "integer": "strict.Integer",
    "number": "strict.Number",
    "boolean": "strict.Boolean",
}
TAKEN = {*dir(marshmallow.Schema), *keyword.kwlist, "strict"}
HEAD = f'''# {NOTICE}
# ruff: noqa
"""Validators for what comes in: `load_<root>` for each root of the schema, `load` for any definition by its name.

All raise marshmallow.ValidationError; `strict.pointers(error.messages)` tells the places.
"""

from __future__ import annotations

from typing import Final

from marshmallow import fields

from . import strict, types

SCHEMA_HASH: Final = "{{digest}}"
TOPIC_NAMES: Final[tuple[types.TopicName, ...]] = {{names!r}}
TOPIC_DEFAULTS: Final[dict[str, dict[str, object]]] = {{defaults!r}}
"""What the absent properties of a topic mean."""
'''
LOAD = '''

def load(definition: str, value: object) -> object:
    """The value, if the definition of that name allows it; KeyError where there is no such definition."""
    return _FIELDS[definition].deserialize(value)'''


def python_validators(definitions: Mapping[str, Node], topics: list[Topic], digest: str) -> str:
    """The source of validators.py, not yet formatted."""
    head = HEAD.format(
        digest=digest,
        names=tuple(one.name for one in topics),
        defaults={one.name: dict(one.defaults) for one in topics},
    )
    classes = [_class(name, definitions) for name in _in_order_of_use(definitions)]
    return "\n\n".join([head, *classes, _table(definitions), *map(_load_function, ROOTS)]) + "\n"


def snake_case(name: str) -> str:
    """SessionTimeline -> session_timeline."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _in_order_of_use(definitions: Mapping[str, Node]) -> list[str]:
    """The names such that each stands after those that its class body uses; objects are used through a lambda."""
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in done:
            return
        if shape(definitions[name]) != "union":
            for used in references(definitions[name]):
                if shape(definitions[used]) != "object":
                    visit(used)
        done[name] = None

    for name in sorted(definitions):
        visit(name)
    return list(done)


def _class(name: str, definitions: Mapping[str, Node]) -> str:
    node = definitions[name]
    base, body = _base_and_body(node, definitions)
    lines = [_docstring(node["description"]), "", *body]
    return f"class {name}({base}):\n" + "\n".join(f"    {line}".rstrip() for line in lines)


def _base_and_body(node: Node, definitions: Mapping[str, Node]) -> tuple[str, list[str]]:
    rules = _rules(node)
    listed = [f"rules = [{', '.join(rules)}]"] if rules else []
    found = shape(node)
    if found == "object":
        return "strict.Object", list(_properties(node, definitions))
    if found == "union":
        return "strict.Union", list(_union(node, definitions))
    if found == "choice":
        return "strict.Choice", [f"choices = ({', '.join(_choices(node))},)"]
    if found == "record":
        return "strict.Record", list(_record(node, definitions))
    if found == "array":
        return "strict.List", [f"items = lambda: {_field(node['items'], definitions)}", *listed]
    return FIELDS[node["type"]], listed


def _properties(node: Node, definitions: Mapping[str, Node]) -> Iterable[str]:
    properties, required = node["properties"], set(node.get("required", ()))
    for name, inner in properties.items():
        attribute, options = name, []
        while attribute in TAKEN or (attribute != name and attribute in properties):
            attribute += "_"
        if attribute != name:
            options += [f"data_key={name!r}", f"attribute={name!r}"]
        if name in required:
            options.append("required=True")
        yield f"{attribute} = {_field(inner, definitions, *options)}"


def _union(node: Node, definitions: Mapping[str, Node]) -> Iterable[str]:
    names = [target(one) for one in members(node)]
    objects = [definitions[name] for name in names]
    tag = tag_of_union(objects)
    if tag is not None:
        yield f"tag = {tag!r}"
    keys = own_keys_of_union(objects) if tag is None else [one["properties"][tag]["const"] for one in objects]
    pairs = ", ".join(f"{key!r}: lambda: {name}" for key, name in zip(keys or (), names, strict=True))
    yield f"variants = {{{pairs}}}"


def _record(node: Node, definitions: Mapping[str, Node]) -> Iterable[str]:
    yield f"values = lambda: {_field(node['additionalProperties'], definitions)}"
    if "propertyNames" in node:
        yield f"keys = lambda: {_field(node['propertyNames'], definitions)}"


def _field(node: Any, definitions: Mapping[str, Node], *options: str) -> str:
    """The expression that makes the field of an unnamed schema."""
    if node is True:
        return _call("strict.Anything", *options)
    found = shape(node)
    if found == "nullable":
        return _field(without_null(node), definitions, "allow_none=True", *options)
    if found == "reference":
        name = target(node)
        made = ["strict.Nested", f"lambda: {name}"] if shape(definitions[name]) == "object" else [name]
    elif found == "anything":
        made = ["strict.Anything"]
    elif found == "choice":
        made = ["strict.Choice", *_choices(node)]
    elif found == "record":
        inner = [node[keyword] for keyword in ("additionalProperties", "propertyNames") if keyword in node]
        made = ["strict.Record", *(_field(one, definitions) for one in inner)]
    elif found == "array":
        made = ["strict.List", _field(node["items"], definitions)]
    else:
        made = [FIELDS[node["type"]]]
    rules = _rules(node)
    return _call(*made, *options, *([f"validate=[{', '.join(rules)}]"] if rules else []))


def _choices(node: Node) -> list[str]:
    return [repr(one) for one in choices(node)]


def _rules(node: Node) -> list[str]:
    rules = []
    for rule, least, most in (("Characters", "minLength", "maxLength"), ("Items", "minItems", "maxItems")):
        bounds = [f"{key[:3]}={node[key]}" for key in (least, most) if key in node]
        rules += [_call(f"strict.{rule}", *bounds)] if bounds else []
    if "minimum" in node or "exclusiveMinimum" in node:
        rules.append(_call("strict.Within", *_bound(node, "minimum"), *_bound(node, "maximum")))
    if "pattern" in node:
        rules.append(_call("strict.Pattern", repr(node["pattern"])))
    if node.get("format") in {"date", "date-time"}:
        rules.append("strict." + node["format"].replace("-", "_"))
    if node.get("uniqueItems"):
        rules.append("strict.unique")
    return rules


def _bound(node: Node, end: str) -> list[str]:
    exclusive = "exclusive" + end.capitalize()
    if exclusive in node:
        return [f"{end[:3]}={node[exclusive]!r}", f"{end[:3]}_inclusive=False"]
    return [f"{end[:3]}={node[end]!r}"]


def _table(definitions: Mapping[str, Node]) -> str:
    rows = []
    for name in sorted(definitions):
        field = f"strict.Nested(lambda: {name})" if shape(definitions[name]) == "object" else f"{name}()"
        rows.append(f"    {name!r}: {field},")
    return "\n".join(["_FIELDS: Final[dict[str, fields.Field[object]]] = {", *rows, "}", LOAD])


def _load_function(root: str) -> str:
    return f'''
def load_{snake_case(root)}(value: object) -> types.{root}:
    """The value, if {root} allows it."""
    result: types.{root} = _FIELDS[{root!r}].deserialize(value)  # type: ignore[assignment]
    return result'''


def _docstring(description: str) -> str:
    text = " ".join(description.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"""{text}"""'


def _call(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(arguments)})"
