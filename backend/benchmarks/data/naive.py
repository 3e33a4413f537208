"""The baseline: the questions of each topic asked of the facts alone (`naive.sql`), as many queries as it takes.

Nothing is shaped for a page, but what the answer shows is found, so that it can be held against the topic's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.data.judging import Judgement, harmful, helpful, judged
from groove_dashboard.messages.validators import TOPIC_DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    import asyncpg

HEADING: Final = re.compile(r"^-- query: (.+)\n", re.MULTILINE)
COMPONENTS: Final = ("assessment", "extraction", "attribution", "strategy")
TRUSTED_ABLATION: Final = 0.5
SPECIALIZED_SESSIONS: Final = 20
TREND_DAYS: Final = 7
HISTORY_DAYS: Final = 30
LISTED: Final = 20

Answer = dict[str, Any]
"""As much of a topic's data as both find: their top level, or less."""


@dataclass(frozen=True, slots=True)
class Naive:
    """Asks on one connection, as of a moment (aware), in one snapshot a topic."""

    connection: asyncpg.Connection
    now: datetime

    async def read(self, topic: Mapping[str, Any]) -> Answer:
        """What the topic would show, by the names that its data have for it."""
        completed = {**TOPIC_DEFAULTS[topic["topic"]], **topic}
        async with self.connection.transaction(isolation="repeatable_read", readonly=True):
            return await QUESTIONS[topic["topic"]](self, completed)

    async def ask(self, query: str, *arguments: object) -> list[Any]:
        """The rows of that query."""
        rows: list[Any] = await self.connection.fetch(QUERIES[query], *arguments)
        return rows

    async def judge(
        self, ids: Sequence[str] | None = None, since: datetime | None = None, until: datetime | None = None
    ) -> dict[str, Judgement]:
        """What the records and experiments of learnings come to."""
        rows = await self.ask("evidence", ids, since, until, TRUSTED_ABLATION)
        return {row["learning_id"]: judged(row) for row in rows}

    def period(self, days: int) -> tuple[datetime, datetime]:
        """So many UTC days that end with today's: the moment at which they begin, and that after them."""
        end = datetime.combine(self.now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
        return end - timedelta(days=days), end


async def _overview(naive: Naive, _topic: Answer) -> Answer:
    counts = await naive.ask("counts")
    judgements = await naive.judge()
    top = helpful(judgements.values(), 5)
    await naive.ask("last_reports", COMPONENTS)
    await _seen(naive)
    await naive.ask("ablation_states")
    await naive.ask("score_days", *naive.period(2 * TREND_DAYS))
    await naive.ask("newest", 5)
    await naive.ask("by_ids", [one.learning_id for one in top])
    return {
        "total": sum(row["learnings"] for row in counts),
        "top_contributors": [(one.learning_id, one.value) for one in top],
        "negative_count": sum(one.value < 0 for one in judgements.values()),
    }


async def _learnings(naive: Naive, topic: Answer) -> Answer:
    filters = topic["filters"]
    search = filters.get("search")
    found = await naive.ask(
        "find", filters.get("category"), filters.get("status"), None, None, search and search.casefold()
    )
    page = slice(topic["offset"], topic["offset"] + topic["limit"])
    if topic["sort"] == "recency":
        ids = [row["id"] for row in found][page]
        await naive.judge(ids)
    else:
        judgements = await naive.judge([row["id"] for row in found])
        figure: Callable[[Judgement], float] = {
            "value": lambda one: one.value,
            "confidence": lambda one: one.confidence,
            "usage": lambda one: one.session_count,
        }[topic["sort"]]
        known = [judgements.get(row["id"]) or Judgement(row["id"]) for row in found]
        ids = [one.learning_id for one in sorted(known, key=lambda one: (-figure(one), one.learning_id))][page]
    await naive.ask("by_ids", ids)
    return {"total": len(found), "learnings": ids}


async def _learning_detail(naive: Naive, topic: Answer) -> Answer:
    await naive.ask("detail", topic["id"])
    (evidence,) = await naive.ask("evidence", [topic["id"]], None, None, TRUSTED_ABLATION)
    await naive.ask("latest_ablation", topic["id"])
    days = await naive.ask("days_of", topic["id"], *naive.period(HISTORY_DAYS))
    return {
        "times_injected": evidence["times_injected"],
        "session_count": evidence["session_count"],
        "history": sum(row["session_count"] for row in days),
    }


async def _attribution(naive: Naive, topic: Answer) -> Answer:
    judgements = (await naive.judge(None, *naive.period(topic["period"]["days"]))).values()
    top, negative = helpful(judgements, LISTED), harmful(judgements, LISTED)
    await naive.ask("by_ids", [one.learning_id for one in (*top, *negative)])
    (states,) = await naive.ask("ablation_states")
    return {
        "top_contributors": [_shown(one) for one in top],
        "negative_impact": [_shown(one) for one in negative],
        "completed": states["completed"],
    }


async def _session_timeline(naive: Naive, topic: Answer) -> Answer:
    period = naive.period(topic["period"]["days"])
    sessions = await naive.ask("assessed", *period, topic["limit"])
    contributions = await naive.ask("contributions", [row["id"] for row in sessions])
    await naive.judge(sorted({row["learning_id"] for row in contributions if row["content"] is not None}))
    (counted,) = await naive.ask("assessed_count_within", *period)
    return {
        "total": counted["count"],
        "sessions": [row["id"] for row in sessions],
        "contributions": len(contributions),
    }


async def _strategy_distributions(naive: Naive, _topic: Answer) -> Answer:
    await naive.ask("by_context")
    groups = await naive.ask("context_sessions")
    (specialized,) = await naive.ask("count_with_sessions", SPECIALIZED_SESSIONS)
    (total,) = await naive.ask("count")
    return {
        "distributions": sorted(tuple(row) for row in groups),
        "specialized_count": specialized["count"],
        "total_learnings": total["count"],
    }


async def _strategy_overrides(naive: Naive, topic: Answer) -> Answer:
    learnings = await naive.ask("learning_sessions", topic["limit"])
    await naive.ask("by_learning", [row["id"] for row in learnings])
    await naive.ask("by_category")
    (counted,) = await naive.ask("count_with_sessions", 1)
    return {"total": counted["count"], "overrides": [(row["id"], row["session_count"]) for row in learnings]}


async def _health(naive: Naive, _topic: Answer) -> Answer:
    await naive.ask("last_reports", COMPONENTS)
    await naive.ask("recent_reports", 20)
    await naive.ask("latest_values", 20)
    await _seen(naive)
    (states,) = await naive.ask("ablation_states")
    counts = [(await naive.ask(query))[0]["count"] for query in ("assessed_count", "record_count", "outcome_count")]
    return {"item_counts": [counts[0], states["learnings"], *counts[1:]]}


async def _seen(naive: Naive) -> None:
    await naive.ask("seen", *naive.period(TREND_DAYS))


def _shown(one: Judgement) -> tuple[str, float, int]:
    return one.learning_id, one.value, one.session_count


def of_topic(data: Mapping[str, Any]) -> Answer:  # noqa: PLR0911 - a table
    """The same of a topic's data."""

    def shown(rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        return [(row["learning_id"], row["estimated_value"], row["session_count"]) for row in rows]

    match data["data_type"]:
        case "overview":
            attribution = data["attribution"]
            top = [(row["learning_id"], row["estimated_value"]) for row in attribution["top_contributors"]]
            return {
                "total": data["learnings"]["total"],
                "top_contributors": top,
                "negative_count": attribution["negative_count"],
            }
        case "learnings":
            return {"total": data["total"], "learnings": [row["id"] for row in data["learnings"]]}
        case "learning_detail":
            return {
                "times_injected": data["times_injected"],
                "session_count": data["session_count"],
                "history": sum(day["session_count"] for day in data["history"]),
            }
        case "attribution":
            return {
                "top_contributors": shown(data["top_contributors"]),
                "negative_impact": shown(data["negative_impact"]),
                "completed": data["ablation_coverage"]["completed"],
            }
        case "session_timeline":
            return {
                "total": data["total"],
                "sessions": [row["session_id"] for row in data["sessions"]],
                "contributions": sum(row["learnings_activated"] for row in data["sessions"]),
            }
        case "strategy_distributions":
            groups = [(row["category"], row["context_type"], row["session_count"]) for row in data["distributions"]]
            return {
                "distributions": groups,
                "specialized_count": data["specialized_count"],
                "total_learnings": data["total_learnings"],
            }
        case "strategy_overrides":
            return {
                "total": data["total"],
                "overrides": [(row["learning_id"], row["session_count"]) for row in data["overrides"]],
            }
        case _:
            return {"item_counts": [row["item_count"] for row in data["components"]]}


def _queries() -> dict[str, str]:
    _, *parts = HEADING.split(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


QUERIES: Final = _queries()
QUESTIONS: Final[Mapping[str, Callable[[Naive, Answer], Awaitable[Answer]]]] = {
    "overview": _overview,
    "learnings": _learnings,
    "learning_detail": _learning_detail,
    "attribution": _attribution,
    "session_timeline": _session_timeline,
    "strategy_distributions": _strategy_distributions,
    "strategy_overrides": _strategy_overrides,
    "health": _health,
}
"""By the topic's name."""
