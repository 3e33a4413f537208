from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groove_dashboard.store.database import Database


async def test_ping_answers(database: Database) -> None:
    await database.ping()
    async with database.snapshot() as stores:
        assert await stores.changes.position()


def test_sync(database_url: str) -> None:
    assert database_url.startswith("postgresql://")
