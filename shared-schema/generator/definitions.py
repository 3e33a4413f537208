"""Reads definitions/*.yaml and definitions/topics/*.yaml into one namespace."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from generator.errors import DefinitionFileError
from generator.nodes import LOCAL, rewritten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.nodes import Node

HTTP_FILE = "http.yaml"
TOPICS_FOLDER = "topics"


@dataclass(frozen=True, slots=True)
class Definitions:
    """All definitions by name, and which of them stand in files that mean something."""

    nodes: Mapping[str, Node]
    http: frozenset[str]
    """Names from http.yaml: what routes answer, which no message has to refer to."""
    topics: Mapping[str, tuple[str, ...]]
    """The names that each file of the topics folder defines, by the file's name without its ending."""


class _Loader(yaml.SafeLoader):
    """YAML without its surprises: a key stands once, and a date is a text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 (PyYAML's signature)
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_definitions(folder: Path) -> Definitions:
    """Read every file of the folder; raise DefinitionFileError for what is no map of definitions or stands twice."""
    nodes: dict[str, Node] = {}
    homes: dict[str, Path] = {}
    paths = [*sorted(folder.glob("*.yaml")), *sorted((folder / TOPICS_FOLDER).glob("*.yaml"))]
    for path in paths:
        for name, node in _read_file(path).items():
            if name in homes:
                raise DefinitionFileError(f"{path}: {name} is already defined in {homes[name]}")
            homes[name], nodes[name] = path, node
    files = {name: path.relative_to(folder).as_posix() for name, path in homes.items()}
    return Definitions(
        nodes={name: _localized(name, node, files) for name, node in nodes.items()},
        http=frozenset(name for name, path in homes.items() if path == folder / HTTP_FILE),
        topics={
            path.stem: tuple(name for name, home in homes.items() if home == path)
            for path in paths
            if path.parent.name == TOPICS_FOLDER
        },
    )


def read_text(path: Path) -> str:
    """What a file holds; raise DefinitionFileError where it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionFileError(f"{path}: {error}") from error


def parse_yaml(text: str, where: str) -> Any:
    """What a text says in YAML; raise DefinitionFileError, with where it stands, if it is none."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        raise DefinitionFileError(f"{where}: {error}") from error


def _read_file(path: Path) -> dict[str, Node]:
    content = parse_yaml(read_text(path), str(path))
    if not isinstance(content, dict) or content.keys() != {"$defs"} or not isinstance(content["$defs"], dict):
        raise DefinitionFileError(f"{path}: a file holds one map, $defs, and nothing beside it")
    for name, node in content["$defs"].items():
        if not isinstance(name, str) or not isinstance(node, dict):
            raise DefinitionFileError(f"{path}: {name} is not a name with a schema")
        if not _is_json(node):
            raise DefinitionFileError(f"{path}: {name} holds what JSON has no words for; quote on, off, yes and no")
    return dict(content["$defs"])


def _is_json(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_json(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(_is_json, value))
    return value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))


def _localized(name: str, definition: Node, files: Mapping[str, str]) -> Node:
    """A definition whose references into other files are ones into the one namespace."""

    def localized(node: Node) -> Node:
        file, _, wanted = str(node.get("$ref", "")).partition(LOCAL)
        if not file or not wanted:
            return node
        if file != files.get(wanted, file):
            raise DefinitionFileError(f"{files[name]}: {name} seeks {wanted} in {file}, but {files[wanted]} defines it")
        return {**node, "$ref": LOCAL + wanted}

    result: Node = rewritten(definition, localized)
    return result
