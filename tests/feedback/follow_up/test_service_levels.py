"""Business hours and due times; numbers AT-48 and AT-49 are acceptance tests of the method."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.service_levels import (
    Calendar,
    DueTimes,
    add_business_days,
    add_business_time,
    business_days_back,
    business_time_between,
    clock_calendar,
    due_times,
    update_due,
)

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = Calendar(BERLIN, closes=17 * 60)
NINE_TO_SIX = Calendar(BERLIN)
HOUR = timedelta(hours=1)


def within_business_hours(at, calendar):
    return add_business_time(at, timedelta(0), calendar) == at


def berlin(*parts):
    """Return the instant of a time in Berlin."""
    return datetime(*parts, tzinfo=BERLIN)


ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "America/Havana",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "UTC",
    ]
).map(ZoneInfo)
SINCE, UNTIL = datetime.fromisoformat("2010-01-01"), datetime.fromisoformat("2035-01-01")
INSTANTS = st.datetimes(SINCE, UNTIL, timezones=st.just(UTC))
SPANS = st.timedeltas(timedelta(0), timedelta(hours=60))


@st.composite
def calendars(draw):
    """Make a calendar of any zone, hours, working days and a few holidays."""
    opens, closes = sorted(draw(st.lists(st.integers(0, 1440), min_size=2, max_size=2, unique=True)))
    # An hour at least, so that a span does not take centuries.
    opens, closes = (opens, closes) if closes - opens >= 60 else (540, 1080)
    return Calendar(
        draw(ZONES),
        opens,
        closes,
        draw(st.frozensets(st.integers(0, 6), min_size=1)),
        draw(st.frozensets(st.dates(date(2010, 1, 1), date(2035, 12, 31)), max_size=5)),
    )


def test_at_48_eight_business_hours_over_the_clock_change():
    created = berlin(2026, 3, 27, 16, 30)

    due = add_business_time(created, 8 * HOUR, NINE_TO_FIVE)

    assert due == datetime(2026, 3, 30, 14, 30, tzinfo=UTC) == berlin(2026, 3, 30, 16, 30)
    assert add_business_time(created, 8 * HOUR * 0.8, NINE_TO_FIVE) == berlin(2026, 3, 30, 14, 54)


def test_at_49_elapsed_hours_over_the_clock_change():
    # P0 runs around the clock: 24 h to resolve; elapsed time is plain addition in UTC.
    due = due_times("P0", berlin(2026, 10, 24, 10), NINE_TO_FIVE)
    two_days = berlin(2026, 3, 27, 16, 30).astimezone(UTC) + 48 * HOUR

    assert due.resolution.astimezone(BERLIN).isoformat() == "2026-10-25T09:00:00+01:00"
    assert two_days.astimezone(BERLIN).isoformat() == "2026-03-29T17:30:00+02:00"


@pytest.mark.parametrize(
    "priority, contact, resolution",
    [
        # Methodology 4.4, created Wednesday 2026-11-04 10:00 in Berlin, Mon-Fri 9-18.
        ("P0", berlin(2026, 11, 4, 11), berlin(2026, 11, 5, 10)),
        ("P1", berlin(2026, 11, 4, 14), berlin(2026, 11, 6, 10)),
        ("P2", berlin(2026, 11, 4, 18), berlin(2026, 11, 11, 10)),
        ("P3", berlin(2026, 11, 5, 17), berlin(2026, 11, 18, 10)),
        ("P4", None, None),
    ],
)
def test_every_priority_has_its_promises(priority, contact, resolution):
    assert due_times(priority, berlin(2026, 11, 4, 10), NINE_TO_SIX) == DueTimes(contact, resolution)


@pytest.mark.parametrize(
    "priority, due",
    [
        ("P0", berlin(2026, 11, 6, 21)),
        ("P1", berlin(2026, 11, 9, 17)),
        ("P2", berlin(2026, 11, 10, 17)),
        ("P3", berlin(2026, 11, 11, 17)),
        ("P4", None),
    ],
)
def test_every_priority_promises_a_next_word(priority, due):
    # Spoken with on a Friday at 17:00; methodology 4.4: 4 h, 1, 2 and 3 business days.
    assert update_due(priority, berlin(2026, 11, 6, 17), NINE_TO_SIX) == due


@pytest.mark.parametrize(
    "end, days, since",
    [
        (berlin(2026, 11, 4, 10), 1, berlin(2026, 11, 3, 10)),
        (berlin(2026, 11, 9, 10), 1, berlin(2026, 11, 6, 10)),
        # On a Saturday, and before opening, it counts from the closing before.
        (berlin(2026, 11, 7, 12), 1, berlin(2026, 11, 5, 18)),
        (berlin(2026, 11, 9, 8), 1, berlin(2026, 11, 5, 18)),
        (berlin(2026, 11, 9, 20), 3, berlin(2026, 11, 4, 18)),
        (berlin(2026, 11, 4, 10), 0, berlin(2026, 11, 4, 10)),
    ],
)
def test_business_days_are_counted_back(end, days, since):
    assert business_days_back(end, days, NINE_TO_SIX) == since


def test_an_answer_on_the_weekend_is_promised_from_monday_morning_unless_p0():
    saturday = berlin(2026, 11, 7, 22)

    assert due_times("P1", saturday, NINE_TO_SIX).first_contact == berlin(2026, 11, 9, 13)
    assert due_times("P1", saturday, NINE_TO_SIX).resolution == berlin(2026, 11, 11, 9)
    assert due_times("P0", saturday, NINE_TO_SIX).first_contact == berlin(2026, 11, 7, 23)


def test_an_unknown_priority_is_a_mistake_of_the_caller():
    with pytest.raises(KeyError):
        due_times("P9", berlin(2026, 11, 4, 10), NINE_TO_SIX)


def test_only_p0_runs_around_the_clock():
    assert clock_calendar("P0", NINE_TO_SIX) is None
    assert clock_calendar("P1", NINE_TO_SIX) is NINE_TO_SIX


def test_a_holiday_is_passed_over():
    calendar = Calendar(BERLIN, holidays=frozenset({date(2026, 12, 25)}))
    thursday = berlin(2026, 12, 24, 17)

    assert add_business_time(thursday, 2 * HOUR, calendar) == berlin(2026, 12, 28, 10)
    assert add_business_days(thursday, 1, calendar) == berlin(2026, 12, 28, 17)


def test_a_span_that_ends_at_closing_time_is_due_then():
    assert add_business_time(berlin(2026, 11, 4, 9), 9 * HOUR, NINE_TO_SIX) == berlin(2026, 11, 4, 18)


def test_closing_time_itself_is_no_longer_work():
    assert within_business_hours(berlin(2026, 11, 4, 9), NINE_TO_SIX)
    assert not within_business_hours(berlin(2026, 11, 4, 18), NINE_TO_SIX)
    assert add_business_time(berlin(2026, 11, 4, 18), timedelta(0), NINE_TO_SIX) == berlin(2026, 11, 5, 9)


def test_a_shop_that_works_on_sundays_until_midnight_loses_no_hour():
    calendar = Calendar(BERLIN, 0, 1440, frozenset({6}))

    # Clocks go back on Sunday 2026-10-25, which therefore has 25 hours.
    assert business_time_between(berlin(2026, 10, 24, 12), berlin(2026, 10, 26, 12), calendar) == 25 * HOUR
    # And forward on Sunday 2026-03-29, which has 23.
    assert business_time_between(berlin(2026, 3, 28, 12), berlin(2026, 3, 30, 12), calendar) == 23 * HOUR


def test_no_business_time_passes_backwards():
    assert business_time_between(berlin(2026, 11, 5, 9), berlin(2026, 11, 4, 9), NINE_TO_SIX) == timedelta(0)


@pytest.mark.parametrize("add", [lambda at: add_business_time(at, -HOUR, NINE_TO_SIX),
                                 lambda at: add_business_days(at, -1, NINE_TO_SIX)])  # fmt: skip
def test_business_time_is_never_taken_away(add):
    with pytest.raises(ValueError, match="never taken away"):
        add(berlin(2026, 11, 4, 9))


@pytest.mark.parametrize(
    "hours", [{"opens": 600, "closes": 600}, {"opens": -1}, {"closes": 1441}, {"opens": 1200, "closes": 60}]
)
def test_hours_that_end_before_they_begin_are_refused(hours):
    with pytest.raises(ValueError, match="business hours"):
        Calendar(BERLIN, **hours)


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7})])
def test_a_week_without_a_working_day_is_refused(weekdays):
    with pytest.raises(ValueError, match="working day"):
        Calendar(BERLIN, weekdays=weekdays)


def test_a_year_of_holidays_is_refused_instead_of_searched_for_ever():
    year = frozenset(date(2026, 1, 1) + timedelta(days=day) for day in range(400))

    with pytest.raises(ValueError, match="no business day"):
        add_business_time(berlin(2026, 1, 5, 9), HOUR, Calendar(BERLIN, holidays=year))


@given(INSTANTS, SPANS, calendars())
def test_the_added_business_time_is_what_passes_until_then(start, span, calendar):
    due = add_business_time(start, span, calendar)

    assert due >= start
    assert business_time_between(start, due, calendar) == span


@given(INSTANTS, SPANS, calendars())
def test_due_times_lie_inside_business_hours_or_at_closing_time(start, span, calendar):
    due = add_business_time(start, span, calendar)

    assert within_business_hours(due, calendar) or within_business_hours(
        due - timedelta(microseconds=1), calendar
    )


@given(INSTANTS, SPANS, SPANS, calendars())
def test_what_starts_later_or_takes_longer_is_never_due_earlier(start, span, more, calendar):
    due = add_business_time(start, span, calendar)

    assert add_business_time(start, span + more, calendar) >= due
    assert add_business_time(start + more, span, calendar) >= due


@given(INSTANTS, SPANS, st.integers(0, 10), calendars())
def test_business_days_move_forward_only_and_keep_to_business_hours(start, later, days, calendar):
    due = add_business_days(start, days, calendar)

    assert due >= start
    assert add_business_days(start, days + 1, calendar) > due
    assert add_business_days(start + later, days, calendar) >= due
    assert within_business_hours(due, calendar) or within_business_hours(
        due - timedelta(microseconds=1), calendar
    )


@given(INSTANTS, st.integers(0, 10), calendars())
def test_what_began_before_it_is_older_than_so_many_business_days(end, days, calendar):
    since = business_days_back(end, days, calendar)

    assert since <= end
    # A minute's grace, because a day on which the clocks change may lack the time of day.
    assert add_business_days(since - timedelta(hours=2), days, calendar) <= add_business_time(
        end, timedelta(0), calendar
    )
