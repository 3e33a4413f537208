"""When there is nothing to be told."""

from __future__ import annotations


class Failed(Exception):
    """Something could not be measured, or an answer is wrong; the text says what."""
