"""Writes the AsyncAPI document: the channel, who says what on it, and what answers what.

AsyncAPI reads schemas as draft 07 of JSON Schema. The house rules leave nothing in that means another thing there but
the words beside a $ref, which draft 07 does not read: there the reference goes into an allOf.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.nodes import LOCAL, reached, rewritten, variants
from generator.protocol import ERROR
from generator.roots import MESSAGES, REQUESTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.examples import Example
    from generator.nodes import Node
    from generator.protocol import Protocol

CHANNEL = "dashboard"
CHANNEL_POINTER = f"#/channels/{CHANNEL}"
SCHEMAS = "#/components/schemas/"


def asyncapi(nodes: Mapping[str, Node], protocol: Protocol, digest: str, examples: Mapping[str, list[Example]]) -> str:
    """The document in JSON, with the valid ones of the examples, which come by the name of their definition."""
    requests, messages = variants(REQUESTS, nodes), variants(MESSAGES, nodes)
    spoken = {**requests, **messages}
    shown = _by_type([*examples.get(REQUESTS, ()), *examples.get(MESSAGES, ())])
    document = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "groove-dashboard",
            "version": str(protocol.version),
            "description": "The live dashboard of groove over one WebSocket; the version is that of the protocol.",
            "license": {"name": "MIT"},
            "x-schema-hash": digest,
        },
        "defaultContentType": "application/json",
        "channels": {CHANNEL: _channel(protocol, spoken)},
        "operations": {
            **{
                kind: {
                    **_operation("receive", kind, nodes[name]),
                    "reply": _place(protocol.answers[kind].message, ERROR),
                }
                for kind, name in requests.items()
            },
            **{kind: _operation("send", kind, nodes[name]) for kind, name in messages.items()},
        },
        "components": {
            "messages": {kind: _message(kind, name, nodes[name], shown.get(kind, [])) for kind, name in spoken.items()},
            "schemas": {
                name: rewritten(nodes[name], _for_draft_07) for name in sorted(reached(spoken.values(), nodes))
            },
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _by_type(examples: Iterable[Example]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for one in examples:
        if "error" not in one:
            found.setdefault(one["value"]["type"], []).append({"name": one["name"], "payload": one["value"]})
    return found


def _channel(protocol: Protocol, kinds: Iterable[str]) -> Node:
    subprotocol = {"type": "string", "const": protocol.subprotocol}
    return {
        "address": protocol.path,
        "description": "JSON in text frames.",
        "messages": {kind: {"$ref": f"#/components/messages/{kind}"} for kind in kinds},
        "bindings": {
            "ws": {
                "method": "GET",
                "headers": {"type": "object", "properties": {"Sec-WebSocket-Protocol": subprotocol}},
                "bindingVersion": "0.1.0",
            }
        },
    }


def _operation(action: str, kind: str, node: Node) -> Node:
    return {"action": action, "summary": node["description"], **_place(kind)}


def _place(*kinds: str) -> Node:
    return {
        "channel": {"$ref": CHANNEL_POINTER},
        "messages": [{"$ref": f"{CHANNEL_POINTER}/messages/{kind}"} for kind in kinds],
    }


def _message(kind: str, name: str, node: Node, examples: list[Node]) -> Node:
    message: dict[str, Any] = {"name": kind, "title": name, "summary": node["description"]}
    if "request_id" in node["properties"]:
        message["correlationId"] = {"location": "$message.payload#/request_id"}
    message["payload"] = {"$ref": SCHEMAS + name}
    return {**message, "examples": examples} if examples else message


def _for_draft_07(node: Node) -> Node:
    if "$ref" not in node:
        return node
    reference = {"$ref": SCHEMAS + node["$ref"].removeprefix(LOCAL)}
    words = {keyword: value for keyword, value in node.items() if keyword != "$ref"}
    return {"allOf": [reference], **words} if words else reference
