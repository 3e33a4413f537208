"""The command that writes everything made from the definitions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator import outputs, reference, reserved_names, sources, tools
from generator.__main__ import main
from groove_dashboard.messages import validators
from tests.messages.judging import DEFINITIONS, SHARED

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = (outputs.BUNDLE, outputs.BUNDLE_OF_PACKAGE, outputs.ASYNCAPI)
CONSTANTS = (outputs.PYTHON_CONSTANTS, outputs.TYPESCRIPT_CONSTANTS)
CODE = (
    outputs.VALIDATORS,
    outputs.PYTHON_TYPES,
    outputs.PYTHON_CONSTANTS,
    outputs.TYPESCRIPT_TYPES,
    outputs.TYPESCRIPT_CONSTANTS,
)
CHECKS = (outputs.PYTHON_CHECK, outputs.TYPESCRIPT_CHECK)
FIXTURES = (outputs.TYPESCRIPT_FIXTURES,)
PAGES = (reference.PROTOCOL_PAGE, reference.INGEST_PAGE)
FILES = (*DOCUMENTS, *CODE, *CHECKS, *FIXTURES, *PAGES)
MOOD = """$defs:
  MoodTopic:
    description: How everybody feels.
    type: object
    properties: {topic: {const: mood}}
    required: [topic]
    additionalProperties: false
  MoodData:
    description: How everybody feels.
    type: object
    properties: {data_type: {const: mood}}
    required: [data_type]
    additionalProperties: false
