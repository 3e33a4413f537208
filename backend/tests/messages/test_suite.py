"""The JSON-Schema-Test-Suite is kept: each of its groups is refused, or every assertion of it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from generator.errors import HouseRulesBrokenError
from generator.house_rules import check_house_rules
from generator.python_validators import python_validators
from generator.roots import ROOTS
from tests.messages import suite
from tests.messages.judging import judge, module_of, taken

if TYPE_CHECKING:
    from tests.messages.ajv import Ajv

FLAG = {"description": "Yes or no.", "type": "boolean"}
AROUND = dict.fromkeys(ROOTS, FLAG)


@dataclass
class Tally:
    """What was let through, and what did not hold of it."""

    groups: int = 0
    assertions: int = 0
    allowing: int = 0
    """Assertions that a value is allowed."""
    broken: list[str] = field(default_factory=list)

    def covers(self, groups: int, assertions: int, allowing: int) -> bool:
        """Whether it is that much: the suite is pinned, so less means that the house rules refuse more than before."""
        return self.groups >= groups and self.assertions >= assertions and self.allowing >= allowing


@pytest.fixture(scope="module")
def groups() -> list[suite.Group]:
    return list(suite.groups())


def refusal(definitions: dict[str, Any]) -> str | None:
    """What the house rules say against the definitions."""
    everything = {**AROUND, **definitions}
    try:
        check_house_rules(everything, http=set(everything))
    except HouseRulesBrokenError as error:
        return str(error)
    return None


def judge_group(tally: Tally, group: suite.Group, definitions: dict[str, Any], ajv: Ajv, *, as_it_is: bool) -> None:
    """Count the group, and note each assertion on which a validator is of another opinion."""
    load = module_of(python_validators(definitions, [], digest="")).load
    allowed = judge(definitions, suite.SAMPLE).is_valid
    verdicts = ajv.verdicts(definitions, suite.SAMPLE, (one.text for one in group.assertions))
    tally.groups += 1
    for one, of_ajv in zip(group.assertions, verdicts, strict=True):
        # What was completed allows less than the suite's schema, and never more.
        wanted = one.valid and (as_it_is or allowed(one.value))
        found = (taken(load, suite.SAMPLE, one.value), allowed(one.value), of_ajv)
        tally.assertions += 1
        tally.allowing += wanted
        if found != (wanted, wanted, wanted):
            tally.broken.append(f"{group.what}: {one.what}: {found} instead of {wanted}")


def test_each_group_is_refused_or_every_assertion_holds(groups: list[suite.Group], ajv: Ajv) -> None:
    tally = Tally()
    for group in groups:
        definitions = suite.as_it_is(group.schema)
        if refusal(definitions) is None:
            judge_group(tally, group, definitions, ajv, as_it_is=True)
    assert tally.broken == []
    assert tally.covers(groups=22, assertions=76, allowing=31)


def test_each_group_that_can_be_completed_is_refused_or_every_assertion_holds(
    groups: list[suite.Group], ajv: Ajv
) -> None:
    tally = Tally()
    for group in groups:
        definitions = suite.completed(group.schema)
        if refusal(suite.as_it_is(group.schema)) is not None and refusal(definitions) is None:
            judge_group(tally, group, definitions, ajv, as_it_is=False)
    assert tally.broken == []
    assert tally.covers(groups=53, assertions=331, allowing=104)


def test_each_refusal_names_the_definition(groups: list[suite.Group]) -> None:
    refusals = [refusal(suite.as_it_is(group.schema)) for group in groups]
    lines = [line for one in refusals if one is not None for line in one.split("\n")]
    assert [line for line in lines if not line.startswith((f"{suite.SAMPLE}: ", f"{suite.SAMPLE}, /"))] == []
