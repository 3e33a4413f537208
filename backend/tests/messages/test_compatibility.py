"""Which changes of the definitions break whom, and the command that says so."""

from __future__ import annotations

import json
import os
import subprocess
from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from generator import compatibility, outputs, released
from generator.compatibility import findings
from generator.released import Schema
from tests.messages.judging import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Change: TypeAlias = "Callable[[dict[str, Any]], object]"
FLAG = {"description": "A flag.", "type": "boolean"}
KEY = "so that the server names the topic otherwise than the client"


def add(name: str, key: str, node: Any = FLAG, *, required: bool = False) -> Change:
    def change(definitions: dict[str, Any]) -> None:
        definitions[name]["properties"][key] = node
        if required:
            definitions[name]["required"].append(key)

    return change


def remove(name: str, key: str) -> Change:
    def change(definitions: dict[str, Any]) -> None:
        del definitions[name]["properties"][key]
        definitions[name]["required"] = [one for one in definitions[name].get("required", ()) if one != key]

    return change


def require(name: str, *keys: str) -> Change:
    return lambda definitions: definitions[name].update(required=list(keys))


def put(name: str, *steps: str, **keywords: Any) -> Change:
    """Set keywords of the schema at the place; None takes one away."""

    def change(definitions: dict[str, Any]) -> None:
        node = definitions[name]
        for step in steps:
            node = node[step]
        node.update({keyword: value for keyword, value in keywords.items() if value is not None})
        for keyword in (one for one, value in keywords.items() if value is None):
            del node[keyword]

    return change


def replace(name: str, key: str, node: Any) -> Change:
    return put(name, "properties", **{key: node})


def drop_member(union: str, member: str) -> Change:
    def change(definitions: dict[str, Any]) -> None:
        definitions[union]["oneOf"].remove({"$ref": f"#/$defs/{member}"})

    return change


def add_member(union: str, member: str, node: Any) -> Change:
    def change(definitions: dict[str, Any]) -> None:
        definitions[member] = node
        definitions[union]["oneOf"].append({"$ref": f"#/$defs/{member}"})

    return change


def both(*changes: Change) -> Change:
    def change(definitions: dict[str, Any]) -> None:
        for one in changes:
            one(definitions)

    return change


def rename(old: str, new: str) -> Change:
    def change(definitions: dict[str, Any]) -> None:
        text = json.dumps(definitions).replace(f'"#/$defs/{old}"', f'"#/$defs/{new}"')
        definitions.clear()
        definitions.update(json.loads(text))
        definitions[new] = definitions.pop(old)

    return change


def tagged(tag: str, value: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {tag: {"const": value}},
        "required": [tag],
        "additionalProperties": False,
    }


