"""How to look at one node of a JSON Schema, as far as the house rules allow JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Node: TypeAlias = dict[str, Any]
Shape: TypeAlias = Literal[
    "reference", "union", "nullable", "choice", "object", "record", "array", "scalar", "anything"
]

PROSE = frozenset({"description"})
SCALARS = frozenset({"string", "integer", "number", "boolean"})
NULL = {"type": "null"}
LOCAL = "#/$defs/"


def shape(node: Node) -> Shape | None:
    """What kind of schema this is, None for one that is none of ours."""
    kind = node.get("type")
    found: Shape | None = None
    if "$ref" in node:
        found = "reference"
    elif "oneOf" in node:
        found = "nullable" if NULL in members(node) else "union"
    elif "const" in node or "enum" in node:
        found = "choice"
    elif isinstance(kind, list):
        found = "nullable"
    elif kind == "object":
        found = "object" if "properties" in node else "record"
    elif kind == "array":
        found = "array"
    elif kind in SCALARS:
        found = "scalar"
    elif not node.keys() - PROSE - {"default"}:
        found = "anything"
    return found


def members(node: Node) -> list[Any]:
    """The schemas that a union is made of; none for what is no union."""
    found = node.get("oneOf")
    return found if isinstance(found, list) else []


def target(node: Node) -> str:
    """The name that a reference refers to."""
    return str(node["$ref"]).removeprefix(LOCAL)


def resolved(node: Node, definitions: Mapping[str, Node]) -> Node:
    """The definition that a reference refers to; any other node itself."""
    return definitions[target(node)] if shape(node) == "reference" else node


def choices(node: Node) -> list[Any]:
    """The values of a constant or an enumeration; none for what is neither."""
    return [node["const"]] if "const" in node else list(node.get("enum", ()))


def without_prose(node: Node) -> Node:
    """The schema without its words, which allow and refuse nothing; the schemas inside it keep theirs."""
    return {keyword: value for keyword, value in node.items() if keyword not in PROSE}


def without_null(node: Node) -> Node:
    """The schema of what a nullable node holds when it is not null; its default stays behind."""
    if "oneOf" in node:
        return next(dict(one) for one in node["oneOf"] if one != NULL)
    rules = {keyword: value for keyword, value in node.items() if keyword != "default"}
    return {**rules, "type": next(kind for kind in node["type"] if kind != "null")}


def tag_of_union(objects: list[Node]) -> str | None:
    """The property whose constant text tells the members of a union apart, None where there is none."""
    required: list[set[str]] = [set(one.get("required", ())) for one in objects]
    for name in sorted(set.intersection(*required)):
        constants = [one["properties"].get(name, {}).get("const") for one in objects]
        if all(isinstance(one, str) for one in constants) and len(set(constants)) == len(constants):
            return name
    return None


def variants(union: str, definitions: Mapping[str, Node]) -> dict[str, str]:
    """The members of a union with a tag: the name of the definition by the text that tells it apart, in their order."""
    names = [target(one) for one in members(definitions[union])]
    tag = tag_of_union([definitions[name] for name in names])
    return {definitions[name]["properties"][tag]["const"]: name for name in names}


def own_keys_of_union(objects: list[Node]) -> list[str] | None:
    """For each member of a union the required property that only it has, None where one member has none."""
    keys = []
    for index, one in enumerate(objects):
        others = {name for other in objects[:index] + objects[index + 1 :] for name in other["properties"]}
        own = sorted(set(one.get("required", ())) - others)
        if not own:
            return None
        keys.append(own[0])
    return keys


def parts(node: Node) -> Iterator[tuple[str, Any]]:
    """Each schema directly inside this one, with the JSON pointer from here to there."""
    properties = node.get("properties")
    if isinstance(properties, dict):
        for name, inner in properties.items():
            yield f"/properties/{pointer_step(name)}", inner
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if keyword in node:
            yield f"/{keyword}", node[keyword]
    for index, inner in enumerate(members(node)):
        yield f"/oneOf/{index}", inner


def rewritten(node: Any, change: Callable[[Node], Node]) -> Any:
    """A schema with every schema in it changed, the inner ones first; names and constants are left alone."""
    if not isinstance(node, dict):
        return node
    copy = dict(node)
    properties = node.get("properties")
    if isinstance(properties, dict):
        copy["properties"] = {name: rewritten(inner, change) for name, inner in properties.items()}
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if keyword in node:
            copy[keyword] = rewritten(node[keyword], change)
    if members(node):
        copy["oneOf"] = [rewritten(inner, change) for inner in members(node)]
    return change(copy)


def with_definitions(document: Node, change: Callable[[Node], Node]) -> Node:
    """A document with every schema under $defs changed."""
    return {**document, "$defs": {name: rewritten(node, change) for name, node in document["$defs"].items()}}


def pointer_step(name: object) -> str:
    """A property name as JSON pointers (RFC 6901) spell it."""
    return str(name).replace("~", "~0").replace("/", "~1")


def pointer(steps: Iterable[object]) -> str:
    """The JSON pointer to a place, by the names and positions that lead there."""
    return "".join(f"/{pointer_step(step)}" for step in steps)


def references(node: object) -> Iterator[str]:
    """Every name that a schema refers to, in the order in which it does."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield target(node)
        for _, inner in parts(node):
            yield from references(inner)


def reached(
    names: Iterable[str], definitions: Mapping[str, Node], step: Callable[[Node], Iterable[str]] = references
) -> dict[str, None]:
    """The names and all that they lead to, each once, in the order in which they do; a step is any reference."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in found:
            found[name] = None
            for used in step(definitions[name]):
                visit(used)

    for name in names:
        visit(name)
    return found
