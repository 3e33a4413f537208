"""`verify` and `retention`: look after what a database holds, while servers may be at work."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from groove_dashboard.commands.options import chosen_database, database_options
from groove_dashboard.commands.running import maintain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from groove_dashboard.store.verification import Difference

SHORTEST_DAYS: Final = 31
LONGEST_DAYS: Final = 36_500
LISTED: Final = 100
"""Differences that are shown one by one."""


class Days(click.ParamType[timedelta]):
    """A number of days such as `400d`."""

    name = "DAYS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The time; fails as a usage error."""
        if isinstance(value, timedelta):
            return value
        if not (match := re.fullmatch(r"([0-9]{1,6})d", value)):
            self.fail(f"{value!r} is not a number of days such as 400d.", param, ctx)
        if int(match[1]) < SHORTEST_DAYS:
            self.fail(f"{value} is less than {SHORTEST_DAYS} days.", param, ctx)
        if int(match[1]) > LONGEST_DAYS:
            self.fail(f"{value} is more than {LONGEST_DAYS} days.", param, ctx)
        return timedelta(days=int(match[1]))


@click.command()
@database_options
@click.option("--repair", is_flag=True, help="Mend what differs.")
@click.pass_context
def verify(context: click.Context, data_dir: Path, database_url: str | None, *, repair: bool) -> None:
    """Recompute all roll-ups from the facts and say what differs: exit code 1 where something does, or still does."""
    from groove_dashboard import maintenance  # noqa: PLC0415 - as for serve

    found, left = maintain(maintenance.verify(data_dir, chosen_database(context, database_url), repair=repair))
    _list(found)
    if not found:
        click.echo("all roll-ups are what the facts say")
    elif not repair:
        click.echo(f"{len(found)} differences; --repair mends them")
    elif not left:
        click.echo(f"{len(found)} differences, all mended")
    else:
        click.echo("left after mending:")
        _list(left)
    context.exit(1 if left else 0)


@click.command()
@database_options
@click.option(
    "--keep",
    type=Days(),
    required=True,
    envvar="GROOVE_KEEP",
    show_envvar=True,
    help="How old attribution records may get at least, such as 400d; whole months go.",
)
@click.pass_context
def retention(context: click.Context, data_dir: Path, database_url: str | None, *, keep: timedelta) -> None:
    """Give up attribution records of months that ended before then; every figure over all time stays as it is."""
    from groove_dashboard import maintenance  # noqa: PLC0415 - as for serve

    url = chosen_database(context, database_url)
    given_up = maintain(maintenance.retain(data_dir, url, keep, datetime.now(UTC)))
    for month in given_up.months:
        click.echo(f"gave up the records of {month}")
    click.echo(f"records are kept from {given_up.horizon} on; {given_up.events} ids of events were given up")


def _list(differences: Sequence[Difference]) -> None:
    for one in differences[:LISTED]:
        click.echo(f"{one.table} {_fields(one.key)}: kept {_fields(one.kept)}, recomputed {_fields(one.recomputed)}")
    if len(differences) > LISTED:
        click.echo(f"and {len(differences) - LISTED} more")


def _fields(fields: Mapping[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in fields.items())
