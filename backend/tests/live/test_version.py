"""A version names a state, wherever and whenever it was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.live.version import encode, version_of

if TYPE_CHECKING:
    from groove_dashboard.messages.types import LearningsData

EMPTY: LearningsData = {"data_type": "learnings", "learnings": [], "total": 0}


def test_the_encoding_is_compact_sorted_and_utf_8() -> None:
    assert encode({"total": 1, "learnings": [], "data_type": "learnings"}) == (
        b'{"data_type":"learnings","learnings":[],"total":1}'
    )


def test_a_version_is_stable_from_release_to_release() -> None:
    assert version_of(encode(EMPTY)) == "55aefb186719b7011c09feef"


@given(st.permutations(list(EMPTY)))
def test_the_order_of_properties_does_not_matter(order: list[str]) -> None:
    shuffled = {name: EMPTY[name] for name in order}  # type: ignore[literal-required]
    assert version_of(encode(shuffled)) == version_of(encode(EMPTY))  # type: ignore[arg-type]


@given(st.integers(0, 10), st.integers(0, 10))
def test_versions_differ_exactly_where_data_differ(one: int, other: int) -> None:
    encoded = [encode({**EMPTY, "total": total}) for total in (one, other)]
    assert (version_of(encoded[0]) == version_of(encoded[1])) == (one == other)
    assert orjson.loads(encoded[0])["total"] == one
