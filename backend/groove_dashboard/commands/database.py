"""`migrate` and `triggers`: work on a database beside the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from groove_dashboard.commands.options import chosen_database, database_options
from groove_dashboard.commands.running import maintain

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@database_options
@click.pass_context
def migrate(context: click.Context, data_dir: Path, database_url: str | None) -> None:
    """Bring the tables of a database to what this version needs; `serve` does so by itself."""
    from groove_dashboard.app import migrate_database  # noqa: PLC0415 - as for serve

    applied = maintain(migrate_database(data_dir, chosen_database(context, database_url)))
    for name in applied:
        click.echo(f"applied {name}")
    if not applied:
        click.echo("nothing to do")


@click.group()
def triggers() -> None:
    """Hear of what programs write into the tables of facts past `ingest`; without triggers nobody is told of it."""


@triggers.command()
@database_options
@click.pass_context
def install(context: click.Context, data_dir: Path, database_url: str | None) -> None:
    """Let pages follow what other programs write; again after an update. Brings the tables up to date before."""
    from groove_dashboard.app import hear_foreign_writers  # noqa: PLC0415 - as for serve

    maintain(hear_foreign_writers(data_dir, chosen_database(context, database_url)))
    click.echo("installed")


@triggers.command()
@database_options
@click.pass_context
def remove(context: click.Context, data_dir: Path, database_url: str | None) -> None:
    """Take the triggers away; what other programs write is not heard of any more."""
    from groove_dashboard.app import ignore_foreign_writers  # noqa: PLC0415 - as for serve

    maintain(ignore_foreign_writers(data_dir, chosen_database(context, database_url)))
    click.echo("removed")
