"""The command line. Each flag has a twin in the environment, which `--help` names."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import stat
import sys
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click
from click.core import ParameterSource

from groove_dashboard import __version__
from groove_dashboard.client import ClientError, EventWriter, Sender, ServerAway, Undelivered, WriterLimits
from groove_dashboard.config import (
    DEFAULT_HEARTBEAT_SECONDS,
    DEFAULT_HOST,
    DEFAULT_MAX_CONNECTIONS,
    DEFAULT_MAX_TOPICS,
    DEFAULT_MESSAGES_PER_SECOND,
    DEFAULT_POOL_SIZE,
    DEFAULT_PORT,
    DEFAULT_SLOW_CLIENT_SECONDS,
    Settings,
    default_data_dir,
)
from groove_dashboard.upload import Upload, days_to_now, read_lines, rereadable, shifted
from groove_dashboard.web.origin import parse_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from groove_dashboard.client import Statistics
    from groove_dashboard.upload import Line, Settled

T = TypeVar("T")

MINUTES_OF_A_YEAR: Final = 525_600
SECONDS_OF_AN_HOUR: Final = 3600
DEFAULT_URL: Final = f"http://{DEFAULT_HOST}:{DEFAULT_PORT}"
LOG_FORMAT: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class NumberRange(click.FloatRange):
    """Numbers within bounds, without NaN, which no comparison with a bound refuses."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; fails as a usage error."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


