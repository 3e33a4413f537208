"""Options that several commands have."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from groove_dashboard.config import default_data_dir

if TYPE_CHECKING:
    from collections.abc import Callable


class NumberRange(click.FloatRange):
    """Numbers within bounds, without NaN, which no comparison with a bound refuses."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; fails as a usage error."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


def database_options(command: Callable[..., None]) -> Callable[..., None]:
    """The two ways to name a database, of which a command takes one."""
    data_dir = click.option(
        "--data-dir",
        type=click.Path(path_type=Path, file_okay=False),
        default=default_data_dir,
        show_default=str(default_data_dir()),
        envvar="GROOVE_DATA_DIR",
        show_envvar=True,
        help="Keep the data in an embedded PostgreSQL in this directory.",
    )
    database_url = click.option(
        "--database-url",
        metavar="URL",
        envvar="GROOVE_DATABASE_URL",
        show_envvar=True,
        help="Keep the data in this PostgreSQL (15 or newer) instead.",
    )
    return data_dir(database_url(command))


def chosen_database(context: click.Context, database_url: str | None) -> str | None:
    """The URL, unless the directory was chosen: given both on the command line is an error, a flag beats a variable."""
    by_url = context.get_parameter_source("database_url")
    by_directory = context.get_parameter_source("data_dir")
    if by_directory in {None, ParameterSource.DEFAULT} or not database_url:
        return database_url
    if by_url == by_directory:
        raise click.UsageError("--data-dir and --database-url exclude each other.")
    return database_url if by_url == ParameterSource.COMMANDLINE else None
