"""How long Hypothesis looks for a counterexample."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

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
