"""Durations are counted by bounds."""

from __future__ import annotations

from groove_dashboard.web.histogram import Distribution, Histogram


def test_a_histogram_counts_up_to_each_bound_and_in_all() -> None:
    histogram = Histogram((1, 2))
    histogram.observe(0.5, times=3)
    histogram.observe(1)
    histogram.observe(1.5)
    histogram.observe(8, times=2)
    assert histogram.distribution() == Distribution({1: 4, 2: 5}, times=7, seconds=20)


def test_one_that_has_seen_nothing_has_all_its_bounds() -> None:
    assert Histogram((1, 2)).distribution() == Distribution({1: 0, 2: 0}, times=0, seconds=0)
