"""The schema of today, and as it was at a point of the history, as git tells."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import HistoryError
from generator.outputs import BUNDLE
from generator.protocol import parse_protocol
from generator.roots import ROOTS
from generator.sources import PROTOCOL, read_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.nodes import Node
    from generator.protocol import Protocol

FIRST_PROTOCOL_VERSION = 1
RELEASE = re.compile(r"v\d+(\.\d+)+")


@dataclass(frozen=True, slots=True)
class Schema:
    """The definitions at some point, and the protocol that they were spoken in."""

    definitions: Mapping[str, Node]
    protocol: Protocol | None
    """None where it was not written down yet: it was the first one."""

    @property
    def protocol_version(self) -> int:
        """The version of the protocol, which is known even where the rest of it is not."""
        return FIRST_PROTOCOL_VERSION if self.protocol is None else self.protocol.version


def has_history(project: Path) -> bool:
    """Whether the folder is a git repository of its own, and no plain copy of the files."""
    return (project / ".git").exists()


def last_release(project: Path) -> str | None:
    """The highest tag like v1.2.3 among the commits before this one, None where there is none.

    A tag of this very commit is left out, since a release would be compared with itself. A pre-release like
    v1.2.3-rc1 promises nothing. Raise HistoryError where git fails.
    """
    if not has_history(project):
        return None
    tags = _git(project, "tag", "--list", "--merged", "HEAD", "--no-contains", "HEAD", "--sort=-version:refname")
    return next(filter(RELEASE.fullmatch, tags.split("\n")), None)


def schema_at(project: Path, ref: str) -> Schema:
    """The schema at a tag, branch or commit.

    Raise HistoryError where there is no such thing or it has no schema, DefinitionFileError for its protocol.yaml.
    """
    if not has_history(project):
        raise HistoryError(f"{project} is no git repository, so there is no {ref} to compare with")
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}", told=ref).strip()
    bundle, protocol = (_file_at(project, commit, path) for path in (BUNDLE, PROTOCOL))
    if bundle is None:
        raise HistoryError(f"{ref}: there is no {BUNDLE}")
    return Schema(
        _definitions(bundle, ref), None if protocol is None else parse_protocol(protocol, f"{ref}: {PROTOCOL}")
    )


def schema_now(project: Path) -> Schema:
    """The schema that the sources say, whether or not it has been written; raise GeneratorError for its faults."""
    sources = read_sources(project)
    return Schema(sources.nodes, sources.protocol)


def _file_at(project: Path, commit: str, path: str) -> str | None:
    return _git(project, "show", f"{commit}:{path}") if _git(project, "ls-tree", commit, "--", path) else None


def _definitions(bundle: str, ref: str) -> dict[str, Node]:
    try:
        definitions: dict[str, Node] = json.loads(bundle)["$defs"]
    except (json.JSONDecodeError, TypeError, KeyError) as error:
        raise HistoryError(f"{ref}: {BUNDLE} is no JSON Schema with $defs") from error
    missing = [root for root in ROOTS if root not in definitions]
    if missing:
        raise HistoryError(f"{ref}: {BUNDLE} does not define {', '.join(missing)}")
    return definitions


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
