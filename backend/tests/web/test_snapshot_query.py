"""A path and its flat query name a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from groove_dashboard.web.problems import InvalidRequest, UnknownTopic
from groove_dashboard.web.snapshots import requested_topic

if TYPE_CHECKING:
    from groove_dashboard.messages.types import DashboardTopic

LEARNING_ID = "0190b6c0-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("name", "query", "topic"),
    [
        ("overview", {}, {"topic": "overview"}),
        ("learnings", {}, {"topic": "learnings"}),
        (
            "learnings",
            {"limit": "20", "offset": "40", "sort": "value", "category": "correction", "status": "active"},
            {
                "topic": "learnings",
                "limit": 20,
                "offset": 40,
                "sort": "value",
                "filters": {"category": "correction", "status": "active"},
            },
        ),
        (
            "learnings",
            {"search": "snake case", "scope_level": "project", "scope_name": "ledger"},
            {
                "topic": "learnings",
                "filters": {"search": "snake case", "scope": {"level": "project", "name": "ledger"}},
            },
        ),
        (
            "learnings",
            {"scope_level": "global"},
            {"topic": "learnings", "filters": {"scope": {"level": "global"}}},
        ),
        ("learning_detail", {"id": LEARNING_ID}, {"topic": "learning_detail", "id": LEARNING_ID}),
        ("attribution", {"days": "365"}, {"topic": "attribution", "period": {"days": 365}}),
        (
            "session_timeline",
            {"days": "30", "limit": "5"},
            {"topic": "session_timeline", "period": {"days": 30}, "limit": 5},
        ),
        ("strategy_overrides", {"limit": "500"}, {"topic": "strategy_overrides", "limit": 500}),
        ("health", {}, {"topic": "health"}),
    ],
)
def test_parameters_find_their_place_in_the_topic(name: str, query: dict[str, str], topic: DashboardTopic) -> None:
    assert requested_topic(name, query.items()) == topic


@pytest.mark.parametrize("name", ["", "Overview", "overviews", "../overview", "health "])
def test_a_name_that_is_no_topic_is_unknown(name: str) -> None:
    with pytest.raises(UnknownTopic):
        requested_topic(name, [])


@pytest.mark.parametrize(
    ("name", "query", "places"),
    [
        ("attribution", [("days", "0")], ["/days"]),
        ("attribution", [("days", "366")], ["/days"]),
        ("attribution", [("days", "seven")], ["/days"]),
        ("attribution", [("days", "7.0")], ["/days"]),
        ("attribution", [("days", "+7")], ["/days"]),
        ("attribution", [("days", "007")], ["/days"]),
        ("attribution", [("days", "")], ["/days"]),
        ("attribution", [("days", "\u0667")], ["/days"]),
        ("attribution", [("days", "9" * 5000)], ["/days"]),
        ("attribution", [("days", "7"), ("days", "7")], ["/days"]),
        ("attribution", [("limit", "7")], ["/limit"]),
        ("overview", [("days", "7")], ["/days"]),
        ("overview", [("scope_level", "project"), ("scope_name", "x")], ["/scope_level", "/scope_name"]),
        ("learnings", [("limit", "501")], ["/limit"]),
        ("learnings", [("offset", "-1")], ["/offset"]),
        ("learnings", [("sort", "age")], ["/sort"]),
        ("learnings", [("category", "recipes")], ["/category"]),
        ("learnings", [("status", "Active")], ["/status"]),
        ("learnings", [("search", "")], ["/search"]),
        ("learnings", [("scope_name", "ledger")], ["/scope_level"]),
        ("learnings", [("scope_level", "galaxy")], ["/scope_level"]),
        ("learnings", [("sort", "age"), ("limit", "0")], ["/limit", "/sort"]),
        ("learnings", [("period", "7")], ["/period"]),
        ("learnings", [("topic", "overview")], ["/topic"]),
        ("learnings", [("a/b~c", "1")], ["/a~1b~0c"]),
        ("strategy_overrides", [("limit", "501"), ("offset", "0")], ["/limit", "/offset"]),
        ("learning_detail", [], ["/id"]),
        ("learning_detail", [("id", "x")], ["/id"]),
        ("learning_detail", [("id", LEARNING_ID.replace("b", "B"))], ["/id"]),
    ],
)
def test_each_fault_is_told_by_the_name_of_its_parameter(
    name: str, query: list[tuple[str, str]], places: list[str]
) -> None:
    with pytest.raises(InvalidRequest) as refused:
        requested_topic(name, query)
    assert sorted({fault["path"] for fault in refused.value.details}) == places
    assert all(fault["message"] for fault in refused.value.details)


def test_a_long_name_of_a_parameter_is_cut_in_the_answer() -> None:
    with pytest.raises(InvalidRequest) as refused:
        requested_topic("learnings", [("x" * 5000, "1")])
    assert len(refused.value.details[0]["path"]) == 101
