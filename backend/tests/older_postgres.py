"""A PostgreSQL of an older major version than the embedded one, as the system's packages bring it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from groove_dashboard.store.cluster import our_programs, run_program


def older_programs() -> Path:
    """The folder with its programs; the test fails where there is none."""
    ours = _major(our_programs())
    places = [Path(os.environ["OLDER_POSTGRES"])] if "OLDER_POSTGRES" in os.environ else _installed()
    for place in places:
        if (place / "postgres").exists() and 15 <= _major(place) < ours:
            return place
    pytest.fail(
        f"A PostgreSQL from 15 to {ours - 1} is needed by this test: install the package postgresql, or set "
        f"OLDER_POSTGRES to the folder with its programs."
    )


def _installed() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def _major(programs: Path) -> int:
    return int(run_program(programs / "postgres", "--version").split("(PostgreSQL)")[1].split()[0].split(".")[0])
