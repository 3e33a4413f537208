"""Names that a definition must not take, since its type would hide one that Python, TypeScript or a browser has.

Both languages are asked for their names: no list kept by hand would know the two thousand of a browser.
"""

from __future__ import annotations

import builtins
import functools
import re
import typing

from generator.errors import ToolError
from generator.tools import REPOSITORY

TYPESCRIPT_LIBRARIES = REPOSITORY / "node_modules" / "typescript" / "lib"
DECLARED = re.compile(
    r"^(?:declare )?(?:abstract )?(?:interface|type|class|function|var|let|const|namespace|enum) (\w+)", re.MULTILINE
)
GENERATED = frozenset({"AnyDefinition", "AnyRoot", "GrooveDashboard", "TopicByName", "TopicDataByName", "TopicName"})


@functools.cache
def reserved_names() -> frozenset[str]:
    """Every name that is taken; raise ToolError where TypeScript's libraries are not installed."""
    libraries = sorted(TYPESCRIPT_LIBRARIES.glob("lib.*.d.ts"))
    if not libraries:
        raise ToolError(
            f"TypeScript's libraries are missing: there are none in {TYPESCRIPT_LIBRARIES};"
            " install the web packages, as `make` does"
        )
    declared = (name for one in libraries for name in DECLARED.findall(one.read_text("utf-8")))
    return frozenset({*dir(builtins), *typing.__all__, *declared, *GENERATED})
