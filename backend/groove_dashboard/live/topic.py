"""One spelling for each topic, however it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType, cast

import orjson

from groove_dashboard.messages.validators import TOPIC_DEFAULTS

if TYPE_CHECKING:
    from groove_dashboard.messages.types import DashboardTopic

TopicKey = NewType("TopicKey", str)
"""The canonical JSON of a topic: two spellings of one topic have one key."""


def canonical(topic: DashboardTopic) -> DashboardTopic:
    """The validated topic with its defaults filled in and its keys sorted at every depth."""
    return cast("DashboardTopic", orjson.loads(topic_key(topic)))


def topic_key(topic: DashboardTopic) -> TopicKey:
    """The key of a validated topic in any spelling."""
    filled = {**TOPIC_DEFAULTS[topic["topic"]], **topic}
    return TopicKey(orjson.dumps(filled, option=orjson.OPT_SORT_KEYS).decode())
