"""What the command may be told, by flags and by variables, and what it does not take."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from groove_dashboard import __version__
from groove_dashboard.cli import main
from groove_dashboard.messages.protocol import CloseCode
from tests.processes import COMMAND, ended, run, served, started
from tests.web.recording import connect
from tests.web.site import client_of

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = "postgresql://postgres@127.0.0.1:1/nothing"

pytestmark = pytest.mark.timeout(120)


async def test_every_option_has_a_twin_in_the_environment(database_url: str) -> None:
    environment = {"GROOVE_HOST": "127.0.0.2", "GROOVE_PORT": "0", "GROOVE_DATABASE_URL": database_url}
    async with started("serve", **environment) as process:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        assert line.startswith("ready http://127.0.0.2:")
        process.send_signal(signal.SIGTERM)
        assert (await ended(process)).code == 0


@pytest.mark.parametrize("by_flag", [True, False])
async def test_how_many_may_connect_and_how_far_is_the_operators_choice(database_url: str, *, by_flag: bool) -> None:
    flags = ["--max-connections", "1", "--pool-size", "3"] if by_flag else []
    variables = {} if by_flag else {"GROOVE_MAX_CONNECTIONS": "1", "GROOVE_POOL_SIZE": "3"}
    served_so = served("--database-url", database_url, *flags, **variables)
    async with served_so as server, client_of(server.url) as client:
        async with client.get("/metrics") as response:
            assert "groove_dashboard_database_connections_limit 3.0\n" in await response.text()
        async with connect(client), connect(client, welcomed=False) as second:
            assert await second.closed() == CloseCode.TOO_MANY


@pytest.mark.parametrize("by_flag", [True, False])
async def test_what_a_connection_may_and_when_it_is_spoken_to_is_the_operators_choice(
    database_url: str, *, by_flag: bool
) -> None:
    options = {"--max-topics": "2", "--messages-per-second": "3", "--heartbeat-seconds": "1.5"}
    flags = [text for option in options.items() for text in option] if by_flag else []
    variables = {f"GROOVE_{name[2:].replace('-', '_').upper()}": value for name, value in options.items()}
    served_so = served("--database-url", database_url, *flags, **({} if by_flag else variables))
    async with served_so as server, client_of(server.url) as client, connect(client, welcomed=False) as socket:
        welcome = await socket.next("welcome")
        assert welcome["heartbeat_seconds"] == 1.5
        assert welcome["limits"]["max_topics"] == 2
        assert (welcome["limits"]["messages_per_second"], welcome["limits"]["message_burst"]) == (3, 9)
        await socket.next("heartbeat")
        await socket.ask(type="subscribe", topics=[{"topic": name} for name in ("overview", "health", "learnings")])
        assert (await socket.next("error"))["code"] == "too_many_topics"
        for _ in range(10):
            await socket.ask(type="ping")
        assert (await socket.until("error"))["code"] == "rate_limited"


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["migrate"], ["triggers", "install"]])
async def test_two_databases_are_one_too_many(command: list[str], tmp_path: Path) -> None:
    result = await run(*command, "--data-dir", tmp_path / "data", "--database-url", NOWHERE)
    assert result.code == 2
    assert "--data-dir and --database-url exclude each other" in result.err
    assert not (tmp_path / "data").exists()


async def test_a_flag_beats_a_variable(database_url: str, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    result = await run("migrate", "--database-url", database_url, GROOVE_DATA_DIR=str(data_dir))
    assert (result.code, result.out) == (0, "nothing to do\n")
    assert not data_dir.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--port", "65536"],
        ["serve", "--port", "http"],
        ["serve", "--allow-origin", "dashboard.example"],
        ["serve", "--component-stale-minutes", "0"],
        ["serve", "--component-stale-minutes", "525600.1"],
        ["serve", "--component-stale-minutes", "1e300"],
        ["serve", "--component-stale-minutes", "inf"],
        ["serve", "--component-stale-minutes", "nan"],
        ["serve", "--max-connections", "0"],
        ["serve", "--max-topics", "0"],
        ["serve", "--messages-per-second", "0"],
        ["serve", "--heartbeat-seconds", "0.5"],
        ["serve", "--heartbeat-seconds", "3601"],
        ["serve", "--slow-client-seconds", "0"],
        ["serve", "--slow-client-seconds", "nan"],
        ["serve", "--pool-size", "0"],
        ["serve", "--pool-size", "2", "--pool-min-size", "3"],
        ["serve", "--acquire-timeout-seconds", "0"],
        ["serve", "--acquire-timeout-seconds", "61"],
        ["serve", "--statement-timeout-seconds", "nan"],
        ["serve", "--listen-url", NOWHERE],
        ["load", "/there/is/no/such/file"],
        ["ingest", "-", "--patience", "nan"],
        ["ingest", "/there/is/no/such/file"],
        ["ingest", "-", "--url", "127.0.0.1:8765"],
        ["demo", "--url", "ftp://host"],
        ["demo", "fill", "--records", "10", "--sessions", "11"],
        ["serve", "extra"],
        ["fly"],
    ],
)
def test_what_makes_no_sense_is_a_usage_error(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_the_version_is_shown() -> None:
    assert CliRunner().invoke(main, ["version"]).stdout == f"{__version__}\n"


def test_the_help_of_every_command_names_the_variables() -> None:
    overview = CliRunner().invoke(main, ["--help"]).stdout
    assert all(
        name in overview for name in ("serve", "ingest", "migrate", "dump", "load", "triggers", "demo", "version")
    )
    for command, variable in {"serve": "GROOVE_PORT", "ingest": "GROOVE_URL", "migrate": "GROOVE_DATA_DIR"}.items():
        assert variable in CliRunner().invoke(main, [command, "--help"]).stdout


def test_the_entry_point_stands_beside_the_interpreter() -> None:
    assert COMMAND.is_file()
