"""Runs the code generators and the formatter that do a part of the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.errors import ToolError

NOTICE = "Generated from shared-schema by `make schema`. Do not edit."
REPOSITORY = Path(__file__).resolve().parents[2]
PYTHON_TOOLS = Path(sys.executable).parent
NODE_TOOLS = REPOSITORY / "node_modules" / ".bin"


def run_python_tool(name: str, *arguments: str, text: str) -> str:
    """What a command beside this Python prints when it reads the text."""
    return _run(PYTHON_TOOLS / name, arguments, text, hint="install the package with its dev extra, as `make` does")


def run_node_tool(name: str, *arguments: str, text: str) -> str:
    """What a command of the web packages prints when it reads the text."""
    return _run(NODE_TOOLS / name, arguments, text, hint="install the web packages, as `make` does")


def _run(command: Path, arguments: tuple[str, ...], text: str, *, hint: str) -> str:
    if not command.exists():
        raise ToolError(f"{command.name} is missing: there is no {command}; {hint}")
    done = subprocess.run(
        [command, *arguments], input=text, cwd=REPOSITORY, check=False, capture_output=True, encoding="utf-8"
    )
    if done.returncode != 0:
        raise ToolError(f"{command.name} failed with exit code {done.returncode}:\n{done.stderr.strip()}")
    return done.stdout
