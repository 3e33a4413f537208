"""Several messages in one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.live.limits import Limits

MAX_BATCH_MESSAGES: Final = 1000
"""As the schema has it."""


def is_full(messages: int, size: int, limits: Limits) -> bool:
    """Whether nothing is to be added to so many messages of so many bytes; a topic may add its whole history."""
    return size >= limits.max_batch_bytes or messages >= MAX_BATCH_MESSAGES - limits.history_updates


def text_of(messages: Sequence[bytes]) -> bytes:
    """The text of the frame that holds these messages: a single one as it is, several as a `batch`."""
    if len(messages) == 1:
        return messages[0]
    return b'{"type":"batch","messages":[' + b",".join(messages) + b"]}"
