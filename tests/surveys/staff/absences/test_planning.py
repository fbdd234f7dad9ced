"""The calendar of absences, and how much of which work a colleague takes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.database import db
from surveys.errors import Refusal
from surveys.staff.absences.planning import MOST_PLANNED, drop_absence, moments_of, plan_absence, set_work
from surveys.staff.queries import absences_of, absent_now, is_there

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)


def test_days_begin_and_end_at_midnight_of_the_persons_zone(make, now):
    ben = make.staff("Ben")
    absence = plan_absence(ben, date(2026, 3, 28), date(2026, 3, 29), "Europe/Berlin", now)

    # The clocks are put forward within these days.
    assert absence.begins_at == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert absence.ends_at == datetime(2026, 3, 29, 22, tzinfo=UTC)
    moment = timedelta(seconds=1)
    assert is_there(ben, absence.begins_at - moment) and not is_there(ben, absence.begins_at)
    assert not is_there(ben, absence.ends_at - moment) and is_there(ben, absence.ends_at)
    assert ben.time_zone == "Europe/Berlin"


@pytest.mark.once
@pytest.mark.parametrize(
    ("first", "last", "zone", "field"),
    [
        (TODAY, TODAY - DAY, "Europe/Berlin", "last_day"),
        (TODAY - 9 * DAY, TODAY - DAY, "Europe/Berlin", "last_day"),
        (TODAY, TODAY + 731 * DAY, "Europe/Berlin", "last_day"),
        (date(9999, 12, 31), date(9999, 12, 31), "Europe/Berlin", "last_day"),
        (date(1, 1, 1), TODAY, "Asia/Tokyo", "last_day"),
        (None, TODAY, "Europe/Berlin", "first_day"),
        (TODAY, None, "Europe/Berlin", "last_day"),
        (TODAY, TODAY, "Mars/Olympus", "time_zone"),
        (TODAY, TODAY, "../../etc/passwd", "time_zone"),
        (TODAY, TODAY, "Europe", "time_zone"),
        (TODAY, TODAY, "", "time_zone"),
        (TODAY, TODAY, "a\x00b", "time_zone"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_stored(make, now, first, last, zone, field):
    ben = make.staff("Ben")
    with pytest.raises(Refusal) as refused:
        plan_absence(ben, first, last, zone, now)

    assert refused.value.field == field
    assert absences_of(ben, now) == [] and ben.time_zone == "Europe/Berlin"


def test_an_absence_that_runs_or_lies_ahead_is_listed_until_it_is_over_or_taken_back(make, now):
    ben = make.staff("Ben")
    later = plan_absence(ben, TODAY + 9 * DAY, TODAY + 9 * DAY, "Europe/Berlin", now)
    current = plan_absence(ben, TODAY - DAY, TODAY, "Europe/Berlin", now)

    assert absences_of(ben, now) == [current, later]
    assert absent_now(now) == {ben.id: current}
    assert absences_of(ben, now + DAY) == [later] and absent_now(now + DAY) == {}

    drop_absence(current)
    assert is_there(ben, now)


@pytest.mark.once
def test_there_is_an_end_to_how_many_can_be_planned(make, now):
    ben = make.staff("Ben")
    for days in range(MOST_PLANNED):
        plan_absence(ben, TODAY + days * DAY, TODAY + days * DAY, "Europe/Berlin", now)
    with pytest.raises(Refusal):
        plan_absence(ben, TODAY, TODAY, "Europe/Berlin", now)


def test_the_switch_counts_beside_the_calendar(make, now):
    assert not is_there(make.staff("Ben", is_away=True), now)
    assert not is_there(make.staff("Nadia", is_active=False), now)


def test_capacity_and_languages_are_kept_in_order_or_refused(make):
    ben = make.staff("Ben")
    set_work(ben, 8, ["pl", "de"])
    db.session.commit()
    assert (ben.capacity, ben.languages) == (8, ["de", "pl"])

    for capacity, tags in ((7, []), (10_000, []), (-1, []), (8, ["xx"])):
        with pytest.raises(Refusal):
            set_work(ben, capacity, tags)
    assert (ben.capacity, ben.languages) == (8, ["de", "pl"])

    set_work(ben, None, [])
    assert (ben.capacity, ben.languages) == (None, [])


zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"])


@given(st.integers(0, 700), st.integers(0, 700), zones)
def test_an_absence_lasts_its_days_give_or_take_the_hour_of_summer_time(ahead, length, zone):
    begins_at, ends_at = moments_of(TODAY + ahead * DAY, TODAY + (ahead + length) * DAY, ZoneInfo(zone))
    lasts = ends_at.astimezone(UTC) - begins_at.astimezone(UTC)

    assert abs(lasts - (length + 1) * DAY) <= timedelta(hours=1)
