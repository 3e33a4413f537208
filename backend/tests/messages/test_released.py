"""The command that compares the schema with a release, and what git tells it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from generator import compatibility, outputs, sources
from tests.messages.judging import SHARED

if TYPE_CHECKING:
    from pathlib import Path

WHO = ("user.name=A", "user.email=a@example.org", "commit.gpgsign=false", "tag.gpgsign=false")
REQUESTS = f"{sources.DEFINITIONS}/requests.yaml"
SAID = "AuthenticateRequest, /properties/token: maxLength 8192 -> 4096; breaks old clients"
PERMITTED = " (permitted, as the protocol version was raised)"


@pytest.fixture(name="project")
def repository_with_the_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose one commit holds the schema of today."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # a hook that runs the tests points them at its own repository
    git(tmp_path, "init", "--quiet")
    copy_schema(tmp_path)
    commit(tmp_path)
    return tmp_path


def copy_schema(project: Path) -> None:
    shutil.copytree(SHARED / "definitions", project / sources.DEFINITIONS)
    shutil.copy(SHARED / "protocol.yaml", project / sources.PROTOCOL)
    shutil.copy(SHARED / "groove-dashboard.schema.json", project / outputs.BUNDLE)


def git(project: Path, *arguments: str) -> None:
    options = [option for one in WHO for option in ("-c", one)]
    subprocess.run(["git", "-C", project, *options, *arguments], check=True, capture_output=True)  # noqa: S607


def commit(project: Path, tag: str | None = None) -> None:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "Change")
    if tag is not None:
        git(project, "tag", tag)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def narrow(project: Path) -> None:
    """Take from old clients a part of what they may send, as `make schema` would write it down."""
    replace(project / REQUESTS, "maxLength: 8192", "maxLength: 4096")
    replace(project / outputs.BUNDLE, '"maxLength": 8192', '"maxLength": 4096')


def raise_version(project: Path) -> None:
    protocol = project / sources.PROTOCOL
    replace(protocol, "version: 1\n", "version: 2\n")
    replace(protocol, "subprotocol: groove.dashboard.v1", "subprotocol: groove.dashboard.v2")


def run(project: Path, *arguments: str) -> int:
    return compatibility.main(["--project", str(project), *arguments])


def test_without_a_release_there_is_nothing_to_compare_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "tag", "before-breakfast")
    narrow(project)
    commit(project)
    assert run(project) == 0
    assert capsys.readouterr().out == "There is no earlier release: nothing to compare with.\n"


def test_the_last_release_that_leads_here_is_compared_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "tag", "v0.9.0")
    narrow(project)
    commit(project)
    assert run(project) == 1
    output = capsys.readouterr()
    assert output.out == f"{SAID}\n"
    assert output.err == "Not compatible with v0.9.0; a raised protocol version permits what breaks old clients.\n"

    git(project, "tag", "v0.10.0")
    git(project, "checkout", "--quiet", "-b", "aside")
    commit(project, "v9.0.0")
    git(project, "checkout", "--quiet", "-")
    commit(project)
    assert run(project) == 0
    assert capsys.readouterr().out == "Compatible with v0.10.0.\n"


def test_a_release_is_not_compared_with_itself(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "tag", "v0.1.0")
    assert run(project) == 0
    assert capsys.readouterr().out == "There is no earlier release: nothing to compare with.\n"
    narrow(project)
    commit(project, "v0.2.0")
    assert run(project) == 1
    assert capsys.readouterr().out == f"{SAID}\n"


def test_a_pre_release_promises_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for tag in ("v0.1.0", "v0.2.0-rc1", "v0.2.0rc1", "v0.2.x"):
        git(project, "tag", tag)
    commit(project)
    assert run(project) == 0
    assert capsys.readouterr().out == "Compatible with v0.1.0.\n"


def test_what_is_written_is_compared_before_anything_is_generated_from_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(project / REQUESTS, "maxLength: 8192", "maxLength: 4096")
    assert run(project, "HEAD") == 1
    assert capsys.readouterr().out == f"{SAID}\n"


def test_any_point_of_the_history_can_be_compared_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    narrow(project)
    commit(project)
    assert run(project, "HEAD") == 0
    assert run(project, "HEAD~1") == 1
    assert capsys.readouterr().out == f"Compatible with HEAD.\n{SAID}\n"


def test_the_protocol_is_read_at_both_points(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raised = f"protocol.yaml, /subprotocol: groove.dashboard.v1 -> groove.dashboard.v2; breaks old clients{PERMITTED}"
    narrow(project)
    raise_version(project)
    assert run(project, "HEAD") == 0
    assert capsys.readouterr().out == f"{SAID}{PERMITTED}\n{raised}\nCompatible with HEAD.\n"
    commit(project)
    replace(project / REQUESTS, "maxLength: 4096", "maxLength: 2048")
    assert run(project, "HEAD") == 1
    assert capsys.readouterr().out == f"{SAID.replace('8192 -> 4096', '4096 -> 2048')}\n"


def test_a_release_that_wrote_down_no_protocol_spoke_the_first(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    protocol = (project / sources.PROTOCOL).read_text("utf-8")
    (project / sources.PROTOCOL).unlink()
    commit(project)
    (project / sources.PROTOCOL).write_text(protocol, "utf-8")
    replace(project / sources.PROTOCOL, "path: /ws", "path: /socket")
    narrow(project)
    assert run(project, "HEAD") == 1
    assert capsys.readouterr().out == f"{SAID}\n"
    raise_version(project)
    assert run(project, "HEAD") == 0
    assert capsys.readouterr().out == f"{SAID}{PERMITTED}\nCompatible with HEAD.\n"


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("v9", "v9: there is no such tag, branch or commit\n"),
        ("--all", "--all: there is no such tag, branch or commit\n"),
        ("empty", "empty: there is no shared-schema/groove-dashboard.schema.json\n"),
        ("broken", "broken: shared-schema/groove-dashboard.schema.json is no JSON Schema with $defs\n"),
        (
            "partial",
            "partial: shared-schema/groove-dashboard.schema.json does not define DashboardMessage, TopicData\n",
        ),
        ("odd", 'odd: shared-schema/protocol.yaml, /version: 1.5 is not of type "integer"\n'),
        ("double", "double: shared-schema/protocol.yaml: the key 'path' stands twice"),
    ],
)
def test_what_cannot_be_compared_with_is_told(
    ref: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = (project / sources.PROTOCOL).read_text("utf-8")
    for tag, protocol in (
        ("odd", sound.replace("version: 1\n", "version: 1.5\n")),
        ("double", f"{sound}path: /b\n"),
    ):
        (project / sources.PROTOCOL).write_text(protocol, "utf-8")
        commit(project, tag)
    (project / sources.PROTOCOL).write_text(sound, "utf-8")
    document = json.loads((project / outputs.BUNDLE).read_text("utf-8"))
    for name in ("DashboardMessage", "TopicData"):
        del document["$defs"][name]
    for tag, text in (("partial", json.dumps(document)), ("broken", "[]")):
        (project / outputs.BUNDLE).write_text(text, "utf-8")
        commit(project, tag)
    (project / outputs.BUNDLE).unlink()
    commit(project, "empty")
    assert run(project, "--", ref) == 1
    assert capsys.readouterr().err.startswith(said)


def test_a_schema_of_today_that_is_refused_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project / REQUESTS, "maxLength: 8192", "maxLength: -1")
    assert run(project, "HEAD") == 1
    said = "AuthenticateRequest, /properties/token/maxLength: -1 is less than the minimum of 0\n"
    assert capsys.readouterr().err == said


def test_a_copy_without_history_has_no_release_behind_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy_schema(tmp_path)
    assert run(tmp_path) == 0
    assert capsys.readouterr().out == "There is no git history here: nothing to compare with.\n"
    assert run(tmp_path, "v0.1.0") == 1
    assert capsys.readouterr().err == f"{tmp_path} is no git repository, so there is no v0.1.0 to compare with\n"


def test_git_is_named_where_it_is_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert run(project) == 1
    assert capsys.readouterr().err == "git is needed to look into the history, and is not installed\n"
