"""How likely each variant of a strategy is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from groove_dashboard.topics.figures import BETA_PRIORS, variant_weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from groove_dashboard.messages.types import VariantWeight
    from groove_dashboard.store.strategies import VariantTally


def weights(tallies: Iterable[VariantTally]) -> list[VariantWeight]:
    """The weight of every variant, in the order of the variants; at its start where it has no tally."""
    by_variant = {tally.variant: (tally.weight, tally.success) for tally in tallies}
    return [
        {"variant": variant, "weight": variant_weight(variant, *by_variant.get(variant, (0.0, 0.0)))}
        for variant in BETA_PRIORS
    ]
