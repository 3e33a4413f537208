"""The command `python -m generator [--check] [--project FOLDER]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.errors import GeneratorError
from generator.outputs import outputs
from generator.tools import REPOSITORY


def main(arguments: list[str] | None = None) -> int:
    """Write what is stale, or with --check only say what is; the exit code is 1 for stale files and refusals."""
    options = _parser().parse_args(arguments)
    project: Path = options.project.resolve()
    try:
        stale = [one for one in outputs(project) if one.is_stale()]
    except GeneratorError as error:
        print(error, file=sys.stderr)
        return 1
    for one in stale:
        print("stale:" if options.check else "written:", one.path.relative_to(project))
        if not options.check:
            one.write()
    if not stale:
        print("Every generated file is up to date.")
    elif options.check:
        print("Run `make schema` and commit what it writes.")
    return 1 if options.check and stale else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator", description="Generate code from shared-schema.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is out of date")
    parser.add_argument("--project", type=Path, default=REPOSITORY, help="folder of the repository (default: this one)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
