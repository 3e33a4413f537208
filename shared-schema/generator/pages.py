"""Puts generated tables into pages that people write: `<!-- generated: NAME -->` … `<!-- end -->`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MARK = re.compile(r"^<!-- (?:generated: (?P<name>.+)|(?P<end>end)) -->$", re.MULTILINE)


def with_regions(path: Path, regions: Mapping[str, str]) -> str:
    """The text of the page with each region as it should be; raise PageError where the markers are not in order."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PageError(f"{path}: {error}") from error
    marks = [*MARK.finditer(text)]
    fault = _fault(marks, regions)
    if fault:
        raise PageError(f"{path}: {fault}")
    pieces, position = [], 0
    for begin, end in zip(marks[::2], marks[1::2], strict=True):
        pieces += [text[position : begin.end()], f"\n\n{regions[begin['name']]}\n\n"]
        position = end.start()
    return "".join([*pieces, text[position:]])


def _fault(marks: list[re.Match[str]], regions: Mapping[str, str]) -> str | None:
    names = [one["name"] for one in marks if one["name"]]
    for name in names:
        if name not in regions:
            return f"nothing is generated under the name of the marker {name}"
        if names.count(name) > 1:
            return f"the marker {name} stands twice"
    for name in regions:
        if name not in names:
            return f"the marker {name} is missing: <!-- generated: {name} -->"
    open_: str | None = None
    for one in marks:
        if open_ and one["name"]:
            break
        if not open_ and one["end"]:
            return "an <!-- end --> has no marker before it"
        open_ = one["name"]
    return f"<!-- end --> is missing after the marker {open_}" if open_ else None
