"""Which learnings help most and which hurt, over all time and in a period, read from the roll-ups.

Values and confidences are rounded as they are shown; the formulas stand in the migration 0003_figures. Lists are sorted
by what is shown, ties by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    import asyncpg

    from groove_dashboard.messages.types import LearningStatus

WEEK: Final = 7

# Windows that end with another day than the reader's are not used: those learnings' days are added up. Of the others
# only ids and values are sorted: all else lies in a row behind what has no fixed length, and takes longer to find.
CONTRIBUTORS_IN_WINDOW: Final = """
with stale as (
    select learning_id
    from learning_total
    where known and as_of < $1::date
    union all
    select learning_id
    from learning_total
    where known and as_of > $1::date
),
judged as (
    (
        select learning_id, value_{days} as value, null::bigint as activated, null::double precision as trusted
        from learning_total
        where as_of = $1::date and known and value_{days} > 0
        order by value_{days} desc, learning_id
        limit $2
    )
    union all
    (
        select learning_id, value_{days}, null, null
        from learning_total
        where as_of = $1::date and known and value_{days} < 0
        order by value_{days}, learning_id
        limit $2
    )
    union all
    select
        stale.learning_id,
        estimated_value(lived.activated, lived.contribution_sum, trusted.value, trusted.confidence),
        lived.activated,
        trusted.confidence
    from stale
    cross join lateral (
        select
            coalesce(sum(activated), 0)::bigint as activated,
            coalesce(sum(contribution_sum), 0) as contribution_sum
        from learning_day
        where
            learning_day.learning_id = stale.learning_id
            and learning_day.day > $1::date - {days}
            and learning_day.day <= $1::date
    ) as lived
    cross join lateral latest_trusted(stale.learning_id, $1::date - {days} + 1, $1::date) as trusted
),
listed as (
    (
        select learning_id, value, activated, trusted
        from judged
        where value > 0
        order by value desc, learning_id
        limit $2
    )
    union all
    (
        select learning_id, value, activated, trusted
        from judged
        where value < 0
        order by value, learning_id
        limit $2
    )
)
select
    listed.learning_id,
    learning.content,
    total.status,
    listed.value,
    case
        when total.as_of = $1::date then estimated_confidence(total.activated_{days}, total.ablation_confidence_{days})
        else estimated_confidence(listed.activated, listed.trusted)
    end as confidence,
    case when total.as_of = $1::date then total.activated_{days} else listed.activated end as activated
from listed
join learning on learning.id = listed.learning_id
join learning_total as total on total.learning_id = listed.learning_id
order by abs(listed.value) desc, listed.learning_id
"""

IN_WINDOW: Final = {days: CONTRIBUTORS_IN_WINDOW.format(days=days) for days in (7, 30, 90)}
"""By the periods, in days, that are kept summed up; what others come to is found by what was before them."""

# What was outside of the period is what was before the week that begins nearest to its first day (on $4), of those that
# are kept; and in the days between, which are taken away where they are in the period; and what is in days to come.
CONTRIBUTORS_IN_PERIOD: Final = """
with near as (
    select
        case
            when max(last_week) is null then '-infinity'
            else greatest(min(first_week), least($4::date, max(last_week)))
        end as week,
        $2::date - $1::int + 1 as first_day
    from kept_weeks
),
outside as (
    select learning_id, sum(activated)::bigint as activated, sum(contribution_sum) as contribution_sum
    from (
        select learning_id, activated, contribution_sum
        from learning_week
        where week = (select week from near)
        union all
        select learning_id, activated, contribution_sum
        from learning_day
        where day >= (select week from near) and day < (select first_day from near)
        union all
        select learning_id, -activated, -contribution_sum
        from learning_day
        where day >= (select first_day from near) and day < (select week from near)
        union all
        select learning_id, activated, contribution_sum
        from learning_day
        where day > $2::date
    ) as part
    group by learning_id
),
trusted as (
    select distinct on (learning_id) learning_id, value, confidence
    from ablation
    where
        is_trusted(state, confidence)
        and occurred_at >= ($2::date - $1::int + 1)::timestamp at time zone 'utc'
        and occurred_at < ($2::date + 1)::timestamp at time zone 'utc'
    order by learning_id, occurred_at desc, event_id desc
),
judged as (
    select
        learning_id,
        estimated_value(
            total.activated - coalesce(outside.activated, 0),
            total.contribution_sum - coalesce(outside.contribution_sum, 0),
            trusted.value,
            trusted.confidence
        ) as value,
        total.activated - coalesce(outside.activated, 0) as activated,
        trusted.confidence as trusted
    from learning_total as total
    left join outside using (learning_id)
    left join trusted using (learning_id)
    where total.known
),
listed as (
    (
        select learning_id, value, activated, trusted
        from judged
        where value > 0
        order by value desc, learning_id
        limit $3
    )
    union all
    (
        select learning_id, value, activated, trusted
        from judged
        where value < 0
        order by value, learning_id
        limit $3
    )
)
select
    listed.learning_id,
    learning.content,
    total.status,
    listed.value,
    estimated_confidence(listed.activated, listed.trusted) as confidence,
    listed.activated
from listed
join learning on learning.id = listed.learning_id
join learning_total as total on total.learning_id = listed.learning_id
order by abs(listed.value) desc, listed.learning_id
"""

TOP: Final = """
with top as (
    select learning_id
    from learning_total
    where known and value > 0
    order by value desc, learning_id
    limit $1
)
select
    total.learning_id, learning.content, total.status, total.value, total.confidence, total.activated
from top
join learning_total as total on total.learning_id = top.learning_id
join learning on learning.id = top.learning_id
order by total.value desc, total.learning_id
"""

NEGATIVE_COUNT: Final = """
select count(*)
from learning_total
where known and value < 0
"""


@dataclass(frozen=True, slots=True)
class Contributor:
    """What a known learning's records and experiments come to, over all time or in a period."""

    learning_id: str
    content: str
    status: LearningStatus
    value: float
    confidence: float
    session_count: int


class ContributorStore:
    """Reads what learnings contribute in the transaction of one connection."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def top(self, limit: int) -> list[Contributor]:
        """The learnings of the highest lifetime value above 0, `limit` at most."""
        return [Contributor(*record) for record in await self._connection.fetch(TOP, limit)]

    async def negative_count(self) -> int:
        """How many learnings have a lifetime value below 0."""
        return int(await self._connection.fetchval(NEGATIVE_COUNT))

    async def of_period(self, days: int, today: date, limit: int) -> tuple[list[Contributor], list[Contributor]]:
        """Whom the records and experiments of so many UTC days up to today speak for, and whom against.

        `limit` at most of each, those of the greatest value by magnitude first.
        """
        if days in IN_WINDOW:
            records = await self._connection.fetch(IN_WINDOW[days], today, limit)
        else:
            records = await self._connection.fetch(
                CONTRIBUTORS_IN_PERIOD, days, today, limit, _nearest_monday(today - timedelta(days=days - 1))
            )
        listed = [Contributor(*record) for record in records]
        return [one for one in listed if one.value > 0], [one for one in listed if one.value < 0]


def _nearest_monday(day: date) -> date:
    return day - timedelta(days=(day.weekday() + WEEK // 2) % WEEK - WEEK // 2)
