"""`demo fill`: a large history at once, in the database itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from groove_dashboard.commands.options import chosen_database, database_options
from groove_dashboard.commands.running import maintain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from groove_dashboard.demo.scale import Scale


def _number(name: str, default: int, meaning: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        f"--{name}",
        type=int,
        default=default,
        show_default=True,
        envvar=f"GROOVE_FILL_{name.upper()}",
        show_envvar=True,
        help=meaning,
    )


@click.command()
@database_options
@_number("learnings", 500, "How many learnings.")
@_number("sessions", 5_000, "How many sessions.")
@_number("records", 100_000, "How many attribution records of all sessions together.")
@_number("days", 365, "Over how many days, the last being that of the end.")
@_number("seed", 1, "Another one makes another history.")
@click.option(
    "--until",
    type=click.DateTime(),
    envvar="GROOVE_FILL_UNTIL",
    show_envvar=True,
    show_default="now",
    help="When it ends (UTC); the same end, seed and numbers make the same facts.",
)
@click.pass_context
def fill(
    context: click.Context, /, *, data_dir: Path, database_url: str | None, until: datetime | None, **sizes: int
) -> None:
    """Fill an empty database with a made-up history of any size; a million records take a minute.

    It is all written or, where the command is stopped, nothing. Brings the tables up to date before.
    """
    from groove_dashboard import maintenance  # noqa: PLC0415 - as for serve

    scale = _scale(datetime.now(UTC) if until is None else until.replace(tzinfo=UTC), sizes)
    maintain(
        maintenance.fill(
            data_dir,
            chosen_database(context, database_url),
            scale.steps(),
            lambda step: click.echo(step, err=True),
        )
    )
    click.echo(f"filled with {scale.records:,} records of {scale.learnings:,} learnings in {scale.sessions:,} sessions")


def _scale(until: datetime, sizes: dict[str, int]) -> Scale:
    from groove_dashboard.demo.scale import Scale  # noqa: PLC0415 - as for serve

    try:
        return Scale(until=until, **sizes)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
