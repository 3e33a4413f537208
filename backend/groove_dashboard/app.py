"""The composition root: the only file that knows every room. It starts them in order and stops them in reverse."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import orjson

from groove_dashboard.clock import SystemClock
from groove_dashboard.demo import pipeline
from groove_dashboard.ingest.apply import Ingest
from groove_dashboard.ingest.events import RecordsGivenUp, parse_events
from groove_dashboard.live.driver import Driver
from groove_dashboard.live.hub import Hub
from groove_dashboard.live.limits import Limits
from groove_dashboard.live.state import TopicFailure, TopicState
from groove_dashboard.store.database import Database
from groove_dashboard.store.embedded import running_embedded
from groove_dashboard.store.errors import DatabaseUnavailable, StoreError
from groove_dashboard.store.feed import DEFAULT_TIMING, ChangeFeed, FeedTiming, Notifier
from groove_dashboard.store.migrate import migrate
from groove_dashboard.store.pooler import LISTEN_ADVICE, require_own_sessions, require_same_database
from groove_dashboard.store.rollups import Calendar
from groove_dashboard.topics import providers
from groove_dashboard.topics.provider import TopicError
from groove_dashboard.topics.reader import TopicReader
from groove_dashboard.web.origin import parse_origin
from groove_dashboard.web.server import collect_garbage_less_often, listening, make_app
from groove_dashboard.web.services import Labelled, Services, Summary
from groove_dashboard.web.websocket import DashboardSocket

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence

    from groove_dashboard.config import Settings
    from groove_dashboard.live.clock import Clock
    from groove_dashboard.live.state import Read
    from groove_dashboard.messages import types
    from groove_dashboard.store.changes import Change
    from groove_dashboard.store.embedded import EmbeddedServer
    from groove_dashboard.web.services import Figure, Figures

log = logging.getLogger(__name__)


class CannotStart(Exception):
    """The server cannot be started; the text says why, for the one who tried."""


class PartDied(Exception):
    """A part that runs as long as the server has ended; its own exception is the cause."""


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that takes requests."""

    url: str
    ended: Callable[[], Awaitable[None]]
    """Waits until a part dies, and raises PartDied then; it does not return otherwise."""


class Pace(NamedTuple):
    """What is bounded and when: a test may choose it, an operator what `Settings` has of it."""

    limits: Limits
    feed_timing: FeedTiming
    clock: Clock


async def run(settings: Settings, *, announce: Callable[[str], None]) -> int:
    """Serve until SIGTERM or Ctrl-C and return the exit code: 0 after a signal, 1 where the server could not go on.

    `announce` is given the one line that says that, and where, requests are taken.
    """
    collect_garbage_less_often()
    work = asyncio.current_task()
    assert work is not None  # noqa: S101 - a coroutine that runs is a task's
    _on_signal(work.cancel)
    try:
        async with serving(settings) as server:
            announce(f"ready {server.url}")
            await server.ended()
    except asyncio.CancelledError:
        log.info("stopped")
        return 0
    except CannotStart as error:
        log.error("%s", error)  # noqa: TRY400 - it says all, a trace would hide it
    except PartDied as error:
        log.critical("%s; the server ends", error, exc_info=error.__cause__)
    return 1


@asynccontextmanager
async def serving(
    settings: Settings,
    limits: Limits | None = None,
    *,
    feed_timing: FeedTiming = DEFAULT_TIMING,
    clock: Clock | None = None,
) -> AsyncIterator[RunningServer]:
    """A running server, stopped when the block is left. Raises CannotStart."""
    async with AsyncExitStack() as stack:
        listen_url, database, embedded = await _open_database(stack, settings)
        pace = Pace(limits or _limits(settings), feed_timing, clock or SystemClock())
        parts, services = _compose(settings, pace, listen_url, database)
        if embedded is not None:
            parts["the embedded PostgreSQL"] = embedded.keep()
        ended = await stack.enter_async_context(supervised(parts))
        app = make_app(services, max_body_bytes=settings.max_body_bytes)
        listener = listening(app, settings.host, settings.port, drain_seconds=settings.drain_seconds)
        try:
            port = await stack.enter_async_context(listener)
        except OSError as error:
            raise CannotStart(f"Cannot listen on {_url(settings.host, settings.port)}: {error.strerror}") from error
        yield RunningServer(_url(settings.host, port), ended)


