"""How long Hypothesis looks for a counterexample, and what every test of the live core begins with."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

from groove_dashboard.live.hub import Hub
from tests.live.fakes import FakeClock, forget_requests
from tests.live.peer import Peer, peer_with
from tests.live.watching import LIMITS

# For a run whose result has to be the same each time: what is covered, and which mutants survive.
settings.register_profile(
    "brief",
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine makes no difference
    phases=[Phase.explicit, Phase.generate],
)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What one test has had judged is judged anew in the next one."""
    forget_requests()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def hub(clock: FakeClock) -> Hub:
    return Hub(LIMITS, clock, jitter=lambda: 0)


@pytest.fixture
def peer() -> Peer:
    return peer_with()
