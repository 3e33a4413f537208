"""A process that writes may fork, end, fail or be killed: its events are delivered or kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from groove_dashboard.client import EventWriter, WriterClosed, WriterLimits
from tests.client.answering import Keeper, nobody, numbered, soon

if TYPE_CHECKING:
    from pathlib import Path

    from tests.client.answering import Answering

PROGRAM = """
import os, signal, sys
from groove_dashboard.client import EventWriter, WriterLimits
url, place, how = sys.argv[1:]
writer = EventWriter(url, place or None, limits=WriterLimits(batch_seconds=600, close_seconds=20))
for number in range(3):
    writer.write({"event_id": str(number)})
if how == "kill":
    os.kill(os.getpid(), signal.SIGKILL)
if how == "raise":
    raise KeyError("a fault of the pipeline")
"""


def test_a_forked_process_has_to_make_its_own(server: Answering, keeper: Keeper, place: Path | None) -> None:
    with EventWriter(server.url, place, limits=WriterLimits(batch_seconds=600)) as writer:
        writer.write(numbered(0))
        if (child := os.fork()) == 0:
            try:
                writer.write(numbered(1))
            except WriterClosed:
                os._exit(7)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert list(keeper.kept) == ["0"]


@pytest.mark.parametrize("how", ["end", "raise"])
def test_the_end_of_the_process_is_waited_for(server: Answering, keeper: Keeper, place: Path | None, how: str) -> None:
    result = run_program(server.url, place, how)
    assert result.returncode == (1 if how == "raise" else 0)
    assert list(keeper.kept) == ["0", "1", "2"]


def test_an_end_that_leaves_events_behind_without_a_spool_says_so() -> None:
    program = PROGRAM.replace("close_seconds=20", "close_seconds=0.1")
    result = run_program(nobody(), None, "end", program)
    assert "3 events were not delivered" in result.stderr


def test_a_killed_process_leaves_its_events_to_the_next(server: Answering, keeper: Keeper, tmp_path: Path) -> None:
    result = run_program(server.url, tmp_path, "kill")
    assert result.returncode == -signal.SIGKILL
    assert keeper.kept == {}
    with EventWriter(server.url, tmp_path) as writer:
        writer.flush()
    assert list(keeper.kept) == ["0", "1", "2"]


def test_a_writer_that_runs_already_finds_what_was_left_meanwhile(
    server: Answering, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("groove_dashboard.client.courier.LOOK_SECONDS", 0.05)
    with EventWriter(server.url, tmp_path) as writer:
        writer.flush()
        run_program(server.url, tmp_path, "kill")
        soon(lambda: list(keeper.kept) == ["0", "1", "2"])


def run_program(url: str, place: Path | None, how: str, text: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    """A process of its own that writes three events and ends."""
    command = [sys.executable, "-c", text, url, place or "", how]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
