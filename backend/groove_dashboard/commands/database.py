"""`migrate` and `triggers`: work on a database beside the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from groove_dashboard.commands.options import chosen_database, database_options
from groove_dashboard.commands.running import maintain

if TYPE_CHECKING:
    from pathlib import Path

MISSING: Final = 3
"""Exit code of a check that has found something; 1 says that it could not tell, and 2 is a wrong usage."""


@click.command()
@database_options
@click.option("--check", is_flag=True, help="Only say what is missing: exit code 0 for nothing, 3 for something.")
@click.pass_context
def migrate(context: click.Context, data_dir: Path, database_url: str | None, *, check: bool) -> None:
    """Bring the tables of a database to what this version needs; `serve` does so by itself."""
    from groove_dashboard import maintenance  # noqa: PLC0415 - as for serve

    url = chosen_database(context, database_url)
    if check:
        missing = maintain(maintenance.missing_migrations(data_dir, url))
        for name in missing:
            click.echo(f"missing {name}")
        if missing:
            context.exit(MISSING)
        click.echo("up to date")
        return
    applied = maintain(maintenance.migrate(data_dir, url))
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
    from groove_dashboard.maintenance import hear_foreign_writers  # noqa: PLC0415 - as for serve

    maintain(hear_foreign_writers(data_dir, chosen_database(context, database_url)))
    click.echo("installed")


@triggers.command()
@database_options
@click.pass_context
def remove(context: click.Context, data_dir: Path, database_url: str | None) -> None:
    """Take the triggers away; what other programs write is not heard of any more."""
    from groove_dashboard.maintenance import ignore_foreign_writers  # noqa: PLC0415 - as for serve

    maintain(ignore_foreign_writers(data_dir, chosen_database(context, database_url)))
    click.echo("removed")
