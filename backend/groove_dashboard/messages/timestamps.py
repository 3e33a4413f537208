"""Times as the wire has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from groove_dashboard.messages.types import Timestamp


def timestamp(moment: datetime) -> Timestamp:
    """An aware UTC time as RFC 3339 with a Z, and a fraction only where there is one."""
    return moment.isoformat().replace("+00:00", "Z")
