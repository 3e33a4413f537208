"""Makes the tables of the reference. Every definition stands on one of the two pages, and links lead to it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.markdown import anchor, code, field_name, meaning, table, words
from generator.nodes import reached, references, shape, tag_of_union, variants
from generator.roots import DATA, ERROR_CODES, EVENTS, MESSAGES, REQUESTS, ROOTS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from generator.nodes import Node
    from generator.protocol import Protocol
    from generator.topics import Topic

PROTOCOL_PAGE, INGEST_PAGE = "docs/protocol.md", "docs/ingest.md"
EACH = "*each*"
"""Stands before the fields that all members of a union have alike."""


class Group(NamedTuple):
    """Rows of a table of fields: a head, and the fields of an object without those that are said elsewhere."""

    label: str
    node: Node
    left_out: Collection[str] = ()


def pages(
    nodes: Mapping[str, Node], http: Collection[str], topics: list[Topic], protocol: Protocol
) -> dict[str, dict[str, str]]:
    """The text of each generated region by its name, by the page it stands on."""
    of_events = _objects_of_events(nodes, http)
    return {
        PROTOCOL_PAGE: _ProtocolPage(nodes, of_events).regions(http, topics, protocol),
        INGEST_PAGE: {"events": _IngestPage(nodes, of_events).events()},
    }


def _objects_of_events(nodes: Mapping[str, Node], http: Collection[str]) -> set[str]:
    """The events and the objects that nothing but events refers to."""
    others = reached([*http, *(root for root in ROOTS if root != EVENTS)], nodes)
    return {name for name in reached([EVENTS], nodes) if name not in others and shape(nodes[name]) != "scalar"}


class _Page:
    """What both pages have in common: links, and tables of fields."""

    file: str

    def __init__(self, nodes: Mapping[str, Node], of_events: Collection[str]) -> None:
        self._nodes = nodes
        self._of_events = of_events

    def _link(self, name: str) -> str:
        home = INGEST_PAGE if name in self._of_events else PROTOCOL_PAGE
        file = "" if home == self.file else home.rpartition("/")[2]
        return f"[{name}]({file}#{name.lower()})"

    def _below(self, union: str, text: str) -> str:
        """The text below what is said of the union."""
        return f"{anchor(union)}{self._nodes[union]['description']}\n\n{text}"

    def _fields(self, groups: Iterable[Group]) -> str:
        return table(("field", "type", "meaning"), (row for group in groups for row in self._rows(group)))

    def _rows(self, group: Group) -> Iterator[list[str]]:
        node = group.node
        yield [group.label, words(node, self._link) if shape(node) == "union" else "", node["description"]]
        for name, inner in node.get("properties", {}).items():
            if name not in group.left_out:
                yield [field_name(name, node), words(inner, self._link), meaning(inner, self._nodes)]

    def _named(self, names: Iterable[str]) -> list[Group]:
        return [Group(f"{anchor(name)}**{name}**", self._nodes[name]) for name in names]

    def _variants(self, union: str, left_out: Collection[str]) -> list[Group]:
        found = variants(union, self._nodes)
        return [Group(_label(tag, name), self._nodes[name], left_out) for tag, name in found.items()]

    def _alike(self, union: str) -> list[str]:
        """The properties beside the tag that all members of the union have alike."""
        nodes = [self._nodes[name] for name in variants(union, self._nodes).values()]
        tag = tag_of_union(nodes)
        return [name for name in nodes[0]["properties"] if name != tag and _same(name, nodes)]


class _ProtocolPage(_Page):
    file = PROTOCOL_PAGE

    def regions(self, http: Collection[str], topics: list[Topic], protocol: Protocol) -> dict[str, str]:
        payloads = {one.name: self._own(one.data) for one in topics}
        placed = {ERROR_CODES, *ROOTS, *self._of_events, *http, *(one.topic for one in topics)}
        placed.update(variants(REQUESTS, self._nodes).values(), variants(MESSAGES, self._nodes).values())
        placed.update(*payloads.values())
        left = [name for name in sorted(self._nodes) if name not in placed]
        objects = [name for name in left if shape(self._nodes[name]) in {"object", "union"}]
        return {
            "connection": _connection(protocol),
            "requests": self._requests(protocol),
            "messages": self._below(MESSAGES, self._fields(self._variants(MESSAGES, {"type"}))),
            "topics": self._topics(topics),
            "payloads": self._payloads(payloads),
            "objects": self._fields(self._named(objects)),
            "words": self._words([name for name in left if name not in objects]),
            "bodies": self._fields(self._named(sorted(http))),
            "error codes": self._error_codes(protocol),
            "close codes": _close_codes(protocol),
        }

    def _requests(self, protocol: Protocol) -> str:
        by_type, alike = variants(REQUESTS, self._nodes), self._alike(REQUESTS)
        answers = variants(MESSAGES, self._nodes)
        first = self._nodes[next(iter(by_type.values()))]
        rows = [[EACH, self._inline(first, alike), "", ""]]
        for kind, name in by_type.items():
            node, answer = self._nodes[name], protocol.answers[kind]
            own = [key for key in node["properties"] if key not in {"type", *alike}]
            said = f"[{code(answer.message)}](#{answers[answer.message].lower()})"
            said += f", then {answer.then}" if answer.then else ""
            rows.append([_label(kind, name), self._inline(node, own), said, node["description"]])
        return self._below(REQUESTS, table(("request", "fields", "answer", "meaning"), rows))

    def _inline(self, node: Node, names: Iterable[str]) -> str:
        return "<br>".join(f"{field_name(one, node)}: {words(node['properties'][one], self._link)}" for one in names)

    def _topics(self, topics: list[Topic]) -> str:
        rows: list[list[str]] = []
        for one in topics:
            node = self._nodes[one.topic]
            rows.append([f"{anchor(one.topic)}[**{code(one.name)}**](#{one.name})", "", "", node["description"]])
            for name, inner in node["properties"].items():
                if name != "topic":
                    default = code(one.defaults[name]) if name in one.defaults else ""
                    kind = words(inner, self._link)
                    rows.append([field_name(name, node), kind, default, meaning(inner, self._nodes)])
        return self._below(TOPICS, table(("parameter", "type", "default", "meaning"), rows))

    def _own(self, data: str) -> list[str]:
        """The data of a topic and the objects that nothing else refers to."""
        inside = reached([data], self._nodes)
        others = [node for name, node in self._nodes.items() if name not in {*inside, DATA}]
        shared = reached([name for node in others for name in references(node) if name in inside], self._nodes)
        return [name for name in inside if name not in shared and shape(self._nodes[name]) == "object"]

    def _payloads(self, payloads: Mapping[str, list[str]]) -> str:
        sections = []
        for topic, (data, *inner) in payloads.items():
            first = Group(f"{anchor(data)}**{data}**", self._nodes[data], {"data_type"})
            sections.append(f"#### {topic}\n\n{self._fields([first, *self._named(inner)])}")
        return self._below(DATA, "\n\n".join(sections))

    def _words(self, names: list[str]) -> str:
        enums = [name for name in names if shape(self._nodes[name]) == "choice"]
        rows = [
            [f"{anchor(name)}{name}", words(self._nodes[name], self._link), self._nodes[name]["description"]]
            for name in [*enums, *(name for name in names if name not in enums)]
        ]
        return table(("word", "values", "meaning"), rows)

    def _error_codes(self, protocol: Protocol) -> str:
        rows = ([code(name), when] for name, when in protocol.error_codes.items())
        return self._below(ERROR_CODES, table(("code", "when"), rows))


class _IngestPage(_Page):
    file = INGEST_PAGE

    def events(self) -> str:
        alike = self._alike(EVENTS)
        events = variants(EVENTS, self._nodes)
        first = self._nodes[next(iter(events.values()))]
        each = Group(EACH, {**first, "description": ""}, first["properties"].keys() - set(alike))
        inner = sorted(set(self._of_events) - {EVENTS, *events.values()})
        groups = [each, *self._variants(EVENTS, {"type", *alike}), *self._named(inner)]
        return self._below(EVENTS, self._fields(groups))


def _connection(protocol: Protocol) -> str:
    path, subprotocol = code(f"GET {protocol.path}"), code(protocol.subprotocol)
    return f"{path}, subprotocol {subprotocol}, version {protocol.version} of the protocol."


def _close_codes(protocol: Protocol) -> str:
    rows = [[str(one.code), one.meaning, one.client] for one in protocol.close_codes]
    first, last = protocol.terminal
    rows.append([f"{first} to {last}", "final, whatever the reason", "stops; only a person tries again"])
    return table(("code", "meaning", "what a client does"), rows)


def _label(tag: str, name: str) -> str:
    return f"{anchor(name)}**{code(tag)}**"


def _same(name: str, nodes: list[Node]) -> bool:
    """Whether all objects have the property alike, and all require it or none does."""
    first, *others = [(one["properties"].get(name), name in one.get("required", ())) for one in nodes]
    return all(one == first for one in others)
