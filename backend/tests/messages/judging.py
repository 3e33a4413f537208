"""Asks the generated validators and two independent implementations of JSON Schema for their verdicts."""

from __future__ import annotations

import json
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import jsonschema_rs
from marshmallow import ValidationError

from generator.nodes import reached
from groove_dashboard import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.nodes import Node
    from tests.messages.ajv import Ajv

Case: TypeAlias = tuple[str, object]
"""A value after its JSON text."""
SHARED: Final = Path(__file__).parents[3] / "shared-schema"
DOCUMENT: Final[dict[str, Any]] = json.loads((SHARED / "groove-dashboard.schema.json").read_text("utf-8"))
DEFINITIONS: Final[dict[str, dict[str, Any]]] = DOCUMENT["$defs"]


def judge(definitions: Mapping[str, Node], name: str) -> jsonschema_rs.Draft202012Validator:
    """The independent validator of one definition; it is made faster of the few definitions that it needs."""
    return validator({one: definitions[one] for one in reached([name], definitions)}, name)


def validator(definitions: Mapping[str, Node], name: str) -> jsonschema_rs.Draft202012Validator:
    """The same of all the definitions, which need not keep the house rules."""
    schema = {"$ref": f"#/$defs/{name}", "$defs": dict(definitions)}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def module_of(source: str) -> types.ModuleType:
    """The module that a generated validators.py would be."""
    module = types.ModuleType(f"{messages.__name__}.generated_in_a_test")
    module.__package__ = messages.__name__
    exec(compile(source, "validators.py", "exec"), module.__dict__)  # noqa: S102 (what the generator has just written)
    return module


def taken(load: Callable[[str, object], object], name: str, value: object) -> bool | None:
    """Whether `load` takes the value; None where it takes it and hands on another one."""
    try:
        loaded = load(name, value)
    except ValidationError:
        return False
    return True if is_same(loaded, value) else None


def is_same(loaded: object, given: object) -> bool:
    """Whether two JSON values are equal in kind too: true is not 1. A whole number that is given as 1.0 may be 1."""
    if isinstance(given, dict):
        return (
            isinstance(loaded, dict)
            and loaded.keys() == given.keys()
            and all(is_same(loaded[name], inner) for name, inner in given.items())
        )
    if isinstance(given, list):
        return isinstance(loaded, list) and len(loaded) == len(given) and all(map(is_same, loaded, given))
    kinds = {float, int} if isinstance(given, float) else {type(given)}
    return type(loaded) in kinds and loaded == given


def disagreements(
    definitions: Mapping[str, Node], name: str, load: Callable[[str, object], object], cases: Iterable[Case]
) -> Iterator[str]:
    """The JSON texts of the values that `load` judges otherwise than jsonschema-rs, or does not hand on unchanged."""
    allowed = judge(definitions, name).is_valid
    return (text for text, value in cases if taken(load, name, value) != allowed(value))


def disagreements_of_ajv(definitions: Mapping[str, Node], name: str, ajv: Ajv, cases: Iterable[Case]) -> list[str]:
    """The JSON texts of the values that Ajv judges otherwise than jsonschema-rs."""
    allowed = judge(definitions, name).is_valid
    values = dict(cases)
    verdicts = ajv.verdicts(definitions, name, values)
    return [one for one, verdict in zip(values, verdicts, strict=True) if verdict != allowed(values[one])]
