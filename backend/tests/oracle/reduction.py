"""Makes a history that shows a difference short enough to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.histories import Batch, History

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from tests.oracle.histories import Step, Upkeep


async def reduced(history: History, disagreements: Callable[[History], Awaitable[Sequence[str]]]) -> History:
    """The history without the steps that the difference does without; every event is a batch of its own if it can be.

    Ever smaller runs of steps are left out, as long as there is a difference still.
    """
    alone = History(tuple(_each_alone(history)), history.now)
    shortest = alone if await disagreements(alone) else history
    size = len(shortest.steps) // 2
    while size:
        start = 0
        while start < len(shortest.steps):
            without = History(shortest.steps[:start] + shortest.steps[start + size :], history.now)
            if await disagreements(without):
                shortest = without
            else:
                start += size
        size //= 2
    return shortest


def _each_alone(history: History) -> list[Step | Upkeep]:
    steps: list[Step | Upkeep] = []
    for step in history.steps:
        if isinstance(step, Batch):
            steps.extend(Batch((event,)) for event in step.events)
        else:
            steps.append(step)
    return steps
