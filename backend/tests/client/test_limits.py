"""Bounds that cannot hold are refused at once; a batch goes when it is full, or old."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.client import WriterLimits
from groove_dashboard.ingest.events import DEFAULT_LIMITS

LIMITS = WriterLimits(batch_events=10, batch_bytes=100, batch_seconds=0.5)


@pytest.mark.parametrize(
    "bounds",
    [
        {"batch_events": 0},
        {"batch_events": DEFAULT_LIMITS.events + 1},
        {"batch_bytes": 0},
        {"batch_bytes": 16 * 1024 * 1024 + 1},
        {"batch_bytes": 1000, "memory_bytes": 999},
        {"batch_bytes": 1000, "spool_bytes": 2000},
        {"batch_seconds": -1},
        {"sync_seconds": math.nan},
        {"patience_seconds": -0.1},
        {"close_seconds": math.nan},
    ],
)
def test_bounds_that_cannot_hold_are_refused(bounds: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="_"):
        WriterLimits(**bounds)


def test_the_largest_batch_is_what_the_server_takes() -> None:
    WriterLimits(batch_events=DEFAULT_LIMITS.events, batch_bytes=16 * 1024 * 1024)


@given(st.integers(1, 20), st.integers(1, 200), st.floats(0, 2))
def test_a_batch_goes_when_it_is_full_or_old(events: int, size: int, age: float) -> None:
    seconds = LIMITS.seconds_to_batch(events, size, age)
    assert (seconds == 0) == (events >= 10 or size >= 100 or age >= 0.5)
    assert seconds + age <= max(0.5, age)


def test_nothing_never_goes() -> None:
    assert LIMITS.seconds_to_batch(0, 0, 100) == math.inf
