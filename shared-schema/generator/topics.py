"""One file, one topic: what the files of the topics folder must hold, and what is made from all of them together.

definitions/topics/<name>.yaml defines <Name>Topic (what a client may ask for) and <Name>Data (what it gets), where
<Name> is the file's name in camel case. The unions DashboardTopic and TopicData are made here, so that a new topic
needs no other file to be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.errors import DefinitionFileError
from generator.nodes import LOCAL
from generator.roots import DATA, TOPICS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.definitions import Definitions
    from generator.nodes import Node


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic by its name on the wire, with the names of its two definitions."""

    name: str
    topic: str
    data: str
    defaults: Mapping[str, Any]
    """What a topic's absent properties mean."""


def topics_of(definitions: Definitions) -> list[Topic]:
    """Every topic in the order of its name; raise DefinitionFileError for a file that does not hold exactly one."""
    return [_topic(name, defined, definitions.nodes) for name, defined in sorted(definitions.topics.items())]


def with_topic_unions(definitions: Definitions, topics: list[Topic]) -> dict[str, Node]:
    """The definitions and the two unions; raise DefinitionFileError where someone wrote a union by hand."""
    for name in (TOPICS, DATA):
        if name in definitions.nodes:
            raise DefinitionFileError(f"{name} is made from the files of the topics folder; remove its definition")
    return {
        **definitions.nodes,
        TOPICS: _union("What a client may subscribe to.", [one.topic for one in topics]),
        DATA: _union("The state of a topic; data_type is the topic's name.", [one.data for one in topics]),
    }


def camel_case(name: str) -> str:
    """session_timeline -> SessionTimeline."""
    return "".join(word.capitalize() for word in name.split("_"))


def _topic(name: str, defined: tuple[str, ...], nodes: Mapping[str, Node]) -> Topic:
    file = f"topics/{name}.yaml"
    topic, data = (camel_case(name) + ending for ending in ("Topic", "Data"))
    for wanted, tag in ((topic, "topic"), (data, "data_type")):
        ending = wanted.removeprefix(camel_case(name))
        found = [one for one in defined if one.endswith(ending)]
        if found != [wanted]:
            raise DefinitionFileError(
                f"{file} must hold exactly one definition that ends in {ending}, namely {wanted};"
                f" it holds {', '.join(found) or 'none'}"
            )
        if not _has_constant(nodes[wanted], tag, name):
            raise DefinitionFileError(f"{file}: {wanted} needs a required property {tag} with `const: {name}`")
    properties = nodes[topic]["properties"]
    defaults = {key: one["default"] for key, one in properties.items() if isinstance(one, dict) and "default" in one}
    return Topic(name, topic, data, defaults)


def _has_constant(node: Node, tag: str, value: str) -> bool:
    properties, required = node.get("properties"), node.get("required")
    if not isinstance(properties, dict) or not isinstance(required, list):
        return False
    property_ = properties.get(tag)
    return isinstance(property_, dict) and property_.get("const") == value and tag in required


def _union(description: str, names: list[str]) -> Node:
    return {"description": description, "oneOf": [{"$ref": LOCAL + name} for name in names]}
