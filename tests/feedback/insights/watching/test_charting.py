"""A series is cut as its answers suggest, and once that is settled it stays so."""

from datetime import timedelta

import pytest

from feedback.insights.watching.charting import found_of
from surveys.database import db
from tests.feedback.insights.watching.conftest import USUAL


@pytest.mark.once
def test_few_answers_are_said_to_be_few(make, weeks, watched, now):
    series = watched()
    assert (found_of(series, now).why, found_of(series, now).answers) == ("few", 0)

    weeks.week(2, USUAL)
    assert (found_of(series, now).why, found_of(series, now).answers) == ("few", 22)


def test_the_width_follows_the_number_of_answers(make, weeks, watched, now):
    series, unhappy = watched(), watched(metric="unhappy")
    for ago in range(20, -1, -1):
        weeks.week(ago, USUAL[::4])  # six a week
    assert found_of(series, now).frame.unit == "small"
    part = found_of(watched(country="AT"), now)
    assert part.frame is None and part.why == "few", "126 answers are twelve batches of ten, one too few"

    for ago in range(20, -1, -1):
        weeks.week(ago, USUAL)
    assert found_of(series, now).frame.unit == "week"
    assert found_of(unhappy, now).frame.unit == "week", "five unhappy answers a week"


def test_a_week_that_is_not_over_is_not_judged_and_a_settled_cut_stays(make, weeks, watched, now):
    series = watched()
    for ago in range(15, -2, -1):
        weeks.week(ago, USUAL)
    found = found_of(series, now)
    assert len(found.course.steps) == 16 and found.course.steps[-1].subgroup.until <= now

    series.unit, series.level_from = found.frame
    db.session.commit()
    later = found_of(series, now + timedelta(days=400))
    assert later.frame == found.frame
    assert later.course.steps[0] == found.course.steps[0]


def test_an_anonymous_survey_with_few_answers_is_held_back(make, watched, now):
    series = watched()
    make.anonymous()
    make.response(3)
    assert found_of(series, now).why == "held_back"
