"""What has changed from one state to the next, as a JSON patch (RFC 6902) that costs what has changed and little more.

Made here and not by a library: those that there are compare lists by position, so that a row that moves up rewrites
every row it passes.
"""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from groove_dashboard.messages.types import PatchOperation

Identity: TypeAlias = "Hashable"

IDENTITIES: Final[tuple[tuple[str, ...], ...]] = (
    ("id",),
    ("learning_id",),
    ("session_id",),
    ("name",),
    ("variant",),
    ("category", "context_type"),
    ("component",),
    ("date",),
)
"""What tells the items of a list apart, in the order in which it is tried."""


def difference(before: Any, after: Any) -> list[PatchOperation]:
    """The operations that turn one JSON value into the other, in order; none where they are equal.

    Numbers are compared as JSON has them: 1 is 1.0. Items of a list that have an identity are followed by it: one that
    moves is moved, one that changes is changed where it stands; where none stays, the list is replaced. Other lists are
    compared as sequences.
    """
    return list(_changes(before, after, ""))


def _changes(before: Any, after: Any, path: str) -> Iterator[PatchOperation]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _object_changes(before, after, path)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_changes(before, after, path)
    else:
        yield {"op": "replace", "path": path, "value": after}


def _object_changes(before: dict[str, Any], after: dict[str, Any], path: str) -> Iterator[PatchOperation]:
    for name in before:
        if name not in after:
            yield {"op": "remove", "path": f"{path}/{_token(name)}"}
    for name, value in after.items():
        inner = f"{path}/{_token(name)}"
        if name in before:
            yield from _changes(before[name], value, inner)
        else:
            yield {"op": "add", "path": inner, "value": value}


def _list_changes(before: list[Any], after: list[Any], path: str) -> Iterator[PatchOperation]:
    for names in IDENTITIES:
        old, new = _identities(before, names), _identities(after, names)
        if old is not None and new is not None:
            if old and new and set(old).isdisjoint(new):
                yield {"op": "replace", "path": path, "value": after}
                return
            yield from _arrangement(old, new, after, path)
            items = dict(zip(old, before, strict=True))
            for index, one in enumerate(new):
                if one in items:
                    yield from _changes(items[one], after[index], f"{path}/{index}")
            return
    yield from _sequence_changes(before, after, path)


def _identities(items: list[Any], names: tuple[str, ...]) -> list[Identity] | None:
    """What tells each item from the others; None where one has no such properties or shares them with another."""
    try:
        identity = itemgetter(*names)
        found = [identity(item) for item in items]
        return found if len(set(found)) == len(found) else None
    except (KeyError, TypeError):  # an item without that property, or no object at all
        return None


def _arrangement(old: list[Identity], new: list[Identity], items: list[Any], path: str) -> Iterator[PatchOperation]:
    """Remove what is gone, and bring the rest into its new order with as few moves and additions as there can be.

    The longest run of items that are in the right order among themselves stays. Each of the others is put right after
    the one that precedes it in the new order, from the first to the last. It is never there already: it would have been
    one of the run.
    """
    wanted = {one: index for index, one in enumerate(new)}
    here = list(old)
    for index in range(len(old) - 1, -1, -1):
        if old[index] not in wanted:
            del here[index]
            yield {"op": "remove", "path": f"{path}/{index}"}
    staying = {here[index] for index in _longest_rising([wanted[one] for one in here])}
    kept = set(here)
    for index, one in enumerate(new):
        if one in staying:
            continue
        source = here.index(one) if one in kept else None
        if source is not None:
            del here[source]
        place = here.index(new[index - 1]) + 1 if index else 0
        here.insert(place, one)
        if source is None:
            yield {"op": "add", "path": f"{path}/{place}", "value": items[index]}
        else:
            yield {"op": "move", "from": f"{path}/{source}", "path": f"{path}/{place}"}


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest rising run among different numbers, which may have gaps."""
    ends: list[int] = []  # the least number with which a run of each length ends
    positions: list[int] = []
    previous: list[int | None] = []
    for position, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(positions[length - 1] if length else None)
        ends[length : length + 1] = [number]
        positions[length : length + 1] = [position]
    run: list[int] = []
    last = positions[-1] if positions else None
    while last is not None:
        run.append(last)
        last = previous[last]
    return run


def _sequence_changes(before: list[Any], after: list[Any], path: str) -> Iterator[PatchOperation]:
    """Lists whose items nothing tells apart, compared by what stays in the same order; they are short in all topics."""
    matcher = SequenceMatcher(None, _texts(before), _texts(after), autojunk=False)
    for _, start, end, new_start, new_end in reversed(matcher.get_opcodes()):  # so that the places before still hold
        common = min(end - start, new_end - new_start)
        for index in range(end - 1, start + common - 1, -1):
            yield {"op": "remove", "path": f"{path}/{index}"}
        for offset in range(common):
            yield from _changes(before[start + offset], after[new_start + offset], f"{path}/{start + offset}")
        for offset in range(common, new_end - new_start):
            yield {"op": "add", "path": f"{path}/{start + offset}", "value": after[new_start + offset]}


def _texts(items: list[Any]) -> list[bytes]:
    return [orjson.dumps(item, option=orjson.OPT_SORT_KEYS) for item in items]


def _token(name: str) -> str:
    """A name as JSON pointers (RFC 6901) spell it."""
    return name.replace("~", "~0").replace("/", "~1")
