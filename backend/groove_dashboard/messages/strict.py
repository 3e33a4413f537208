"""What marshmallow 4 needs in order to accept exactly what JSON Schema 2020-12 accepts.

Stock marshmallow is made for forms: it takes "1" for 1, "yes" for true and "2024-W01" for a date. These fields take
JSON values as they are and hand them on unchanged, so that `load(x) == x` for every valid x (an integer written as
1.0 comes out as 1, which is equal). They expect what `orjson.loads` returns: no NaN, no infinity, no lone surrogates.

Messages are complete sentences about the rule that was broken; none repeats the value that broke it.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeGuard

from marshmallow import RAISE, Schema, ValidationError, fields, validate

if TYPE_CHECKING:
    from marshmallow.types import ErrorMessages

Rule: TypeAlias = Callable[[Any], None]
FieldMaker: TypeAlias = Callable[[], fields.Field[Any]]

LONGEST_POINTER_STEP = 100
MISSING_TEXT = "This property is required."


class Object(Schema):
    """An object of known properties and no others."""

    error_messages = {"type": "This must be an object.", "unknown": "This property is not known here."}  # noqa: RUF012 (as marshmallow has it)

    class Meta:
        """marshmallow's options."""

        unknown = RAISE


@functools.cache
def _instance(schema: type[Object]) -> Object:
    """The one instance of a schema; making one takes much longer than using it, and loading does not change it."""
    return schema()


def _texts(**texts: str) -> ErrorMessages:
    """A field's texts, with those that every field has."""
    return {"required": MISSING_TEXT, "null": "This must not be null.", **texts}


class Field(fields.Field[Any]):
    """A value that is checked, not converted. A named one carries its rules in its class."""

    rules: ClassVar[Sequence[Rule]] = ()
    default_error_messages = _texts()

    def __init__(self, *, validate: Sequence[Rule] = (), **options: Any) -> None:
        super().__init__(validate=_in_turn([*self.rules, *validate]), **options)

    def read(self, value: Any) -> Any:
        """The value, if it is of the field's type; else raise ValidationError."""
        raise NotImplementedError

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002 (as marshmallow has it)
        return self.read(value)


class Anything(Field):
    """Any JSON value, null included."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "allow_none": True})

    def read(self, value: Any) -> Any:
        """The value."""
        return value


class String(Field):
    """A text; bytes are none, unlike in marshmallow."""

    default_error_messages = _texts(invalid="This must be a string.")

    def read(self, value: Any) -> str:
        """The text; raise ValidationError for anything else."""
        if not isinstance(value, str):
            raise self.make_error("invalid")
        return value


class Boolean(Field):
    """true or false; neither 1 nor "yes"."""

    default_error_messages = _texts(invalid="This must be true or false.")

    def read(self, value: Any) -> bool:
        """The boolean; raise ValidationError for anything else."""
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Number(Field):
    """A finite number."""

    default_error_messages = _texts(invalid="This must be a number.")

    def read(self, value: Any) -> float:
        """The number; raise ValidationError for anything else."""
        if (isinstance(value, float) and math.isfinite(value)) or _is_int(value):
            return value
        raise self.make_error("invalid")


class Integer(Field):
    """A whole number, which 1.0 is in JSON Schema."""

    default_error_messages = _texts(invalid="This must be a whole number.")

    def read(self, value: Any) -> int:
        """The whole number as an int; raise ValidationError for anything else."""
        if (isinstance(value, float) and value.is_integer()) or _is_int(value):
            return int(value)
        raise self.make_error("invalid")


class Choice(Field):
    """One of a few strings, numbers or booleans; unlike in Python, true is not 1."""

    choices: ClassVar[tuple[str | float | bool, ...]] = ()
    default_error_messages = _texts(one="This must be {choices}.", many="This must be one of: {choices}.")

    def __init__(self, *choices: str | float | bool, **options: Any) -> None:
        self.allowed = choices or self.choices
        super().__init__(**options)

    def read(self, value: Any) -> Any:
        """The value, if it is one of the choices; else raise ValidationError."""
        if any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in self.allowed):
            return value
        raise self.make_error("one" if len(self.allowed) == 1 else "many", choices=_listed(self.allowed))


class List(Field):
    """An array. A named one carries its items in its class."""

    items: ClassVar[FieldMaker] = Anything
    default_error_messages = _texts(invalid="This must be an array.")

    def __init__(self, items: fields.Field[Any] | None = None, **options: Any) -> None:
        self.item_field = items or type(self).items()
        super().__init__(**options)

    def read(self, value: Any) -> list[Any]:
        """The array of what the items are read as; raise ValidationError with the errors by position."""
        if not isinstance(value, list):
            raise self.make_error("invalid")
        read, errors = _read_each(enumerate(value), self.item_field)
        if errors:
            raise ValidationError(errors)
        return list(read.values())


class Record(Field):
    """An object used as a map. A named one carries its values and keys in its class."""

    values: ClassVar[FieldMaker] = Anything
    keys: ClassVar[FieldMaker] = String
    default_error_messages = _texts(invalid="This must be an object.")

    def __init__(
        self, values: fields.Field[Any] | None = None, keys: fields.Field[Any] | None = None, **options: Any
    ) -> None:
        self.value_field = values or type(self).values()
        self.key_field = keys or type(self).keys()
        super().__init__(**options)

    def read(self, value: Any) -> dict[str, Any]:
        """The object of what the values are read as; raise ValidationError with the errors by key."""
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        _, errors = _read_each(((key, key) for key in value), self.key_field)
        read, value_errors = _read_each(value.items(), self.value_field)
        if errors or value_errors:
            raise ValidationError({**value_errors, **errors})
        return read


class Nested(Field):
    """An object of its own schema, which may be defined later in the file."""

    def __init__(self, schema: Callable[[], type[Object]], **options: Any) -> None:
        self.schema = schema
        super().__init__(**options)

    def read(self, value: Any) -> Any:
        """The object; raise ValidationError with the errors by property."""
        return _instance(self.schema()).load(value)


class Union(Field):
    """One of several objects: with a tag, the one that this property names; without, the one whose own key is there."""

    tag: ClassVar[str | None] = None
    variants: ClassVar[Mapping[str, Callable[[], type[Object]]]]
    default_error_messages = _texts(
        invalid="This must be an object.",
        tag="This must be one of: {choices}.",
        key="This must have exactly one of the properties: {choices}.",
    )

    def read(self, value: Any) -> Any:
        """The object; raise ValidationError with the errors by property of the variant that it means to be."""
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        variant = self._by_key(value) if self.tag is None else self._by_tag(value, self.tag)
        return _instance(self.variants[variant]()).load(value)

    def _by_key(self, value: dict[str, Any]) -> str:
        found = [key for key in self.variants if key in value]
        if len(found) != 1:
            raise self.make_error("key", choices=_listed(self.variants))
        return found[0]

    def _by_tag(self, value: dict[str, Any], tag: str) -> str:
        if tag not in value:
            raise ValidationError({tag: [MISSING_TEXT]})
        name = value[tag]
        if not isinstance(name, str) or name not in self.variants:
            raise ValidationError({tag: self.make_error("tag", choices=_listed(self.variants)).messages})
        return name


def _in_turn(rules: Sequence[Rule]) -> Rule:
    """All rules in one that stops at the first that is broken: a later one may take the earlier ones for granted."""

    def check(value: Any) -> None:
        for rule in rules:
            rule(value)

    return check


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _read_each(items: Iterable[tuple[Any, Any]], field: fields.Field[Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """What a field makes of each value, and its errors, both by the value's place."""
    read: dict[Any, Any] = {}
    errors: dict[Any, Any] = {}
    for place, value in items:
        try:
            read[place] = field.deserialize(value)
        except ValidationError as error:
            errors[place] = error.messages
    return read, errors


