"""The definitions that the generator knows by their names."""

from __future__ import annotations

from typing import Final

REQUESTS: Final = "DashboardRequest"
MESSAGES: Final = "DashboardMessage"
BATCHED: Final = "BatchedMessage"
"""The messages that may stand in a batch."""
TOPICS: Final = "DashboardTopic"
DATA: Final = "TopicData"
EVENTS: Final = "IngestEvent"
ERROR_CODES: Final = "ErrorCode"

ROOTS: Final = (REQUESTS, MESSAGES, TOPICS, DATA, EVENTS)
"""What is spoken as a whole: every other definition serves one of them, or is the body of an HTTP route."""
