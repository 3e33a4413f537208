"""The AsyncAPI document says of every message what the schema says."""

from __future__ import annotations

import json
from typing import Any, Final

import jsonschema_rs
import pytest

from generator import outputs
from generator.examples import read_examples
from generator.nodes import variants
from generator.protocol import read_protocol
from generator.roots import DATA, MESSAGES, REQUESTS, TOPICS
from generator.tools import REPOSITORY
from groove_dashboard.messages.protocol import PROTOCOL_VERSION, SOCKET_PATH
from groove_dashboard.messages.validators import SCHEMA_HASH
from tests.messages.judging import DEFINITIONS, SHARED, judge
from tests.messages.sweep import Sweep

ASYNCAPI: Final[dict[str, Any]] = json.loads((REPOSITORY / outputs.ASYNCAPI).read_text("utf-8"))
SCHEMAS: Final[dict[str, Any]] = ASYNCAPI["components"]["schemas"]
SPOKEN: Final = {kind: name for union in (REQUESTS, MESSAGES) for kind, name in variants(union, DEFINITIONS).items()}
EXAMPLES: Final = read_examples(SHARED / "examples", DEFINITIONS)
CHANNEL: Final = ASYNCAPI["channels"]["dashboard"]


def draft_07(reference: str) -> jsonschema_rs.Draft7Validator:
    """The validator of what a reference into the document refers to, in the dialect that AsyncAPI prescribes."""
    return jsonschema_rs.Draft7Validator(
        {"allOf": [{"$ref": reference}], "components": {"schemas": SCHEMAS}}, validate_formats=True
    )


def payload(kind: str) -> jsonschema_rs.Draft7Validator:
    reference: str = ASYNCAPI["components"]["messages"][kind]["payload"]["$ref"]
    return draft_07(reference)


def test_the_channel_is_the_socket() -> None:
    assert CHANNEL["address"] == SOCKET_PATH
    assert ASYNCAPI["info"]["version"] == str(PROTOCOL_VERSION)
    assert ASYNCAPI["info"]["x-schema-hash"] == SCHEMA_HASH
    assert set(CHANNEL["messages"]) == set(ASYNCAPI["components"]["messages"]) == set(SPOKEN)


def test_every_request_is_received_and_answered_and_every_message_sent() -> None:
    def kinds(place: dict[str, Any]) -> list[str]:
        return [one["$ref"].rpartition("/")[2] for one in place["messages"]]

    answers = read_protocol(SHARED / "protocol.yaml", DEFINITIONS).answers
    for kind in SPOKEN:
        operation = ASYNCAPI["operations"][kind]
        assert kinds(operation) == [kind]
        assert operation["action"] == ("receive" if kind in answers else "send")
        assert ("reply" in operation) == (kind in answers)
        if kind in answers:
            assert kinds(operation["reply"]) == [answers[kind].message, "error"]
    assert ASYNCAPI["operations"].keys() == SPOKEN.keys()


@pytest.mark.parametrize("kind", SPOKEN)
def test_a_payload_allows_exactly_what_the_schema_allows(kind: str) -> None:
    ours, theirs = judge(DEFINITIONS, SPOKEN[kind]).is_valid, payload(kind).is_valid
    verdicts = {True: 0, False: 0}
    for text, value in Sweep(DEFINITIONS).values(SPOKEN[kind]):
        assert theirs(value) == ours(value), text
        verdicts[ours(value)] += 1
    assert verdicts[True]
    assert verdicts[False]


@pytest.mark.parametrize("root", [REQUESTS, MESSAGES, TOPICS, DATA])
def test_every_shared_example_gets_the_same_verdict(root: str) -> None:
    kinds = variants(root, DEFINITIONS).values()
    for one in EXAMPLES[root]:
        accepted = any(draft_07(f"#/components/schemas/{name}").is_valid(one["value"]) for name in kinds)
        assert accepted == ("error" not in one), one["name"]


def test_every_message_shows_its_valid_examples() -> None:
    for kind in SPOKEN:
        examples = ASYNCAPI["components"]["messages"][kind]["examples"]
        assert examples
        for one in examples:
            payload(kind).validate(one["payload"])
