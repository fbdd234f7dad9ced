"""A promise's time and its shares; AT-48 and AT-49 are acceptance tests of the method."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.clocks.countdown import RESOLUTION, Clock, later, passed
from feedback.follow_up.service_levels import Calendar, add_business_time
from tests.feedback.follow_up.test_service_levels import INSTANTS, SPANS, calendars

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = Calendar(BERLIN, closes=17 * 60)
HOUR, NOTHING = timedelta(hours=1), timedelta(0)
SHARES = (0.5, 0.8, 1, 1.5, 2)
ANY_CALENDAR = st.one_of(st.none(), calendars())


def clock(start, span, calendar, paused=NOTHING):
    return Clock(RESOLUTION, start, later(start, span + paused, calendar), paused, calendar)


def test_at_48_the_shares_of_eight_business_hours_over_the_clock_change():
    start = datetime(2026, 3, 27, 16, 30, tzinfo=BERLIN)
    it = clock(start, 8 * HOUR, NINE_TO_FIVE)

    assert it.at(1) == datetime(2026, 3, 30, 14, 30, tzinfo=UTC)
    assert it.at(0.8) == datetime(2026, 3, 30, 14, 54, tzinfo=BERLIN)
    # 12 hours: half an hour on Friday, 8 on Monday, 3.5 on Tuesday; 16 hours: Tuesday 16:30.
    assert it.at(1.5) == datetime(2026, 3, 31, 12, 30, tzinfo=BERLIN)
    assert it.at(2) == datetime(2026, 3, 31, 16, 30, tzinfo=BERLIN)


def test_at_49_the_shares_of_elapsed_hours_over_the_clock_change():
    it = clock(datetime(2026, 10, 24, 10, tzinfo=BERLIN), 24 * HOUR, None)

    assert it.at(1).astimezone(BERLIN).isoformat() == "2026-10-25T09:00:00+01:00"
    assert it.at(0.5).astimezone(BERLIN).isoformat() == "2026-10-24T22:00:00+02:00"
    # Half of the day was before the clocks went back.
    assert it.at(2).astimezone(BERLIN).isoformat() == "2026-10-26T09:00:00+01:00"


def test_an_hour_of_waiting_moves_every_share_by_an_hour():
    start = datetime(2026, 11, 4, 10, tzinfo=BERLIN)
    it = clock(start, 4 * HOUR, NINE_TO_FIVE)

    waited = it.after_pause(start + HOUR, start + 2 * HOUR)

    assert (waited.paused, waited.span) == (HOUR, 4 * HOUR)
    assert [waited.at(share) for share in (0.5, 0.8, 1)] == [it.at(share) + HOUR for share in (0.5, 0.8, 1)]
    assert waited.at(1.5) == datetime(2026, 11, 4, 17, tzinfo=BERLIN)


def test_a_wait_that_began_before_the_clock_counts_from_its_start():
    start = datetime(2026, 11, 4, 10, tzinfo=BERLIN)

    assert clock(start, HOUR, None).after_pause(start - 5 * HOUR, start + HOUR).paused == HOUR


def test_a_clock_without_any_time_is_due_and_nothing_else():
    at = datetime(2026, 11, 4, 10, tzinfo=UTC)

    assert [clock(at, NOTHING, None).at(share) for share in SHARES] == [None, None, at, None, None]


@given(INSTANTS, SPANS.filter(bool), ANY_CALENDAR)
def test_the_shares_stand_in_their_order_and_hold_what_they_say(start, span, calendar):
    it = clock(start, span, calendar)
    moments = [it.at(share) for share in SHARES]

    assert moments == sorted(moments) and moments[0] >= start
    for share, moment in zip(SHARES, moments, strict=True):
        assert abs(passed(start, moment, calendar) - span * share) <= timedelta(microseconds=2)


@given(INSTANTS, SPANS.filter(bool), SPANS, SPANS, ANY_CALENDAR)
def test_waiting_never_makes_anything_due_earlier_and_moves_it_by_what_was_waited(
    start, span, before, wait, calendar
):
    it = clock(start, span, calendar)
    begun = start + before
    ended = begun + wait
    moved = it.after_pause(begun, ended)
    pause = passed(begun, ended, calendar)

    assert moved.due_at >= it.due_at
    assert passed(it.due_at, moved.due_at, calendar) == pause == moved.paused
    assert moved.span == it.span == span
    for share in SHARES:
        assert moved.at(share) >= it.at(share)


@given(INSTANTS, SPANS.filter(bool), SPANS, SPANS, SPANS, ANY_CALENDAR)
def test_two_waits_move_it_as_one_of_both_lengths(start, span, one, between, other, calendar):
    it = clock(start, span, calendar)
    twice = it.after_pause(start, start + one)
    again = start + one + between
    twice = twice.after_pause(again, again + other)
    whole = passed(start, start + one, calendar) + passed(again, again + other, calendar)

    assert twice.paused == whole
    assert passed(it.due_at, twice.due_at, calendar) == whole


@given(INSTANTS, calendars())
def test_no_time_later_is_the_same_moment_and_some_is_business_time(start, calendar):
    assert later(start, NOTHING, calendar) == start
    assert later(start, HOUR, calendar) == add_business_time(start, HOUR, calendar)