def _origins(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if parse_origin(value) is None:
            raise click.BadParameter(f"{value!r} is not an origin such as https://dashboard.example:8443")
    return values


def _sender(_context: click.Context, _parameter: click.Parameter, value: str) -> Sender:
    try:
        return Sender(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


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


@main.command()
@click.option(
    "--host",
    default=DEFAULT_HOST,
    show_default=True,
    envvar="GROOVE_HOST",
    show_envvar=True,
    help="Address to listen on.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    envvar="GROOVE_PORT",
    show_envvar=True,
    help="Port to listen on; 0 takes a free one.",
)
@database_options
@click.option(
    "--demo",
    is_flag=True,
    envvar="GROOVE_DEMO",
    show_envvar=True,
    help="Let a synthetic pipeline write, so that the page moves.",
)
@click.option(
    "--allow-origin",
    multiple=True,
    metavar="ORIGIN",
    callback=_origins,
    envvar="GROOVE_ALLOW_ORIGIN",
    show_envvar=True,
    help="Answer to the host of this origin and let its pages connect and act, beside the server's own; repeatable.",
)
@click.option(
    "--component-stale-minutes",
    type=NumberRange(min=0, min_open=True, max=MINUTES_OF_A_YEAR),
    default=15,
    show_default=True,
    envvar="GROOVE_COMPONENT_STALE_MINUTES",
    show_envvar=True,
    help="A part of the pipeline that has not reported for so long is shown as degraded.",
)
@click.option(
    "--max-connections",
    type=click.IntRange(min=1),
    default=DEFAULT_MAX_CONNECTIONS,
    show_default=True,
    envvar="GROOVE_MAX_CONNECTIONS",
    show_envvar=True,
    help="Connections to the socket at most; each needs a file descriptor.",
)
@click.option(
    "--max-topics",
    type=click.IntRange(min=1),
    default=DEFAULT_MAX_TOPICS,
    show_default=True,
    envvar="GROOVE_MAX_TOPICS",
    show_envvar=True,
    help="Topics of a connection at most.",
)
@click.option(
    "--messages-per-second",
    type=click.IntRange(min=1),
    default=DEFAULT_MESSAGES_PER_SECOND,
    show_default=True,
    envvar="GROOVE_MESSAGES_PER_SECOND",
    show_envvar=True,
    help="Messages that a connection may send in the long run, and three times as many at once.",
)
@click.option(
    "--heartbeat-seconds",
    type=NumberRange(min=1, max=SECONDS_OF_AN_HOUR),
    default=DEFAULT_HEARTBEAT_SECONDS,
    show_default=True,
    envvar="GROOVE_HEARTBEAT_SECONDS",
    show_envvar=True,
    help="Say something after so long a silence; less than what a proxy takes for a dead connection.",
)
@click.option(
    "--slow-client-seconds",
    type=NumberRange(min=0, min_open=True, max=SECONDS_OF_AN_HOUR),
    default=DEFAULT_SLOW_CLIENT_SECONDS,
    show_default=True,
    envvar="GROOVE_SLOW_CLIENT_SECONDS",
    show_envvar=True,
    help="Cut off a connection that does not take for so long what is sent.",
)
@click.option(
    "--pool-size",
    type=click.IntRange(min=1),
    default=DEFAULT_POOL_SIZE,
    show_default=True,
    envvar="GROOVE_POOL_SIZE",
    show_envvar=True,
    help="Connections to the database at most, beside one that listens.",
)
@click.pass_context
def serve(context: click.Context, /, **options: Any) -> None:
    """Run the server. It prints `ready http://HOST:PORT` when it can be used, and ends on SIGTERM or Ctrl-C."""
    from groove_dashboard.app import run  # noqa: PLC0415 - the other commands need not wait for the server's packages

    database_url = _chosen_database(context, options["database_url"])
    settings = Settings(
        host=options["host"],
        port=options["port"],
        data_dir=options["data_dir"],
        database_url=database_url,
        demo=options["demo"],
        allow_origin=options["allow_origin"],
        component_stale_after=timedelta(minutes=options["component_stale_minutes"]),
        max_connections=options["max_connections"],
        max_topics=options["max_topics"],
        messages_per_second=options["messages_per_second"],
        heartbeat_seconds=options["heartbeat_seconds"],
        slow_client_seconds=options["slow_client_seconds"],
        pool_max_size=options["pool_size"],
    )
    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    context.exit(asyncio.run(run(settings, announce=click.echo)))


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
        _fail(f"{error}; {_counted(writer.statistics())} so far. Run the same command again to go on.")
    except ClientError as error:
        _fail(f"{error}; {_counted(writer.statistics())} so far.")
    finally:
        with suppress(Undelivered):  # as was told
            writer.close()
    if wrong:
        _fail(f"some lines were refused: {wrong}; {_counted(writer.statistics())} of the others.")
    click.echo(_counted(writer.statistics()))


@main.command()
@database_options
@click.pass_context
def migrate(context: click.Context, data_dir: Path, database_url: str | None) -> None:
    """Bring the tables of a database to what this version needs; `serve` does so by itself."""
    from groove_dashboard.app import migrate_database  # noqa: PLC0415 - as for serve

    applied = _maintain(migrate_database(data_dir, _chosen_database(context, database_url)))
    for name in applied:
        click.echo(f"applied {name}")
    if not applied:
        click.echo("nothing to do")


@main.group()
def triggers() -> None:
    """Hear of what programs write into the tables of facts past `ingest`; without triggers nobody is told of it."""


@triggers.command()
@database_options
@click.pass_context
def install(context: click.Context, data_dir: Path, database_url: str | None) -> None:
    """Let pages follow what other programs write; again after an update. Brings the tables up to date before."""
    from groove_dashboard.app import hear_foreign_writers  # noqa: PLC0415 - as for serve

    _maintain(hear_foreign_writers(data_dir, _chosen_database(context, database_url)))
    click.echo("installed")


@triggers.command()
@database_options
@click.pass_context
def remove(context: click.Context, data_dir: Path, database_url: str | None) -> None:
    """Take the triggers away; what other programs write is not heard of any more."""
    from groove_dashboard.app import ignore_foreign_writers  # noqa: PLC0415 - as for serve

    _maintain(ignore_foreign_writers(data_dir, _chosen_database(context, database_url)))
    click.echo("removed")


@main.command()
@url_option
def demo(sender: Sender) -> None:
    """Feed a running server with a synthetic pipeline until Ctrl-C: 90 days of history, then what happens now."""
    from groove_dashboard.demo.remote import run_against  # noqa: PLC0415 - as for serve

    logging.basicConfig(level=logging.INFO, format=LOG_FORMAT)
    try:
        asyncio.run(run_against(sender))
    except ClientError as error:
        _fail(str(error))


@main.command()
def version() -> None:
    """Show the version."""
    click.echo(__version__)


def _maintain(work: Coroutine[Any, Any, T]) -> T:
    """Work on a database, and say in one line why it cannot be done."""
    from groove_dashboard.app import CannotStart  # noqa: PLC0415 - as for serve

    try:
        return asyncio.run(work)
    except CannotStart as error:
        _fail(str(error))


def _chosen_database(context: click.Context, database_url: str | None) -> str | None:
    """The URL, unless the directory was chosen: given both on the command line is an error, a flag beats a variable."""
    by_url = context.get_parameter_source("database_url")
    by_directory = context.get_parameter_source("data_dir")
    if by_directory in {None, ParameterSource.DEFAULT} or not database_url:
        return database_url
    if by_url == by_directory:
        raise click.UsageError("--data-dir and --database-url exclude each other.")
    return database_url if by_url == ParameterSource.COMMANDLINE else None


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


def _fail(message: str) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    raise SystemExit(1)
