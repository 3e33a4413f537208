"""A server that answers as the test says, and the two places at which events wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.client.answering import Keeper, answering

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.client.answering import Answering


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def server(keeper: Keeper) -> Iterator[Answering]:
    with answering(keeper) as it:
        yield it


@pytest.fixture(params=["memory", "spool"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Where events wait."""
    return tmp_path / "spool" if request.param == "spool" else None
