"""The benchmark of the live part works. What it measures is never asserted, except where no clock is involved."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks.live.plan import QUICK

BACKEND = Path(__file__).parents[2]
DEADLINE = 150
"""Seconds; a run takes some ten where nobody else is at work."""
CONTESTANTS = {"bare", "aiohttp", "ours"}

pytestmark = pytest.mark.timeout(DEADLINE + 10)


class Run(NamedTuple):
    """What a run left."""

    out: str
    figures: dict[str, Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One quick run for all tests."""
    path = tmp_path_factory.mktemp("bench") / "figures.json"
    command = [sys.executable, "-m", "benchmarks.live", "--quick", "--json", str(path)]
    environment = {**os.environ, "PYTHONWARNINGS": "error"}  # in every process of it
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=BACKEND, env=environment, timeout=DEADLINE
    )
    assert done.returncode == 0, done.stderr
    return Run(done.stdout, json.loads(path.read_text("utf-8")))


def test_every_contestant_delivers_every_size_to_every_number_of_clients(run: Run) -> None:
    cases = {(one["clients"], one["size"], one["contestant"]) for one in run.figures["deliveries"]}
    assert cases == {
        (clients, size, name)
        for clients in (QUICK.few, QUICK.many)
        for size in (200, 2_000, 20_000)
        for name in CONTESTANTS
    }
    for one in run.figures["deliveries"]:
        assert one["deliveries"] >= QUICK.turns * QUICK.least_changes * one["clients"]
        assert one["cpu_per_million"] > 0
        assert 0 < one["p50"] <= one["p99"]


def test_all_contestants_are_compared_by_the_same_bytes(run: Run) -> None:
    for size in (200, 2_000, 20_000):
        assert {round(one["payload"], -2) for one in run.figures["deliveries"] if one["size"] == size} == {size}


def test_connections_stalls_and_storms_are_measured_for_each(run: Run) -> None:
    for part in ("latency", "stalls", "storms"):
        assert {one["contestant"] for one in run.figures[part]} == CONTESTANTS
    assert len(run.figures["idle"]) == 2 * len(CONTESTANTS)
    assert all(one["worst_per_second"] for one in run.figures["stalls"])


def test_a_storm_reads_nothing(run: Run) -> None:
    assert [one["reads"] for one in run.figures["storms"]] == [0, 0, 0]


def test_a_change_is_read_once_however_many_clients_there_are(run: Run) -> None:
    assert run.figures["reads_per_change"] == {"10": 1.0, str(QUICK.few): 1.0}


def test_the_update_of_one_row_is_a_small_part_of_the_list(run: Run) -> None:
    assert 0 < run.figures["row_share"] <= 0.03


def test_the_table_has_a_verdict_on_every_target(run: Run) -> None:
    targets = run.figures["targets"]
    assert len({target["name"] for target in targets}) == len(targets) == 21
    lines = run.out.splitlines()
    for target in targets:
        (line,) = (line for line in lines if line.startswith(f"{target['name']}  "))
        assert line.endswith("  met" if target["met"] else "  NOT MET")


def test_the_table_tells_how_busy_the_machine_was(run: Run) -> None:
    assert "cores meanwhile" in run.out.splitlines()[-1]
    assert run.figures["machine"]["others"] >= 0


def test_a_machine_that_cannot_hold_the_clients_is_told_so() -> None:
    command = ["/bin/sh", "-c", 'ulimit -n 120; exec "$@"', "sh", sys.executable, "-m", "benchmarks.live", "--quick"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=BACKEND, timeout=DEADLINE)
    assert done.returncode == 1
    assert "needs 180 file descriptors, and may have 120" in done.stderr
    assert done.stdout == ""