COMPATIBLE: dict[str, Change] = {
    "nothing": lambda _: None,
    "a description": put("Period", description="Anew."),
    "a renamed definition": rename("Period", "Span"),
    "a renamed topic definition": rename("OverviewTopic", "FrontPageTopic"),
    "a definition written out where it is used": replace("Fault", "path", {"type": "string", "maxLength": 4096}),
    "null spelled otherwise": replace(
        "ScorePoint", "mean_score", {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    ),
    "a constant spelled as an enumeration": put("OverviewTrends", "properties", period_days={"enum": [7]}),
    "a bound spelled otherwise": replace(
        "AttributionData", "period_days", {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 366}
    ),
    "choices in another order": put("ErrorCode", enum=DEFINITIONS["ErrorCode"]["enum"][::-1]),
    "an optional property of a request": add("PingRequest", "loud"),
    "an optional property of an event": add("ComponentReportedEvent", "loud"),
    "a property that an event no longer has to have": require(
        "StrategyOutcomeEvent", "event_id", "type", "occurred_at", "learning_id", "session_id"
    ),
    "an optional property of a topic": add("AttributionTopic", "loud"),
    "a property of a message": add("PongMessage", "loud"),
    "a required property of a message": add("PongMessage", "loud", required=True),
    "a property of a topic's data": add("OverviewData", "loud", required=True),
    "a property of an HTTP body": add("IngestResult", "loud", required=True),
    "another HTTP body": lambda definitions: definitions.update(Receipt=tagged("kind", "receipt")),
    "an optional property of a message removed": remove("SnapshotMessage", "reason"),
    "a message that always says why": require("SnapshotMessage", "type", "topic", "version", "data", "reason"),
    "a wider request": put("AuthenticateRequest", "properties", "token", maxLength=10_000),
    "a narrower message": put("WelcomeMessage", "properties", "protocol_version", maximum=999),
    "a message type no longer sent": drop_member("DashboardMessage", "HeartbeatMessage"),
    "an error no longer told": put("ErrorCode", enum=DEFINITIONS["ErrorCode"]["enum"][1:]),
    "another request": add_member("DashboardRequest", "ShoutRequest", tagged("type", "shout")),
    "another event": add_member("IngestEvent", "ShoutEvent", tagged("type", "shout")),
    "another topic": both(
        add_member("DashboardTopic", "MoodTopic", tagged("topic", "mood")),
        put("MoodTopic", "properties", days={"enum": [1, 7], "default": 7}),
        add_member("TopicData", "MoodData", tagged("data_type", "mood")),
    ),
}

BREAKING: dict[str, tuple[Change, list[str]]] = {
    "a narrower number, which comes and goes": (
        put("Period", "properties", "days", maximum=30),
        ["Period, /properties/days: maximum 365 -> 30; breaks old clients"],
    ),
    "a wider number, which comes and goes": (
        put("Period", "properties", "days", minimum=0),
        ["Period, /properties/days: minimum 1 -> 0; breaks old clients"],
    ),
    "another type": (
        replace("HeartbeatMessage", "server_time", {"type": "number", "minimum": 0, "maximum": 1}),
        ["HeartbeatMessage, /properties/server_time: string -> number; breaks old clients"],
    ),
    "whole numbers that get fractions": (
        put("Count", type="number"),
        [
            "Count: integer -> number; breaks HTTP clients",
            "Count: integer -> number; breaks old clients",
        ],
    ),
    "an exclusive bound": (
        put("Fraction", exclusiveMinimum=0, minimum=None),
        ["Fraction: minimum 0 -> exclusiveMinimum 0; breaks pipelines"],
    ),
    "a choice that pipelines may no longer make": (
        put("LearningCategory", enum=[one for one in DEFINITIONS["LearningCategory"]["enum"] if one != "tool_usage"]),
        [
            'LearningCategory: "tool_usage" removed; breaks old clients',
            'LearningCategory: "tool_usage" removed; breaks pipelines',
        ],
    ),
    "a choice that old clients do not know": (
        put("SnapshotReason", enum=[*DEFINITIONS["SnapshotReason"]["enum"], "moved"]),
        ['SnapshotReason: "moved" added; breaks old clients'],
    ),
    "an error that nobody knows": (
        put("ErrorCode", enum=[*DEFINITIONS["ErrorCode"]["enum"], "too_late"]),
        [
            'ErrorCode: "too_late" added; breaks HTTP clients',
            'ErrorCode: "too_late" added; breaks old clients',
        ],
    ),
    "a required property of a request": (
        add("PingRequest", "loud", required=True),
        ["PingRequest, /properties/loud: absent -> required; breaks old clients"],
    ),
    "a property that a request now has to have": (
        require("PingRequest", "type", "request_id"),
        ["PingRequest, /properties/request_id: optional -> required; breaks old clients"],
    ),
    "a property that a request may no longer have": (
        remove("PingRequest", "request_id"),
        ["PingRequest, /properties/request_id: optional -> absent; breaks old clients"],
    ),
    "a property that an event may no longer have": (
        remove("LearningStatusChangedEvent", "reason"),
        ["LearningStatusChangedEvent, /properties/reason: optional -> absent; breaks pipelines"],
    ),
    "a property that a message no longer has": (
        remove("HeartbeatMessage", "server_time"),
        ["HeartbeatMessage, /properties/server_time: required -> absent; breaks old clients"],
    ),
    "a property that a message may leave out": (
        require("CurrentMessage", "type", "topic"),
        ["CurrentMessage, /properties/version: required -> optional; breaks old clients"],
    ),
    "a property that an HTTP body may leave out": (
        require("IngestResult", "accepted"),
        ["IngestResult, /properties/duplicates: required -> optional; breaks HTTP clients"],
    ),
    "an HTTP body removed": (
        lambda definitions: definitions.pop("ActionResult"),
        ["ActionResult: removed or renamed; may break, so compare by hand: HTTP clients"],
    ),
    "null in a message": (
        replace("HeartbeatMessage", "server_time", {"oneOf": [{"$ref": "#/$defs/Timestamp"}, {"type": "null"}]}),
        ["HeartbeatMessage, /properties/server_time: null added; breaks old clients"],
    ),
    "another definition, which allows more": (
        replace("ScorePoint", "mean_score", {"$ref": "#/$defs/SignedFraction"}),
        ["SignedFraction: minimum 0 -> -1; breaks old clients"],
    ),
    "another request's name": (
        put("PingRequest", "properties", type={"const": "knock"}),
        ["DashboardRequest: PingRequest removed; breaks old clients"],
    ),
    "a message of a type that nobody knows": (
        add_member("DashboardMessage", "ShoutMessage", tagged("type", "shout")),
        ["DashboardMessage: ShoutMessage added; breaks old clients"],
    ),
    "a topic removed": (
        both(drop_member("DashboardTopic", "HealthTopic"), drop_member("TopicData", "HealthData")),
        ["DashboardTopic: HealthTopic removed; breaks old clients"],
    ),
    "an event removed": (
        drop_member("IngestEvent", "LearningDeletedEvent"),
        ["IngestEvent: LearningDeletedEvent removed; breaks pipelines"],
    ),
    "another default": (
        put("AttributionTopic", "properties", "period", default={"days": 30}),
        [f'AttributionTopic, /properties/period: default {{"days": 7}} -> {{"days": 30}}, {KEY}; breaks old clients'],
    ),
    "a default where there was none": (
        put("LearningDetailTopic", "properties", pages={"type": "integer", "minimum": 1, "maximum": 9, "default": 1}),
        [f"LearningDetailTopic, /properties/pages: default none -> 1, {KEY}; breaks old clients"],
    ),
    "a pattern written otherwise": (
        put("SessionId", pattern="^[^\\u0000]+$"),
        [
            'SessionId: pattern "^[^\\\\u0000]*$" -> "^[^\\\\u0000]+$"; may break, so compare by hand: old clients',
            'SessionId: pattern "^[^\\\\u0000]*$" -> "^[^\\\\u0000]+$"; may break, so compare by hand: pipelines',
        ],
    ),
    "a pattern that messages no longer keep": (
        put("SchemaHash", pattern=None),
        ['SchemaHash: pattern "^[0-9a-f]{12}$" -> none; may break, so compare by hand: old clients'],
    ),
    "more at once": (
        put("SubscribeRequest", "properties", "topics", maxItems=8, uniqueItems=True),
        [
            "SubscribeRequest, /properties/topics: maxItems 64 -> 8; breaks old clients",
            "SubscribeRequest, /properties/topics: uniqueItems none -> true; breaks old clients",
        ],
    ),
    "other keys of a record": (
        put("OverviewLearnings", "properties", "by_status", propertyNames={"type": "string"}),
        [
            (
                "OverviewLearnings, /properties/by_status/propertyNames:"
                ' "active", "disabled", "under_review", "deprecated" -> string; breaks old clients'
            )
        ],
    ),
    "anything where a client expects something": (
        replace("CurrentMessage", "version", {"description": "Anything."}),
        ["CurrentMessage, /properties/version: string -> anything; breaks old clients"],
    ),
    "a longer text": (
        put("PatchPath", maxLength=5000),
        ["PatchPath: maxLength 4096 -> 5000; breaks old clients"],
    ),
}


def told(change: Change, *, versions: tuple[int, int] = (1, 1)) -> list[str]:
    changed = deepcopy(DEFINITIONS)
    change(changed)
    return [str(one) for one in findings(Schema(DEFINITIONS, versions[0]), Schema(changed, versions[1]))]


@pytest.mark.parametrize("change", COMPATIBLE.values(), ids=COMPATIBLE)
def test_what_breaks_nobody(change: Change) -> None:
    assert told(change) == []


@pytest.mark.parametrize(("change", "said"), BREAKING.values(), ids=BREAKING)
def test_what_breaks_somebody_is_said_with_its_place(change: Change, said: list[str]) -> None:
    assert told(change) == said


def test_a_definition_that_contains_itself_is_compared_to_its_end() -> None:
    def with_tree(limit: int) -> Change:
        tree = tagged("type", "tree")
        tree["properties"] |= {
            "name": {"type": "string", "maxLength": limit},
            "trees": {"type": "array", "items": {"$ref": "#/$defs/TreeRequest"}},
        }
        return add_member("DashboardRequest", "TreeRequest", tree)

    old, new = deepcopy(DEFINITIONS), deepcopy(DEFINITIONS)
    with_tree(9)(old)
    with_tree(8)(new)
    assert [str(one) for one in findings(Schema(old, 1), Schema(new, 1))] == [
        "TreeRequest, /properties/name: maxLength 9 -> 8; breaks old clients"
    ]


def test_members_that_are_told_apart_by_their_own_keys_are_found_by_them() -> None:
    def message(limit: int) -> Change:
        short = {
            "type": "object",
            "properties": {"short": {"type": "string", "maxLength": limit}},
            "required": ["short"],
            "additionalProperties": False,
        }
        return both(
            add_member(
                "Scope", "LongScope", {**short, "properties": {"long": {"type": "string"}}, "required": ["long"]}
            ),
            add_member("Scope", "ShortScope", short),
            put("Scope", oneOf=[{"$ref": "#/$defs/LongScope"}, {"$ref": "#/$defs/ShortScope"}]),
        )

    old, new = deepcopy(DEFINITIONS), deepcopy(DEFINITIONS)
    message(9)(old)
    message(8)(new)
    assert [str(one) for one in findings(Schema(old, 1), Schema(new, 1))] == [
        "ShortScope, /properties/short: maxLength 9 -> 8; breaks pipelines",
    ]


PERMITTED = " (permitted, as the protocol version was raised)"


def test_a_raised_protocol_version_permits_what_breaks_old_clients_only() -> None:
    change = put("LearningCategory", enum=[*DEFINITIONS["LearningCategory"]["enum"][1:], "hunch"])
    assert told(change, versions=(1, 2)) == [
        'LearningCategory: "correction" removed; breaks old clients' + PERMITTED,
        'LearningCategory: "correction" removed; breaks pipelines',
        'LearningCategory: "hunch" added; breaks old clients' + PERMITTED,
    ]
    assert told(require("IngestResult"), versions=(1, 2)) == [
        "IngestResult, /properties/accepted: required -> optional; breaks HTTP clients",
        "IngestResult, /properties/duplicates: required -> optional; breaks HTTP clients",
    ]


def test_the_handshake_by_which_old_clients_learn_of_a_version_stays_readable() -> None:
    change = both(remove("WelcomeMessage", "schema_hash"), remove("PongMessage", "type"))
    assert "WelcomeMessage, /properties/schema_hash: required -> absent; breaks old clients" in told(
        change, versions=(1, 2)
    )


def test_a_lower_protocol_version_permits_nothing() -> None:
    change = remove("PingRequest", "request_id")
    assert told(change, versions=(2, 1)) == told(change)


# The command


@pytest.fixture(name="project")
def repository_with_the_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose one commit holds the schema of today."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # a hook that runs the tests points them at its own repository
    git(tmp_path, "init", "--quiet")
    write(tmp_path, DEFINITIONS)
    commit(tmp_path)
    return tmp_path


def git(project: Path, *arguments: str) -> None:
    who = (
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "tag.gpgsign=false",
    )
    subprocess.run(["git", "-C", project, *who, *arguments], check=True, capture_output=True)  # noqa: S607


def commit(project: Path) -> None:
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", "Change")


def write(project: Path, definitions: dict[str, Any], protocol: str | None = None) -> None:
    (project / outputs.BUNDLE).parent.mkdir(exist_ok=True)
    (project / outputs.BUNDLE).write_text(json.dumps({"$defs": definitions}), "utf-8")
    if protocol is not None:
        (project / released.PROTOCOL).write_text(protocol, "utf-8")


def changed(change: Change) -> dict[str, Any]:
    definitions = deepcopy(DEFINITIONS)
    change(definitions)
    return definitions


def run(project: Path, *arguments: str) -> int:
    return compatibility.main(["--project", str(project), *arguments])


NARROW = put("Period", "properties", "days", maximum=30)
SAID = "Period, /properties/days: maximum 365 -> 30; breaks old clients"


def test_without_a_release_there_is_nothing_to_compare_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "tag", "before-breakfast")
    write(project, changed(NARROW))
    assert run(project) == 0
    assert capsys.readouterr().out == "There is no release yet: nothing to compare with.\n"


