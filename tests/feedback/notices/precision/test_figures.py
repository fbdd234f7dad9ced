"""The share of notices that led to something in time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from feedback.follow_up.service_levels import Calendar
from feedback.notices.precision.figures import Told, precision, time_of

CALENDARS = {1: Calendar(ZoneInfo("Europe/Berlin"))}
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)  # a Tuesday, noon in Berlin
LATER = NOON + timedelta(days=30)


def told(rule="vip", priority="P2", after=None):
    acted_at = None if after is None else NOON + after
    return Told(rule, priority, NOON, 1, acted_at)


def test_the_time_is_that_of_a_first_contact():
    assert time_of(told(priority="P0"), CALENDARS[1]) == NOON + timedelta(hours=1)
    assert time_of(told(priority="P1"), CALENDARS[1]) == NOON + timedelta(hours=4)
    assert time_of(told(priority="P4"), CALENDARS[1]) == NOON + timedelta(days=2)


def test_what_comes_too_late_led_to_nothing_and_what_still_runs_is_not_counted():
    (found,) = precision(
        [told(after=timedelta(hours=1)), told(after=timedelta(days=9)), told()], CALENDARS, LATER
    )
    assert (found.told, found.acted) == (3, 1)
    (found,) = precision([told(), told(after=timedelta(minutes=1))], CALENDARS, NOON + timedelta(minutes=5))
    assert (found.told, found.acted) == (1, 1)


def test_below_half_of_at_least_ten_is_flagged():
    def of(acted, number):
        rows = [told(after=timedelta(0) if n < acted else None) for n in range(number)]
        return precision(rows, CALENDARS, LATER)[0]

    assert of(4, 10).is_flagged and not of(5, 10).is_flagged
    assert of(0, 9).is_thin and not of(0, 9).is_flagged


def test_nothing_told_has_no_precision():
    assert precision([], CALENDARS, LATER) == []


@given(
    some.lists(
        some.tuples(
            some.sampled_from(("vip", "score")), some.sampled_from(("P0", "P2", "P4")), some.booleans()
        )
    )
)
def test_shares_stay_within_bounds_and_the_lowest_comes_first(rows):
    notices = [told(rule, priority, timedelta(0) if acted else None) for rule, priority, acted in rows]
    found = precision(notices, CALENDARS, LATER)
    assert sum(each.told for each in found) == len(rows)
    assert all(0 <= each.interval.low <= each.share <= each.interval.high <= 1 for each in found)
    shares = [(each.is_thin, each.share) for each in found]
    assert shares == sorted(shares)