async def _open_database(stack: AsyncExitStack, settings: Settings) -> tuple[str, Database, EmbeddedServer | None]:
    """Where to listen, the database with the tables of this version, and its server where that is ours.

    The stack ends both.
    """
    embedded = None
    try:
        url = settings.database_url
        if url is None:
            embedded = await stack.enter_async_context(running_embedded(settings.data_dir))
            url = embedded.url
        listen_url = settings.listen_url or url
        await require_own_sessions(listen_url, LISTEN_ADVICE)
        if listen_url != url:
            await require_same_database(url, listen_url)
        await migrate(url)
        database = await Database.connect(
            url,
            min_size=settings.pool_min_size,
            max_size=settings.pool_max_size,
            acquire_timeout=settings.acquire_timeout_seconds,
            command_timeout=settings.statement_timeout_seconds,
        )
    except StoreError as error:
        raise CannotStart(str(error)) from error
    stack.push_async_callback(database.close)
    return listen_url, database, embedded


def _limits(settings: Settings) -> Limits:
    """What the operator has chosen, and the rest as it was measured."""
    return Limits(
        max_connections=settings.max_connections,
        max_topics=settings.max_topics,
        messages_per_second=settings.messages_per_second,
        message_burst=3 * settings.messages_per_second,
        heartbeat_seconds=settings.heartbeat_seconds,
        drain_timeout=settings.slow_client_seconds,
    )


def _compose(
    settings: Settings, pace: Pace, listen_url: str, database: Database
) -> tuple[dict[str, Coroutine[object, object, object]], Services]:
    """What runs beside the requests, and what answers them."""
    limits, feed_timing, clock = pace
    hub = Hub(limits, clock)
    read = _reading(TopicReader(database, clock.now, settings))
    driver = Driver(hub, read, limits, clock)
    feed = ChangeFeed(listen_url, _marking(hub), hub.mark_all, timing=feed_timing)
    notifier = Notifier(database)

    def committed() -> None:
        feed.wake()
        notifier.committed()

    ingest = Ingest(database, clock.now, committed)
    act = _acting(ingest)
    allowed_origins = frozenset(origin for text in settings.allow_origin if (origin := parse_origin(text)))
    socket = DashboardSocket(hub, act, limits=limits, clock=clock, allowed_origins=allowed_origins)
    services = Services(
        read=read,
        ingest=ingest,
        act=act,
        readiness=_readiness(database, feed),
        figures=_figures(hub, socket, database),
        socket=socket,
        static_dir=settings.static_dir,
        host=settings.host,
        allowed_origins=allowed_origins,
    )
    parts: dict[str, Coroutine[object, object, object]] = {
        "the driver": driver.run(),
        "the change feed": feed.run(),
        "the notifier": notifier.run(),
        "the calendar": Calendar(database).run(),
    }
    if settings.demo:
        parts["the demo"] = pipeline.run(_feeding(ingest), clock=clock.now)
    return parts, services


