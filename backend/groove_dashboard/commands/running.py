"""How a command runs: what its log looks like, and that it says in one line, with exit code 1, why it cannot go on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")

LOG_FORMAT: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def maintain(work: Coroutine[Any, Any, T]) -> T:
    """Work on a database, and say in one line why it cannot be done."""
    from groove_dashboard.app import CannotStart  # noqa: PLC0415 - as for serve

    try:
        return asyncio.run(work)
    except CannotStart as error:
        fail(str(error))


def fail(message: str) -> NoReturn:
    """Say it, and end."""
    click.echo(f"Error: {message}", err=True)
    raise SystemExit(1)
