"""The schema as it was at a point of the history, as git tells."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from generator.bundle import ROOTS
from generator.errors import HistoryError
from generator.outputs import BUNDLE

if TYPE_CHECKING:
    from pathlib import Path

    from generator.nodes import Node

PROTOCOL = "shared-schema/protocol.yaml"
FIRST_PROTOCOL_VERSION = 1
RELEASE_TAGS = "v[0-9]*"


@dataclass(frozen=True, slots=True)
class Schema:
    """The definitions at some point, and the version of the protocol that they were spoken in."""

    definitions: dict[str, Node]
    protocol_version: int


def has_history(project: Path) -> bool:
    """Whether the folder is a git repository of its own, and no plain copy of the files."""
    return (project / ".git").exists()


def last_release(project: Path) -> str | None:
    """The last tag like v1.2.3 that leads here, None where there is none; raise HistoryError where git fails."""
    if not has_history(project) or not _git(project, "tag", "--list", RELEASE_TAGS, "--merged", "HEAD"):
        return None
    return _git(project, "describe", "--tags", "--abbrev=0", "--match", RELEASE_TAGS).strip()


def schema_at(project: Path, ref: str) -> Schema:
    """The schema at a tag, branch or commit; raise HistoryError where there is no such thing, or it has no schema."""
    if not has_history(project):
        raise HistoryError(f"{project} is no git repository, so there is no {ref} to compare with")
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}", told=ref).strip()
    bundle = _file_at(project, commit, BUNDLE)
    if bundle is None:
        raise HistoryError(f"{ref}: there is no {BUNDLE}")
    return _schema(bundle, _file_at(project, commit, PROTOCOL), ref)


def schema_now(project: Path) -> Schema:
    """The schema that the files say; raise HistoryError where it is missing."""
    bundle, protocol = project / BUNDLE, project / PROTOCOL
    if not bundle.exists():
        raise HistoryError(f"there is no {bundle}; `make schema` writes it")
    return _schema(bundle.read_text("utf-8"), protocol.read_text("utf-8") if protocol.exists() else None, "these files")


def _file_at(project: Path, commit: str, path: str) -> str | None:
    return _git(project, "show", f"{commit}:{path}") if _git(project, "ls-tree", commit, "--", path) else None


def _schema(bundle: str, protocol: str | None, where: str) -> Schema:
    try:
        definitions = json.loads(bundle)["$defs"]
    except (json.JSONDecodeError, TypeError, KeyError) as error:
        raise HistoryError(f"{where}: {BUNDLE} is no JSON Schema with $defs") from error
    missing = [root for root in ROOTS if root not in definitions]
    if missing:
        raise HistoryError(f"{where}: {BUNDLE} does not define {', '.join(missing)}")
    return Schema(definitions, FIRST_PROTOCOL_VERSION if protocol is None else _version(protocol, where))


def _version(protocol: str, where: str) -> int:
    content: Any = yaml.safe_load(protocol)
    version = content.get("version") if isinstance(content, dict) else None
    if type(version) is not int:
        raise HistoryError(f"{where}: {PROTOCOL} needs a `version`, a whole number")
    return version


def _git(project: Path, *arguments: str, told: str = "git") -> str:
    """What git prints; raise HistoryError, about what was `told`, where it fails."""
    command = shutil.which("git")
    if command is None:
        raise HistoryError("git is needed to look into the history, and is not installed")
    # Whoever runs this trusts the folder already, whoever owns it, as containers mount them.
    done = subprocess.run(
        [command, "-c", "safe.directory=*", "-C", project, *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode != 0:
        raise HistoryError(f"{told}: {done.stderr.strip() or 'there is no such tag, branch or commit'}")
    return done.stdout
