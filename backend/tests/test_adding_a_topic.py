"""A topic that nobody has thought of yet: docs/adding-a-topic.md, done word for word in a copy of the project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
import pytest
from aiohttp import ClientSession, ClientTimeout

from groove_dashboard.messages.timestamps import timestamp
from tests.processes import run, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import ClientWebSocketResponse

PROJECT: Final = Path(__file__).parents[2]
PAGE: Final = PROJECT / "docs" / "adding-a-topic.md"
COPIED: Final = (
    "Makefile",
    "package.json",
    "pyproject.toml",
    "docs",
    "shared-schema",
    "backend/groove_dashboard",
    "web-ui",
)
MADE: Final = shutil.ignore_patterns("node_modules", "dist", "coverage", "static", "__pycache__", "*.tsbuildinfo")
BUNDLE: Final = "shared-schema/groove-dashboard.schema.json"
PROVIDER: Final = "backend/groove_dashboard/topics/session_coverage.py"
HOOKS: Final = "web-ui/src/hooks/topics.ts"

# What a person could write with the topic, and what the type checks have to refuse: both fail for a refusal that is
# announced and does not come.
USED_IN_PYTHON: Final = """
from groove_dashboard.messages.types import SessionCoverageData, SessionCoverageTopic

DATA: SessionCoverageData = {"data_type": "session_coverage", "seen": 2, "assessed": 1, "coverage": 0.5}
TOPIC: SessionCoverageTopic = {"topic": "session_coverage", "period": {"days": 30}}
MISSPELT: SessionCoverageTopic = {"topic": "session_coverge"}  # type: ignore[typeddict-item]
UNKNOWN: SessionCoverageTopic = {"topic": "session_coverage", "limit": 3}  # type: ignore[typeddict-unknown-key]
"""
USED_IN_TYPESCRIPT: Final = """
import { useSessionCoverage, useTopic } from './index.ts';

