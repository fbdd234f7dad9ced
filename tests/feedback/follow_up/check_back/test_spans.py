"""When a customer is asked whether it is solved."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.check_back.spans import asked_at
from tests.factories import NOON

DAY = timedelta(days=1)
SPANS = {"usual": 7 * DAY, "replaced": 3 * DAY}


@pytest.mark.parametrize("resolution", ["refund", "apology", "replacement", None])
def test_a_week_after_it_was_resolved(resolution):
    assert asked_at(resolution, NOON, None, **SPANS) == NOON + 7 * DAY


def test_three_days_after_a_replacement_arrived_however_late():
    assert asked_at("replacement", NOON, NOON + 2 * DAY, **SPANS) == NOON + 5 * DAY
    assert asked_at("replacement", NOON, NOON + 9 * DAY, **SPANS) == NOON + 12 * DAY


def test_one_that_arrived_before_the_task_was_resolved_counts_from_then():
    assert asked_at("replacement", NOON, NOON - 2 * DAY, **SPANS) == NOON + 3 * DAY


def test_a_parcel_says_nothing_where_nothing_was_replaced():
    assert asked_at("refund", NOON, NOON + 2 * DAY, **SPANS) == NOON + 7 * DAY


@given(st.integers(-60, 60), st.integers(0, 30), st.integers(0, 30))
def test_nobody_is_asked_before_it_was_resolved(delivered, usual, replaced):
    spans = {"usual": usual * DAY, "replaced": replaced * DAY}

    assert asked_at("replacement", NOON, NOON + delivered * DAY, **spans) >= NOON
