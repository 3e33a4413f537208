"""Times as the wire has them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groove_dashboard.messages.timestamps import timestamp


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 1, 12, tzinfo=UTC), "2026-03-01T12:00:00Z"),
        (datetime(2026, 3, 1, 12, 0, 0, 500, tzinfo=UTC), "2026-03-01T12:00:00.000500Z"),
    ],
)
def test_a_time_has_a_fraction_only_where_there_is_one(moment: datetime, text: str) -> None:
    assert timestamp(moment) == text
