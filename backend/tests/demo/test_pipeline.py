"""The demo writes its history, then every second; a sink that is away is offered the same batch again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from groove_dashboard.demo.facts import Scribe
from groove_dashboard.demo.history import history
from groove_dashboard.demo.pipeline import HISTORY_BATCH, SinkAway, run
from groove_dashboard.demo.pulse import pulse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groove_dashboard.messages.types import IngestEvent

NOW = datetime(2026, 3, 18, 15, 30, 12, 400_000, tzinfo=UTC)


class Enough(Exception):
    """Ends a run that would not end by itself."""


class Stage:
    """A clock that moves when somebody sleeps, and a sink that remembers."""

    def __init__(self, seconds: float, away_after: int | None = None, away_times: int = 0) -> None:
        self.now = NOW
        self.end = NOW + timedelta(seconds=seconds)
        self.batches: list[list[IngestEvent]] = []
        self.sleeps: list[float] = []
        self.refused: list[list[IngestEvent]] = []
        self._away_after = away_after
        self._away_times = away_times

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += timedelta(seconds=seconds)
        if self.now > self.end:
            raise Enough

    async def sink(self, events: Sequence[IngestEvent]) -> None:
        if len(self.batches) == self._away_after and self._away_times > 0:
            self._away_times -= 1
            self.refused.append(list(events))
            raise SinkAway("not now")
        self.batches.append(list(events))

    async def play(self) -> None:
        with pytest.raises(Enough):
            await run(self.sink, seed=7, clock=self.clock, sleep=self.sleep)


async def test_the_history_comes_first_in_batches() -> None:
    stage = Stage(seconds=0.1)
    await stage.play()
    assert [event for batch in stage.batches for event in batch] == list(history(Scribe(7), NOW))
    assert all(len(batch) == HISTORY_BATCH for batch in stage.batches[:-1])


async def test_then_each_second_is_told_once() -> None:
    stage = Stage(seconds=30)
    await stage.play()
    live = [event for batch in stage.batches for event in batch][len(list(history(Scribe(7), NOW))) :]
    first = int(NOW.timestamp()) + 1
    assert live == [event for second in range(first, first + 30) for event in pulse(Scribe(7), second)]


async def test_a_batch_that_could_not_be_taken_is_offered_again_with_growing_delays() -> None:
    stage = Stage(seconds=30, away_after=2, away_times=3)
    await stage.play()
    assert len(stage.refused) == 3
    assert stage.refused[0] == stage.refused[2] == stage.batches[2]
    assert stage.sleeps[:3] == [0.5, 1.0, 2.0]


async def test_seconds_that_were_slept_through_are_left_out() -> None:
    stage = Stage(seconds=30)
    asleep = stage.sleep

    async def sleep(seconds: float) -> None:
        await asleep(seconds + 5)

    with pytest.raises(Enough):
        await run(stage.sink, seed=7, clock=stage.clock, sleep=sleep)
    told = {event["occurred_at"] for batch in stage.batches for event in batch}
    assert 0 < len({moment for moment in told if moment > "2026-03-18T15:30:12Z"}) <= 6
