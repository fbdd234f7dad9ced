"""Which days a huddle looks back on, weekends, holidays and clock changes included."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from feedback.follow_up.service_levels import Calendar
from feedback.huddle.days import is_business_day, stretch_of

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = some.integers(0, 3 * 366 * 1440).map(
    lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m)
)


def test_on_monday_it_begins_with_friday():
    found = stretch_of(datetime(2026, 3, 9, 7, tzinfo=UTC), Calendar(BERLIN))
    assert (found.today, found.first) == (date(2026, 3, 9), date(2026, 3, 6))
    assert found.since == datetime(2026, 3, 5, 23, tzinfo=UTC)


def test_a_holiday_is_looked_back_over():
    calendar = Calendar(BERLIN, holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
    assert stretch_of(datetime(2026, 4, 7, 7, tzinfo=UTC), calendar).first == date(2026, 4, 2)
    assert not is_business_day(date(2026, 4, 6), calendar)


def test_a_calendar_without_an_open_day_ends_all_the_same():
    days = frozenset(date(2025, 1, 1) + timedelta(days=n) for n in range(1000))
    assert stretch_of(datetime(2026, 3, 10, tzinfo=UTC), Calendar(BERLIN, holidays=days)).since


@given(MOMENTS, some.sampled_from(("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")))
def test_every_huddle_begins_where_a_business_day_does_and_ends_today(now, zone):
    calendar = Calendar(ZoneInfo(zone))
    found = stretch_of(now, calendar)
    assert found.since < found.until <= now < found.tomorrow
    assert is_business_day(found.first, calendar)
    assert found.until.astimezone(calendar.zone).date() == found.today
