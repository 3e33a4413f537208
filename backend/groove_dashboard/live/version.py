"""The name of a state: equal data have equal versions, whichever process computed them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from groove_dashboard.messages.types import TopicData, Version

DIGEST_BYTES = 12


def encode(data: TopicData) -> bytes:
    """The canonical JSON of a topic's data: sorted keys, compact, UTF-8."""
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS)


def version_of(encoded: bytes) -> Version:
    """The version of what `encode` returned: 24 hexadecimal digits."""
    return hashlib.blake2b(encoded, digest_size=DIGEST_BYTES).hexdigest()
