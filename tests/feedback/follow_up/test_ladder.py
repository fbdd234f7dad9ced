"""Escalation of a first contact that is overdue."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.ladder import TOLD, level_due, new_level
from feedback.follow_up.service_levels import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = Calendar(BERLIN, closes=17 * 60)
# Friday 16:30 and 8 business hours later (AT-48): Monday 16:30.
CREATED = datetime(2026, 3, 27, 16, 30, tzinfo=BERLIN)
DUE = datetime(2026, 3, 30, 16, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "now, level",
    [
        (datetime(2026, 3, 27, 16, 30, tzinfo=BERLIN), 0),
        (datetime(2026, 3, 30, 16, 30, tzinfo=BERLIN), 0),
        (datetime(2026, 3, 30, 16, 30, 1, tzinfo=BERLIN), 1),
        # 12 business hours: half an hour on Friday, 8 on Monday, 3.5 on Tuesday.
        (datetime(2026, 3, 31, 12, 29, 59, tzinfo=BERLIN), 1),
        (datetime(2026, 3, 31, 12, 30, tzinfo=BERLIN), 2),
        # 16 business hours: Tuesday 16:30.
        (datetime(2026, 3, 31, 16, 29, 59, tzinfo=BERLIN), 2),
        (datetime(2026, 3, 31, 16, 30, tzinfo=BERLIN), 3),
        (datetime(2027, 3, 31, tzinfo=BERLIN), 3),
    ],
)
def test_levels_are_reached_when_due_at_half_as_much_again_and_at_twice(now, level):
    assert level_due(CREATED, DUE, now, NINE_TO_FIVE) == level


def test_a_clock_that_never_stops_counts_nights_too():
    start = datetime(2026, 3, 27, 22, tzinfo=UTC)
    hour = timedelta(hours=1)

    levels = [level_due(start, start + hour, start + hour * share, None) for share in (1, 1.1, 1.5, 2)]

    assert levels == [0, 1, 2, 3]


def test_a_clock_without_any_time_is_overdue_once():
    assert level_due(DUE, DUE, DUE, None) == 0
    assert level_due(DUE, DUE, DUE + timedelta(days=9), None) == 1


def test_a_level_is_told_once_and_after_a_standstill_only_the_highest():
    late = datetime(2026, 4, 30, tzinfo=BERLIN)

    assert new_level(0, CREATED, DUE, late, NINE_TO_FIVE) == 3
    assert new_level(2, CREATED, DUE, late, NINE_TO_FIVE) == 3
    assert new_level(3, CREATED, DUE, late, NINE_TO_FIVE) is None
    assert new_level(0, CREATED, DUE, CREATED, NINE_TO_FIVE) is None


def test_the_ladder_ends_with_the_owners():
    assert TOLD == {1: "admin", 2: "admin", 3: "owner"}


@given(st.integers(0, 400), st.integers(0, 400))
def test_levels_never_go_down_while_nobody_writes(earlier, later):
    first = level_due(CREATED, DUE, CREATED + timedelta(hours=earlier), NINE_TO_FIVE)

    assert level_due(CREATED, DUE, CREATED + timedelta(hours=earlier + later), NINE_TO_FIVE) >= first
