"""Writes the TypedDicts, by datamodel-code-generator."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.errors import ToolError
from generator.nodes import with_definitions
from generator.tools import NOTICE, run_python_tool

if TYPE_CHECKING:
    from generator.nodes import Node
    from generator.topics import Topic

CODEGEN = (
    "--input-file-type=jsonschema",
    "--output-model-type=typing.TypedDict",
    "--target-python-version=3.11",
    "--use-union-operator",
    "--use-standard-collections",
    "--use-schema-description",
    "--enum-field-as-literal=all",
    "--disable-timestamp",
    "--formatters=builtin",
)
UNWANTED = "AnyRoot"  # a type for the document as a whole, which nobody needs
TYPE = re.compile(r"^(?:class )?(\w+)(?:\(TypedDict|: TypeAlias| = TypedDict)", re.MULTILINE)


def python_types(document: Node, topics: list[Topic]) -> str:
    """The source of types.py; raise ToolError where a definition did not become a type of its name."""
    text = json.dumps({**with_definitions(document, _for_codegen), "title": UNWANTED})
    code = run_python_tool("datamodel-codegen", *CODEGEN, f"--custom-file-header=# {NOTICE}\n# ruff: noqa", text=text)
    missing = document["$defs"].keys() - set(TYPE.findall(code))
    if missing:
        raise ToolError(f"datamodel-codegen wrote no type for {', '.join(sorted(missing))}")
    wanted = re.sub(rf"^{UNWANTED}: TypeAlias = .*\n", "", code, flags=re.MULTILINE)
    names = ", ".join(repr(one.name) for one in topics)
    return f"{wanted.rstrip()}\n\n\nTopicName: TypeAlias = Literal[{names}]\n"


def _for_codegen(node: Node) -> Node:
    """A schema without what would make datamodel-codegen write another type: a default, and words beside a $ref."""
    if "$ref" in node:
        return {"$ref": node["$ref"]}
    return {keyword: value for keyword, value in node.items() if keyword != "default"}
