"""What the generator refuses, and what it says."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from marshmallow import ValidationError

from generator.errors import HouseRulesBrokenError
from generator.house_rules import check_house_rules
from generator.nodes import LOCAL
from generator.patterns import fault_of_pattern
from generator.python_validators import python_validators
from generator.roots import ROOTS
from groove_dashboard.messages import strict
from tests.messages.judging import module_of
from tests.messages.samples import DESCRIBED

if TYPE_CHECKING:
    from generator.nodes import Node

FLAG: Node = {"description": "Yes or no.", "type": "boolean"}
CALENDAR = "^2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def object_of(description: str = "An object.", required: tuple[str, ...] = (), **properties: Any) -> Node:
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def with_property(name: str, node: Node) -> Node:
    return {**object_of(), "properties": {name: node}}


def reference(name: str, **beside: Any) -> Node:
    return {"$ref": LOCAL + name, **beside}


def text(**rules: Any) -> Node:
    return {"description": "A text.", "type": "string", **rules}


def number(**rules: Any) -> Node:
    return {"description": "A number.", "type": "number", "minimum": 0, "maximum": 1, **rules}


# Definitions that every sample may refer to.
AROUND: dict[str, Node] = {
    **dict.fromkeys(ROOTS, FLAG),
    "Cat": object_of(required=("kind", "fur"), kind={"const": "cat"}, fur=FLAG),
    "Dog": object_of(required=("kind", "bark"), kind={"const": "dog"}, bark=FLAG),
    "Cow": object_of(milk=FLAG),
    "Color": {"description": "A color.", "enum": ["red", "blue"]},
}

REFUSED: list[tuple[Node, str]] = [
    # Form
    ({"description": "X.", "type": "strin"}, "Sample, /type: "),
    (text(minLength=-1), "Sample, /minLength: -1 is less than the minimum of 0"),
    ({"description": "X."} | object_of() | {"required": ["a", "a"]}, "Sample, /required: "),
    ({"description": "X.", "minLength": 3}, "Sample: a type is missing"),
    ({"description": "X.", "type": "null"}, "Sample: the type null is not supported"),
    (object_of(a={"type": "null"}), "Sample, /properties/a: the type null is not supported"),
    ({"description": "X.", "type": "array", "items": {"type": "null"}}, "Sample, /items: the type null is not supp"),
    (object_of(a=False), "Sample, /properties/a: false is not supported as a schema here"),
    (object_of(a=True), "Sample, /properties/a: true is not supported as a schema here"),
    (text(maximum=3), "Sample: maximum: not supported here"),
    ({**FLAG, "allOf": [FLAG]}, "Sample: allOf: not supported here"),
    ({**FLAG, "if": FLAG, "then": FLAG}, "Sample: if, then: not supported here"),
    ({**object_of(), "patternProperties": {}}, "Sample: patternProperties: not supported here"),
    ({**object_of(), "unevaluatedProperties": False}, "Sample: unevaluatedProperties: not supported here"),
    ({**object_of(), "propertyNames": {"type": "string"}}, "Sample: propertyNames: not supported here"),
    ({**FLAG, "title": "X"}, "Sample: title: not supported here"),
    ({"description": "X.", "anyOf": [reference("Cat"), reference("Dog")]}, "Sample: anyOf: not supported here"),
    ({"description": "X.", "oneOf": [reference("Cat")], "type": "object"}, "Sample: type: not supported here"),
    (object_of(a=reference("Cat", type="object")), "Sample, /properties/a: type: not supported here"),
    (object_of(a=reference("Nobody")), "Sample, /properties/a: there is no definition Nobody"),
    (object_of(a={"$ref": "Cat"}), "Sample, /properties/a: the reference Cat must be written '#/$defs/Name' or"),
    (object_of(a={"$ref": "#cat"}), "Sample, /properties/a: the reference #cat must be written '#/$defs/Name' or"),
    (with_property("a/b", text(minLength=-1)), "Sample, /properties/a~1b/minLength: -1 is less than the minimum of 0"),
    (with_property("a/b", reference("Nobody")), "Sample, /properties/a~1b: there is no definition Nobody"),
    # Words
    ({"type": "boolean"}, "Sample: a definition needs a description"),
    ({"description": "  ", "type": "boolean"}, "Sample: the description is empty"),
    ({"description": "Ends */ here", "type": "boolean"}, "Sample: a description becomes a comment"),
    ({"description": 'Ends """ here', "type": "boolean"}, "Sample: a description becomes a comment"),
    ({"description": "A \\d", "type": "boolean"}, "Sample: a description becomes a comment"),
    (object_of(a={"type": "boolean"}), "Sample, /properties/a: a property needs a description"),
    (object_of(a={"oneOf": [reference("Cat"), {"type": "null"}]}), "Sample, /properties/a: a property needs a descr"),
    (object_of(a={"const": "*/"}), "Sample, /properties/a: a property needs a description"),
    # Names
    (object_of(constructor=FLAG), "Sample: the property name constructor is one that every JavaScript object has"),
    ({"description": "X."}, "Sample: only objects, unions, scalars, arrays and records have a name"),
    ({"description": "X.", "type": ["string", "null"]}, "Sample: only objects, unions, scalars, arrays and records"),
    (reference("Cat", description="X."), "Sample: only objects, unions, scalars, arrays and records have a name"),
    (object_of(a=object_of(b=FLAG)), "Sample, /properties/a: this object needs a name under $defs"),
    (
        object_of(a={"description": "X.", "oneOf": [reference("Cat"), reference("Dog")]}),
        "Sample, /properties/a: this union needs a name under $defs",
    ),
    (object_of(fooBar=FLAG), "Sample: the property name fooBar must match [a-z][a-z0-9_]*"),
    (with_property("a.b", FLAG), "Sample: the property name a.b must match [a-z][a-z0-9_]*"),
    # Null
    (object_of(a={"description": "X.", "type": ["string", "integer"]}), "Sample, /properties/a: a list of types must"),
    (object_of(a={"description": "X.", "type": ["null"]}), "Sample, /properties/a: a list of types must be one type"),
    (
        object_of(a={"description": "X.", "oneOf": [reference("Cat"), reference("Dog"), {"type": "null"}]}),
        "Sample, /properties/a: beside null there must be exactly one other schema",
    ),
    (
        object_of(a={"description": "X.", "oneOf": [{"type": ["boolean", "null"]}, {"type": "null"}]}),
        "Sample, /properties/a: beside null there must be exactly one other schema",
    ),
    (object_of(a={"description": "X.", "type": ["number", "null"]}), "Sample, /properties/a: a number needs either"),
    (object_of(a={"description": "X.", "enum": ["a", None]}), "Sample, /properties/a: const or enum must hold"),
    (
        object_of(a={"description": "X.", "oneOf": [reference("Cat"), {"type": "null"}], "type": "object"}),
        "Sample, /properties/a: type: not supported here",
    ),
    (
        object_of(a={"description": "X.", "type": ["string", "null"], "enum": ["a"]}),
        "Sample, /properties/a: the type ['string', 'null'] does not fit the values",
    ),
    # Objects and records
    (
        {"description": "X.", "type": "object", "properties": {}},
        "Sample: an object with properties needs `additionalProperties: false`",
    ),
    ({**object_of(), "additionalProperties": True}, "Sample: an object with properties needs `additionalProperties:"),
    ({**object_of(), "required": ["a"]}, "Sample: required names a, which is no property"),
    ({"description": "X.", "type": "object"}, "Sample: an object without properties needs additionalProperties"),
    (
        {"description": "X.", "type": "object", "additionalProperties": False},
        "Sample: an object without properties needs additionalProperties",
    ),
    (
        {"description": "X.", "type": "object", "additionalProperties": FLAG, "required": ["a"]},
        "Sample: required: not supported here",
    ),
    (
        {"description": "X.", "type": "object", "additionalProperties": True, "propertyNames": reference("Cat")},
        "Sample: propertyNames must be a string or an enumeration of strings",
    ),
    # Arrays
    ({"description": "X.", "type": "array"}, "Sample: an array needs items"),
    ({"description": "X.", "type": "array", "items": FLAG, "minItems": 2, "maxItems": 1}, "Sample: minItems is above"),
    (
        {"description": "X.", "type": "array", "items": reference("Cat"), "uniqueItems": True},
        "Sample: uniqueItems is supported for scalars only",
    ),
    (
        {"description": "X.", "type": "array", "items": True, "uniqueItems": True},
        "Sample: uniqueItems is supported for scalars only",
    ),
    # Unions
    ({"description": "X.", "oneOf": [reference("Cat"), FLAG]}, "Sample: each member of a union must be a $ref to an"),
    (
        {"description": "X.", "oneOf": [reference("Cat"), reference("Color")]},
        "Sample: each member of a union must be a $ref to an object",
    ),
    ({"description": "X.", "oneOf": [reference("Cat"), reference("Cow")]}, "Sample: the members need a required const"),
    ({"description": "X.", "oneOf": [reference("Cat"), reference("Cat")]}, "Sample: the members need a required const"),
    # Constants and enumerations
    ({"description": "X.", "enum": ["a", 1]}, "Sample: const or enum must hold strings, numbers or booleans of one"),
    ({"description": "X.", "enum": [1, True]}, "Sample: const or enum must hold strings, numbers or booleans of one"),
    ({"description": "X.", "const": None}, "Sample: const or enum must hold strings, numbers or booleans of one type"),
    ({"description": "X.", "const": {"a": 1}}, "Sample: const or enum must hold strings, numbers or booleans of one"),
    ({"description": "X.", "const": 1, "enum": [1, 2]}, "Sample: const or enum must hold strings, numbers or bool"),
    ({"description": "X.", "enum": ["a"], "type": "integer"}, "Sample: the type integer does not fit the values"),
    ({"description": "X.", "enum": [1, 1.5], "type": "integer"}, "Sample: the type integer does not fit the values"),
    ({"description": "X.", "enum": [1, 1.0]}, "Sample: the values must differ from one another"),
    ({"description": "X.", "const": 2**53}, "Sample: a number must lie within 9007199254740991 on either side of 0"),
    # Numbers
    ({"description": "X.", "type": "integer", "minimum": 0}, "Sample: a number needs either maximum or exclusiveMax"),
    ({"description": "X.", "type": "number", "maximum": 0}, "Sample: a number needs either minimum or exclusiveMin"),
    (number(exclusiveMinimum=0), "Sample: a number needs either minimum or exclusiveMinimum"),
    (number(maximum=10**400), "Sample: a bound must lie within 9007199254740991 on either side of 0"),
    (number(minimum=2), "Sample: the lower bound is above the upper one"),
    (number(type="integer", maximum=0.5), "Sample: the bounds of an integer must be integers"),
    # Texts
    (text(minLength=3, maxLength=2), "Sample: minLength is above maxLength"),
    (text(pattern="^.$"), "Sample: the pattern has something at position 1 that is read differently elsewhere: .$"),
    (text(format="email", pattern="^x$"), "Sample: the format email is not supported, only uuid, date, date-time"),
    (text(format="date"), "Sample: the format date needs a pattern, since implementations disagree on the form"),
    (text(format="date", pattern="^[0-9-]+$"), "Sample: the pattern must refuse 0000-01-01, on which"),
    (text(format="uuid", pattern="^[0-9a-f-]+$"), "Sample: the pattern must refuse f81d4fae7dec11d0a76500a0c91e6bf6"),
    (text(format="date-time", pattern=CALENDAR[:-1]), "Sample: the pattern must refuse 2024-01-01, on which"),
    (
        text(format="date-time", pattern=CALENDAR[:-1] + "T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"),
        "Sample: the pattern must refuse 2024-12-31T23:59:60Z, on which implementations of date-time disagree",
    ),
]

