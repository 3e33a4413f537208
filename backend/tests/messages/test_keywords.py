"""Each keyword of JSON Schema 2020-12 is in the house subset of its shape, or refused with the definition's name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator.errors import HouseRulesBrokenError
from generator.house_rules import check_house_rules
from generator.nodes import LOCAL
from generator.roots import ROOTS
from generator.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.nodes import Node

FLAG: Node = {"description": "Yes or no.", "type": "boolean"}

# Each with a value that the keyword may have: what is refused is the keyword itself.
KEYWORDS: dict[str, Any] = {
    # core
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:example:sample",
    "$anchor": "sample",
    "$dynamicAnchor": "sample",
    "$dynamicRef": "#sample",
    "$ref": LOCAL + "Cat",
    "$vocabulary": {},
    "$comment": "A comment.",
    "$defs": {},
    # applicator
    "prefixItems": [FLAG],
    "items": FLAG,
    "contains": FLAG,
    "additionalProperties": FLAG,
    "properties": {"flag": FLAG},
    "patternProperties": {"^f": FLAG},
    "dependentSchemas": {"flag": FLAG},
    "propertyNames": {"type": "string"},
    "if": FLAG,
    "then": FLAG,
    "else": FLAG,
    "allOf": [FLAG],
    "anyOf": [FLAG],
    "oneOf": [{"$ref": LOCAL + "Cat"}, {"$ref": LOCAL + "Dog"}],
    "not": FLAG,
    # unevaluated
    "unevaluatedItems": False,
    "unevaluatedProperties": False,
    # validation
    "type": "boolean",
    "const": "a",
    "enum": ["a", "b"],
    "multipleOf": 2,
    "maximum": 1,
    "exclusiveMaximum": 1,
    "minimum": 0,
    "exclusiveMinimum": 0,
    "maxLength": 3,
    "minLength": 1,
    "pattern": "^a$",
    "maxItems": 3,
    "minItems": 1,
    "uniqueItems": True,
    "maxContains": 2,
    "minContains": 1,
    "maxProperties": 3,
    "minProperties": 1,
    "required": ["flag"],
    "dependentRequired": {"flag": ["flag"]},
    # meta-data
    "title": "A title",
    "description": "A description.",
    "default": True,
    "deprecated": True,
    "readOnly": True,
    "writeOnly": True,
    "examples": [True],
    # format and content
    "format": "date",
    "contentEncoding": "base64",
    "contentMediaType": "application/json",
    "contentSchema": FLAG,
}
# What older drafts and other tools would understand.
FOREIGN: dict[str, Any] = {
    "definitions": {},
    "dependencies": {"flag": ["flag"]},
    "$recursiveAnchor": "sample",
    "$recursiveRef": "#",
    "id": "urn:example:sample",
    "additionalItems": False,
    "nullable": True,
    "discriminator": {"propertyName": "kind"},
    "tsType": "string",
    "customTypePath": "builtins.str",
    "description ": "Ends with a space.",
}
BOUNDS = {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}
# One schema of every shape, and which keywords its shape has.
SHAPES: dict[str, tuple[Node, set[str]]] = {
    "boolean": ({"type": "boolean"}, {"type"}),
    # With a constant or an enumeration beside it, a text is one of them.
    "string": ({"type": "string"}, {"type", "minLength", "maxLength", "pattern", "format", "const", "enum"}),
    "integer": ({"type": "integer", "minimum": 0, "maximum": 9}, {"type", *BOUNDS}),
    "number": ({"type": "number", "minimum": 0, "maximum": 9}, {"type", *BOUNDS}),
    "array": (
        {"type": "array", "items": {"type": "boolean"}},
        {"type", "items", "minItems", "maxItems", "uniqueItems"},
    ),
    "record": (
        {"type": "object", "additionalProperties": {"type": "boolean"}},
        # With properties beside it, it is an object.
        {"type", "additionalProperties", "propertyNames", "properties"},
    ),
    "enumeration": ({"enum": ["a", "b"]}, {"type", "enum", "const"}),
    "constant": ({"const": "a"}, {"type", "enum", "const"}),
    "object": (
        {"type": "object", "properties": {"flag": FLAG}, "additionalProperties": False},
        {"type", "properties", "required", "additionalProperties"},
    ),
    "union": ({"oneOf": [{"$ref": LOCAL + "Cat"}, {"$ref": LOCAL + "Dog"}]}, {"oneOf"}),
    "reference": ({"$ref": LOCAL + "Cat"}, {"$ref"}),
    "nullable by type": ({"type": ["string", "null"]}, {"type", "minLength", "maxLength", "pattern", "format"}),
    "nullable by oneOf": ({"oneOf": [{"$ref": LOCAL + "Cat"}, {"type": "null"}]}, {"oneOf"}),
    "anything": ({}, {"type", "const", "enum", "oneOf", "$ref"}),  # each of which makes another shape of it
}
WORDS = {"description", "default"}  # allowed everywhere as words; where a default may stand is a rule of its own
CANNOT_BE_NAMED = {"reference", "nullable by type", "nullable by oneOf", "anything"}
CANNOT_BE_INSIDE = {"object", "union"}


def animal(kind: str) -> Node:
    return object_of({"kind": {"const": kind}}, "kind")


def object_of(properties: Node, *required: str) -> Node:
    return {
        "description": "An object.",
        "type": "object",
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


def faults(sample: Node) -> list[str]:
    everything = {**dict.fromkeys(ROOTS, FLAG), "Cat": animal("cat"), "Dog": animal("dog"), "Sample": sample}
    try:
        check_house_rules(everything, http=set(everything))
    except HouseRulesBrokenError as error:
        return str(error).split("\n")
    return []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sample_of_each_shape_is_let_through(shape: str) -> None:
    node = {"description": "A sample.", **SHAPES[shape][0]}
    assert bool(faults(node)) == (shape in CANNOT_BE_NAMED)
    assert bool(faults(object_of({"one": node}))) == (shape in CANNOT_BE_INSIDE)


def test_the_keywords_are_those_of_the_specification() -> None:
    folder = REPOSITORY / "node_modules" / "ajv" / "dist" / "refs" / "json-schema-2020-12" / "meta"
    vocabularies = [json.loads(file.read_text("utf-8"))["properties"] for file in folder.glob("*.json")]
    assert len(vocabularies) == 7
    assert {keyword for one in vocabularies for keyword in one} == KEYWORDS.keys()


@pytest.mark.parametrize("keyword", [*KEYWORDS, *FOREIGN])
def test_a_keyword_of_no_shape_is_named_where_it_is_refused(keyword: str) -> None:
    known = set.union(*(allowed for _, allowed in SHAPES.values())) | WORDS
    told = faults({"description": "A sample.", keyword: {**KEYWORDS, **FOREIGN}[keyword]})
    assert (told == [f"Sample: {keyword}: not supported here"]) == (keyword not in known)


@pytest.mark.parametrize("keyword", [*KEYWORDS, *FOREIGN])
def test_a_keyword_outside_of_the_subset_is_refused_wherever_it_stands(keyword: str) -> None:
    assert [place for place, told in refusals(keyword) if not any(one.startswith(f"{place}: ") for one in told)] == []


def refusals(keyword: str) -> Iterator[tuple[str, list[str]]]:
    """What is said to the keyword in a definition, a property and an array of each shape that does not have it."""
    for node, allowed in SHAPES.values():
        if keyword not in allowed | WORDS:
            sample = {"description": "A sample.", **node, keyword: {**KEYWORDS, **FOREIGN}[keyword]}
            array = {"description": "An array.", "type": "array", "items": sample}
            yield "Sample", faults(sample)
            yield "Sample, /properties/one", faults(object_of({"one": sample}))
            yield "Sample, /items", faults(array)
