"""For a schema, the values that differ from a full valid one in a single place: all validators must agree on them."""

from __future__ import annotations

import functools
import json
import math
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from generator.nodes import choices, members, shape, target, without_null

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.nodes import Node, Shape

JUNK: list[Any] = [
    None, True, False, 0, 1, -1, 1.0, 0.5, 2**53, 10**400, "", "1", "true", "x", "\n", "a\u0000b", "\U0001f600",
    [], {}, [1], {"a": 1},
]  # fmt: skip
TEXTS = [
    "2024-02-29T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00.1234567Z",
    "2024-02-29", "2023-02-29", "2024-04-31", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00+00:00",
    "2024-12-31T23:59:60Z", "2024-01-01T24:00:00Z", "0000-01-01", "20240101", "2024-W01-1",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
    "f81d4fae7dec11d0a76500a0c91e6bf6", "0123456789ab", "\u0661" * 12, "xxy",
]  # fmt: skip
ADDED_KEYS = ("extra", "_schema", "", "a.b", "__proto__")
BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


class Sweep:
    """Makes values for schemas that keep the house rules.

    What a schema refers to is varied as thoroughly as the schema itself down to `depth` references, and with junk,
    samples and texts below that: it has a sweep of its own.
    """

    def __init__(self, definitions: Mapping[str, Node], depth: int = 1) -> None:
        self._definitions = definitions
        self._depth = depth
        self._words = [word for node in definitions.values() for word in node.get("enum", ())]
        self._variants = {
            target(one) for node in definitions.values() if shape(node) == "union" for one in members(node)
        }
        self._made: dict[int, tuple[Any, list[Any]]] = {}  # with the node, lest another one be given its id

    def values(self, name: str) -> Iterator[tuple[str, Any]]:
        """Every value for the definition once, after its JSON text."""
        seen: set[str] = set()
        for value in self._cases(self._definitions[name], self._depth):
            text = json.dumps(value)
            if text not in seen:
                seen.add(text)
                yield text, value

    def sample(self, node: Any) -> Any:
        """A valid value with every property."""
        return self._samples(node)[0]

    def _samples(self, node: Any) -> list[Any]:
        """Valid values of every kind that the schema has; the first is a full one."""
        if id(node) not in self._made:
            self._made[id(node)] = (node, self._make_samples(node))
        return self._made[id(node)][1]

    def _make_samples(self, node: Any) -> list[Any]:
        samplers: dict[Shape | None, Callable[[Node], list[Any]]] = {
            "anything": lambda _: [{"any": [1, None]}],
            "reference": lambda node: self._samples(self._definitions[target(node)]),
            "nullable": lambda node: [*self._samples(without_null(node)), None],
            "union": lambda node: [self.sample(one) for one in members(node)],
            "choice": choices,
            "object": lambda node: [{name: self.sample(inner) for name, inner in node["properties"].items()}],
            "record": self._record_samples,
            "array": lambda node: [[self.sample(node["items"])] * max(node.get("minItems", 0), 1)],
            "scalar": _scalar_samples,
        }
        schema = {} if node is True else node
        return samplers[shape(schema)](schema)

    def _record_samples(self, node: Node) -> list[Any]:
        names = self._samples(node.get("propertyNames", {"type": "string"}))[:2]
        return [{name: self.sample(node["additionalProperties"]) for name in names}]

    def _cases(self, node: Any, depth: int) -> Iterator[Any]:
        """Valid and invalid values, each changed in one place only."""
        yield from JUNK
        schema = {} if node is True else node
        if shape(schema) == "reference":
            inner = self._definitions[target(schema)]
            if depth and shape(inner) == "union":  # one union may have been taken for another
                yield from (self.sample(self._definitions[variant]) for variant in self._variants)
            yield from self._cases(inner, depth - 1) if depth else [*self._samples(inner), *TEXTS]
            return
        yield from self._samples(schema)
        varied: dict[Shape | None, Callable[[Node, int], Iterator[Any]]] = {
            "nullable": lambda node, depth: self._cases(without_null(node), depth),
            "union": lambda node, depth: (case for one in members(node) for case in self._cases(one, depth)),
            "choice": self._choice_cases,
            "object": self._object_cases,
            "record": self._record_cases,
            "array": self._array_cases,
            "scalar": _scalar_cases,
        }
        if shape(schema) in varied:
            yield from varied[shape(schema)](schema, depth)

    def _choice_cases(self, node: Node, _: int) -> Iterator[Any]:
        yield from self._words  # of all enumerations, since one may have been taken for another
        for choice in self._samples(node):
            if isinstance(choice, str):
                yield from (choice.upper(), choice + "s", choice[:-1], " " + choice)
            else:
                yield from (choice + 1, choice - 1, float(choice), str(choice))

    def _object_cases(self, node: Node, depth: int) -> Iterator[Any]:
        full = self.sample(node)
        yield from _keys_changed(full)
        least = {name: value for name, value in full.items() if name in node.get("required", ())}
        yield from (least, *({**least, name: value} for name, value in full.items() if name not in least))
        for name, inner in node["properties"].items():
            yield from ({**full, name: value} for value in self._cases(inner, depth))

    def _record_cases(self, node: Node, depth: int) -> Iterator[Any]:
        full = self.sample(node)
        yield from _keys_changed(full)
        name, value = next(iter(full.items()))
        yield from ({**full, name: other} for other in self._cases(node["additionalProperties"], depth))
        for other in self._cases(node.get("propertyNames", {"type": "string"}), depth):
            if isinstance(other, str):
                yield {other: value}

    def _array_cases(self, node: Node, depth: int) -> Iterator[Any]:
        samples = self._samples(node["items"])
        least, most = node.get("minItems", 0), node.get("maxItems", 0)
        yield from (samples[:1] * length for length in sorted({0, 1, 2, least, most, most + 1}))
        yield samples
        yield from ([value, *samples[:1] * (least - 1)] for value in self._cases(node["items"], depth))


