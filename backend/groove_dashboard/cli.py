"""The command line. Each flag has a twin in the environment, which `--help` names."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any, Final

import click

from groove_dashboard import __version__
from groove_dashboard.client import ClientError, Sender, ServerAway
from groove_dashboard.commands.database import migrate, triggers
from groove_dashboard.commands.demo import fill
from groove_dashboard.commands.options import NumberRange
from groove_dashboard.commands.running import LOG_FORMAT, fail
from groove_dashboard.commands.serve import serve
from groove_dashboard.commands.upkeep import retention, verify
from groove_dashboard.config import DEFAULT_HOST, DEFAULT_PORT
from groove_dashboard.upload import LinesRefused, Tally, days_to_now, read_lines, rereadable, shifted, upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from groove_dashboard.upload import Line

DEFAULT_URL: Final = f"http://{DEFAULT_HOST}:{DEFAULT_PORT}"


def _sender(_context: click.Context, _parameter: click.Parameter, value: str) -> Sender:
    try:
        return Sender(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def url_option(command: Callable[..., None]) -> Callable[..., None]:
    """The server that a command talks to."""
    return click.option(
        "--url",
        "sender",
        default=DEFAULT_URL,
        show_default=True,
        callback=_sender,
        envvar="GROOVE_URL",
        show_envvar=True,
        help="The running server.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The live dashboard of groove: what it has learned, what helps, what hurts, whether it is healthy."""


for command in (serve, migrate, verify, retention, triggers):
    main.add_command(command)


@main.command()
@click.argument("file", type=click.File("rb"))
@url_option
@click.option(
    "--shift-to-now",
    is_flag=True,
    envvar="GROOVE_SHIFT_TO_NOW",
    show_envvar=True,
    help="Move all events by whole days, so that the newest is of the last 24 hours.",
)
@click.option(
    "--patience",
    type=NumberRange(min=0),
    default=30,
    show_default=True,
    metavar="SECONDS",
    envvar="GROOVE_PATIENCE",
    show_envvar=True,
    help="How long to wait for a server that is away.",
)
def ingest(file: IO[bytes], sender: Sender, *, shift_to_now: bool, patience: float) -> None:
    """Send the events of FILE (NDJSON: one event a line; - is standard input) to the running server.

    What the server has already is not stored twice, so an ingest that broke off is simply run again.
    """

    def send(body: bytes) -> Any:
        return sender.send_patiently(body, seconds=patience, on_wait=_tell_waiting)

    tally = Tally()
    try:
        with rereadable(file) if shift_to_now else nullcontext(file) as source:
            lines: Iterable[Line] = read_lines(source)
            if shift_to_now:
                days = days_to_now(lines, datetime.now(UTC))
                source.seek(0)
                lines = (shifted(line, days) for line in read_lines(source))
            _upload_with_bar(upload(lines, send, tally), file)
    except LinesRefused as error:
        for fault in error.faults:
            click.echo(f"line {fault.number}: {fault.path or '(the event)'}: {fault.message}", err=True)
        fail(f"{error}; nothing from their batch on was stored. {_counted(tally)} before it.")
    except ServerAway as error:
        fail(f"{error}; {_counted(tally)} so far. Run the same command again to go on.")
    except ClientError as error:
        fail(f"{error}; {_counted(tally)} so far.")
    click.echo(_counted(tally))


@main.group(invoke_without_command=True)
@url_option
@click.pass_context
def demo(context: click.Context, sender: Sender) -> None:
    """Feed a running server with a synthetic pipeline until Ctrl-C: 90 days of history, then what happens now."""
    if context.invoked_subcommand is not None:
        return
    from groove_dashboard.demo.remote import run_against  # noqa: PLC0415 - as for serve

    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    try:
        asyncio.run(run_against(sender))
    except ClientError as error:
        fail(str(error))


demo.add_command(fill)


@main.command()
def version() -> None:
    """Show the version."""
    click.echo(__version__)


def _upload_with_bar(sent: Iterable[Iterable[Line]], file: IO[bytes]) -> None:
    size = _size(file)
    hidden = size is None or not sys.stderr.isatty()
    with click.progressbar(length=size or 0, label="Sending", file=sys.stderr, hidden=hidden) as bar:
        for batch in sent:
            bar.update(sum(line.size for line in batch))


def _size(file: IO[bytes]) -> int | None:
    """The file's size in bytes; None where it cannot be known, as of a pipe."""
    try:
        status = os.fstat(file.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _counted(tally: Tally) -> str:
    return f"accepted {tally.accepted}, duplicates {tally.duplicates}"


def _tell_waiting(error: ServerAway) -> None:
    click.echo(f"Waiting: {error}", err=True)