"""


@pytest.fixture(name="project")
def copy_of_the_project(tmp_path: Path) -> Path:
    """The definitions and what is made from them, to be changed at will."""
    shutil.copytree(SHARED / "definitions", tmp_path / sources.DEFINITIONS)
    shutil.copytree(SHARED / "examples", tmp_path / outputs.EXAMPLES)
    for name in (sources.PROTOCOL, *FILES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(tools.REPOSITORY / name, tmp_path / name)
    return tmp_path


def run(project: Path, *arguments: str) -> int:
    return main([*arguments, "--project", str(project)])


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def contents(project: Path) -> dict[str, bytes]:
    return {name: (project / name).read_bytes() for name in FILES}


def test_the_files_of_the_repository_are_up_to_date_seen_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "--check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SHARED)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Every generated file is up to date.\n", "")


def test_a_changed_rule_makes_files_stale_until_they_are_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(project / sources.DEFINITIONS / "common.yaml", "maximum: 365", "maximum: 366")
    before = contents(project)
    unchanged = {outputs.PYTHON_TYPES, reference.INGEST_PAGE, *CONSTANTS, *CHECKS, *FIXTURES}
    assert run(project, "--check") == 1
    assert capsys.readouterr().out.split("\n")[:-1] == [
        *(f"stale: {name}" for name in FILES if name not in unchanged),
        "Run `make schema` and commit what it writes.",
    ]
    assert contents(project) == before
    assert run(project) == 0
    assert capsys.readouterr().out.count("written: ") == len(FILES) - len(unchanged)
    assert run(project, "--check") == 0
    assert capsys.readouterr().out == "Every generated file is up to date.\n"


def test_a_changed_example_makes_its_checks_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project / outputs.EXAMPLES / "IngestResult.json", "half an event", "a third of an event")
    assert run(project) == 0
    assert capsys.readouterr().out == "".join(f"written: {name}\n" for name in CHECKS)


def test_examples_that_are_refused_write_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / outputs.EXAMPLES / "IngestResult.json"
    replace(file, '"error": "/duplicates"', '"error": 1')
    before = contents(project)
    assert run(project) == 1
    assert capsys.readouterr().err.startswith(f"{file}, /3/error: ")
    assert contents(project) == before


def test_a_file_changed_by_hand_and_a_missing_one_are_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project / outputs.PYTHON_TYPES, "days: int", "days: str")
    (project / outputs.TYPESCRIPT_TYPES).unlink()
    assert run(project, "--check") == 1
    assert capsys.readouterr().out.startswith(f"stale: {outputs.PYTHON_TYPES}\nstale: {outputs.TYPESCRIPT_TYPES}\n")
    assert run(project) == 0
    assert contents(project) == contents(tools.REPOSITORY)


def test_a_new_topic_is_one_new_file(project: Path) -> None:
    (project / sources.DEFINITIONS / "topics" / "mood.yaml").write_text(MOOD)
    assert run(project) == 0
    assert '"mood": lambda: MoodTopic' in (project / outputs.VALIDATORS).read_text("utf-8")
    assert "mood: MoodData;" in (project / outputs.TYPESCRIPT_TYPES).read_text("utf-8")


def test_a_changed_constant_makes_stale_what_shows_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project / sources.PROTOCOL, "code: 4029", "code: 4030")
    assert run(project, "--check") == 1
    stale = {line.removeprefix("stale: ") for line in capsys.readouterr().out.split("\n") if line.startswith("stale: ")}
    assert stale == {*CONSTANTS, reference.PROTOCOL_PAGE}


def test_a_changed_description_makes_the_reference_stale(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project / sources.DEFINITIONS / "events.yaml", "What it was about.", "What the session was about.")
    assert run(project) == 0
    assert f"written: {reference.INGEST_PAGE}\n" in capsys.readouterr().out
    assert "What the session was about." in (project / reference.INGEST_PAGE).read_text("utf-8")


def test_a_table_changed_by_hand_is_stale_and_prose_around_it_is_not(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / reference.PROTOCOL_PAGE
    replace(page, "# Protocol\n", "# The protocol\n")
    assert run(project, "--check") == 0
    capsys.readouterr()
    replace(page, "Asks for a pong.", "Asks for a ping.")
    assert run(project, "--check") == 1
    assert capsys.readouterr().out.startswith(f"stale: {reference.PROTOCOL_PAGE}\n")


def test_a_constant_that_is_refused_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project / sources.PROTOCOL, "code: 4029", "code: 4008")
    before = contents(project)
    assert run(project) == 1
    assert "/close_codes/TOO_MANY/code: 4008 stands twice" in capsys.readouterr().err
    assert contents(project) == before


def test_refused_definitions_write_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(project / sources.DEFINITIONS / "common.yaml", "        maximum: 365\n", "")
    before = contents(project)
    assert run(project) == 1
    said = "Period, /properties/days: a number needs either maximum or exclusiveMaximum\n"
    assert capsys.readouterr().err == said
    assert contents(project) == before


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("NODE_TOOLS", "json2ts is missing: there is no {}/json2ts; install the web packages, as `make` does\n"),
        (
            "PYTHON_TOOLS",
            "ruff is missing: there is no {}/ruff; install the package with its dev extra, as `make` does\n",
        ),
    ],
)
def test_a_missing_tool_is_named(
    folder: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tools, folder, tmp_path)
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == said.format(tmp_path)


def test_a_tool_that_fails_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "json2ts"
    broken.write_text("#!/bin/sh\ncat > /dev/null\necho 'no memory' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(tools, "NODE_TOOLS", tmp_path)
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "json2ts failed with exit code 3:\nno memory\n"


def test_a_tool_that_leaves_out_a_type_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    forgetful = tmp_path / "json2ts"
    rest = "\n".join(f"export type {name} = 1;" for name in DEFINITIONS if name != "Period")
    forgetful.write_text(f"#!/bin/sh\ncat > /dev/null\necho '{rest}'\n")
    forgetful.chmod(0o755)
    monkeypatch.setattr(tools, "NODE_TOOLS", tmp_path)
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "json2ts wrote no type for Period\n"


def test_missing_libraries_of_typescript_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reserved_names, "TYPESCRIPT_LIBRARIES", tmp_path)
    reserved_names.reserved_names.cache_clear()
    assert main(["--check"]) == 1
    said = (
        f"TypeScript's libraries are missing: there are none in {tmp_path}; install the web packages, as `make` does\n"
    )
    assert capsys.readouterr().err == said


def test_every_generated_file_is_marked_as_such() -> None:
    attributes = (tools.REPOSITORY / ".gitattributes").read_text("utf-8").split("\n")
    for name in (*DOCUMENTS, *CODE):
        assert f"{name} linguist-generated" in attributes
    for name in (*CODE, *CHECKS, *FIXTURES):
        first = (tools.REPOSITORY / name).read_text("utf-8").split("\n")[0]
        assert "Generated from shared-schema by `make schema`. Do not edit." in first


def test_both_languages_have_the_same_topics_defaults_and_hash() -> None:
    typescript = (tools.REPOSITORY / outputs.TYPESCRIPT_TYPES).read_text("utf-8")
    table = typescript.partition("export const TOPIC_DEFAULTS = {\n")[2].partition("\n} as const")[0]
    rows = (line.strip().rstrip(",").partition(": ") for line in table.split("\n"))
    told = {name: defaults for name, defaults in validators.TOPIC_DEFAULTS.items() if defaults}
    assert {name: json.loads(defaults) for name, _, defaults in rows} == told
    names = typescript.partition("TOPIC_NAMES = [")[2].partition("]")[0]
    assert tuple(re.findall(r'"(\w+)"', names)) == validators.TOPIC_NAMES == tuple(validators.TOPIC_DEFAULTS)
    assert f'export const SCHEMA_HASH = "{validators.SCHEMA_HASH}";' in typescript


def test_a_topic_with_its_defaults_is_a_topic() -> None:
    assert validators.TOPIC_DEFAULTS["learnings"] == {"filters": {}, "sort": "recency", "limit": 100, "offset": 0}
    for name, defaults in validators.TOPIC_DEFAULTS.items():
        needed = {"id": "01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01"} if name == "learning_detail" else {}
        topic = {"topic": name, **defaults, **needed}
        assert validators.load_dashboard_topic(topic) == topic


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (outputs.TYPESCRIPT_TYPES, "by_category: {[Key in LearningCategory]?: Count};"),
        (outputs.TYPESCRIPT_TYPES, "last_activity: Timestamp | null;"),
        (outputs.TYPESCRIPT_TYPES, "value: unknown;"),
        (outputs.TYPESCRIPT_TYPES, "from: PatchPath;"),
        (outputs.TYPESCRIPT_TYPES, "topics: DashboardTopic[];"),
        (outputs.PYTHON_TYPES, "by_category: dict[LearningCategory, Count]"),
        (outputs.PYTHON_TYPES, "last_activity: Timestamp | None"),
        (outputs.PYTHON_TYPES, "value: Any"),
        (outputs.PYTHON_TYPES, "'from': PatchPath,"),
        (outputs.PYTHON_TYPES, "period: NotRequired[Period]"),
    ],
)
def test_types_are_as_exact_as_the_language_allows(file: str, line: str) -> None:
    lines = (tools.REPOSITORY / file).read_text("utf-8").split("\n")
    assert line in [one.strip() for one in lines]
