"""The rooms stand where architecture says, and the walls between them hold."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "backend" / "groove_dashboard"
COMMAND = Path(sys.executable).parent / "lint-imports"

# For each contract an import that must not stand: where, and what.
BREACHES = {
    "a room imports only rooms on floors below its own": ("store/health.py", "groove_dashboard.topics.figures"),
    "live imports nothing of ours but messages": ("live/version.py", "groove_dashboard.config"),
    "messages imports nothing of ours": ("messages/strict.py", "groove_dashboard.config"),
    "topics imports store, messages and settings only": ("topics/figures.py", "groove_dashboard.live.topic"),
    "store imports messages and settings only": ("store/health.py", "groove_dashboard.client"),
    "ingest imports store, messages and settings only": ("ingest/events.py", "groove_dashboard.live.topic"),
    "web does not know how topics are read": ("web/snapshots.py", "groove_dashboard.topics.reader"),
    "the demo writes as anybody does": ("demo/pulse.py", "groove_dashboard.store.database"),
    "the sender needs the standard library and messages only": ("client/sender.py", "groove_dashboard.live.topic"),
    "only web imports aiohttp": ("app.py", "aiohttp"),
    "only store imports asyncpg and the embedded server": ("topics/reader.py", "asyncpg"),
}


def lint(directory: Path) -> subprocess.CompletedProcess[str]:
    """Hold the package below that directory against the contracts in its pyproject.toml."""
    return subprocess.run(
        [COMMAND, "--no-logo", "--no-cache", "--config", directory / "pyproject.toml"],
        check=False,
        capture_output=True,
        text=True,
        cwd=directory / "backend",
        env={"PYTHONPATH": str(directory / "backend")},
    )


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the package that a test may spoil."""
    ignored = shutil.ignore_patterns("static", "__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "backend" / "groove_dashboard", ignore=ignored)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_walls_hold() -> None:
    result = lint(PROJECT)
    assert result.returncode == 0, result.stdout


def test_an_untouched_copy_is_judged_alike(scratch: Path) -> None:
    assert lint(scratch).returncode == 0


def test_every_contract_has_teeth(scratch: Path) -> None:
    for place, module in BREACHES.values():
        file = scratch / "backend" / "groove_dashboard" / place
        file.write_text(f"{file.read_text()}\nimport {module}\n")
    result = lint(scratch)
    assert result.returncode == 1
    for contract in contracts():
        assert f"{contract} BROKEN" in result.stdout, result.stdout


def test_a_new_room_has_to_be_given_its_floor(scratch: Path) -> None:
    (scratch / "backend" / "groove_dashboard" / "utils.py").write_text("")
    result = lint(scratch)
    assert result.returncode == 1
    assert "utils" in result.stdout


def test_each_contract_is_tried() -> None:
    assert contracts() == list(BREACHES)


def contracts() -> list[str]:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]
