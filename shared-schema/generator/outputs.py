"""Which text goes into which file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.asyncapi import asyncapi
from generator.bundle import bundle, bundle_text, schema_hash
from generator.examples import python_check, read_examples, typescript_check, typescript_fixtures
from generator.pages import with_regions
from generator.protocol_constants import python_constants, typescript_constants
from generator.python_types import python_types
from generator.python_validators import python_validators
from generator.reference import pages
from generator.sources import read_sources
from generator.tools import run_python_tool
from generator.typescript_types import typescript_types

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = "shared-schema/examples"
BUNDLE = "shared-schema/groove-dashboard.schema.json"
# The same inside the package, so that an installed server can hand it out.
BUNDLE_OF_PACKAGE = "backend/groove_dashboard/messages/groove-dashboard.schema.json"
ASYNCAPI = "backend/groove_dashboard/messages/groove-dashboard.asyncapi.json"
VALIDATORS = "backend/groove_dashboard/messages/validators.py"
PYTHON_TYPES = "backend/groove_dashboard/messages/types.py"
PYTHON_CONSTANTS = "backend/groove_dashboard/messages/protocol.py"
TYPESCRIPT_TYPES = "web-ui/src/messages/types.ts"
# Not code to run: what the type checkers say of the examples.
PYTHON_CHECK = "backend/tests/messages/examples_check.py"
TYPESCRIPT_CHECK = "web-ui/src/messages/examples.check.ts"
# Data for tests, of this project and of those that use it.
TYPESCRIPT_FIXTURES = "web-ui/src/testing/fixtures.ts"
TYPESCRIPT_CONSTANTS = "web-ui/src/messages/protocol.ts"
FORMAT = ("format", "--isolated", "--line-length=120", "--target-version=py311", "--stdin-filename=validators.py", "-")


@dataclass(frozen=True, slots=True)
class Output:
    """A generated file as it should be."""

    path: Path
    text: str

    def is_stale(self) -> bool:
        """Whether the file is missing or holds something else."""
        return not self.path.exists() or self.path.read_bytes() != self.text.encode()

    def write(self) -> None:
        """Write the file, in UTF-8 and with plain line feeds on every system."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(self.text.encode())


def outputs(project: Path) -> list[Output]:
    """Every generated file of the project in that folder; raise GeneratorError where their sources are refused."""
    sources = read_sources(project)
    nodes, topics, protocol = sources.nodes, sources.topics, sources.protocol
    examples = read_examples(project / EXAMPLES, nodes)
    document = bundle(nodes)
    digest = schema_hash(document)
    validators = run_python_tool("ruff", *FORMAT, text=python_validators(nodes, topics, digest))
    return [
        Output(project / BUNDLE, bundle_text(document)),
        Output(project / BUNDLE_OF_PACKAGE, bundle_text(document)),
        Output(project / ASYNCAPI, asyncapi(nodes, protocol, digest, examples)),
        Output(project / VALIDATORS, validators),
        Output(project / PYTHON_TYPES, python_types(document, topics)),
        Output(project / PYTHON_CONSTANTS, python_constants(protocol)),
        Output(project / TYPESCRIPT_TYPES, typescript_types(document, topics, digest)),
        Output(project / PYTHON_CHECK, python_check(examples)),
        Output(project / TYPESCRIPT_CHECK, typescript_check(examples)),
        Output(project / TYPESCRIPT_FIXTURES, typescript_fixtures(examples)),
        Output(project / TYPESCRIPT_CONSTANTS, typescript_constants(protocol)),
        *(
            Output(project / page, with_regions(project / page, regions))
            for page, regions in pages(nodes, sources.http, topics, protocol).items()
        ),
    ]
