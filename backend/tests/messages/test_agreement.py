"""The generated validators, jsonschema-rs and Ajv accept exactly the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.python_validators import python_validators
from groove_dashboard.messages import validators
from tests.messages.judging import DEFINITIONS, disagreements, disagreements_of_ajv, module_of
from tests.messages.samples import DESCRIBED
from tests.messages.sweep import Sweep

if TYPE_CHECKING:
    from tests.messages.ajv import Ajv


@pytest.mark.parametrize("name", DEFINITIONS)
def test_three_validators_give_one_verdict_wherever_one_place_is_changed(name: str, ajv: Ajv) -> None:
    cases = list(Sweep(DEFINITIONS).values(name))
    assert list(disagreements(DEFINITIONS, name, validators.load, cases)) == []
    assert disagreements_of_ajv(DEFINITIONS, name, ajv, cases) == []


@pytest.mark.parametrize("name", DESCRIBED)
def test_three_validators_give_one_verdict_on_what_the_definitions_do_not_use_yet(name: str, ajv: Ajv) -> None:
    module = module_of(python_validators(DESCRIBED, [], digest=""))
    cases = list(Sweep(DESCRIBED).values(name))
    assert list(disagreements(DESCRIBED, name, module.load, cases)) == []
    assert disagreements_of_ajv(DESCRIBED, name, ajv, cases) == []
