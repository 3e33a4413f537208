"""`migrate`, `dump`, `load` and `triggers`: work on a database beside the server."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from groove_dashboard.commands.options import chosen_database, database_options
from groove_dashboard.commands.running import maintain

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


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@database_options
@click.option(
    "--server-programs",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    envvar="GROOVE_SERVER_PROGRAMS",
    show_envvar=True,
    help="The folder with the programs of the PostgreSQL that --data-dir is of, if not of the one that is installed.",
)
@click.pass_context
def dump(
    context: click.Context, file: Path, data_dir: Path, database_url: str | None, server_programs: Path | None
) -> None:
    """Write everything that the database holds into FILE, while servers may be at work."""
    from groove_dashboard import maintenance  # noqa: PLC0415 - as for serve

    maintain(maintenance.dump(data_dir, chosen_database(context, database_url), file, server_programs))
    click.echo(f"dumped into {file}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@database_options
@click.pass_context
def load(context: click.Context, file: Path, data_dir: Path, database_url: str | None) -> None:
    """Put what `dump` wrote into FILE into a database without data, and bring it up to date: all of it or nothing."""
    from groove_dashboard import maintenance  # noqa: PLC0415 - as for serve

    for name in maintain(maintenance.load(data_dir, chosen_database(context, database_url), file)):
        click.echo(f"applied {name}")
    click.echo(f"loaded {file}")


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
