"""What marshmallow 4 needs in order to accept exactly what JSON Schema 2020-12 accepts.

Stock marshmallow is made for forms: it takes "1" for 1, "yes" for true and "2024-W01" for a date. These fields take
JSON values as they are and hand them on unchanged, so that `load(x) == x` for every valid x (an integer written as
1.0 comes out as 1, which is equal). They expect what `orjson.loads` returns: no NaN, no infinity, no lone surrogates.

Messages are complete sentences about the rule that was broken; none repeats the value that broke it.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

LONGEST_POINTER_STEP = 100

MISSING_TEXT = "This property is required."


class _Worded:
    """The texts that every field shares."""

    default_error_messages: ClassVar[dict[str, str]] = {
        "required": MISSING_TEXT,
        "null": "This must not be null.",
    }


class Object(Schema):
    """An object of known properties and no others."""

    error_messages: ClassVar[dict[str, str]] = {
        "type": "This must be an object.",
        "unknown": "This property is not known here.",
    }

    class Meta:
        """marshmallow's options."""

        unknown = RAISE


@functools.cache
def _instance(schema: type[Object]) -> Object:
    """The one instance of a schema; making one takes much longer than using it, and loading does not change it."""
    return schema()


class Anything(_Worded, fields.Raw):
    """Any JSON value, null included."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_none=True, **options)


class _Scalar(_Worded, fields.Field[Any]):
    """A value that is checked, not converted. A named one carries its rules in its class."""

    rules: ClassVar[Sequence[Callable[[Any], None]]] = ()

    def __init__(self, *, validate: Sequence[Callable[[Any], None]] = (), **options: Any) -> None:
        super().__init__(validate=[*self.rules, *validate], **options)

    @staticmethod
    def fits(value: object) -> bool:
        """Whether the value is of the field's type."""
        raise NotImplementedError

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not self.fits(value):
            raise self.make_error("invalid")
        return value


class String(_Scalar):
    """A text; bytes are none, unlike in marshmallow."""

    default_error_messages: ClassVar[dict[str, str]] = {"invalid": "This must be a string."}

    @staticmethod
    def fits(value: object) -> bool:
        """Whether the value is a text."""
        return isinstance(value, str)


class Boolean(_Scalar):
    """true or false; neither 1 nor "yes"."""

    default_error_messages: ClassVar[dict[str, str]] = {"invalid": "This must be true or false."}

    @staticmethod
    def fits(value: object) -> bool:
        """Whether the value is true or false."""
        return isinstance(value, bool)


class Number(_Scalar):
    """A finite number."""

    default_error_messages: ClassVar[dict[str, str]] = {"invalid": "This must be a number."}

    @staticmethod
    def fits(value: object) -> bool:
        """Whether the value is a finite number."""
        if isinstance(value, float):
            return math.isfinite(value)
        return isinstance(value, int) and not isinstance(value, bool)


class Integer(_Scalar):
    """A whole number."""

    default_error_messages: ClassVar[dict[str, str]] = {"invalid": "This must be a whole number."}

    @staticmethod
    def fits(value: object) -> bool:
        """Whether the value is a whole number, as 1.0 is in JSON Schema."""
        if isinstance(value, float):
            return value.is_integer()
        return isinstance(value, int) and not isinstance(value, bool)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        return int(super()._deserialize(value, attr, data, **kwargs))


class Choice(_Worded, fields.Field[Any]):
    """One of a few strings, numbers or booleans; unlike in Python, true is not 1."""

    choices: ClassVar[tuple[str | float | bool, ...]] = ()
    default_error_messages: ClassVar[dict[str, str]] = {
        "one": "This must be {choices}.",
        "many": "This must be one of: {choices}.",
    }

    def __init__(self, *choices: str | float | bool, **options: Any) -> None:
        self.allowed = choices or self.choices
        super().__init__(**options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in self.allowed):
            return value
        raise self.make_error("one" if len(self.allowed) == 1 else "many", choices=_listed(self.allowed))


class List(_Worded, fields.List[Any]):
    """An array. A named one carries its items and rules in its class."""

    items: ClassVar[Callable[[], fields.Field[Any]] | None] = None
    rules: ClassVar[Sequence[Callable[[Any], None]]] = ()
    default_error_messages: ClassVar[dict[str, str]] = {"invalid": "This must be an array."}

    def __init__(
        self, items: fields.Field[Any] | None = None, *, validate: Sequence[Callable[[Any], None]] = (), **options: Any
    ) -> None:
        super().__init__(items or self._own_items(), validate=[*self.rules, *validate], **options)

    @classmethod
    def _own_items(cls) -> fields.Field[Any]:
        return cls.items() if cls.items else Anything()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Record(_Worded, fields.Field[Any]):
    """An object used as a map. Unlike those of fields.Dict its errors are keyed by the property alone."""

    values: ClassVar[Callable[[], fields.Field[Any]] | None] = None
    keys: ClassVar[Callable[[], fields.Field[Any]] | None] = None
    default_error_messages: ClassVar[dict[str, str]] = {"invalid": "This must be an object."}

    def __init__(
        self, values: fields.Field[Any] | None = None, keys: fields.Field[Any] | None = None, **options: Any
    ) -> None:
        self.value_field = values or (type(self).values or Anything)()
        self.key_field = keys or (type(self).keys or String)()
        super().__init__(**options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        result: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for key, item in value.items():
            try:
                self.key_field.deserialize(key)
                result[key] = self.value_field.deserialize(item)
            except ValidationError as error:
                errors[key] = error.messages
        if errors:
            raise ValidationError(errors)
        return result


class Nested(_Worded, fields.Field[Any]):
    """An object of its own schema, which may be defined later in the file."""

    def __init__(self, schema: Callable[[], type[Object]], **options: Any) -> None:
        self.schema = schema
        super().__init__(**options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return _instance(self.schema()).load(value)


class Union(_Worded, fields.Field[Any]):
    """One of several objects: with a tag, the one that this property names; without, the one whose own key is there."""

    tag: ClassVar[str | None] = None
    variants: ClassVar[Mapping[str, Callable[[], type[Object]]]]
    default_error_messages: ClassVar[dict[str, str]] = {
        "invalid": "This must be an object.",
        "tag": "This must be one of: {choices}.",
        "key": "This must have exactly one of the properties: {choices}.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
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
        self._search = re.compile(re.sub(r"\$$", r"\\Z", source), re.ASCII).search

    def __call__(self, value: str) -> None:
        """Raise ValidationError for a text that the pattern does not find itself in."""
        if not self._search(value):
            raise ValidationError("This does not have the expected form.")


def date(value: str) -> None:
    """Refuse what is on no calendar, as 30 February; the schema's pattern has settled the form."""
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValidationError("This is not a date of the calendar.") from None


def date_time(value: str) -> None:
    """Refuse what is on no calendar, as 30 February; the schema's pattern has settled the form."""
    try:
        datetime.datetime.fromisoformat(value)
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
