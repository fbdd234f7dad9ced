"""Who watches what, accepted levels, and what an alert was."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from feedback.insights.selection import Selection
from feedback.insights.watching import keeping
from feedback.insights.watching.charting import found_of
from feedback.insights.watching.judging import judge
from feedback.insights.watching.models import SeriesAlert, WatchedSeries
from surveys.database import db
from surveys.errors import Conflict, Refusal
from tests.feedback.insights.watching.conftest import BAD, USUAL


def test_the_same_is_watched_once_by_many_and_no_longer_looked_at_when_all_have_gone(make, watched, now):
    series = watched(country="AT")
    ann, ben = series.readers[0].staff, make.staff("Ben")
    again = keeping.watch("score", Selection(survey="nps", country="AT"), series.survey, None, ben, now)
    assert again.id == series.id and again.look_at == now

    keeping.stop(again, ann)
    assert again.look_at is not None
    keeping.stop(again, ben)
    keeping.stop(again, ben)
    assert again.look_at is None
    assert (
        keeping.watch("score", Selection(survey="nps", country="AT"), series.survey, None, ann, now).look_at
        == now
    )


@pytest.mark.once
def test_more_than_twenty_would_be_false_alarms(make, watched, now):
    for at in range(keeping.MOST_WATCHED):
        series = watched(carrier=f"Carrier {at}")
    with pytest.raises(keeping.TooManyWatched):
        watched(carrier="One more")
    db.session.rollback()
    keeping.stop(db.session.get(WatchedSeries, series.id), series.readers[0].staff)
    assert watched(carrier="One more").look_at is not None


@pytest.fixture
def fallen(make, weeks, watched, now):
    """A series whose last three weeks fell, with its alert."""
    for ago in range(30, 2, -1):
        weeks.week(ago, USUAL)
    for ago in (2, 1, 0):
        weeks.week(ago, BAD)
    series = watched()
    judge(now, 10)
    return db.session.scalars(select(SeriesAlert).where(SeriesAlert.series_id == series.id)).one()


def test_an_accepted_level_wants_a_reason_and_begins_where_the_alert_did(make, fallen, now):
    owner, series = make.staff("Olga", "owner"), fallen.series
    with pytest.raises(keeping.NoteMissing):
        keeping.settle(fallen, "accepted", " ", owner, now)
    with pytest.raises(Refusal):
        keeping.settle(fallen, "whatever", "why", owner, now)

    keeping.settle(fallen, "accepted", "Another carrier", owner, now)
    db.session.commit()

    assert (fallen.state, fallen.note, series.level_from) == ("accepted", "Another carrier", fallen.since)
    assert found_of(series, now).course.standing.state == "gathering"
    judge(now, 10)
    assert series.state == "gathering"
    with pytest.raises(Conflict):
        keeping.settle(fallen, "nothing", "", owner, now)


def test_an_incident_leaves_the_level(make, fallen, weeks, now):
    owner, series = make.staff("Olga", "owner"), fallen.series
    keeping.settle(fallen, "incident", "Strike of the carrier", owner, now)
    keeping.accept(series, fallen.since - timedelta(days=7 * 14), "Begin anew before it", owner, now)
    db.session.commit()

    found = found_of(series, now).course
    assert found.level.value == pytest.approx(41, abs=1)
    assert all(each.until <= fallen.since for each in found.baseline)


@pytest.mark.once
def test_a_level_cannot_begin_tomorrow_or_before_the_present_one(make, fallen, now):
    for since in (now + timedelta(days=1), fallen.series.level_from - timedelta(days=1)):
        with pytest.raises(keeping.NotYet):
            keeping.accept(fallen.series, since, "why", make.staff("Olga", "owner"), now)


def test_of_two_who_accept_a_level_at_the_same_moment_the_second_sees_the_first(make, fallen, now):
    series, since = fallen.series, fallen.since
    first = update(WatchedSeries).where(WatchedSeries.id == series.id).values(level_from=since)
    db.session.execute(first, execution_options={"synchronize_session": False})

    with pytest.raises(keeping.NotYet):
        keeping.accept(series, since, "why", make.staff("Olga", "owner"), now)
