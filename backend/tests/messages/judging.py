"""Asks the generated validators and an independent implementation of JSON Schema for their verdicts."""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
from marshmallow import ValidationError

from groove_dashboard import messages
from tests.messages.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.nodes import Node

SHARED: Final = Path(__file__).parents[3] / "shared-schema"
DOCUMENT: Final[dict[str, Any]] = json.loads((SHARED / "groove-dashboard.schema.json").read_text("utf-8"))
DEFINITIONS: Final[dict[str, dict[str, Any]]] = DOCUMENT["$defs"]


def judge(definitions: Mapping[str, Node], name: str) -> jsonschema_rs.Draft202012Validator:
    """The independent validator of one definition."""
    schema = {"$ref": f"#/$defs/{name}", "$defs": dict(definitions)}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def module_of(source: str) -> types.ModuleType:
    """The module that a generated validators.py would be."""
    module = types.ModuleType(f"{messages.__name__}.generated_in_a_test")
    module.__package__ = messages.__name__
    exec(compile(source, "validators.py", "exec"), module.__dict__)  # noqa: S102 (what the generator has just written)
    return module


def disagreements(definitions: Mapping[str, Node], name: str, load: Callable[[str, object], object]) -> Iterator[str]:
    """The JSON texts of the swept values that `load` judges otherwise, or does not hand on unchanged."""
    accepts = judge(definitions, name).is_valid
    for text, value in Sweep(definitions).values(name):
        try:
            accepted = load(name, value) == value
            changed = not accepted
        except ValidationError:
            accepted, changed = False, False
        if changed or accepted != accepts(value):
            yield text
