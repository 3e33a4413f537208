"""Dumps of a whole database, by PostgreSQL's own `pg_dump` and `pg_restore`, which the wheel of the server brings.

A dump is made of one moment, while servers are at work. Loading is one transaction: all of it or nothing.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import asynccontextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from groove_dashboard.store.cluster import our_programs
from groove_dashboard.store.connection import UNHURRIED, connected, transaction
from groove_dashboard.store.errors import BackupError, translated
from groove_dashboard.store.migrate import DEFAULT_PATIENCE, turn
from groove_dashboard.store.pooler import DIRECT_ADVICE, require_own_sessions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NAME: Final = "groove-dashboard-load"
LOCK_WAIT: Final = "60s"
CHUNK_BYTES: Final = 256 * 1024
# The outbox is about transactions of the server that wrote it; in another one their numbers mean nothing.
DUMP: Final = (
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    f"--lock-wait-timeout={LOCK_WAIT}",
    "--exclude-table-data=*.change_log",
)
RESTORE: Final = ("--no-owner", "--no-privileges", "--no-comments", "--file=-")
PSQL: Final = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--file=-")
# Who follows the feed of the new server begins with its own transactions.
FORGET_OUTBOX: Final = b"""
reset search_path;
truncate change_log;
update change_floor set transaction_id = '0';
"""
# A setting that servers before 17 do not know, and that every dump of a newer program begins with.
UNKNOWN_SETTING: Final = b"SET transaction_timeout = 0;\n"
KNOWS_SETTING: Final = 17
HAS_TABLES: Final = """
select to_regclass('migration') is not null
"""


async def dump(url: str, file: Path) -> None:
    """Write everything that the database holds into the file, which is there only once it is whole.

    Raises BackupError, SharedSessions and DatabaseUnavailable.
    """
    await require_own_sessions(url, DIRECT_ADVICE)
    unfinished = file.with_name(f"{file.name}.unfinished")
    address, environment = _addressed(url)
    try:
        _make_private(unfinished)
        with tempfile.TemporaryFile() as complaints:
            arguments = (*DUMP, f"--file={unfinished}", f"--dbname={address}")
            async with _program("pg_dump", *arguments, stderr=complaints, env=environment) as dumping:
                if await dumping.wait() != 0:
                    raise BackupError(f"The database was not dumped: {_text(complaints)}")
        unfinished.replace(file)  # its bytes are on the disk: pg_dump sees to that
    except OSError as error:
        raise BackupError(f"The database was not dumped into {file}: {error}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


async def load(url: str, file: Path) -> None:
    """Put what a dump holds into a database without our tables; the tables may be of an older version.

    Raises BackupError, MigrationError, SharedSessions and DatabaseUnavailable.
    """
    await require_own_sessions(url, DIRECT_ADVICE)
    async with connected(url, NAME) as connection, turn(url, DEFAULT_PATIENCE):  # nobody makes the tables meanwhile
        with translated():
            async with transaction(connection, UNHURRIED, readonly=True):
                if await connection.fetchval(HAS_TABLES):
                    raise BackupError("The database has tables of groove-dashboard already; load into an empty one.")
        knows_setting = connection.get_server_version().major >= KNOWS_SETTING
        await _restore(url, file, knows_setting=knows_setting)


async def _restore(url: str, file: Path, *, knows_setting: bool) -> None:
    """Between `begin` and `commit`, and the latter is said only where the dump was read to its end."""
    address, environment = _addressed(url)
    pipe = asyncio.subprocess.PIPE
    with tempfile.TemporaryFile() as of_reader, tempfile.TemporaryFile() as of_writer:
        reading = _program("pg_restore", *RESTORE, str(file), stdout=pipe, stderr=of_reader)
        writing = _program(
            "psql", *PSQL, f"--dbname={address}", stdin=pipe, stdout=of_writer, stderr=of_writer, env=environment
        )
        async with writing as writer, reading as reader:
            assert reader.stdout is not None  # noqa: S101 - both are pipes
            assert writer.stdin is not None  # noqa: S101
            with suppress(ConnectionError):  # it has ended, and has said why
                await _copy(reader.stdout, writer.stdin, drop=None if knows_setting else UNKNOWN_SETTING)
                if await reader.wait() != 0:
                    raise BackupError(f"{file} was not loaded: {_text(of_reader)}")
                writer.stdin.write(FORGET_OUTBOX + b"commit;\n")
                writer.stdin.close()
                await writer.stdin.wait_closed()
            if await writer.wait() != 0:
                raise BackupError(f"{file} was not loaded: {_text(of_writer)}")


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, drop: bytes | None) -> None:
    """A statement to drop is among the first; what looks like it later on is somebody's data."""
    sink.write(b"begin;\n")
    head = b""
    while chunk := await source.read(CHUNK_BYTES):
        if drop is not None:
            head += chunk
            if len(head) < CHUNK_BYTES and drop not in head:
                continue
            chunk, drop, head = head.replace(drop, b"", 1), None, b""
        sink.write(chunk)
        await sink.drain()
    sink.write(head)
    await sink.drain()


def _addressed(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, which everybody could read in the list of processes, and where that is then."""
    parts = urlsplit(url)
    environment = dict(os.environ)
    options = parts.query.split("&")
    if said := [one for one in options if one.startswith("password=")]:
        environment["PGPASSWORD"] = unquote(said[-1].removeprefix("password="))
        parts = parts._replace(query="&".join(one for one in options if one not in said))
    if parts.password is None:
        return urlunsplit(parts), environment
    user, _, host = parts.netloc.rpartition("@")
    environment["PGPASSWORD"] = unquote(parts.password)
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{host}")), environment


def _make_private(file: Path) -> None:
    """Make an empty file that nobody else may read, since it will hold all facts."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))


@asynccontextmanager
async def _program(name: str, *arguments: str, **options: Any) -> AsyncIterator[asyncio.subprocess.Process]:
    """One of PostgreSQL's programs, which is ended with the block at the latest."""
    process = await asyncio.create_subprocess_exec(our_programs() / name, *arguments, **options)
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.communicate()  # what nobody has read is read now, or the pipe would stay open


def _text(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read().decode(errors="replace").strip()
