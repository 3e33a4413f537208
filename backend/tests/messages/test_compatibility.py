"""Which changes of the definitions and of the protocol break whom."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace as with_
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from generator.compatibility import findings
from generator.protocol import read_protocol
from generator.released import Schema
from tests.messages.judging import DEFINITIONS, SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.protocol import Protocol

Change: TypeAlias = "Callable[[dict[str, Any]], object]"
FLAG = {"description": "A flag.", "type": "boolean"}
PROTOCOL = read_protocol(SHARED / "protocol.yaml", DEFINITIONS)
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
    "another message": add_member("DashboardMessage", "ShoutMessage", tagged("type", "shout")),
    "another message in a batch": add_member("BatchedMessage", "ShoutMessage", tagged("type", "shout")),
    "another message in a batch of another name": both(
        add_member("BatchedMessage", "ShoutMessage", tagged("type", "shout")), rename("BatchedMessage", "Batched")
    ),
    "another name of the handshake": rename("WelcomeMessage", "HelloMessage"),
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
        [
            "Period, /properties/days: maximum 365 -> 30; breaks HTTP clients",
            "Period, /properties/days: maximum 365 -> 30; breaks old clients",
        ],
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
            'LearningCategory: "tool_usage" removed; breaks HTTP clients',
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
        [
            f"ScorePoint, /properties/mean_score: Fraction -> SignedFraction (minimum 0 -> -1); breaks {whom}"
            for whom in ("HTTP clients", "old clients")
        ],
    ),
    "another definition, which allows more where it is no null": (
        replace("HeartbeatMessage", "server_time", {"oneOf": [{"$ref": "#/$defs/LongText"}, {"type": "null"}]}),
        [
            "HeartbeatMessage, /properties/server_time: null added; breaks old clients",
            (
                "HeartbeatMessage, /properties/server_time/oneOf/0: Timestamp -> LongText"
                ' (format "date-time" -> none); may break, so compare by hand: old clients'
            ),
            (
                "HeartbeatMessage, /properties/server_time/oneOf/0: Timestamp -> LongText"
                f" (pattern {json.dumps(DEFINITIONS['Timestamp']['pattern'])}"
                f" -> {json.dumps(DEFINITIONS['LongText']['pattern'])}); may break, so compare by hand: old clients"
            ),
        ],
    ),
    "another definition, where there was none": (
        replace("HeldTopic", "version", {"$ref": "#/$defs/Role"}),
        ['HeldTopic, /properties/version: Version -> Role (string -> "viewer", "operator"); breaks old clients'],
    ),
    "a renamed definition that allows less": (
        both(put("RetryWindow", "properties", "max_ms", maximum=7_200_000), rename("RetryWindow", "Pause")),
        [
            (
                "GoodbyeMessage, /properties/retry: RetryWindow -> Pause"
                " (/properties/max_ms: maximum 3600000 -> 7200000); breaks old clients"
            ),
            (
                "WelcomeMessage, /properties/retry: RetryWindow -> Pause"
                " (/properties/max_ms: maximum 3600000 -> 7200000); breaks old clients"
            ),
        ],
    ),
    "another request's name": (
        put("PingRequest", "properties", type={"const": "knock"}),
        ["DashboardRequest: PingRequest removed; breaks old clients"],
    ),
    "a variant of an object in a message": (
        add_member("PatchOperation", "CopyOperation", tagged("op", "copy")),
        ["PatchOperation: CopyOperation added; breaks old clients"],
    ),
    "no welcome": (
        drop_member("DashboardMessage", "WelcomeMessage"),
        ["WelcomeMessage: removed or renamed; may break, so compare by hand: old clients"],
    ),
    "a topic removed": (
        both(drop_member("DashboardTopic", "HealthTopic"), drop_member("TopicData", "HealthData")),
        [
            "DashboardTopic: HealthTopic removed; breaks HTTP clients",
            "DashboardTopic: HealthTopic removed; breaks old clients",
        ],
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
            'SessionId: pattern "^[^\\\\u0000]*$" -> "^[^\\\\u0000]+$"; may break, so compare by hand: HTTP clients',
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
                f' "active", "disabled", "under_review", "deprecated" -> string; breaks {whom}'
            )
            for whom in ("HTTP clients", "old clients")
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


def of_version(version: int) -> Protocol:
    return with_(PROTOCOL, version=version)


def compared(
    old: dict[str, Any], new: dict[str, Any], was: Protocol | None = PROTOCOL, now: Protocol | None = PROTOCOL
) -> list[str]:
    return [str(one) for one in findings(Schema(old, was), Schema(new, now))]


def told(change: Change, *, versions: tuple[int, int] = (1, 1)) -> list[str]:
    changed = deepcopy(DEFINITIONS)
    change(changed)
    return compared(DEFINITIONS, changed, *map(of_version, versions))


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
    assert compared(old, new) == ["TreeRequest, /properties/name: maxLength 9 -> 8; breaks old clients"]


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
    assert compared(old, new) == [
        "ShortScope, /properties/short: maxLength 9 -> 8; breaks pipelines",
    ]


PERMITTED = " (permitted, as the protocol version was raised)"


def test_a_raised_protocol_version_permits_what_breaks_old_clients_only() -> None:
    change = put("LearningCategory", enum=[*DEFINITIONS["LearningCategory"]["enum"][1:], "hunch"])
    assert told(change, versions=(1, 2)) == [
        'LearningCategory: "correction" removed; breaks HTTP clients',
        'LearningCategory: "correction" removed; breaks old clients' + PERMITTED,
        'LearningCategory: "correction" removed; breaks pipelines',
        'LearningCategory: "hunch" added; breaks HTTP clients',
        'LearningCategory: "hunch" added; breaks old clients' + PERMITTED,
    ]
    assert told(require("IngestResult"), versions=(1, 2)) == [
        "IngestResult, /properties/accepted: required -> optional; breaks HTTP clients",
        "IngestResult, /properties/duplicates: required -> optional; breaks HTTP clients",
    ]


def test_the_handshake_by_which_old_clients_learn_of_a_version_stays_readable() -> None:
    change = both(remove("WelcomeMessage", "schema_hash"), remove("HeartbeatMessage", "server_time"))
    assert "WelcomeMessage, /properties/schema_hash: required -> absent; breaks old clients" in told(
        change, versions=(1, 2)
    )


def test_a_lower_protocol_version_permits_nothing() -> None:
    change = remove("PingRequest", "request_id")
    assert told(change, versions=(2, 1)) == told(change)


def test_what_is_said_over_http_keeps_no_version() -> None:
    assert told(remove("HealthData", "components"), versions=(1, 2)) == [
        "HealthData, /properties/components: required -> absent; breaks HTTP clients",
        f"HealthData, /properties/components: required -> absent; breaks old clients{PERMITTED}",
    ]
    assert told(remove("LearningsTopic", "offset"), versions=(1, 2)) == [
        f"LearningsTopic, /properties/offset: default 0 -> none, {KEY}; breaks old clients{PERMITTED}",
        "LearningsTopic, /properties/offset: optional -> absent; breaks HTTP clients",
        f"LearningsTopic, /properties/offset: optional -> absent; breaks old clients{PERMITTED}",
    ]
