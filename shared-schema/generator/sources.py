"""Reads what people write: the definitions with their topics, and the protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.definitions import read_definitions
from generator.house_rules import check_house_rules
from generator.protocol import read_protocol
from generator.topics import topics_of, with_topic_unions

if TYPE_CHECKING:
    from pathlib import Path

    from generator.nodes import Node
    from generator.protocol import Protocol
    from generator.topics import Topic

DEFINITIONS = "shared-schema/definitions"
PROTOCOL = "shared-schema/protocol.yaml"


@dataclass(frozen=True, slots=True)
class Sources:
    """What everything is made from; it keeps the house rules."""

    nodes: dict[str, Node]
    """All definitions by name, with the unions of the topics."""
    http: frozenset[str]
    """The names of the bodies of HTTP routes."""
    topics: list[Topic]
    protocol: Protocol


def read_sources(project: Path) -> Sources:
    """The sources of the project in that folder; raise GeneratorError where they are refused."""
    definitions = read_definitions(project / DEFINITIONS)
    topics = topics_of(definitions)
    nodes = with_topic_unions(definitions, topics)
    check_house_rules(nodes, topics={one.topic for one in topics}, http=definitions.http)
    return Sources(nodes, definitions.http, topics, read_protocol(project / PROTOCOL, nodes))
