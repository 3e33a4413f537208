"""What is asked of a history: each topic with each of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args
from uuid import NAMESPACE_URL, uuid5

from groove_dashboard.messages.types import LearningCategory, LearningsSort, LearningStatus, ScopeLevel
from tests.oracle.events import LEARNING_IDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from groove_dashboard.messages.types import DashboardTopic, LearningsFilters, LearningsTopic, ScopeFilter

UNKNOWN_LEARNING: Final = str(uuid5(NAMESPACE_URL, "nobody's learning"))
PERIODS: Final = (1, 2, 7, 30, 90, 365)
SEARCHES: Final = (
    *("snake", "SNAKE_", "ss", "ß", "ẞ", "i", "İ", "\u0131", "é", "É", "e\u0301", "Σ", "ς", "\u03c3"),
    *("%", "_", "\\", "🙂", "'", " ", "\n", "nothing has this", "Ll"),
)


def every_topic(learning_ids: Sequence[str] = LEARNING_IDS[:6]) -> list[DashboardTopic]:
    """Each topic with each of its parameters, one parameter at a time."""
    topics: list[DashboardTopic] = [
        {"topic": "overview"},
        {"topic": "strategy_distributions"},
        {"topic": "strategy_overrides"},
        {"topic": "strategy_overrides", "limit": 1},
        {"topic": "strategy_overrides", "limit": 3},
        {"topic": "health"},
        {"topic": "attribution"},
        {"topic": "session_timeline"},
        {"topic": "session_timeline", "limit": 3},
        {"topic": "learnings"},
        {"topic": "learnings", "limit": 3, "offset": 0},
        {"topic": "learnings", "limit": 500, "offset": 1_000_000},
    ]
    for days in PERIODS:
        topics.append({"topic": "attribution", "period": {"days": days}})
        topics.append({"topic": "session_timeline", "period": {"days": days}, "limit": 2})
        topics.append({"topic": "session_timeline", "period": {"days": days}, "limit": 500})
    topics.extend({"topic": "learning_detail", "id": one} for one in (*learning_ids, UNKNOWN_LEARNING))
    for sort in get_args(LearningsSort):
        topics.append({"topic": "learnings", "sort": sort})
        topics.append({"topic": "learnings", "sort": sort, "limit": 2, "offset": 1})
    topics.extend({"topic": "learnings", "filters": filters} for filters in every_filter())
    return topics


def widest_topics(learning_ids: Sequence[str]) -> list[DashboardTopic]:
    """Each topic over everything, where lists grow longest."""
    topics: list[DashboardTopic] = [
        {"topic": "overview"},
        {"topic": "strategy_distributions"},
        {"topic": "strategy_overrides"},
        {"topic": "strategy_overrides", "limit": 25},
        {"topic": "health"},
        {"topic": "attribution", "period": {"days": 365}},
        {"topic": "session_timeline", "period": {"days": 365}, "limit": 25},
    ]
    topics.extend({"topic": "learnings", "sort": sort, "limit": 30, "offset": 30} for sort in get_args(LearningsSort))
    topics.extend({"topic": "learning_detail", "id": one} for one in learning_ids)
    return topics


def every_filter() -> list[LearningsFilters]:
    filters: list[LearningsFilters] = [{}]
    filters.extend({"category": category} for category in get_args(LearningCategory))
    filters.extend({"status": status} for status in get_args(LearningStatus))
    filters.extend({"scope": scope} for scope in every_scope_filter())
    filters.extend({"search": search} for search in SEARCHES)
    return filters


def every_scope_filter() -> list[ScopeFilter]:
    scopes: list[ScopeFilter] = []
    for level in get_args(ScopeLevel):
        scopes.append({"level": level})
        scopes.append({"level": level, "name": "alpha"})
        scopes.append({"level": level, "name": "Alpha"})
    return scopes


def random_topics(random: Random) -> list[DashboardTopic]:
    """Lists with several parameters at once, and any number of days."""
    days = random.randint(1, 365)
    return [
        *(random_list(random) for _ in range(6)),
        {"topic": "attribution", "period": {"days": days}},
        {"topic": "session_timeline", "period": {"days": days}},
        {"topic": "strategy_overrides", "limit": random.randint(1, 10)},
    ]


def random_list(random: Random) -> LearningsTopic:
    filters: LearningsFilters = {}
    if random.random() < 0.3:
        filters["category"] = random.choice(get_args(LearningCategory))
    if random.random() < 0.3:
        filters["status"] = random.choice(get_args(LearningStatus))
    if random.random() < 0.5:
        filters["scope"] = random.choice(every_scope_filter())
    if random.random() < 0.5:
        filters["search"] = random.choice(SEARCHES)
    return {
        "topic": "learnings",
        "filters": filters,
        "sort": random.choice(get_args(LearningsSort)),
        "limit": random.choice((1, 2, 100, 500)),
        "offset": random.choice((0, 1, 2, 5)),
    }
