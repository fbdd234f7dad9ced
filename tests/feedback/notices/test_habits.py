"""Laws of quiet hours and of the digest, across clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from feedback.notices.habits import APP, DIGEST, MAIL, Habits, on_the_clock

ZONES = some.sampled_from(("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"))
MINUTES = some.integers(0, 1439)
# Two years with their clock changes, to the minute.
MOMENTS = some.integers(0, 2 * 366 * 1440).map(
    lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m)
)


def habits(zone, begin, end, **values):
    return Habits(ZoneInfo(zone), begin, end, **values)


@given(ZONES, MINUTES, MINUTES, MOMENTS)
def test_a_minute_is_quiet_on_one_side_of_the_day_only(zone, begin, end, at):
    one, other = habits(zone, begin, end), habits(zone, end, begin)
    assert one.is_quiet(at) != other.is_quiet(at) or begin == end
    assert begin != end or not one.is_quiet(at)


@given(ZONES, MINUTES, MINUTES, MOMENTS)
def test_the_clock_on_the_wall_decides_and_nothing_else(zone, begin, end, at):
    local = at.astimezone(ZoneInfo(zone))
    span = (end - begin) % 1440
    since = (local.hour * 60 + local.minute - begin) % 1440
    assert habits(zone, begin, end).is_quiet(at) == (since < span)


@given(ZONES, MINUTES, MINUTES, MOMENTS)
def test_quiet_hours_end_within_a_day_and_an_hour_of_clock_change(zone, begin, end, at):
    found = habits(zone, begin, end)
    hours = (at + timedelta(minutes=m) for m in range(0, 25 * 60 + 1))
    assert any(not found.is_quiet(each) for each in hours)


@given(ZONES, MINUTES, MINUTES, MOMENTS)
def test_a_mail_waits_for_the_end_of_quiet_hours_and_for_nothing_else(zone, begin, end, at):
    found = habits(zone, begin, end)
    due = found.awake(at)
    assert (due == at) == (not found.is_quiet(at)) and at <= due <= at + timedelta(hours=26)
    assert due == at or due in (
        on_the_clock(at.astimezone(ZoneInfo(zone)).date() + timedelta(days=n), end, ZoneInfo(zone))
        for n in (0, 1)
    )


@given(ZONES, MINUTES, MOMENTS)
def test_the_last_digest_was_due_and_the_next_is_not(zone, minute, at):
    found = habits(zone, 0, 0, digest_at=minute)
    day, due = found.digest_of(at)
    assert due <= at < on_the_clock(day + timedelta(days=1), minute, ZoneInfo(zone))
    assert found.digest_of(due) == (day, due)


def test_the_night_of_a_clock_change_has_one_digest():
    berlin = ZoneInfo("Europe/Berlin")
    found = Habits(berlin, 0, 0, digest_at=150)  # half past two, which the last Sunday in October has twice
    midnight = datetime(2026, 10, 25, tzinfo=berlin).astimezone(UTC)
    days = {found.digest_of(midnight + timedelta(minutes=m)) for m in range(0, 25 * 60)}
    assert [day.day for day, _ in sorted(days)] == [24, 25]


@pytest.mark.parametrize(
    ("priority", "is_low", "way"),
    [
        ("P0", False, MAIL),
        ("P2", False, MAIL),
        ("P2", True, DIGEST),
        ("P3", False, DIGEST),
        ("P0", True, DIGEST),
    ],
)
def test_the_usual_ways(priority, is_low, way):
    assert habits("UTC", 0, 0).way(priority, is_low) == way


def test_who_wants_nothing_but_the_page_gets_no_low_news_by_mail():
    chosen = habits("UTC", 0, 0, ways={"P2": APP})
    assert chosen.way("P2", True) == chosen.way("P2", False) == APP