type Share = number | null | undefined;
export const useShare = (): Share => useSessionCoverage({ days: 30 }).data?.coverage;
// @ts-expect-error: no topic has this name
export const useMisspelt = (): unknown => useTopic({ topic: 'session_coverge' });
// @ts-expect-error: the topic has no such parameter
export const useUnknown = (): unknown => useSessionCoverage({ limit: 3 });
// @ts-expect-error: nor have its data such a property
export const useNothing = (): unknown => useSessionCoverage().data?.average;
"""

# Client, hooks and app; their tests take twice as long to check, and none of them can know the topic.
SOURCES_ONLY: Final = {"extends": "./tsconfig.json", "include": ["src"], "exclude": ["**/__tests__"]}

pytestmark = pytest.mark.timeout(240)


@dataclass(frozen=True, slots=True)
class Addition:
    """A piece of text of the page, and the file that it goes into."""

    file: str
    text: str


def additions() -> list[Addition]:
    """Each block of the page's numbered sections, after the file that is named above it."""
    numbered = re.findall(r"^## \d\. .*?(?=^## )", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    blocks = [re.search(r"`([^`\n]+)`:\n\n```\w+\n(.*?)```", one, re.DOTALL) for one in numbered]
    return [Addition(block[1], block[2]) for block in blocks if block]


def copy_of_the_project(folder: Path) -> None:
    """What the work on a topic needs; tools and libraries are those of the project itself."""
    for name in COPIED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=MADE)
        else:
            shutil.copy2(PROJECT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    if (PROJECT / "web-ui" / "node_modules").exists():
        (folder / "web-ui" / "node_modules").symlink_to(PROJECT / "web-ui" / "node_modules")


def succeeds(folder: Path, *command: str | Path) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", name="scratch")
def project_with_one_more_topic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project after the three additions and `make schema`, not to be changed by a test."""
    folder = tmp_path_factory.mktemp("scratch")
    copy_of_the_project(folder)
    for addition in additions():
        with (folder / addition.file).open("a", encoding="utf-8") as file:
            file.write(f"\n{addition.text}" if file.tell() else addition.text)
    # Nothing is to be installed: the tools are not this copy's own.
    succeeds(folder, "make", "schema", "--assume-old=.venv/.dev", "--assume-old=node_modules/.installed")
    yield folder
    for name in (".venv", "node_modules", "web-ui/node_modules"):
        (folder / name).unlink(missing_ok=True)


def test_it_takes_one_schema_file_one_provider_file_and_one_hook(scratch: Path) -> None:
    assert [one.file for one in additions()] == [
        "shared-schema/definitions/topics/session_coverage.yaml",
        PROVIDER,
        HOOKS,
    ]
    assert [(PROJECT / one.file).exists() for one in additions()] == [False, False, True]
    assert additions()[2].text.count("export const ") == 1
    assert "SessionCoverageTopic" in json.loads((scratch / BUNDLE).read_text("utf-8"))["$defs"]


def test_both_languages_know_its_types(scratch: Path) -> None:
    (scratch / "backend" / "used.py").write_text(USED_IN_PYTHON, "utf-8")
    (scratch / "web-ui" / "src" / "hooks" / "used.ts").write_text(USED_IN_TYPESCRIPT, "utf-8")
    (scratch / "web-ui" / "tsconfig.sources.json").write_text(json.dumps(SOURCES_ONLY), "utf-8")
    tools = Path(sys.executable).parent
    succeeds(scratch, tools / "mypy", "--cache-dir", _warm_cache(scratch), "-p", "groove_dashboard", "-m", "used")
    succeeds(scratch / "web-ui", scratch / "node_modules" / ".bin" / "tsc", "-p", "tsconfig.sources.json")


def _warm_cache(scratch: Path) -> Path:
    """What mypy already knows of everything that has not changed, where `make lint` has run before."""
    if (PROJECT / ".mypy_cache").exists():
        shutil.copytree(PROJECT / ".mypy_cache", scratch / ".mypy_cache")
    return scratch / ".mypy_cache"


def test_the_page_is_written_in_the_style_of_the_project(scratch: Path) -> None:
    ruff = Path(sys.executable).parent / "ruff"
    succeeds(scratch, ruff, "check", "--no-cache", PROVIDER)
    succeeds(scratch, ruff, "format", "--no-cache", "--check", PROVIDER)
    succeeds(scratch / "web-ui", scratch / "node_modules" / ".bin" / "prettier", "--check", scratch / HOOKS)


async def test_it_is_live(scratch: Path, database_url: str) -> None:
    async with (
        served("--database-url", database_url, PYTHONPATH=str(scratch / "backend")) as server,
        ClientSession(server.url, timeout=ClientTimeout(total=20)) as client,
        client.ws_connect("/ws/groove/dashboard") as socket,
    ):
        said = Listener(socket, scratch)
        await said.ask({"type": "subscribe", "topics": [{"topic": "session_coverage"}]})
        first = await said.about_the_topic()
        assert first["data"] == {"data_type": "session_coverage", "seen": 0, "assessed": 0, "coverage": None}

        async with client.post("/api/groove/events", json=[session_started()]) as response:
            assert response.status == 200, await response.text()
        after = await said.about_the_topic()
        async with client.get("/api/groove/dashboard/session_coverage?days=7") as response:
            assert await response.json() == {**first["data"], "seen": 1, "coverage": 0.0}
            assert response.headers["ETag"] == f'"{after["version"]}"'


async def test_without_its_provider_the_server_does_not_start_and_names_it(
    scratch: Path, tmp_path: Path, database_url: str
) -> None:
    shutil.copytree(scratch / "backend" / "groove_dashboard", tmp_path / "groove_dashboard")
    (tmp_path / Path(PROVIDER).relative_to("backend")).unlink()
    ended = await run("serve", "--port", "0", "--database-url", database_url, PYTHONPATH=str(tmp_path))
    assert (ended.code, ended.out) == (1, "")
    assert "no PROVIDER in session_coverage; no topic for -" in ended.err


class Listener:
    """Speaks on a connection, and holds every frame against the schema of the copy."""

    def __init__(self, socket: ClientWebSocketResponse, scratch: Path) -> None:
        bundle = json.loads((scratch / BUNDLE).read_text("utf-8"))
        self._requests, self._messages = (
            jsonschema_rs.Draft202012Validator(
                {"$ref": f"#/$defs/{root}", "$defs": bundle["$defs"]}, validate_formats=True
            )
            for root in ("DashboardRequest", "DashboardMessage")
        )
        self._socket = socket

    async def ask(self, request: dict[str, Any]) -> None:
        """Send a request."""
        self._requests.validate(request)
        await self._socket.send_json(request)

    async def about_the_topic(self) -> dict[str, Any]:
        """The next message that brings a state of the topic, in its canonical form."""
        while True:
            message = await self._socket.receive_json(timeout=20)
            self._messages.validate(message)
            for one in message.get("messages", [message]):
                if one["type"] in {"snapshot", "update"}:
                    assert one["topic"] == {"topic": "session_coverage", "period": {"days": 7}}
                    return dict(one)


def session_started() -> dict[str, str]:
    return {
        "event_id": "0193c1a0-0000-7000-8000-000000000001",
        "type": "session_started",
        "occurred_at": timestamp(datetime.now(UTC)),
        "session_id": "s1",
    }
