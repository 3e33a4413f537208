"""Writes the TypeScript types, by json-schema-to-typescript, and the tables that go with them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from generator.errors import ToolError
from generator.nodes import LOCAL, PROSE, shape, target, with_definitions
from generator.tools import NOTICE, run_node_tool

if TYPE_CHECKING:
    from generator.nodes import Node
    from generator.topics import Topic

SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}
JSON2TS = ("--unreachableDefinitions", "--ignoreMinAndMaxItems", "--bannerComment", f"/* {NOTICE} */")
UNWANTED = "AnyDefinition"  # json2ts writes only what the document as a whole refers to
TYPE = re.compile(r"^export (?:interface|type) (\w+)", re.MULTILINE)
LINE_LENGTH = 120


def typescript_types(document: Node, topics: list[Topic], digest: str) -> str:
    """The source of types.ts; raise ToolError where a definition did not become a type of its name."""
    every = [{"$ref": LOCAL + name} for name in document["$defs"]]
    prepared = with_definitions({"title": UNWANTED, "anyOf": every, "$defs": document["$defs"]}, _for_json2ts)
    code = run_node_tool("json2ts", *JSON2TS, text=json.dumps(prepared))
    missing = document["$defs"].keys() - set(TYPE.findall(code))
    if missing:
        raise ToolError(f"json2ts wrote no type for {', '.join(sorted(missing))}")
    wanted = re.sub(rf"^export type {UNWANTED} =[^;]*;\n", "", code, flags=re.MULTILINE)
    tables = [*_topic_tables(topics), *_values(document), f'export const SCHEMA_HASH = "{digest}";']
    return "\n".join([wanted, *tables, ""])


def _for_json2ts(node: Node) -> Node:
    """A schema with tsType, json2ts's own keyword, where json2ts would write something less exact.

    It would copy a type that is referred to with words beside the $ref, take a schema without a type for an object,
    and forget which keys a record has. A default adds nothing to a type.
    """
    kept = {keyword: value for keyword, value in node.items() if keyword != "default"}
    words = {keyword: value for keyword, value in node.items() if keyword in PROSE}
    if shape(node) == "reference":
        return {**words, "tsType": target(node)}
    if shape(node) == "anything" and "tsType" not in node:
        return {**words, "tsType": "unknown"}
    if shape(node) == "record" and "propertyNames" in node:
        key, value = (_type_name(node[keyword]) for keyword in ("propertyNames", "additionalProperties"))
        return {**words, "tsType": f"{{ [Key in {key}]?: {value} }}"} if key and value else kept
    return kept


def _type_name(node: Any) -> str | None:
    """The TypeScript of a schema that has been through _for_json2ts, where that is one word."""
    if node is True:
        return "unknown"
    return node.get("tsType") or SCALARS.get(node.get("type"))


def _topic_tables(topics: list[Topic]) -> list[str]:
    return [
        *_comment("Every topic by its name, in alphabetical order."),
        *_array("export const TOPIC_NAMES = ", [one.name for one in topics], " as const;"),
        "export type TopicName = (typeof TOPIC_NAMES)[number];",
        *_comment("What a client asks for, by the topic's name."),
        "export interface TopicByName {",
        *(f"  {one.name}: {one.topic};" for one in topics),
        "}",
        *_comment("What it gets, by the topic's name."),
        "export interface TopicDataByName {",
        *(f"  {one.name}: {one.data};" for one in topics),
        "}",
        *_comment("What the absent properties of a topic mean; topics of which none may be absent are not here."),
        "export const TOPIC_DEFAULTS = {",
        *(f"  {one.name}: {json.dumps(one.defaults, ensure_ascii=False)}," for one in topics if one.defaults),
        "} as const satisfies { readonly [Name in TopicName]?: Partial<TopicByName[Name]> };",
    ]


def _values(document: Node) -> list[str]:
    """The values of each named enumeration, since a type is gone at run time."""
    enums = {name: node["enum"] for name, node in document["$defs"].items() if "enum" in node}
    return [
        *_comment("The values of each enumeration, in their stated order."),
        "export const VALUES_OF = {",
        *(line for name, values in enums.items() for line in _array(f"  {name}: ", values, ",")),
        "} as const satisfies Record<string, readonly (string | number | boolean)[]>;",
    ]


def _comment(text: str) -> list[str]:
    return ["/**", f" * {text}", " */"]


def _array(before: str, values: list[object], after: str) -> list[str]:
    """An array on one line, or where that is too long with a line for each value."""
    line = f"{before}{json.dumps(values, ensure_ascii=False)}{after}"
    if len(line) <= LINE_LENGTH:
        return [line]
    indent = " " * (len(before) - len(before.lstrip()))
    return [f"{before}[", *(f"{indent}  {json.dumps(one, ensure_ascii=False)}," for one in values), f"{indent}]{after}"]
