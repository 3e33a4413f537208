"""What evidence comes to, and which judgements are listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groove_dashboard.store.attributions import Evidence
from groove_dashboard.topics.judgements import Judgement, harmful, helpful, judged
from tests.topics.facts import learning_id

judgement_lists = st.lists(
    st.builds(
        Judgement, st.integers(0, 99).map(learning_id), st.integers(-3, 3).map(lambda tenths: tenths / 10), st.just(0.5)
    ),
    unique_by=lambda one: one.learning_id,
)


def test_records_and_a_trusted_experiment_combine() -> None:
    # Two records: value 0.4 at 0.409384; with 0.2 at 0.9 that is (0.4 x 0.245630 + 0.2 x 0.36) / 0.605630.
    assert judged(Evidence("id", 5, 2, 0.8, 0.2, 0.9)) == Judgement("id", 0.281116, 0.701017, 2)


def test_without_activated_records_and_experiments_all_is_zero() -> None:
    assert judged(Evidence("id", 5, 0, 0.0, None, None)) == Judgement("id", 0.0, 0.0, 0)


def test_one_record_has_a_value_but_no_confidence() -> None:
    assert judged(Evidence("id", 1, 1, -0.5, None, None)) == Judgement("id", -0.5, 0.0, 1)


def test_a_value_that_rounds_to_zero_neither_helps_nor_harms() -> None:
    some = [judged(Evidence("id", 1, 1, value, None, None)) for value in (0.0000004, -0.0000004)]
    assert helpful(some, 5) == harmful(some, 5) == []


@given(judgement_lists, st.integers(0, 10))
def test_lists_are_ordered_by_value_and_then_by_id(some: list[Judgement], limit: int) -> None:
    best, worst = helpful(some, limit), harmful(some, limit)
    assert [(-one.value, one.learning_id) for one in best] == sorted(
        (-one.value, one.learning_id) for one in some if one.value > 0
    )[:limit]
    assert [(one.value, one.learning_id) for one in worst] == sorted(
        (one.value, one.learning_id) for one in some if one.value < 0
    )[:limit]