class Characters(validate.Length):
    """Bounds of a text's length in code points."""

    message_min = "This must have at least {min} characters."
    message_max = "This must have at most {max} characters."
    message_all = "This must have between {min} and {max} characters."


class Items(validate.Length):
    """Bounds of an array's length."""

    message_min = "This must have at least {min} items."
    message_max = "This must have at most {max} items."
    message_all = "This must have between {min} and {max} items."


class Within(validate.Range):
    """Bounds of a number."""

    message_min = "This must be {min_op} {{min}}."
    message_max = "This must be {max_op} {{max}}."
    message_all = "This must be {min_op} {{min}} and {max_op} {{max}}."
    message_gte = "at least"
    message_gt = "greater than"
    message_lte = "at most"
    message_lt = "less than"


class Pattern:
    """JSON Schema's search, not Python's match; $ is the very end and classes are ASCII, as in ECMAScript."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._search = re.compile(re.sub(r"\$$", r"\\Z", source), re.ASCII).search

    def __call__(self, value: str) -> None:
        """Raise ValidationError for a text that the pattern does not find itself in."""
        if not self._search(value):
            raise ValidationError(f"This must match the pattern {self._source}")


def date(value: str) -> None:
    """Refuse what is on no calendar, as 30 February; the schema's pattern has settled the form."""
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        raise ValidationError("This is not a date of the calendar.") from None


def date_time(value: str) -> None:
    """Refuse what is on no calendar, as 30 February; the schema's pattern has settled the form."""
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        raise ValidationError("This is not a time of the calendar.") from None


def unique(value: list[Any]) -> None:
    """Refuse equal scalars in an array; 1 and 1.0 are equal, true and 1 are not."""
    if len({(isinstance(one, bool), one) for one in value}) != len(value):
        raise ValidationError("The items must differ from one another.")


def pointers(messages: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Each error of a ValidationError's `messages`: the JSON pointer (RFC 6901) of its place, and its text.

    A missing property is pointed at as if it were there. A property name is cut to 100 characters, since it may come
    from outside; how many errors there are is up to who sent the value, so take as many as are wanted.
    """
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from pointers(inner, at if key == "_schema" else f"{at}/{_step(str(key))}")
    elif isinstance(messages, list):
        for message in messages:
            yield at, str(message)
    else:
        yield at, str(messages)


def _step(name: str) -> str:
    shown = name if len(name) <= LONGEST_POINTER_STEP else name[:LONGEST_POINTER_STEP] + "…"
    return shown.replace("~", "~0").replace("/", "~1")


def _listed(choices: Iterable[object]) -> str:
    return ", ".join(str(one).lower() if isinstance(one, bool) else str(one) for one in choices)
