"""How many rows are handed to one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def recordset(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows, as `json_to_recordset` takes them: a member is the column of its name, and one that is missing null.

    An array for each column costs more than twice as much, of which most is asyncpg's, that looks at each item by
    itself: a thousand records took 13 ms, and take 6.
    """
    return orjson.dumps(rows).decode()
