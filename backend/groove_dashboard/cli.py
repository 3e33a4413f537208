"""The command line. Each flag has a twin in the environment, which `--help` names."""

from __future__ import annotations

import asyncio
import logging
import os
import stat
import sys
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Final

import click

from groove_dashboard import __version__
from groove_dashboard.client import ClientError, EventWriter, Sender, ServerAway, Undelivered, WriterLimits
from groove_dashboard.commands.database import dump, load, migrate, triggers
from groove_dashboard.commands.demo import fill
from groove_dashboard.commands.options import NumberRange
from groove_dashboard.commands.running import LOG_FORMAT, fail
from groove_dashboard.commands.serve import serve
from groove_dashboard.commands.upkeep import retention, verify
from groove_dashboard.config import DEFAULT_HOST, DEFAULT_PORT
from groove_dashboard.upload import Upload, days_to_now, read_lines, rereadable, shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from groove_dashboard.client import Statistics
    from groove_dashboard.upload import Line, Settled

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


for command in (serve, migrate, verify, retention, dump, load, triggers):
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

    What is wrong is told by its line and left out. What the server has already is not stored twice, so an ingest that
    broke off is simply run again.
    """
    upload = Upload()
    # The file keeps what is not delivered, so the writer needs no spool, and need not wait at the end.
    limits = WriterLimits(patience_seconds=patience, close_seconds=0)
    writer = EventWriter(sender.url, None, limits=limits, on_refused=upload.refused, on_trouble=_tell_waiting)
    try:
        with rereadable(file) if shift_to_now else nullcontext(file) as source:
            lines: Iterable[Line] = read_lines(source)
            if shift_to_now:
                days = days_to_now(lines, datetime.now(UTC))
                source.seek(0)
                lines = (shifted(line, days) for line in read_lines(source))
            wrong = _faulty_lines(upload.send(lines, writer), file)
    except ServerAway as error:
        fail(f"{error}; {_counted(writer.statistics())} so far. Run the same command again to go on.")
    except ClientError as error:
        fail(f"{error}; {_counted(writer.statistics())} so far.")
    finally:
        with suppress(Undelivered):  # as was told
            writer.close()
    if wrong:
        fail(f"some lines were refused: {wrong}; {_counted(writer.statistics())} of the others.")
    click.echo(_counted(writer.statistics()))


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


def _faulty_lines(sent: Iterable[Settled], file: IO[bytes]) -> int:
    """How many lines were refused, each told when it is known; a terminal is shown a bar."""
    size = _size(file)
    hidden = size is None or not sys.stderr.isatty()
    count = 0
    with click.progressbar(length=size or 0, label="Sending", file=sys.stderr, hidden=hidden) as bar:
        for one in sent:
            bar.update(one.line.size)
            for fault in one.faults:
                click.echo(f"line {one.line.number}: {fault['path'] or '(the event)'}: {fault['message']}", err=True)
            count += bool(one.faults)
    return count


def _size(file: IO[bytes]) -> int | None:
    """The file's size in bytes; None where it cannot be known, as of a pipe."""
    try:
        status = os.fstat(file.fileno())
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _counted(counts: Statistics) -> str:
    return f"accepted {counts.accepted}, duplicates {counts.duplicates}"


def _tell_waiting(error: ClientError) -> None:
    if isinstance(error, ServerAway):
        click.echo(f"Waiting: {error}", err=True)
