"""Which days a mail is about: those that are over at eight in the morning by the reader's clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from feedback.reports.digest.periods import DAILY, MONTHLY, RHYTHMS, WEEKLY, begins, last_due

BERLIN = ZoneInfo("Europe/Berlin")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_a_week_is_due_on_monday_at_eight():
    due = last_due(WEEKLY, at("2026-03-09T08:00"), BERLIN)
    assert due.days == (date(2026, 3, 2), date(2026, 3, 8)) and due.at == at("2026-03-09T08:00")
    assert last_due(WEEKLY, at("2026-03-09T07:59"), BERLIN).days == (date(2026, 2, 23), date(2026, 3, 1))
    # The clocks go forward on 29 March: Monday's eight o'clock is an hour earlier in UTC.
    assert last_due(WEEKLY, at("2026-03-31T12:00"), BERLIN).at.astimezone(UTC).hour == 6


def test_a_month_is_due_on_its_first_and_a_day_on_the_next():
    assert last_due(MONTHLY, at("2026-03-01T08:00"), BERLIN).days == (date(2026, 2, 1), date(2026, 2, 28))
    assert last_due(MONTHLY, at("2026-03-01T07:00"), BERLIN).days == (date(2026, 1, 1), date(2026, 1, 31))
    assert last_due(DAILY, at("2026-03-10T12:00"), BERLIN).days == (date(2026, 3, 9), date(2026, 3, 9))


ZONES = st.sampled_from(["Pacific/Auckland", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata"]).map(
    ZoneInfo
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, ZONES, st.sampled_from(sorted(RHYTHMS)))
def test_the_days_are_over_follow_one_another_and_none_is_left_out(now, zone, rhythm):
    due = last_due(rhythm, now, zone)
    before = last_due(rhythm, due.at - timedelta(seconds=1), zone)
    assert due.at <= now and due.days.last < due.at.astimezone(zone).date()
    assert before.days.last + timedelta(days=1) == due.days.first == begins(rhythm, due.days.last)
    assert due.at.astimezone(zone).hour == 8
