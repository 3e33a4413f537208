"""Makes the one JSON Schema document from which everything else is generated."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from generator.nodes import LOCAL, target, with_definitions, without_prose
from generator.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.nodes import Node

HASH_DIGITS = 12


def bundle(definitions: Mapping[str, Node]) -> Node:
    """The document: every definition sorted by name, every property described, and a value is any of the roots."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:groove-dashboard:messages",
        "title": "GrooveDashboard",
        "description": "Everything that is said on the wire.",
        "anyOf": [{"$ref": LOCAL + name} for name in ROOTS],
        "$defs": {name: _described(node, definitions) for name, node in sorted(definitions.items())},
    }


def bundle_text(document: Node) -> str:
    """The document as the file holds it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def schema_hash(document: Node) -> str:
    """12 hexadecimal digits that change with the rules of the schema, but not with its prose."""
    rules = without_prose(with_definitions(document, without_prose))
    del rules["title"]
    text = json.dumps(rules, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def words_of_constant(value: object) -> str:
    """The description of a constant that has none."""
    return f"Always {json.dumps(value, ensure_ascii=False)}."


def _described(node: Node, definitions: Mapping[str, Node]) -> Node:
    """A definition whose properties are all described: one without words of its own is a constant or a reference."""
    if "properties" not in node:
        return node
    return {**node, "properties": {name: _with_words(one, definitions) for name, one in node["properties"].items()}}


def _with_words(node: Node, definitions: Mapping[str, Node]) -> Node:
    if "description" in node:
        return node
    if "$ref" in node:
        return {"description": definitions[target(node)]["description"], **node}
    return {"description": words_of_constant(node["const"]), **node}
