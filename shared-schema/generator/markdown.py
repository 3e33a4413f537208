"""Says in words what a schema allows, and puts it into tables of Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from generator.nodes import choices, members, resolved, shape, target, without_null

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.nodes import Node

    Link: TypeAlias = Callable[[str], str]
    """The name of a definition as a link to where it is described."""

KINDS = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}
FORMATS = {"date": "is a day of the calendar", "date-time": "lies on a day of the calendar"}
"""What a format asks for beside its pattern; that of a uuid says it all."""


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; a bar in a cell is escaped."""
    head = [*columns]
    lines = [head, ["---"] * len(head), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def anchor(name: str) -> str:
    """The place of a definition on a page, so that a link finds it."""
    return f'<a id="{name.lower()}"></a>'


def code(text: object) -> str:
    """A text as it stands on the wire; any other value as JSON has it."""
    return f"`{text if isinstance(text, str) else json.dumps(text)}`"


def field_name(name: str, owner: Node) -> str:
    """A property's name, with a question mark where it may be absent."""
    return code(name + ("" if name in owner.get("required", ()) else "?"))


def meaning(node: Any, definitions: Mapping[str, Node]) -> str:
    """A property's description; where it has none, that of the definition it refers to."""
    return str(node.get("description") or resolved(node, definitions).get("description", ""))


def words(node: Any, link: Link) -> str:
    """What a schema allows."""
    found = "anything" if node is True else shape(node)
    if found == "reference":
        said = link(target(node))
    elif found == "nullable":
        said = f"{words(without_null(node), link)} or null"
    elif found == "union":
        said = " or ".join(words(one, link) for one in members(node))
    elif found == "choice":
        said = ", ".join(map(code, choices(node)))
    elif found == "array":
        said = f"list of {_items(node)}{words(node['items'], link)}"
    elif found == "record":
        keys = words(node["propertyNames"], link) if "propertyNames" in node else "text"
        said = f"map from {keys} to {words(node['additionalProperties'], link)}"
    else:
        said = "any JSON value" if found == "anything" else _scalar(node)
    return said


def _items(node: Node) -> str:
    span = _span(node.get("minItems"), node.get("maxItems"))
    return (span and f"{span} ") + ("distinct " if node.get("uniqueItems") else "")


def _scalar(node: Node) -> str:
    said = KINDS[node["type"]]
    if node["type"] in {"integer", "number"}:
        return f"{said} {_least(node)} {_greatest(node)}"
    length = _span(node.get("minLength"), node.get("maxLength"))
    said += f" of {length} characters" if length else ""
    asked = [f"matches {code(node['pattern'])}"] if "pattern" in node else []
    asked += [FORMATS[node["format"]]] if node.get("format") in FORMATS else []
    return said + (f" that {' and '.join(asked)}" if asked else "")


def _least(node: Node) -> str:
    return f"above {node['exclusiveMinimum']}" if "exclusiveMinimum" in node else f"from {node['minimum']}"


def _greatest(node: Node) -> str:
    return f"to below {node['exclusiveMaximum']}" if "exclusiveMaximum" in node else f"to {node['maximum']}"


def _span(least: int | None, greatest: int | None) -> str:
    if greatest is None:
        return "" if least is None else f"at least {least}"
    return f"{least} to {greatest}" if least else f"at most {greatest}"
