from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest

from groove_dashboard.ingest.events import (
    IngestLimits,
    InvalidEvents,
    MalformedBody,
    TooManyEvents,
    parse_events,
)
from tests.oracle.histories import crowded_history
from tests.topics.facts import ablated, assessed, extracted, recorded, reported, started, tuned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import EventFault, IngestEvent

EVENTS: tuple[IngestEvent, ...] = (started("one"), assessed("one"), extracted(1))
FEW = IngestLimits(events=3, faults=4)


def array(events: Sequence[object]) -> bytes:
    return orjson.dumps(events)


def lines(events: Sequence[object]) -> bytes:
    return b"\n".join(orjson.dumps(event) for event in events)


def faults(body: bytes, limits: IngestLimits | None = None) -> list[EventFault]:
    with pytest.raises(InvalidEvents) as caught:
        parse_events(body) if limits is None else parse_events(body, limits)
    return list(caught.value.faults)


def places(body: bytes) -> list[tuple[int, str]]:
    return [(fault["index"], fault["path"]) for fault in faults(body)]


def changed(event: IngestEvent, **fields: Any) -> dict[str, Any]:
    return {**event, **fields}


class TestForms:
    @pytest.mark.parametrize(
        "body",
        [
            array(EVENTS),
            b" \r\n\t" + array(EVENTS) + b"\n",
            orjson.dumps(EVENTS, option=orjson.OPT_INDENT_2),
            lines(EVENTS),
            lines(EVENTS) + b"\n",
            b"\n\n" + lines(EVENTS).replace(b"\n", b"\r\n \r\n") + b"\r\n\r\n",
        ],
    )
    def test_an_array_and_lines_say_the_same(self, body: bytes) -> None:
        assert parse_events(body) == list(EVENTS)

    @pytest.mark.parametrize("body", [b"", b" \n\r\n\t", b"[]", b" [ ] "])
    def test_nothing_is_no_events(self, body: bytes) -> None:
        assert parse_events(body) == []

    def test_a_single_event_is_one_line(self) -> None:
        assert parse_events(orjson.dumps(EVENTS[0])) == [EVENTS[0]]

    def test_every_type_of_event_comes_through_as_it_is(self) -> None:
        events = crowded_history(1).events
        assert len({event["type"] for event in events}) == 10
        assert parse_events(array(events)) == events


class TestMalformed:
    @pytest.mark.parametrize(
        ("body", "line", "column"),
        [
            (b'[\n{"a": }]', 2, 7),
            (b'[{"event_id": "a"}', 1, 19),
            (b"[{}] []", 1, 6),
            (b"[{}, NaN]", 1, 6),
            (b"[Infinity]", 1, 2),
            (b"[1e999]", 1, 2),
            (b'["\xff"]', 1, 1),
            (b'["\\ud800"]', 1, 3),
            (b"[" * 100_000, 1, 1026),
        ],
    )
    def test_an_array_that_is_not_json_is_refused_with_the_place(self, body: bytes, line: int, column: int) -> None:
        with pytest.raises(MalformedBody, match=f"The body is not JSON: .* .line {line}, column {column}.") as caught:
            parse_events(body)
        assert (caught.value.line, caught.value.column) == (line, column)

    def test_a_line_that_is_not_json_is_one_fault_among_others(self) -> None:
        body = b"\n".join([orjson.dumps(EVENTS[0]), b"", b'{"a": ', b"NaN", orjson.dumps(EVENTS[1]), b"\xff"])
        found = faults(body)
        assert [(fault["index"], fault["path"]) for fault in found] == [(1, ""), (2, ""), (4, "")]
        assert found[0]["message"] == "This line is not JSON: unexpected end of data (column 7)."

    def test_a_mark_of_byte_order_is_not_json(self) -> None:
        assert places(b"\xef\xbb\xbf" + lines(EVENTS)) == [(0, "")]


