"""What the pipeline says of itself: the reports of its components and the parameters that it tunes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from groove_dashboard.messages.types import Component
from groove_dashboard.store.recordset import recordset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import asyncpg

    from groove_dashboard.messages.types import (
        AdaptiveParamUpdatedEvent,
        ComponentReportedEvent,
        ReportedStatus,
    )

COMPONENTS: Final[tuple[Component, ...]] = get_args(Component)

UPDATE_PARAMS = """
insert into adaptive_param (event_id, name, occurred_at, value, confidence)
select event_id, name, occurred_at, value, confidence
from json_to_recordset($1::json) as updated (
    event_id uuid, name text, occurred_at timestamptz, value double precision, confidence double precision
)
order by event_id
on conflict (event_id) do nothing
"""

REPORT = """
insert into component_report (event_id, component, occurred_at, status, message)
select event_id, component, occurred_at, status, message
from json_to_recordset($1::json) as reported (
    event_id uuid, component text, occurred_at timestamptz, status text, message text
)
order by event_id
on conflict (event_id) do nothing
"""

# One index probe a component, whatever it has reported so far.
LAST_REPORTS = """
select latest.component, latest.occurred_at, latest.status, latest.message
from unnest($1::text[]) as name (component)
cross join lateral (
    select component, occurred_at, status, message
    from component_report
    where component_report.component = name.component
    order by occurred_at desc, event_id desc
    limit 1
) as latest
"""

RECENT_REPORTS = """
select component, occurred_at, status, message
from component_report
order by occurred_at desc, event_id
limit $1
"""

# Two index probes a name, whatever was reported so far: the first finds the name that comes after the one before
# (`distinct` would read every row), the second its values.
LATEST_VALUES = """
with recursive name as (
    select min(name) as name
    from adaptive_param
    union all
    select (
        select min(adaptive_param.name)
        from adaptive_param
        where adaptive_param.name > name.name
    )
    from name
    where name.name is not null
)
select name.name, latest.value, latest.confidence
from name
cross join lateral (
    select occurred_at, event_id, value, confidence
    from adaptive_param
    where adaptive_param.name = name.name
    order by occurred_at desc, event_id desc
    limit $1
) as latest
order by name.name, latest.occurred_at, latest.event_id
"""


@dataclass(frozen=True, slots=True)
class ComponentReportRow:
    """What a component said at a moment."""

    component: Component
    occurred_at: datetime
    status: ReportedStatus
    message: str


@dataclass(frozen=True, slots=True)
class ParamValue:
    """A value that a parameter has taken."""

    name: str
    value: float
    confidence: float


class HealthStore:
    """Reads and writes reports and parameters in the transaction of one connection; batches may be empty."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def update_params(self, events: Sequence[AdaptiveParamUpdatedEvent]) -> None:
        """Keep every value."""
        await self._connection.execute(UPDATE_PARAMS, recordset(events))

    async def report(self, events: Sequence[ComponentReportedEvent]) -> None:
        """Keep every report."""
        await self._connection.execute(REPORT, recordset(events))

    async def last_reports(self) -> dict[Component, ComponentReportRow]:
        """The last report of each component that ever reported."""
        records = await self._connection.fetch(LAST_REPORTS, COMPONENTS)
        return {record["component"]: ComponentReportRow(*record) for record in records}

    async def recent_reports(self, limit: int) -> list[ComponentReportRow]:
        """The newest reports of all components, newest first, ties by event id."""
        return [ComponentReportRow(*record) for record in await self._connection.fetch(RECENT_REPORTS, limit)]

    async def latest_values(self, limit: int) -> list[ParamValue]:
        """The latest values of each parameter, `limit` a parameter at most, by name and then oldest first."""
        return [ParamValue(*record) for record in await self._connection.fetch(LATEST_VALUES, limit)]