@asynccontextmanager
async def supervised(
    parts: Mapping[str, Coroutine[object, object, object]],
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Run the parts until the block is left; what it gives waits for a part to end before, and raises PartDied."""
    tasks = [asyncio.create_task(part, name=name) for name, part in parts.items()]

    async def ended() -> None:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            raise PartDied(f"{task.get_name()} has ended") from task.exception()

    try:
        yield ended
    finally:
        for task in tasks:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                log.error("a part failed", exc_info=result)


def _reading(reader: TopicReader) -> Read:
    """The topics' reader in the words of the live room.

    Each room has its own state and failure since neither may know the other, and messages holds only what is spoken.
    """

    async def read(topics: Sequence[types.DashboardTopic]) -> list[TopicState | TopicFailure]:
        return [
            TopicFailure(result.code, result.message)
            if isinstance(result, TopicError)
            else TopicState(result.data, result.fresh_until, result.seconds)
            for result in await reader.read(topics)
        ]

    return read


def _marking(hub: Hub) -> Callable[[Sequence[Change]], None]:
    """Tells the hub which topics the changes concern."""
    known = providers()

    def mark(changes: Sequence[Change]) -> None:
        hub.mark(lambda topic: any(known[topic["topic"]].concerns(topic, change) for change in changes))

    return mark


def _acting(ingest: Ingest) -> Callable[[types.LearningAction, types.Uuid], Awaitable[None]]:
    async def act(action: types.LearningAction, learning_id: types.Uuid) -> None:
        if action == "delete_learning":
            await ingest.delete_learning(learning_id)
        else:
            await ingest.set_learning_status(learning_id, action)

    return act


def _feeding(ingest: Ingest) -> Callable[[Sequence[types.IngestEvent]], Awaitable[None]]:
    """The demo's way in: its events are judged like anybody's."""

    async def feed(events: Sequence[types.IngestEvent]) -> None:
        parsed = await asyncio.to_thread(parse_events, orjson.dumps(events))
        try:
            await _apply_the_rest(ingest, parsed)
        except DatabaseUnavailable as error:
            raise pipeline.SinkAway(str(error)) from error

    return feed


async def _apply_the_rest(ingest: Ingest, events: Sequence[types.IngestEvent]) -> None:
    """Store the events but for those whose time has been given up: a demo begins with the history of many months."""
    while True:
        try:
            await ingest.apply(events)
        except RecordsGivenUp as error:
            given_up = {fault["index"] for fault in error.faults}
            events = [event for index, event in enumerate(events) if index not in given_up]
        else:
            return


def _readiness(database: Database, feed: ChangeFeed) -> Callable[[], Awaitable[dict[str, bool]]]:
    async def readiness() -> dict[str, bool]:
        try:
            await database.ping()
        except DatabaseUnavailable:
            return {"database": False, "change_feed": feed.connected}
        return {"database": True, "change_feed": feed.connected}

    return readiness


def _figures(hub: Hub, socket: DashboardSocket, database: Database) -> Figures:
    def figures() -> dict[str, Figure]:
        topics, peers, pool = hub.statistics(), socket.statistics(), database.statistics()
        return {
            "connections": peers.connections,
            "connections_opened_total": peers.opened,
            "closes_total": Labelled(("by", "code"), {(by, code): times for (by, code), times in peers.closes.items()}),
            "messages_received_total": peers.received,
            "frames_sent_total": peers.sent,
            "sent_bytes_total": peers.sent_bytes,
            "topics": topics.channels,
            "subscriptions": topics.subscriptions,
            "topics_reading": topics.reading,
            "topics_failing": topics.failing,
            "refreshes_total": topics.refreshes,
            "changes_total": topics.changes,
            "query_seconds": Summary(topics.refreshes, topics.read_seconds),
            "fanout_lag_seconds": peers.lag,
            "conflations_total": topics.conflations,
            "resumptions_total": Labelled(
                ("outcome",), {(outcome,): times for outcome, times in topics.resumptions.items()}
            ),
            "failures_total": topics.failures,
            "database_connections": pool.open,
            "database_connections_idle": pool.idle,
            "database_connections_limit": pool.limit,
        }

    return figures


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _on_signal(stop: Callable[[], object]) -> None:
    """Call `stop` at the first SIGTERM or Ctrl-C; further ones do not disturb the stopping."""
    asked = False

    def ask() -> None:
        nonlocal asked
        if not asked:
            asked = True
            stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ask)
