"""At which shares of a promised time somebody is told, and once only."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.clocks.countdown import CONTACT, Clock
from feedback.follow_up.clocks.ladder import RUNGS, TOP, level_of, next_rung_at, reached, to_tell
from feedback.follow_up.service_levels import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
NOTHING, SECOND = timedelta(0), timedelta(seconds=1)
# Friday 16:30 and 8 business hours later (AT-48): Monday 16:30.
CREATED = datetime(2026, 3, 27, 16, 30, tzinfo=BERLIN)
DUE = datetime(2026, 3, 30, 16, 30, tzinfo=BERLIN)
CLOCK = Clock(CONTACT, CREATED, DUE, NOTHING, Calendar(BERLIN, closes=17 * 60))
EMPTY = Clock(CONTACT, DUE, DUE, NOTHING, None)


@pytest.mark.parametrize(
    "at, number",
    [
        (CREATED, 0),
        # 4 business hours: half an hour on Friday, 3.5 on Monday.
        (datetime(2026, 3, 30, 12, 30, tzinfo=BERLIN), 1),
        (datetime(2026, 3, 30, 14, 54, tzinfo=BERLIN), 2),
        (DUE, 3),
        (datetime(2026, 3, 31, 12, 30, tzinfo=BERLIN), 4),
        (datetime(2026, 3, 31, 16, 30, tzinfo=BERLIN), 5),
    ],
)
def test_each_rung_is_reached_when_its_moment_is_over(at, number):
    assert reached(CLOCK, at) == max(0, number - 1)
    assert reached(CLOCK, at + SECOND) == number


def test_the_ladder_is_that_of_the_method():
    assert [tuple(each) for each in RUNGS] == [
        (0.5, 0, None),
        (0.8, 0, "admin"),
        (1.0, 1, "admin"),
        (1.5, 2, "admin"),
        (2.0, 3, "owner"),
    ]
    assert [level_of(told) for told in range(TOP + 1)] == [0, 0, 0, 1, 2, 3]


def test_a_clock_without_any_time_is_broken_once():
    assert reached(EMPTY, DUE) == 0
    assert reached(EMPTY, DUE + timedelta(days=9)) == 3
    assert (next_rung_at(EMPTY, 0), next_rung_at(EMPTY, 3)) == (DUE, None)


def test_a_rung_is_told_once_and_after_a_standstill_only_the_highest():
    late = datetime(2026, 4, 30, tzinfo=BERLIN)

    assert to_tell(CLOCK, 0, late) == to_tell(CLOCK, 3, late) == 5
    assert to_tell(CLOCK, 5, late) is None
    assert to_tell(CLOCK, 0, CREATED) is None


@given(st.lists(st.integers(0, 400), max_size=30))
def test_whoever_looks_and_whenever_each_rung_is_told_at_most_once_and_they_climb(looks):
    told, numbers = 0, []
    for hours in looks:
        number = to_tell(CLOCK, told, CREATED + timedelta(hours=hours))
        if number is not None:
            numbers.append(number)
            told = number

    assert numbers == sorted(set(numbers))
    assert told == max((reached(CLOCK, CREATED + timedelta(hours=hours)) for hours in looks), default=0)


@given(st.integers(0, TOP), st.integers(0, 400))
def test_nobody_has_to_look_before_the_next_rung(told, hours):
    at, following = CREATED + timedelta(hours=hours), next_rung_at(CLOCK, told)

    assert (to_tell(CLOCK, told, at) is not None) == (following is not None and following < at)
