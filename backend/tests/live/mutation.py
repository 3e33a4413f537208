"""Changes the live core in every small way and runs its tests on each: they must notice all but those explained.

Run as `python -m tests.live.mutation`; exits with 1 where a change was not noticed that survivors.toml does not
explain, or where it explains one that is noticed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[3]
STAGE: Final = ROOT / ".mutation"
MUTMUT: Final = Path(sys.executable).parent / "mutmut"
EXPLAINED: Final = Path(__file__).with_name("survivors.toml")
NOTICED: Final = frozenset({"killed", "timeout"})
# The tool takes the module's name from the path, so the packages have to lie at the top.
LAID_OUT: Final = ("backend/groove_dashboard", "backend/tests", "shared-schema", "pyproject.toml")


class Mutant(NamedTuple):
    """One changed place, named so that it is still the same after changes elsewhere."""

    function: str
    before: str
    after: str


def main() -> int:
    """Lay out, run, judge."""
    _lay_out()
    subprocess.run([MUTMUT, "run"], cwd=STAGE, check=True)
    statuses = _statuses(_mutmut("results", "--all", "true"))
    survivors = {_mutant(name, _mutmut("show", name)) for name, status in statuses.items() if status not in NOTICED}
    explained = {_explained(one) for one in tomllib.loads(EXPLAINED.read_text("utf-8"))["survivor"]}
    _tell("A change that no test notices", survivors - explained)
    _tell("Explained as not noticed, but noticed or not there", explained - survivors)
    counts = ", ".join(f"{count} {status}" for status, count in sorted(Counter(statuses.values()).items()))
    print(f"{len(statuses)} mutants: {counts}; {len(survivors & explained)} of {len(survivors)} survivors explained")
    return 1 if survivors != explained or not statuses else 0


def _lay_out() -> None:
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir()
    for name in LAID_OUT:
        source, target = ROOT / name, STAGE / Path(name).name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "static"))
        else:
            shutil.copy2(source, target)


def _mutmut(*arguments: str) -> str:
    return subprocess.run([MUTMUT, *arguments], cwd=STAGE, check=True, capture_output=True, text=True).stdout


def _statuses(results: str) -> dict[str, str]:
    """By the name of the mutant, from lines of the form `name: status`."""
    lines = (line.strip().partition(": ") for line in results.splitlines())
    return {name: status for name, colon, status in lines if colon}


def _mutant(name: str, shown: str) -> Mutant:
    """From its unified diff, which changes one statement."""
    changed = [line for line in shown.splitlines() if re.match(r"[+-](?![+-]{2} )", line)]
    before, after = (" ".join(line[1:].strip() for line in changed if line.startswith(sign)) for sign in ("-", "+"))
    return Mutant(_function(name), before, after)


def _function(name: str) -> str:
    """`patch.difference`, `rate.TokenBucket.take`: from `groove_dashboard.live.rate.xǁTokenBucketǁtake__mutmut_1`."""
    module, _, mangled = name.removeprefix("groove_dashboard.live.").rpartition(".")
    path = re.sub(r"__mutmut_\d+$", "", mangled).removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"{module}.{path}"


def _explained(entry: dict[str, str]) -> Mutant:
    assert entry["why"], "an explanation says why"
    return Mutant(entry["function"], entry["before"], entry["after"])


def _tell(title: str, mutants: set[Mutant]) -> None:
    for one in sorted(mutants):
        print(f"{title}: {one.function}\n  - {one.before}\n  + {one.after}")


if __name__ == "__main__":
    sys.exit(main())