class TestInvalid:
    @pytest.mark.parametrize(
        ("event", "path"),
        [
            (42, ""),
            (None, ""),
            ([], ""),
            ({}, "/type"),
            ({"type": "no_such_type"}, "/type"),
            ({"type": 7}, "/type"),
            (changed(started("s"), event_id="no uuid"), "/event_id"),
            (changed(started("s"), event_id="E0000000-0000-7000-8000-000000000001"), "/event_id"),
            (changed(started("s"), occurred_at="2026-02-30T00:00:00Z"), "/occurred_at"),
            (changed(started("s"), occurred_at="2026-02-20T00:00:00+01:00"), "/occurred_at"),
            (changed(started("s"), session_id=""), "/session_id"),
            (changed(started("s"), session_id="s" * 201), "/session_id"),
            (changed(started("s"), session_id="nul\0"), "/session_id"),
            (changed(started("s"), unknown=1), "/unknown"),
            (changed(started("s"), scope={"level": "user"}), "/scope/name"),
            (changed(started("s"), scope={"level": "global", "name": "x"}), "/scope/name"),
            (changed(assessed("s"), outcome="splendid"), "/outcome"),
            (changed(assessed("s"), score=1.000001), "/score"),
            (changed(assessed("s"), score="1"), "/score"),
            (changed(assessed("s"), score=True), "/score"),
            (changed(assessed("s"), score=2**63), "/score"),
            (changed(tuned("p", 1), value=1e300), "/value"),
            (changed(recorded("s", 1), withheld="no"), "/withheld"),
            (changed(recorded("s", 1), contribution=-1.5), "/contribution"),
            (changed(reported("strategy"), component="hr"), "/component"),
        ],
    )
    def test_each_fault_has_its_place(self, event: object, path: str) -> None:
        assert places(array([EVENTS[0], event])) == [(1, path)]

    def test_a_fault_deep_inside_has_the_whole_way(self) -> None:
        event = extracted(1)
        learning = {**event["learning"], "category": "rumour", "confidence": 2}
        assert sorted(places(array([changed(event, learning=learning)]))) == [
            (0, "/learning/category"),
            (0, "/learning/confidence"),
        ]

    def test_what_is_missing_is_pointed_at(self) -> None:
        event = changed(recorded("s", 1))
        del event["learning_id"]
        assert faults(array([event])) == [{"index": 0, "path": "/learning_id", "message": "This property is required."}]

    def test_what_was_not_activated_contributed_nothing(self) -> None:
        event = recorded("s", 1, 0.5)
        assert faults(array([changed(event, activated=False)])) == [
            {
                "index": 0,
                "path": "/contribution",
                "message": "This must be 0 where the learning was not activated.",
            }
        ]
        assert len(parse_events(array([changed(event, activated=False, contribution=0)]))) == 1

    def test_a_completed_experiment_has_a_value_and_a_confidence(self) -> None:
        event = changed(ablated("e", 1, value=0.5, confidence=0.5))
        del event["value"], event["confidence"]
        assert places(array([event])) == [(0, "/value"), (0, "/confidence")]
        assert len(parse_events(array([{**event, "state": "in_progress"}]))) == 1

    def test_faults_come_in_the_order_of_events(self) -> None:
        events = [EVENTS[0], {"type": "nothing"}, EVENTS[1], 5]
        assert places(array(events)) == places(lines(events)) == [(1, "/type"), (3, "")]

    def test_only_the_first_faults_are_told(self) -> None:
        three_faults = {"type": "learning_deleted"}
        found = faults(array([three_faults, three_faults, three_faults]), FEW)
        assert [fault["index"] for fault in found] == [0, 0, 0, 1]

    def test_a_long_name_makes_no_long_place(self) -> None:
        (fault,) = faults(array([changed(started("s"), **{"x" * 10_000: 1})]))
        assert len(fault["path"]) < 200


class TestLimits:
    @pytest.mark.parametrize("form", [array, lines])
    def test_as_many_events_as_allowed(self, form: Any) -> None:
        assert len(parse_events(form(EVENTS), FEW)) == 3

    @pytest.mark.parametrize("form", [array, lines])
    def test_one_more_is_too_many_whatever_they_say(self, form: Any) -> None:
        with pytest.raises(TooManyEvents, match="at most 3 events") as caught:
            parse_events(form([*EVENTS, None]), FEW)
        assert caught.value.limit == 3
