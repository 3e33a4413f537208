"""Regular expressions that mean the same in Python, in ECMAScript with the u flag, and in Rust."""

from __future__ import annotations

import re

import jsonschema_rs

_ESCAPE = r"\\(?:[dDwW.\\/()\[\]{}*+?^|]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})"
_TOKENS = re.compile(
    rf"""
      (?P<atom> {_ESCAPE} | \[\^?(?: {_ESCAPE} | \\- | (?!&&|--|~~|\|\|)[ -Z^-~] )+\] | [^\\^$.|?*+()\[\]{{}}] )
    | (?P<close> \) )
    | (?P<quantifier> (?: [*+?] | \{{[0-9]+(?:,[0-9]*)?\}} ) \?? )
    | (?P<other> \((?:\?:)?(?!\?) | \^ | \| | \$\Z )
    """,
    re.VERBOSE,
)


def fault_of_pattern(source: str) -> str | None:
    """Why a pattern may be read differently somewhere, None where all read it alike."""
    if not (source.isascii() and source.isprintable()):
        return "has a character that is not printable ASCII; write it as \\uXXXX"
    before, position = "other", 0
    while position < len(source):
        token = _TOKENS.match(source, position)
        if token is None:
            return f"has something at position {position} that is read differently elsewhere: {source[position:][:8]}"
        kind = token.lastgroup or ""
        if kind == "quantifier" and before not in {"atom", "close"}:
            return f"repeats nothing at position {position}"
        before, position = kind, token.end()
    return _fault_of_compiling(source)


def _fault_of_compiling(source: str) -> str | None:
    try:
        re.compile(source)
        jsonschema_rs.Draft202012Validator({"pattern": source})
    except re.error as error:
        return f"is no regular expression: {error}"
    except (OverflowError, jsonschema_rs.ValidationError):  # Python and Rust bound what a pattern may grow to
        return "repeats something too often for some implementations"
    return None
