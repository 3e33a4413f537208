"""Names that a definition must not take, since its type would hide one that Python, TypeScript or a browser has."""

from __future__ import annotations

PYTHON = "Any Final Literal"
ECMASCRIPT = """
    Array Atomics Boolean Date Error Function Generator Infinity Intl Iterator Map Math Number Object Promise Proxy
    Reflect Set String Symbol
"""
TYPESCRIPT = """
    Awaited Capitalize Exclude Extract Iterable Lowercase Omit Parameters Partial Pick Readonly Record Required
    Uppercase
"""
BROWSER = """
    Animation Attr Audio Blob Cache Client Clients Comment Credential Crypto Document Element Event File Headers
    History Image Location Lock Navigator Node Notification Option Performance Permissions Plugin Range Report
    Request Response Screen Selection Storage Text Touch Window Worker
"""
GENERATED = "TopicByName TopicDataByName TopicName"

RESERVED_NAMES = frozenset(f"{PYTHON} {ECMASCRIPT} {TYPESCRIPT} {BROWSER} {GENERATED}".split())
