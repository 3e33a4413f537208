"""The benchmark of the data works. What it measures is never asserted, except where no clock is involved."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from benchmarks.data.__main__ import main
from benchmarks.data.cases import cases
from benchmarks.data.plan import FULL, QUICK, Load

BACKEND = Path(__file__).parents[2]
DEADLINE = 150
"""Seconds; a run takes some ten where nobody else is at work."""
SIZES = [size.name for size in QUICK.sizes]
CASES = [case.name for case in cases("any")]

pytestmark = pytest.mark.timeout(DEADLINE + 10)


class Run(NamedTuple):
    """What a run left."""

    out: str
    figures: dict[str, Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One quick run for all tests; that topics and naive SQL find the same is a condition of its end."""
    path = tmp_path_factory.mktemp("bench") / "figures.json"
    command = [sys.executable, "-m", "benchmarks.data", "--quick", "--json", str(path)]
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=BACKEND, env=environment, timeout=DEADLINE
    )
    assert done.returncode == 0, done.stderr
    return Run(done.stdout, json.loads(path.read_text("utf-8")))


def test_every_topic_is_read_in_every_database_by_both(run: Run) -> None:
    for naive in (False, True):
        found = [one for one in run.figures["reads"] if one["naive"] == naive]
        assert {(one["size"], one["case"]) for one in found} == {(size, case) for size in SIZES for case in CASES}
        assert all(0 < one["p50"] <= one["p95"] and one["reads"] >= QUICK.least_rounds for one in found)
    assert all(one["answer_bytes"] > 100 for one in run.figures["reads"] if not one["naive"])


def test_every_topic_of_the_dashboard_is_among_them() -> None:
    topics = {case.topic["topic"] for case in cases("any")}
    assert topics == {
        "overview", "learnings", "learning_detail", "attribution", "session_timeline", "strategy_distributions",
        "strategy_overrides", "health",
    }  # fmt: skip


def test_databases_are_as_large_as_the_plan_has_them(run: Run) -> None:
    rows = {(one["name"], one["size"]): one["rows"] for one in run.figures["tables"]}
    for size in QUICK.sizes:
        assert rows["attribution", size.name] == size.records
        assert rows["learning", size.name] == size.learnings
        assert rows["session", size.name] == size.sessions
    for fill in run.figures["fills"]:
        assert rows["event", fill["size"]] == fill["facts"]
        assert fill["database_bytes"] > sum(
            one["heap_bytes"] + one["index_bytes"] for one in run.figures["tables"] if one["size"] == fill["size"]
        )


def test_each_load_is_written_into_each_database(run: Run) -> None:
    found = run.figures["writes"]
    assert [(one["size"], Load(batch=one["batch"], writers=one["writers"], days=one["days"])) for one in found] == [
        (size, load) for size in SIZES for load in QUICK.loads
    ]
    for one in found:
        assert one["events"] >= 2 * one["batch"] * one["writers"]
        assert 0 < one["per_second"]["first"] <= one["per_second"]["median"]


def test_commits_reach_the_disk(run: Run) -> None:
    assert run.figures["settings"]["fsync"] == run.figures["settings"]["synchronous_commit"] == "on"
    assert "fsync on" in run.out


def test_the_table_has_a_verdict_on_every_target(run: Run) -> None:
    targets = run.figures["targets"]
    others = sum(not case.common for case in cases("any"))
    assert len({target["name"] for target in targets}) == len(targets) == 2 * (len(CASES) - others) + others + 1
    lines = run.out.splitlines()
    for target in targets:
        (line,) = (line for line in lines if line.startswith(f"{target['name']}  "))
        assert line.endswith("  met" if target["met"] else "  NOT MET")


def test_the_table_tells_how_busy_the_machine_was(run: Run) -> None:
    assert "cores meanwhile" in run.out.splitlines()[-1]


def test_an_unknown_size_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["--sizes", "small,huge"])
    assert result.exit_code == 2
    assert "'huge' is none of small, middle, large" in result.output


def test_a_disk_that_is_too_small_is_told_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.data.databases.BYTES_OF_A_RECORD", 10**15)
    result = CliRunner().invoke(main, ["--sizes", "small"])
    assert result.exit_code == 1
    assert "are free; choose fewer sizes" in result.output
    assert FULL.sizes[0].name == "small"
