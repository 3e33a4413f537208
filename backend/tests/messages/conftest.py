"""What the tests of messages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.messages.ajv import Ajv

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def ajv() -> Iterator[Ajv]:
    """Ajv, started once."""
    with Ajv() as running:
        yield running