def test_the_last_release_that_leads_here_is_compared_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "tag", "v0.1.0")
    write(project, changed(NARROW))
    commit(project)
    assert run(project) == 1
    output = capsys.readouterr()
    assert output.out == f"{SAID}\n"
    assert output.err == "Not compatible with v0.1.0; a raised protocol version permits what breaks old clients.\n"

    git(project, "tag", "v0.2.0")
    git(project, "checkout", "--quiet", "-b", "aside")
    commit(project)
    git(project, "tag", "v9.0.0")
    git(project, "checkout", "--quiet", "-")
    assert run(project) == 0
    assert capsys.readouterr().out == "Compatible with v0.2.0.\n"


def test_any_point_of_the_history_can_be_compared_with(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, changed(NARROW))
    commit(project)
    assert run(project, "HEAD") == 0
    assert run(project, "HEAD~1") == 1
    assert capsys.readouterr().out == f"Compatible with HEAD.\n{SAID}\n"


def test_the_protocol_version_is_read_at_both_points(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "tag", "v0.1.0")
    write(project, changed(NARROW), "version: 2\nheartbeat_seconds: 25\n")
    assert run(project) == 0
    assert capsys.readouterr().out == f"{SAID}{PERMITTED}\nCompatible with v0.1.0.\n"
    commit(project)
    write(project, DEFINITIONS)
    assert run(project, "HEAD") == 1
    assert capsys.readouterr().out == "Period, /properties/days: maximum 30 -> 365; breaks old clients\n"


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
        ("odd", "odd: shared-schema/protocol.yaml needs a `version`, a whole number\n"),
    ],
)
def test_what_cannot_be_compared_with_is_told(
    ref: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partial = {name: node for name, node in DEFINITIONS.items() if name not in {"DashboardMessage", "TopicData"}}
    write(project, partial)
    commit(project)
    git(project, "tag", "partial")
    write(project, DEFINITIONS, "version: 1.5")
    commit(project)
    git(project, "tag", "odd")
    (project / released.PROTOCOL).unlink()
    (project / outputs.BUNDLE).write_text("[]")
    commit(project)
    git(project, "tag", "broken")
    (project / outputs.BUNDLE).unlink()
    commit(project)
    git(project, "tag", "empty")
    write(project, DEFINITIONS)
    assert run(project, "--", ref) == 1
    assert capsys.readouterr().err == said


def test_a_missing_schema_of_today_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / outputs.BUNDLE).unlink()
    assert run(project, "HEAD") == 1
    assert capsys.readouterr().err == f"there is no {project / outputs.BUNDLE}; `make schema` writes it\n"


def test_a_copy_without_history_has_no_release_behind_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, DEFINITIONS)
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
