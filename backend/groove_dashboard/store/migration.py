"""One migration: a numbered file of plain SQL.

A file is applied in a transaction, as a whole or not at all. An index of a table that is being written must be made or
dropped outside of one: such a file begins with the line `-- concurrently`, with the reason behind it, and consists of
one statement, `create [unique] index concurrently NAME …` or `drop index concurrently NAME`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groove_dashboard.store.errors import MigrationError

MIGRATIONS: Final = Path(__file__).parent / "migrations"
CONCURRENTLY: Final = re.compile(r"--\s*concurrently\b", re.IGNORECASE)
COMMENT: Final = re.compile(r"--[^\n]*")
STATEMENT: Final = re.compile(
    r"\s*(?P<verb>create|drop)(\s+unique)?\s+index\s+concurrently\s+(?!(on|if)\b)(?P<index>[a-z_][a-z0-9_]*)\b[^;]*;?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class IndexChange:
    """What a file does that is applied outside a transaction."""

    index: str
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class Migration:
    """One file; `concurrent` where it must not be applied in a transaction."""

    name: str
    sql: str
    concurrent: IndexChange | None = None

    @property
    def checksum(self) -> str:
        """Tells whether the file was changed after it had been applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(directory: Path = MIGRATIONS) -> list[Migration]:
    """The files of a directory in their order. Raises MigrationError for one that cannot be applied as it wants to."""
    return [_parsed(file.stem, file.read_text(encoding="utf-8")) for file in sorted(directory.glob("*.sql"))]


def _parsed(name: str, sql: str) -> Migration:
    if not CONCURRENTLY.match(sql):
        return Migration(name, sql)
    statement = STATEMENT.fullmatch(COMMENT.sub("", sql))
    if statement is None:
        raise MigrationError(
            f"Migration {name} says that it is applied concurrently, so it must be a single "
            f"`create index concurrently NAME …` or `drop index concurrently NAME`."
        )
    return Migration(name, sql, IndexChange(statement["index"].lower(), statement["verb"].lower() == "drop"))