UNPORTABLE = [
    ("a.b", "has something at position 1 that is read differently elsewhere: .b"),
    ("a$|b$", "has something at position 1 that is read differently elsewhere: $|b$"),
    (r"\s", r"has something at position 0 that is read differently elsewhere: \s"),
    (r"\bx", r"has something at position 0"),
    (r"\-", r"has something at position 0"),
    (r"(a)\1", r"has something at position 3"),
    (r"a\$", r"has something at position 1"),
    (r"\ud83d", r"has something at position 0"),
    ("(?=a)", "has something at position 0"),
    ("(?i)a", "has something at position 0"),
    ("(?P<a>b)", "has something at position 0"),
    ("a{,3}", "has something at position 1"),
    ("a}", "has something at position 1"),
    ("]", "has something at position 0"),
    ("[[a]]", "has something at position 0"),
    ("[a&&b]", "has something at position 0"),
    ("[a--b]", "has something at position 0"),
    ("[]a]", "has something at position 0"),
    ("[^]", "is no regular expression: unterminated character set"),
    ("a++", "repeats nothing at position 2"),
    ("a**", "repeats nothing at position 2"),
    ("^*", "repeats nothing at position 1"),
    ("(*a)", "repeats nothing at position 1"),
    ("a|+", "repeats nothing at position 2"),
    ("é", "has a character that is not printable ASCII; write it as \\uXXXX"),
    ("a{4294967296}", "repeats something too often for some implementations"),
    ("(?:a{1000}){1000}", "repeats something too often for some implementations"),
    ("a\n", "has a character that is not printable ASCII"),
    ("[b-a]", "is no regular expression: bad character range b-a"),
    ("(a", "is no regular expression: missing ), unterminated subpattern"),
]

