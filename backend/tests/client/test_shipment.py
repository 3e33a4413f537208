"""A batch gets through whatever the server makes of it: each event is stored, or refused with its own faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.client.shipment import NO_OBJECT, Shipment
from tests.client.answering import Keeper

if TYPE_CHECKING:
    from collections.abc import Sequence

EVENTS = st.lists(st.sampled_from(["good", "bad", "broken"]), max_size=40)


def line(kind: str, number: int) -> bytes:
    event: dict[str, Any] = {"event_id": str(number)}
    return {
        "good": orjson.dumps(event),
        "bad": orjson.dumps(event | {"fault": number}),
        "broken": b"[]",
    }[kind]


def through(lines: Sequence[bytes], keeper: Keeper) -> tuple[dict[int, Any], int]:
    """Send a batch to its end: what was refused, by its place, and how many requests it took."""
    shipment = Shipment(lines)
    refused = dict(shipment.unfit)
    requests = 0
    while (body := shipment.body()) is not None:
        status, text = keeper(body)[:2]
        requests += 1
        answer = orjson.loads(text)
        if status == 200:
            assert shipment.accepted() == answer["accepted"] + answer["duplicates"]
            continue
        more = shipment.refused(answer["errors"]) if status == 422 else shipment.too_large(answer["detail"])
        assert refused.keys().isdisjoint(dict(more))
        refused |= dict(more)
    return refused, requests


@given(EVENTS, st.integers(1, 50), st.integers(1, 5))
def test_good_events_are_stored_in_order_and_the_others_refused(
    kinds: list[str], most_events: int, most_faults: int
) -> None:
    keeper = Keeper(most_events, most_faults)
    refused, requests = through([line(kind, number) for number, kind in enumerate(kinds)], keeper)
    assert list(keeper.kept) == [str(number) for number, kind in enumerate(kinds) if kind == "good"]
    assert refused == {
        number: [{"path": "/fault", "message": "no"} if kind == "bad" else {"path": "", "message": NO_OBJECT}]
        for number, kind in enumerate(kinds)
        if kind != "good"
    }
    assert requests <= 2 * len(kinds)


def test_one_event_that_is_too_large_by_itself_is_refused_with_what_the_server_says() -> None:
    refused, _ = through([b'{"event_id": "1"}', b'{"event_id": "2"}'], Keeper(most_events=0))
    assert refused == {place: [{"path": "", "message": "too many"}] for place in (0, 1)}


def test_an_answer_that_names_no_event_changes_nothing() -> None:
    shipment = Shipment([b"{}"])
    assert shipment.refused([]) == []
    assert shipment.refused([{"index": 1, "path": "", "message": "no"}]) == []
    assert shipment.body() == b"{}"


def test_what_is_tried_again_is_the_same_request() -> None:
    shipment = Shipment([b"{}", b"{ }"])
    assert shipment.body() == shipment.body() == b"{}\n{ }"


def test_all_faults_of_an_event_are_kept_together() -> None:
    shipment = Shipment([b"{}", b"{}"])
    faults: Any = [{"index": 1, "path": path, "message": "no"} for path in ("/a", "/b")]
    assert shipment.refused(faults) == [(1, [{"path": "/a", "message": "no"}, {"path": "/b", "message": "no"}])]