def _scalar_samples(node: Node) -> list[Any]:
    return list(_samples_of_scalar(json.dumps(node)))


@functools.cache
def _samples_of_scalar(text: str) -> list[Any]:
    """The samples of a schema by its text: making a validator takes far longer than looking one up."""
    node = json.loads(text)
    if node["type"] == "boolean":
        return [True, False]
    if node["type"] != "string":
        low, high = (node[key] if key in node else node[exclusive] for key, exclusive in BOUNDS)
        middle = (low + high) // 2 if node["type"] == "integer" else (low + high) / 2
        return [middle, *(one for one in (low, high) if jsonschema_rs.is_valid(node, one))]
    texts = [*TEXTS, "é" * max(node.get("minLength", 1), 1)]
    return [next(one for one in texts if jsonschema_rs.is_valid(node, one, validate_formats=True))]


def _scalar_cases(node: Node, _: int) -> Iterator[Any]:
    if node["type"] == "string":
        yield from TEXTS
        for text in _scalar_samples(node):
            yield from (text + "\n", " " + text, text.swapcase())
            for length in (node[key] for key in ("minLength", "maxLength") if key in node):
                yield from ((text * (length + 1))[:size] for size in (length - 1, length, length + 1))
                yield from ("é" * (length - 1), "\U0001f600" * length, "e\u0301" * length, "x" * (length + 1))
    for bound in (node[key] for pair in BOUNDS for key in pair if key in node):
        yield from (bound, bound - 1, bound + 1, bound + 0.5, float(bound), str(bound))
        yield from (math.nextafter(bound, -math.inf), math.nextafter(bound, math.inf))


def _keys_changed(full: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The same without each key, and with each key that does not belong there."""
    yield from ({name: value for name, value in full.items() if name != left_out} for left_out in full)
    yield from ({**full, name: 1} for name in ADDED_KEYS)