PORTABLE = [
    ("^a$", ["a"], ["a\n", "ba"]),
    ("a|b", ["xbx"], ["c"]),
    (r"^[^\u0000]*$", ["", "é\n"], ["\u0000", "a\u0000b"]),
    (r"^\d+\.\w$", ["1.x"], ["\u0661.x", "1xx", "1.é"]),
    (r"^(?:a{2}|b{1,}|c{0,2}?)$", ["aa", "bbb", "cc", ""], ["a", "ccc"]),
    (r"^[a-z\-$.^]$", ["-", "$", "^"], ["\\", "A"]),
    (r"^\u00e9$", ["é"], ["e"]),
    ("^\"'$", ["\"'"], ["'"]),
]


def faults(definitions: dict[str, Node], **kind: Any) -> str:
    with pytest.raises(HouseRulesBrokenError) as caught:
        check_house_rules(definitions, **kind)
    return str(caught.value)


@pytest.mark.parametrize(("node", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_breaks_a_rule_is_refused_with_its_place(node: Node, said: str) -> None:
    everything = {**AROUND, "Sample": node}
    assert any(line.startswith(said) for line in faults(everything, http=set(everything)).split("\n"))


def test_what_keeps_the_rules_is_let_through() -> None:
    described = deepcopy(DESCRIBED)
    del described["Clashing"]["properties"]["from"], described["Nest"]["properties"]["free"]
    for node in (described[name] for name in ("One", "Other", "Clashing", "Nest")):
        for inner in node["properties"].values():
            inner["description"] = "A property."
        node["required"] = [name for name in node["required"] if name in node["properties"]]
    described["Choosy"] = {"description": "Told apart by a tag.", "oneOf": [reference("Cat"), reference("Dog")]}
    described["Keyed"] = {"description": "Told apart by keys.", "oneOf": [reference("One"), reference("Other")]}
    check_house_rules({**AROUND, **described}, http={*AROUND, *described})


def test_every_fault_is_told_at_once() -> None:
    broken = object_of(a={"type": "boolean"}, b={"type": "boolean"})
    told = faults({**AROUND, "Sample": broken}, http={*AROUND, "Sample"})
    assert told.split("\n") == [f"Sample, /properties/{name}: a property needs a description" for name in "ab"]


@pytest.mark.parametrize("name", ["sample", "sample_text", "SAMPLE", "Sample_Text"])
def test_a_definition_is_named_in_camel_case(name: str) -> None:
    assert faults({**AROUND, name: FLAG}, http={*AROUND, name}) == f"{name}: a definition is named in CamelCase"


@pytest.mark.parametrize(
    "name",
    [
        *("Any", "Final", "Literal", "Exception", "Ellipsis"),  # Python
        *("Error", "Map", "Date", "Promise", "Awaited", "Record", "Iterable", "Uint8Array"),  # TypeScript
        *("Text", "Request", "Event", "Node", "Highlight", "Intl", "Client"),  # browsers and their workers
        *("TopicName", "AnyDefinition"),  # generated
    ],
)
def test_a_definition_hides_no_type_of_its_surroundings(name: str) -> None:
    assert "would hide a type" in faults({**AROUND, name: FLAG}, http={*AROUND, name})


def test_names_that_only_their_case_tells_apart_are_refused() -> None:
    told = faults({**AROUND, "SampleText": FLAG, "Sampletext": FLAG}, http={*AROUND, "SampleText", "Sampletext"})
    assert told == "Sampletext: only upper and lower case tell this name from SampleText"


def test_what_nothing_refers_to_is_refused() -> None:
    told = faults({**AROUND, "Lonely": FLAG}, http=AROUND.keys())
    assert told == "Lonely: nothing refers to this definition"


@pytest.mark.parametrize(
    "boxes",
    [
        {"Box": {"description": "X.", "type": "array", "items": reference("Box")}},
        {"Box": {"description": "X.", "type": "object", "additionalProperties": reference("Box")}},
        {
            "Box": {"description": "X.", "type": "array", "items": reference("Crate")},
            "Crate": {"description": "X.", "type": "array", "items": {"type": "array", "items": reference("Box")}},
        },
    ],
)
def test_what_contains_itself_without_an_object_in_between_is_refused(boxes: dict[str, Node]) -> None:
    told = faults({**AROUND, **boxes}, http={*AROUND, *boxes})
    assert told.startswith("Box: it contains itself without an object in between")


def test_what_contains_itself_inside_of_an_object_is_let_through() -> None:
    boxes = {
        "Box": object_of(boxes=reference("Boxes")),
        "Boxes": {"description": "X.", "type": "array", "items": reference("Box")},
    }
    check_house_rules({**AROUND, **boxes}, http={*AROUND, *boxes})
    load = module_of(python_validators({**AROUND, **boxes}, [], digest="")).load
    assert load("Box", {"boxes": [{"boxes": []}]}) == {"boxes": [{"boxes": []}]}
    with pytest.raises(ValidationError):
        load("Box", {"boxes": [{"boxes": 1}]})


def test_a_missing_root_is_refused() -> None:
    rest = {name: node for name, node in AROUND.items() if name != "IngestEvent"}
    assert faults(rest, http=rest.keys()) == "IngestEvent: this root is not defined"


@pytest.mark.parametrize("root", ["DashboardRequest", "DashboardMessage", "IngestEvent"])
def test_what_is_said_without_a_type_is_refused(root: str) -> None:
    keyed = {"description": "Told apart by keys.", "oneOf": [reference("Cow"), reference("Hen")]}
    cattle = {"Cow": object_of(required=("milk",), milk=FLAG), "Hen": object_of(required=("egg",), egg=FLAG)}
    told = faults({**AROUND, **cattle, root: keyed}, http={*AROUND, *cattle})
    assert told == f"{root}: its members need a required constant text that tells them apart"


def test_a_body_that_a_client_writes_is_refused() -> None:
    told = faults({**AROUND, "UploadRequest": FLAG}, http={*AROUND, "UploadRequest"})
    assert told == "UploadRequest: the bodies in http.yaml are answers; what a route is sent belongs to a root"


TOPIC = object_of(required=("topic",), topic={"const": "x"}, limit=number(type="integer", maximum=9, default=5))


@pytest.mark.parametrize(
    "topic", [TOPIC, object_of(a={"description": "X.", "type": ["boolean", "null"], "default": None})]
)
def test_a_default_is_allowed_at_an_optional_property_of_a_topic(topic: Node) -> None:
    check_house_rules({**AROUND, "PageTopic": topic}, topics={"PageTopic"}, http={*AROUND, "PageTopic"})


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (
            {**TOPIC, "required": ["topic", "limit"]},
            "PageTopic, /properties/limit: a required property cannot have a default",
        ),
        (
            object_of(limit=number(default=5)),
            "PageTopic, /properties/limit: the default is none of the property's values",
        ),
        (
            object_of(cat=reference("Cat", default={"kind": "cat"})),
            "PageTopic, /properties/cat: the default is none of the property's values",
        ),
        (
            object_of(list={"description": "X.", "type": "array", "items": {"type": "boolean", "default": True}}),
            "PageTopic, /properties/list/items: a default is supported at the properties of a topic only",
        ),
        ({**FLAG, "default": True}, "PageTopic: a default is supported at the properties of a topic only"),
    ],
)
def test_any_other_default_is_refused(topic: Node, said: str) -> None:
    assert faults({**AROUND, "PageTopic": topic}, topics={"PageTopic"}, http={*AROUND, "PageTopic"}) == said


def test_a_default_outside_of_topics_is_refused() -> None:
    told = faults({**AROUND, "Sample": object_of(a={**FLAG, "default": True})}, http={*AROUND, "Sample"})
    assert told == "Sample, /properties/a: a default is supported at the properties of a topic only"


@pytest.mark.parametrize(("pattern", "said"), UNPORTABLE)
def test_a_pattern_that_languages_read_differently_is_refused(pattern: str, said: str) -> None:
    assert (fault_of_pattern(pattern) or "").startswith(said)


@pytest.mark.parametrize(("pattern", "found", "not_found"), PORTABLE)
def test_a_pattern_that_is_let_through_means_the_same(pattern: str, found: list[str], not_found: list[str]) -> None:
    assert fault_of_pattern(pattern) is None
    judge = jsonschema_rs.Draft202012Validator({"pattern": pattern})
    assert [one for one in found + not_found if judge.is_valid(one)] == found
    check = strict.Pattern(pattern)
    assert [one for one in found + not_found if _passes(check, one)] == found


def _passes(check: strict.Pattern, value: str) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True
