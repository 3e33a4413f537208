"""The sweep has teeth: it notices whatever could be wrong with the validators in one place."""

from __future__ import annotations

import operator
import re
from pathlib import Path

import pytest

from generator.python_validators import python_validators
from groove_dashboard.messages import validators
from tests.messages.damages import Damages
from tests.messages.judging import DEFINITIONS, disagreements, judge, module_of
from tests.messages.samples import DESCRIBED
from tests.messages.sweep import Sweep

EVERYTHING = {**DEFINITIONS, **DESCRIBED}
SOURCES = (Path(str(validators.__file__)).read_text("utf-8"), python_validators(DESCRIBED, [], digest=""))

# Faults put into the generated source by their kind, each with the definition whose sweep has to notice it.
DAMAGES = {
    # Numbers
    "no upper bound": ("Count", "min=0, max=9007199254740991", "min=0"),
    "no lower bound": ("Fraction", "min=0, max=1", "max=1"),
    "upper bound one too high": ("Period", "max=365", "max=366"),
    "upper bound one too low": ("Period", "max=365", "max=364"),
    "lower bound one too high": ("Period", "min=1,", "min=2,"),
    "lower bound one too low": ("Period", "min=1,", "min=0,"),
    "inclusive bound made exclusive": ("Fraction", "max=1)", "max=1, max_inclusive=False)"),
    "exclusive bound made inclusive": ("Half", ", max_inclusive=False", ""),
    "bound off by the smallest step": ("Half", "max=0.5,", "max=0.5000000000000001,"),
    "integer made number": ("Count", "strict.Integer", "strict.Number"),
    "number made integer": (
        "WelcomeMessage",
        "heartbeat_seconds = strict.Number",
        "heartbeat_seconds = strict.Integer",
    ),
    # Texts
    "no shortest length": ("ShortText", "min=1, max=200", "max=200"),
    "longest length one too high": ("ShortText", "max=200", "max=201"),
    "no pattern": ("ShortText", ', strict.Pattern("^[^\\\\u0000]*$")', ""),
    "pattern without its start": ("Uuid", "^[0-9a-f]{8}", "[0-9a-f]{8}"),
    "pattern without its end": ("Uuid", "-[0-9a-f]{12}$", "-[0-9a-f]{12}"),
    "no calendar behind a date": ("CalendarDate", ", strict.date]", "]"),
    "no calendar behind a time": ("Timestamp", "        strict.date_time,\n", ""),
    # Choices
    "choice misspelt": ("LearningStatus", '"under_review"', '"under-review"'),
    "choice missing": ("LearningStatus", '        "deprecated",\n', ""),
    "choice added": ("LearningStatus", '"deprecated",', '"deprecated", "unknown",'),
    "constant with a second value": ("OverviewTrends", "strict.Choice(7,", "strict.Choice(7, 8,"),
    # Unions
    "tag of another variant": ("DashboardTopic", '"health": lambda: HealthTopic', '"health": lambda: OverviewTopic'),
    "variant missing": ("IngestEvent", '        "learning_deleted": lambda: LearningDeletedEvent,\n', ""),
    "union told apart by another key": ("Either", "'other': lambda", "'note': lambda"),
    # Objects
    "required property optional": (
        "AddOperation",
        "value = strict.Anything(required=True)",
        "value = strict.Anything()",
    ),
    "optional property required": ("AttributionTopic", "lambda: Period)", "lambda: Period, required=True)"),
    "property missing": ("AttributionRecordedEvent", "    withheld = strict.Boolean()\n", ""),
    "property renamed": ("MoveOperation", 'data_key="from", attribute="from"', 'data_key="from_", attribute="from"'),
    "property stored by another name": ("MoveOperation", ', attribute="from"', ', attribute="from_"'),
    "property of any kind": ("LearningsTopic", "strict.Nested(lambda: LearningsFilters)", "strict.Anything()"),
    "unknown properties let through": (
        "Period",
        "    days",
        '    class Meta:\n        unknown = "include"\n\n    days',
    ),
    "unknown properties dropped": ("Period", "    days", '    class Meta:\n        unknown = "exclude"\n\n    days'),
    "absent property filled in": ("AttributionTopic", "lambda: Period)", "lambda: Period, load_default=None)"),
    "null refused": ("AblationSummary", "value = SignedFraction(allow_none=True,", "value = SignedFraction("),
    "null let through": ("HeldTopic", "Version(required=True)", "Version(required=True, allow_none=True)"),
    "reference to another definition": ("LearningBrief", "confidence = Fraction(", "confidence = SignedFraction("),
    # Arrays and records
    "one item too many": ("SubscribeRequest", "strict.Items(min=1, max=64)", "strict.Items(min=1, max=65)"),
    "no least number of items": ("SubscribeRequest", "strict.Items(min=1, max=64)", "strict.Items(max=64)"),
    "items of another kind": ("WelcomeMessage", "roles = strict.List(Role()", "roles = strict.List(strict.String()"),
    "equal items let through": ("Grades", "rules = [strict.unique]", "rules = []"),
    "keys of another kind": ("OverviewLearnings", "(Count(), LearningStatus()", "(Count(), LearningCategory()"),
    "values of any kind": (
        "OverviewLearnings",
        "Record(Count(), LearningStatus",
        "Record(strict.Anything(), LearningStatus",
    ),
    # marshmallow's own fields, which were made for forms
    "marshmallow's Boolean": ("AttributionRecordedEvent", "activated = strict.Boolean", "activated = fields.Boolean"),
    "marshmallow's Integer": ("Period", "strict.Integer", "fields.Integer"),
    "marshmallow's Float": ("WelcomeMessage", "heartbeat_seconds = strict.Number", "heartbeat_seconds = fields.Float"),
    "marshmallow's Constant": ("OverviewTrends", "strict.Choice(7,", "fields.Constant(7,"),
    "marshmallow's UUID": ("LearningBrief", "id = Uuid(", "id = fields.UUID("),
    "marshmallow's DateTime": ("LearningBrief", "created_at = Timestamp(", "created_at = fields.DateTime("),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_fault_in_the_generated_validators_is_noticed(kind: str) -> None:
    name, sound, damaged = DAMAGES[kind]
    definitions, source = (DESCRIBED, SOURCES[1]) if name in DESCRIBED else (DEFINITIONS, SOURCES[0])
    start = source.index(f"class {name}(")
    body, *rest = re.split(r"(?m)^(?=class |_FIELDS)", source[start:])[1:]
    assert sound in body
    module = module_of("".join([source[:start], body.replace(sound, damaged, 1), *rest]))
    assert any(disagreements(definitions, name, module.load, Sweep(definitions).values(name)))


@pytest.mark.parametrize("name", EVERYTHING)
def test_no_damage_to_a_definition_stays_unnoticed(name: str) -> None:
    definitions = DESCRIBED if name in DESCRIBED else DEFINITIONS
    values = [value for _, value in Sweep(definitions).values(name)]
    sound = list(map(judge(definitions, name).is_valid, values))
    kinds = []
    for kind, damaged in Damages(definitions).of(name):
        kinds.append(kind)
        verdicts = map(judge({**definitions, name: damaged}, name).is_valid, values)
        assert any(map(operator.ne, verdicts, sound)), (kind, damaged)
    assert kinds
