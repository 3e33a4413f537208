"""From the bytes of a request to events that hold to the schema, or to the list of what is wrong with them.

    IngestError
    ├── MalformedBody    the body is no JSON at all
    ├── TooManyEvents    more than one request may hold
    └── InvalidEvents    some events break the schema or a rule; nothing of the request may be stored
        └── RecordsGivenUp   some records are of a time whose records have been given up

The texts are meant for whoever sent the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Self

import orjson
from marshmallow import ValidationError

from groove_dashboard.messages.strict import pointers
from groove_dashboard.messages.validators import load_ingest_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from groove_dashboard.messages.types import AblationUpdatedEvent, AttributionRecordedEvent, EventFault, IngestEvent

LONGEST_MESSAGE: Final = 4000  # as the schema of EventFault has it
LONGEST_PATH: Final = 4096
JSON_SPACE: Final = b" \t\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestLimits:
    """What one request may hold, and how many of its faults are told."""

    events: int = 10_000
    faults: int = 100


DEFAULT_LIMITS: Final = IngestLimits()


class IngestError(Exception):
    """The base of what is wrong with a request's body."""


class MalformedBody(IngestError):
    """The body is not JSON; `line` and `column` count from 1."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        self.line = line
        self.column = column
        super().__init__(f"The body is not JSON: {reason} (line {line}, column {column}).")


class TooManyEvents(IngestError):
    """More events than one request may hold."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"One request may hold at most {limit} events; send them in several.")


class InvalidEvents(IngestError):
    """Some events are not as the schema has them. `faults` names the first of them, each with its place."""

    def __init__(self, faults: Sequence[EventFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("Some events are invalid, and nothing was stored.")


class RecordsGivenUp(InvalidEvents):
    """Some records are of a time whose records have been given up: nobody can tell any more whether they are new."""

    @classmethod
    def before(cls, horizon: date, indexes: Iterable[int], limits: IngestLimits = DEFAULT_LIMITS) -> Self:
        """The records at these places of the request are older than the UTC day `horizon`."""
        message = f"The records of the time before {horizon} have been given up; one that comes now cannot be counted."
        return cls(
            [{"index": one, "path": "/occurred_at", "message": message} for one in islice(indexes, limits.faults)]
        )


@dataclass(frozen=True, slots=True)
class _NotJson:
    """Stands for a line that is not JSON."""

    reason: str


def parse_events(body: bytes, limits: IngestLimits = DEFAULT_LIMITS) -> list[IngestEvent]:
    """The events of a JSON array, or of NDJSON (one event a line, empty lines do not count); an empty body has none.

    Takes about 50 microseconds an event; call it in a thread where others wait for the loop.
    Raises MalformedBody, TooManyEvents or InvalidEvents.
    """
    values = _array(body) if body.lstrip(JSON_SPACE).startswith(b"[") else _lines(body, limits.events)
    if len(values) > limits.events:
        raise TooManyEvents(limits.events)
    events: list[IngestEvent] = []
    faults: list[EventFault] = []
    for index, value in enumerate(values):
        event = _judged(value)
        if not isinstance(event, ValidationError):
            events.append(event)
            continue
        faults += _faults(index, event, limits.faults - len(faults))
        if len(faults) == limits.faults:
            break
    if faults:
        raise InvalidEvents(faults)
    return events


def _array(body: bytes) -> list[object]:
    try:
        values: list[object] = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedBody(error.msg, error.lineno, error.colno) from error
    return values


def _lines(body: bytes, limit: int) -> list[object]:
    lines = (line for line in body.split(b"\n") if line.strip(JSON_SPACE))
    return [_line(line) for line in islice(lines, limit + 1)]


def _line(line: bytes) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _NotJson(f"This line is not JSON: {error.msg} (column {error.colno}).")


def _judged(value: object) -> IngestEvent | ValidationError:
    if isinstance(value, _NotJson):
        return ValidationError(value.reason)
    try:
        event = load_ingest_event(value)
        _check(event)
    except ValidationError as error:
        return error
    return event


def _check(event: IngestEvent) -> None:
    """Raise ValidationError where fields contradict each other, which the schema cannot say."""
    if event["type"] == "attribution_recorded":
        _check_attribution(event)
    elif event["type"] == "ablation_updated":
        _check_ablation(event)


def _check_attribution(event: AttributionRecordedEvent) -> None:
    if not event["activated"] and event["contribution"] != 0:
        raise ValidationError({"contribution": ["This must be 0 where the learning was not activated."]})


def _check_ablation(event: AblationUpdatedEvent) -> None:
    if event["state"] == "completed":
        missing = [name for name in ("value", "confidence") if name not in event]
        if missing:
            raise ValidationError({name: ["A completed experiment must have this property."] for name in missing})


def _faults(index: int, error: ValidationError, room: int) -> Iterator[EventFault]:
    for path, message in islice(pointers(error.messages), room):
        yield {"index": index, "path": path[:LONGEST_PATH], "message": message[:LONGEST_MESSAGE]}
