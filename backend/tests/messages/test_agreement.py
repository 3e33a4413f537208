"""The generated validators accept exactly what the schema accepts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.nodes import LOCAL, Node
from generator.python_validators import python_validators
from groove_dashboard.messages import validators
from tests.messages.judging import DEFINITIONS, disagreements, disagreements_of_ajv, module_of
from tests.messages.sweep import Sweep

if TYPE_CHECKING:
    from tests.messages.ajv import Ajv

# What the rules allow and the definitions of today do not use, or use with luck only.
UNUSED_TODAY: dict[str, Node] = {
    "Half": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
    "Step": {"type": "integer", "exclusiveMinimum": 0, "maximum": 10},
    "Grade": {"enum": [1, 2.5, 3]},
    "Yes": {"const": True},
    "Word": {"type": "string", "minLength": 2, "pattern": "[0-9]+|x{2,3}$"},
    "Moment": {
        "type": "string",
        "format": "date-time",
        "pattern": "^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[01][0-9]:[0-5][0-9]:[0-5][0-9]Z$",
    },
    "Words": {"type": "array", "items": {"$ref": LOCAL + "Word"}, "minItems": 1, "maxItems": 3},
    "Grades": {"type": "array", "items": {"$ref": LOCAL + "Grade"}, "uniqueItems": True},
    "Mixed": {"type": "array", "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 3}},
    "Loose": {"type": "array", "items": True, "maxItems": 2},
    "Ratings": {
        "type": "object",
        "propertyNames": {"$ref": LOCAL + "Word"},
        "additionalProperties": {"$ref": LOCAL + "Half"},
    },
    "Anyhow": {"type": "object", "additionalProperties": True},
    "One": {
        "type": "object",
        "properties": {"one": {"$ref": LOCAL + "Yes"}, "note": {"type": ["string", "null"], "maxLength": 3}},
        "required": ["one"],
        "additionalProperties": False,
    },
    "Other": {
        "type": "object",
        "properties": {
            "other": {"$ref": LOCAL + "Words"},
            "note": {"oneOf": [{"$ref": LOCAL + "One"}, {"type": "null"}]},
        },
        "required": ["other"],
        "additionalProperties": False,
    },
    "Either": {"oneOf": [{"$ref": LOCAL + "One"}, {"$ref": LOCAL + "Other"}]},
    "Clashing": {
        "type": "object",
        "properties": {
            name: {"type": "integer", "minimum": 0, "maximum": 5}
            for name in ("from", "from_", "validate", "fields", "strict", "types", "load", "opts", "match", "class")
        },
        "required": ["from", "load", "strict"],
        "additionalProperties": False,
    },
    "Nest": {
        "type": "object",
        "properties": {
            "records": {"type": "object", "additionalProperties": {"$ref": LOCAL + "Ratings"}},
            "lists": {"type": "array", "items": {"type": "array", "items": {"type": "boolean"}, "maxItems": 2}},
            "either": {"$ref": LOCAL + "Either"},
            "free": {},
        },
        "required": ["free"],
        "additionalProperties": False,
    },
}  # fmt: skip

# Faults put into the generated source, each with a definition whose sweep has to notice it.
DAMAGES = [
    ("Count", "strict.Within(min=0, max=9007199254740991)", "strict.Within(min=0)"),
    ("Fraction", "rules = [strict.Within(min=0, max=1)]", "rules = [strict.Within(min=0, max=1, max_inclusive=False)]"),
    ("Timestamp", "        strict.date_time,\n", ""),
    ("CalendarDate", ", strict.date]", "]"),
    ("Uuid", "-[0-9a-f]{12}$", "-[0-9a-f]{12}"),
    ("ShortText", "strict.Characters(min=1, max=200)", "strict.Characters(max=200)"),
    ("ShortText", ', strict.Pattern("^[^\\\\u0000]*$")', ""),
    ("LearningStatus", '"under_review",', '"under-review",'),
    ("DashboardTopic", '"health": lambda: HealthTopic', '"health": lambda: OverviewTopic'),
    ("IngestEvent", '        "learning_deleted": lambda: LearningDeletedEvent,\n', ""),
    ("LearningsTopic", "filters = strict.Nested(lambda: LearningsFilters)", "filters = strict.Anything()"),
    ("SubscribeRequest", "strict.Items(min=1, max=64)", "strict.Items(min=1, max=65)"),
    ("MoveOperation", 'data_key="from", attribute="from"', 'data_key="from_", attribute="from"'),
    ("AddOperation", "value = strict.Anything(required=True)", "value = strict.Anything()"),
    ("AblationSummary", "value = SignedFraction(allow_none=True,", "value = SignedFraction("),
    ("OverviewLearnings", "strict.Record(Count(), LearningStatus()", "strict.Record(Count(), LearningCategory()"),
    ("AttributionRecordedEvent", "activated = strict.Boolean(", "activated = strict.Integer("),
    ("WelcomeMessage", "roles = strict.List(Role()", "roles = strict.List(strict.String()"),
    ("OverviewTrends", "strict.Choice(7,", "strict.Choice(7, 8,"),
]
VALIDATORS_SOURCE = Path(str(validators.__file__)).read_text("utf-8")


@pytest.mark.parametrize("name", DEFINITIONS)
def test_three_validators_give_one_verdict_wherever_one_place_is_changed(name: str, ajv: Ajv) -> None:
    cases = list(Sweep(DEFINITIONS).values(name))
    assert list(disagreements(DEFINITIONS, name, validators.load, cases)) == []
    assert disagreements_of_ajv(DEFINITIONS, name, ajv, cases) == []


@pytest.mark.parametrize("name", UNUSED_TODAY)
def test_three_validators_give_one_verdict_on_what_the_definitions_do_not_use_yet(name: str, ajv: Ajv) -> None:
    described = {key: {"description": "A sample.", **node} for key, node in UNUSED_TODAY.items()}
    module = module_of(python_validators(described, [], digest=""))
    cases = list(Sweep(described).values(name))
    assert list(disagreements(described, name, module.load, cases)) == []
    assert disagreements_of_ajv(described, name, ajv, cases) == []


@pytest.mark.parametrize(("name", "sound", "damaged"), DAMAGES)
def test_a_fault_in_the_validators_is_noticed(name: str, sound: str, damaged: str) -> None:
    start = VALIDATORS_SOURCE.index(f"class {name}(")
    body = VALIDATORS_SOURCE[start:]
    assert sound in body.partition("\n\n\nclass ")[0]
    module = module_of(VALIDATORS_SOURCE[:start] + body.replace(sound, damaged, 1))
    assert any(disagreements(DEFINITIONS, name, module.load, Sweep(DEFINITIONS).values(name)))
