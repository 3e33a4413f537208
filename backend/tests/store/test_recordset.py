"""Rows come to a statement as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groove_dashboard.store.recordset import array, columns

if TYPE_CHECKING:
    from groove_dashboard.store.database import Database

TEXTS = ["plain", "", "null", "a,b", "{}", " ", '"', "\\", '\\"', "a\nb\tc\x01", "ä€😀", None]


async def test_texts_arrive_as_they_are(database: Database) -> None:
    async with database._connection() as connection:
        for texts in (TEXTS, TEXTS[:6], []):
            assert await connection.fetchval("select $1::text::text[]", array(texts)) == texts


async def test_numbers_and_booleans_arrive_as_they_are(database: Database) -> None:
    numbers = [0.1, -1, 1e300, 5e-324, 0.12345649999999999, None]
    booleans = [True, False, None]
    async with database._connection() as connection:
        assert await connection.fetchval("select $1::text::float8[]", array(numbers)) == numbers
        assert await connection.fetchval("select $1::text::boolean[]", array(booleans)) == booleans


async def test_a_member_that_is_missing_is_null(database: Database) -> None:
    rows: list[dict[str, object]] = [{"name": "a\\b", "count": 1}, {"name": "c"}]
    query = "select * from unnest($1::text::text[], $2::text::bigint[])"
    async with database._connection() as connection:
        found = await connection.fetch(query, *columns(rows, "name", "count"))
    assert [tuple(row) for row in found] == [("a\\b", 1), ("c", None)]
