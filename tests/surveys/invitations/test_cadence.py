"""When to ask: clocks, open hours across clock changes, rest period."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys.invitations.cadence import (
    AskingRule,
    clock_start,
    due_time,
    earliest_next,
    first_instant,
    into_window,
    too_late,
    zone_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
PLACED = datetime(2026, 11, 1, 10, tzinfo=UTC)
SHIPPED = datetime(2026, 11, 2, 10, tzinfo=UTC)
DELIVERED = datetime(2026, 11, 4, 15, 30, tzinfo=UTC)

ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "America/Havana",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "Africa/Casablanca",
        "UTC",
    ]
).map(ZoneInfo)
SINCE, UNTIL = datetime.fromisoformat("2010-01-01"), datetime.fromisoformat("2035-01-01")
INSTANTS = st.datetimes(SINCE, UNTIL, timezones=st.just(UTC))
HOURS = st.lists(st.integers(0, 24), min_size=2, max_size=2, unique=True).map(sorted)


def berlin(*parts):
    """Return the instant of a time in Berlin."""
    return datetime(*parts, tzinfo=BERLIN)


def test_the_clock_starts_at_delivery_else_at_shipping_or_order_plus_a_margin():
    rule = AskingRule()

    assert clock_start(PLACED, SHIPPED, DELIVERED, rule) == DELIVERED
    assert clock_start(PLACED, None, DELIVERED, rule) == DELIVERED
    assert clock_start(PLACED, SHIPPED, None, rule) == datetime(2026, 11, 6, 10, tzinfo=UTC)
    assert clock_start(PLACED, None, None, rule) == datetime(2026, 11, 11, 10, tzinfo=UTC)


def test_the_margins_can_be_set():
    rule = AskingRule(shipped_margin=timedelta(days=2), placed_margin=timedelta(0))

    assert clock_start(PLACED, SHIPPED, None, rule) == datetime(2026, 11, 4, 10, tzinfo=UTC)
    assert clock_start(PLACED, None, None, rule) == PLACED


def test_we_ask_seven_days_after_delivery_at_the_same_time_of_day():
    # Delivered 16:30 in Berlin.
    assert due_time(DELIVERED, AskingRule(), BERLIN) == berlin(2026, 11, 11, 16, 30)


def test_seven_days_are_calendar_days_also_over_a_clock_change():
    # 168 hours later it is 15:30: clocks go back on 2026-10-25.
    assert due_time(berlin(2026, 10, 20, 16, 30), AskingRule(), BERLIN) == berlin(2026, 10, 27, 16, 30)


def test_a_delivery_in_the_evening_is_asked_about_the_next_morning():
    assert due_time(berlin(2026, 11, 4, 21, 15), AskingRule(), BERLIN) == berlin(2026, 11, 12, 9)


def test_a_delay_of_hours_is_elapsed_time():
    rule = AskingRule(delay=timedelta(hours=2))

    assert due_time(berlin(2026, 11, 4, 10), rule, BERLIN) == berlin(2026, 11, 4, 12)


@pytest.mark.parametrize(
    "at, expected",
    [
        (berlin(2026, 11, 4, 8, 59), berlin(2026, 11, 4, 9)),
        (berlin(2026, 11, 4, 9), berlin(2026, 11, 4, 9)),
        (berlin(2026, 11, 4, 19, 59, 59), berlin(2026, 11, 4, 19, 59, 59)),
        (berlin(2026, 11, 4, 20), berlin(2026, 11, 5, 9)),
        (berlin(2026, 12, 31, 23), berlin(2027, 1, 1, 9)),
        # The night in which clocks go back has 13 + 1 hours between closing and opening.
        (berlin(2026, 10, 24, 20), berlin(2026, 10, 25, 9)),
    ],
)
def test_outside_the_open_hours_the_next_opening_is_taken(at, expected):
    assert into_window(at, BERLIN, 9, 20) == expected


def test_an_opening_that_the_clock_change_leaves_out_is_the_first_instant_after_it():
    # In Berlin 02:00 to 03:00 does not exist on 2026-03-29; 03:00 +02:00 is 01:00Z.
    at = into_window(berlin(2026, 3, 29, 1), BERLIN, 2, 20)

    assert at == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_day_that_a_zone_leaves_out_is_passed_over():
    # Samoa went from 2011-12-29 straight to 2011-12-31 when it crossed the date line.
    apia = ZoneInfo("Pacific/Apia")

    at = into_window(datetime(2011, 12, 29, 21, tzinfo=apia), apia, 9, 20)

    assert at == datetime(2011, 12, 31, 9, tzinfo=apia)


@given(INSTANTS, ZONES, HOURS)
@example(datetime(2011, 12, 30, 9, 30, tzinfo=UTC), ZoneInfo("Pacific/Apia"), [9, 20])
def test_the_result_is_always_within_the_open_hours_and_never_earlier(at, zone, hours):
    opens, closes = hours

    moved = into_window(at, zone, opens, closes)

    assert opens <= moved.astimezone(zone).hour < closes
    assert at <= moved <= at + timedelta(hours=50)
    assert into_window(moved, zone, opens, closes) == moved


@pytest.mark.parametrize("opens, closes", [(20, 9), (9, 9), (-1, 9), (9, 25)])
def test_hours_that_are_no_window_are_refused(opens, closes):
    with pytest.raises(ValueError, match="no window"):
        into_window(PLACED, BERLIN, opens, closes)


def test_a_time_that_occurs_twice_means_the_first():
    # 02:30 occurs twice on 2026-10-25; the first is summer time, +02:00.
    assert first_instant(datetime.fromisoformat("2026-10-25T02:30"), BERLIN) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("minute, microsecond", [(0, 0), (0, 1), (30, 0), (59, 999_999)])
def test_a_time_that_never_occurs_means_the_first_instant_after_the_gap(minute, microsecond):
    missing = datetime.fromisoformat("2026-03-29T02:00").replace(minute=minute, microsecond=microsecond)

    assert first_instant(missing, BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)


@given(INSTANTS, ZONES)
def test_a_local_time_read_back_is_the_instant_or_its_first_occurrence(at, zone):
    local = at.astimezone(zone)

    found = first_instant(local.replace(tzinfo=None), zone)

    assert found == at if local.fold == 0 else found < at


def test_a_customer_may_be_asked_again_after_the_rest_period():
    assert earliest_next(PLACED, timedelta(days=30)) == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert earliest_next(None, timedelta(days=30)) is None


def test_asking_is_too_late_after_72_hours():
    latest = AskingRule().latest

    assert not too_late(PLACED, PLACED + timedelta(hours=72), latest)
    assert too_late(PLACED, PLACED + timedelta(hours=72, seconds=1), latest)
    assert not too_late(PLACED, PLACED - timedelta(days=9), latest)


def test_the_customers_zone_comes_before_the_brands():
    assert zone_of("Asia/Tokyo", "Europe/Berlin").key == "Asia/Tokyo"
    assert zone_of(None, "Europe/Berlin").key == "Europe/Berlin"
    assert zone_of(None, None).key == "UTC"


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Base", "Europe", "../etc/passwd", "/etc/passwd", "a\0b", "\ud800", "x" * 10_000, "CET "],
)
def test_names_that_are_no_zone_are_passed_over(name):
    assert zone_of(name, "Europe/Berlin").key == "Europe/Berlin"
    assert zone_of(name, name).key == "UTC"


@given(
    INSTANTS,
    ZONES,
    HOURS,
    st.integers(0, 400),
    st.booleans(),
    st.integers(0, 12),
    st.floats(0, 1),
    st.sets(st.integers(0, 40), max_size=10),
)
@example(datetime(2026, 12, 25, 8, tzinfo=UTC), BERLIN, (9, 20), 7, False, 0, 0.5, {0, 1})
def test_whatever_the_rule_the_question_comes_in_open_hours_of_an_open_day(
    start, zone, hours, delay, in_hours, spread, draw, closed
):
    first = start.astimezone(zone).date()
    rule = AskingRule(
        delay=timedelta(hours=delay) if in_hours else timedelta(days=delay),
        in_hours=in_hours,
        opens=hours[0],
        closes=hours[1],
        skip_sundays=True,
        closed=frozenset(first + timedelta(days=delay + day) for day in closed),
        spread=timedelta(hours=spread),
    )
    due = due_time(start, rule, zone, draw)
    local = due.astimezone(zone)

    assert hours[0] <= local.hour < hours[1]
    assert not rule.is_closed(local.date())
    assert due >= start
    # The delay and its spread, then at most every closed day in a row with the Sundays between, and a night.
    assert due - start <= rule.delay + rule.spread + timedelta(days=len(closed) + 5)


def test_over_the_new_year_holidays_and_a_sunday_are_passed_over():
    # Delivered on Friday 25 December 2026, 10:00 in Berlin; seven days later is New Year's Day, then a Saturday
    # that is closed, then a Sunday: Monday 4 January 2027, 9:00 = 8:00 UTC.
    closed = frozenset({date(2027, 1, 1), date(2027, 1, 2)})
    rule = AskingRule(skip_sundays=True, closed=closed)

    assert due_time(datetime(2026, 12, 25, 9, tzinfo=UTC), rule, BERLIN) == datetime(
        2027, 1, 4, 8, tzinfo=UTC
    )
