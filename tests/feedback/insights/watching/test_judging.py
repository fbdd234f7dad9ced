"""The loop judges each stretch once: an alert when a signal begins, one only, whoever comes first and however late."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from feedback.demo.filling import comments
from feedback.demo.opinions import Voices
from feedback.demo.story import STORY_CARRIER, STORY_COUNTRY, TURNED_LATE, orders, shoppers
from feedback.demo.year import tell
from feedback.insights.watching.judging import backlog, judge
from feedback.insights.watching.models import SeriesAlert, WatchedSeries
from surveys.database import db
from tests.feedback.insights.watching.conftest import BAD, USUAL


def alerts():
    db.session.expire_all()
    return list(db.session.scalars(select(SeriesAlert).order_by(SeriesAlert.signal_on)))


def of(series):
    db.session.expire_all()
    return db.session.get(WatchedSeries, series.id)


@pytest.mark.once
def test_a_fall_raises_one_alert_that_says_how_much_since_when_and_where(make, weeks, watched, now):
    for ago in range(20, 0, -1):
        weeks.week(ago, USUAL)
        weeks.week(ago, USUAL, "DE", "Flinkpaket")
    weeks.week(0, BAD)
    weeks.week(0, USUAL, "DE", "Flinkpaket")
    series = watched()

    assert judge(now, 10) == 1 + 4, "the series, and the volumes of the shop, which nobody had to ask for"

    (alert,) = [each for each in alerts() if each.series_id == series.id]
    assert (alert.direction, alert.rule, alert.state) == ("lower", "outside", "open")
    assert alert.since == alert.signal_on == weeks.end.astimezone(UTC).replace(hour=23) - timedelta(days=8)
    assert alert.level == pytest.approx(41, abs=1) and alert.value == pytest.approx(-2.3, abs=0.1)
    assert alert.low < alert.value < alert.high and alert.n == 44
    assert of(series).state == "lower" and of(series).unit == "week"
    assert judge(now, 10) == 0 and backlog(now) == 0
    assert backlog(now + timedelta(days=1)) == 5


def test_while_it_lasts_it_is_one_alert_and_a_new_fall_is_another(make, weeks, watched, now):
    start = now - timedelta(days=7 * 12)
    for ago in range(32, 11, -1):
        weeks.week(ago, USUAL)
    for ago in (11, 10, 9):
        weeks.week(ago, BAD)
    for ago in (8, 7, 6, 5, 4, 3):
        weeks.week(ago, USUAL)
    for ago in (2, 1, 0):
        weeks.week(ago, BAD)
    series = watched(start)

    for days in range(0, 7 * 12 + 1, 7):  # a loop that runs all the time
        judge(start + timedelta(days=days), 10)
    steadily = [(each.signal_on, each.until) for each in alerts() if each.series_id == series.id]
    assert len(steadily) == 2

    for each in alerts():
        db.session.delete(each)
    again = of(series)
    again.judged_until = again.unit = again.level_from = None
    again.look_at = now
    db.session.commit()
    judge(now, 10)  # a loop that stood still for a quarter

    assert [(each.signal_on, each.until) for each in alerts() if each.series_id == series.id] == steadily


def test_two_loops_at_once_raise_it_once(app, make, weeks, watched, now, race):
    for ago in range(14, 0, -1):
        weeks.week(ago, USUAL)
    weeks.week(0, BAD)
    series = watched()

    def run(_):
        with app.app_context():
            return judge(now, 10)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))

    assert len([each for each in alerts() if each.series_id == series.id]) == 1
    assert len(list(db.session.scalars(select(WatchedSeries)))) == 5


def test_a_part_with_too_few_people_is_neither_judged_nor_told(make, weeks, watched, now):
    for ago in range(20, -1, -1):
        weeks.week(ago, USUAL)
    weeks.week(3, [0, 0, 0], "CH")
    for country in ("CH", "AT"):
        series = watched(country=country)
        judge(now, 10)
        assert of(series).state == "hidden"
    assert not alerts()


@pytest.mark.once
def test_a_shop_that_stops_asking_is_told_apart_from_one_that_is_judged_worse(make, weeks, now):
    for ago in range(20, 0, -1):
        weeks.week(ago, USUAL)
    judge(now, 10)

    (alert,) = alerts()
    assert (alert.series.metric, alert.direction, alert.value) == ("answers", "lower", 0.0)
    assert alert.level == pytest.approx(22) and alert.likely == {}


@pytest.mark.once
def test_the_hidden_story_of_the_demo_is_told_in_spring(make, weeks, watched):
    end = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    chance = random.Random("story")
    austrians = [each for each in shoppers(chance, 6000) if each.country.code == STORY_COUNTRY]
    year = tell(orders(chance, austrians, end), Voices(chance, comments()), end)
    weeks.answers(
        [
            (each.at, each.opinion.score, STORY_COUNTRY, each.order.carrier)
            for each in year.answers
            if each.survey == "nps" and each.opinion.score is not None
        ]
    )
    series = watched(end - timedelta(days=300), carrier=STORY_CARRIER)
    for days in range(300, -1, -10):
        judge(end - timedelta(days=days), 10)

    (alert,) = [each for each in alerts() if each.series_id == series.id]
    assert alert.direction == "lower" and alert.value < 10 < 30 < alert.level
    assert end - TURNED_LATE <= alert.since <= alert.raised_at <= end - TURNED_LATE + timedelta(days=75)
