"""Writes the checks of the examples: code that type-checks exactly when the types say of each what the example says.

A type cannot see every fault: it knows no bounds, patterns and lengths. An example whose fault a language's types miss
says so in `unseen_by`, and is checked for that too: what does not complain where it should, or complains where it
should not, fails the type check of that language.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

import jsonschema_rs

from generator.errors import ExampleFileError
from generator.nodes import pointer
from generator.tools import NOTICE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path


class Example(TypedDict):
    """A value, and what makes it worth showing."""

    name: str
    value: Any
    error: NotRequired[str]
    """JSON pointer of its one fault; absent where it has none."""
    unseen_by: NotRequired[list[Literal["python", "typescript"]]]
    """The languages whose types take the value in spite of the fault."""


_FILE = jsonschema_rs.Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                # Names and pointers become comments of one line.
                "name": {"type": "string", "minLength": 1, "pattern": r"^[^\u0000-\u001f\u007f\u2028\u2029]*$"},
                "value": True,
                "error": {"type": "string", "pattern": r"^(/[^\u0000-\u001f\u007f\u2028\u2029]*)?$"},
                "unseen_by": {
                    "type": "array",
                    "items": {"enum": ["python", "typescript"]},
                    "minItems": 1,
                    "uniqueItems": True,
                },
            },
            "required": ["name", "value"],
            "additionalProperties": False,
            "dependentRequired": {"unseen_by": ["error"]},
        },
    }
)


def read_examples(folder: Path, definitions: Collection[str]) -> dict[str, list[Example]]:
    """The examples by the name of their definition, from each <Definition>.json; raise ExampleFileError for others."""
    return {path.stem: _read_file(path, definitions) for path in sorted(folder.glob("[A-Z]*.json"))}


def _read_file(path: Path, definitions: Collection[str]) -> list[Example]:
    if path.stem not in definitions:
        raise ExampleFileError(f"{path}: there is no definition of that name")
    try:
        content: list[Example] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ExampleFileError(f"{path}: {error}") from error
    for fault in _FILE.iter_errors(content):
        raise ExampleFileError(f"{path}, {pointer(fault.instance_path)}: {fault.message}")
    return content


def typescript_check(examples: Mapping[str, list[Example]]) -> str:
    """The source of examples.check.ts; each value stands on one line, since @ts-expect-error covers no more."""
    lines = [f"/* {NOTICE} */", f"import type {{ {', '.join(examples)} }} from './types.ts';"]
    for definition, one in _each(examples):
        lines += ["", f"// {_comment(one)}"]
        if _is_seen_by("typescript", one):
            lines.append("// @ts-expect-error")
        lines.append(f"({json.dumps(one['value'], ensure_ascii=False)}) satisfies {definition};")
    return "\n".join([*lines, ""])


def typescript_fixtures(examples: Mapping[str, list[Example]]) -> str:
    """The source of fixtures.ts: the first right example of each topic's data, for tests of those who show them.

    A topic that has no example yet has no fixture.
    """
    first: dict[str, Any] = {}
    for one in examples.get("TopicData", []):
        if "error" not in one:
            first.setdefault(one["value"]["data_type"], one["value"])
    return "\n".join(
        [
            f"/* {NOTICE} */",
            "import type { TopicDataByName } from '../messages/types.ts';",
            "",
            "/** Data of every topic, from the examples of the schema. */",
            "export const fixtures: Pick<",
            "  TopicDataByName,",
            f"  {' | '.join(json.dumps(name) for name in first)}",
            "> = {",
            *(f"  {name}: {json.dumps(value, ensure_ascii=False)}," for name, value in first.items()),
            "};",
            "",
        ]
    )


def python_check(examples: Mapping[str, list[Example]]) -> str:
    """The source of examples_check.py, where mypy finds a superfluous `type: ignore` as well as a missing one."""
    lines = [f"# {NOTICE}", f"from groove_dashboard.messages.types import {', '.join(examples)}"]
    for number, (definition, one) in enumerate(_each(examples), 1):
        ignored = "  # type: ignore" if _is_seen_by("python", one) else ""
        lines += ["", f"# {_comment(one)}", f"example_{number}: {definition} = {one['value']!r}{ignored}"]
    return "\n".join([*lines, ""])


def _each(examples: Mapping[str, list[Example]]) -> Iterator[tuple[str, Example]]:
    return ((definition, one) for definition, found in examples.items() for one in found)


def _is_seen_by(language: Literal["python", "typescript"], example: Example) -> bool:
    return "error" in example and language not in example.get("unseen_by", ())


def _comment(example: Example) -> str:
    return f"{example['name']}: wrong at {example['error']!r}" if "error" in example else example["name"]
