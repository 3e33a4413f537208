"""The comparison of two versions of a definition is right about every value, as an independent judge sees them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import pytest

from generator.comparison import NEVER_MET, Comparison
from generator.nodes import LOCAL, reached, rewritten, shape
from generator.roots import EVENTS, MESSAGES, REQUESTS
from tests.messages.judging import DEFINITIONS, judge, validator
from tests.messages.mutations import mutations
from tests.messages.samples import UNUSED_TODAY
from tests.messages.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.comparison import Difference, Writer
    from generator.nodes import Node

# Shapes that the rules allow and the definitions of today have none or few of.
MORE: dict[str, Node] = {
    **{name: UNUSED_TODAY[name] for name in ("Half", "Step", "Grade", "Yes", "Loose", "Anyhow")},
    "Word": {"type": "string", "minLength": 2, "maxLength": 20},
    "Words": {"type": "array", "items": {"$ref": LOCAL + "Word"}, "minItems": 1, "maxItems": 3, "uniqueItems": True},
    "Marks": {
        "type": "object",
        "propertyNames": {"enum": ["a", "b"]},
        "additionalProperties": {"$ref": LOCAL + "Half"},
    },
    "Leaf": {
        "type": "object",
        "properties": {"leaf": {"$ref": LOCAL + "Yes"}, "note": {"type": ["string", "null"], "maxLength": 3}},
        "required": ["leaf"],
        "additionalProperties": False,
    },
    "Fork": {
        "type": "object",
        "properties": {
            "left": {"$ref": LOCAL + "Leaf"},
            "right": {"oneOf": [{"$ref": LOCAL + "Leaf"}, {"type": "null"}]},
            "label": {"type": "object", "additionalProperties": {"type": "array", "items": {"$ref": LOCAL + "Step"}}},
        },
        "required": ["left", "right"],
        "additionalProperties": False,
    },
    "Tree": {"oneOf": [{"$ref": LOCAL + "Leaf"}, {"$ref": LOCAL + "Fork"}]},
}  # fmt: skip

BY_CLIENTS: Final = sorted(reached([REQUESTS, EVENTS], DEFINITIONS))
BY_SERVER: Final = sorted(reached([MESSAGES], DEFINITIONS).keys() - set(BY_CLIENTS))
# What clients and pipelines write has all shapes but what MORE adds. Of what only the server writes a sample has to do:
# all of it would take three times as long.
SAMPLE: Final = 7
SETS: Final[list[tuple[Mapping[str, Node], str]]] = [
    *((DEFINITIONS, name) for name in BY_CLIENTS),
    *((MORE, name) for name in MORE),
]


class Version:
    """One definition in one version: some values, which of them it allows, and which of them it can read.

    Who reads ignores properties that it does not know.
    """

    def __init__(self, definitions: Mapping[str, Node], name: str) -> None:
        self.definitions = {one: definitions[one] for one in reached([name], definitions)}
        opened = {one: rewritten(node, _opened) for one, node in self.definitions.items()}
        self.values = dict(Sweep(self.definitions, depth=0).values(name))
        self.allows = judge(self.definitions, name).is_valid
        self.can_read = validator(opened, name).is_valid


def _opened(node: Node) -> Node:
    if shape(node) == "object":
        return {**node, "additionalProperties": True}
    return {"anyOf": node["oneOf"]} if shape(node) == "union" else node


def misjudged(name: str, old: Version, new: Version, writer: Writer) -> str | None:
    """How the comparison and the independent judge contradict each other, None where they do not."""
    found = list(Comparison(old.definitions, new.definitions, writer).of(name))
    wrote, reads = (new.allows, old.can_read) if writer == "server" else (old.allows, new.allows)
    unreadable = [text for text, value in (old.values | new.values).items() if wrote(value) and not reads(value)]
    if unreadable and not found:
        return f"{writer}: no difference, but {unreadable[0]} cannot be read"
    unique = "uniqueItems" in old.definitions[name]
    if not unreadable and any(_has_witness(one, unique=unique) for one in found):
        return f"{writer}: {', '.join(one.change for one in found)}, but everything can be read"
    return None


def _has_witness(difference: Difference, *, unique: bool) -> bool:
    """Whether the sweep has to hold a value that shows the difference.

    A default is about the name of a topic and not about values, and the sweep makes no long arrays of unique items.
    """
    return difference.certain and not difference.change.startswith(("default ", *(["maxItems "] if unique else ())))


def misjudged_mutations(
    definitions: Mapping[str, Node], name: str, writers: Iterable[Writer], every: int = 1
) -> list[str]:
    """What is misjudged of each `every`-th mutation of the definition, there and back."""
    before = Version(definitions, name)
    wrong = []
    for what, node in islice(mutations(definitions[name]), 0, None, every):
        after = Version({**definitions, name: node}, name)
        for way, old, new in (("there", before, after), ("back", after, before)):
            wrong += [f"{what}, {way}: {fault}" for one in writers if (fault := misjudged(name, old, new, one))]
    return wrong


@pytest.mark.parametrize(("definitions", "name"), [pytest.param(*one, id=one[1]) for one in SETS])
def test_every_small_change_is_judged_as_its_values_are(definitions: Mapping[str, Node], name: str) -> None:
    writers: Iterable[Writer] = ("client",) if name in NEVER_MET else ("client", "server")
    assert misjudged_mutations(definitions, name, writers) == []


@pytest.mark.parametrize("name", [name for name in BY_SERVER if name not in NEVER_MET])
def test_a_small_change_of_what_the_server_writes_is_judged_as_its_values_are(name: str) -> None:
    assert misjudged_mutations(DEFINITIONS, name, ("server",), SAMPLE) == []
