"""Definitions that keep the house rules in ways that those of today do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.nodes import LOCAL

if TYPE_CHECKING:
    from generator.nodes import Node

# What the rules allow and the definitions of today do not use, or use with luck only.
UNUSED_TODAY: dict[str, Node] = {
    "Half": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
    "Step": {"type": "integer", "exclusiveMinimum": 0, "maximum": 10},
    "Grade": {"enum": [1, 2.5, 3]},
    "Yes": {"const": True},
    "Word": {"type": "string", "minLength": 2, "pattern": "[0-9]+|x{2,3}$"},
    "Moment": {
        "type": "string",
        "format": "date-time",
        "pattern": "^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[01][0-9]:[0-5][0-9]:[0-5][0-9]Z$",
    },
    "Words": {"type": "array", "items": {"$ref": LOCAL + "Word"}, "minItems": 1, "maxItems": 3},
    "Grades": {"type": "array", "items": {"$ref": LOCAL + "Grade"}, "uniqueItems": True},
    "Mixed": {"type": "array", "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 3}},
    "Loose": {"type": "array", "items": True, "maxItems": 2},
    "Ratings": {
        "type": "object",
        "propertyNames": {"$ref": LOCAL + "Word"},
        "additionalProperties": {"$ref": LOCAL + "Half"},
    },
    "Anyhow": {"type": "object", "additionalProperties": True},
    "One": {
        "type": "object",
        "properties": {"one": {"$ref": LOCAL + "Yes"}, "note": {"type": ["string", "null"], "maxLength": 3}},
        "required": ["one"],
        "additionalProperties": False,
    },
    "Other": {
        "type": "object",
        "properties": {
            "other": {"$ref": LOCAL + "Words"},
            "note": {"oneOf": [{"$ref": LOCAL + "One"}, {"type": "null"}]},
        },
        "required": ["other"],
        "additionalProperties": False,
    },
    "Either": {"oneOf": [{"$ref": LOCAL + "One"}, {"$ref": LOCAL + "Other"}]},
    "Clashing": {
        "type": "object",
        "properties": {
            name: {"type": "integer", "minimum": 0, "maximum": 5}
            for name in ("from", "from_", "validate", "fields", "strict", "types", "load", "opts", "match", "class")
        },
        "required": ["from", "load", "strict"],
        "additionalProperties": False,
    },
    "Nest": {
        "type": "object",
        "properties": {
            "records": {"type": "object", "additionalProperties": {"$ref": LOCAL + "Ratings"}},
            "lists": {"type": "array", "items": {"type": "array", "items": {"type": "boolean"}, "maxItems": 2}},
            "either": {"$ref": LOCAL + "Either"},
            "free": {},
        },
        "required": ["free"],
        "additionalProperties": False,
    },
}  # fmt: skip

DESCRIBED: dict[str, Node] = {name: {"description": "A sample.", **node} for name, node in UNUSED_TODAY.items()}
"""The same with words, as the generator wants them."""
