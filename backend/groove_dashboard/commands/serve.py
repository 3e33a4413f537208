"""`serve`: the server, and everything that an operator may choose of it."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any, Final

import click

from groove_dashboard.commands.options import NumberRange, chosen_database, database_options
from groove_dashboard.commands.running import LOG_FORMAT
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
)
from groove_dashboard.web.origin import parse_origin

MINUTES_OF_A_YEAR: Final = 525_600
SECONDS_OF_AN_HOUR: Final = 3600


def _origins(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if parse_origin(value) is None:
            raise click.BadParameter(f"{value!r} is not an origin such as https://dashboard.example:8443")
    return values


@click.command()
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

    database_url = chosen_database(context, options["database_url"])
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
