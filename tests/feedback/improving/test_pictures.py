"""Before and after are two dots with a whisker each, and no line between them."""

from datetime import date

from feedback.improving.pictures import pictures
from feedback.improving.verdicts import Comparison, Side
from feedback.insights.selection import Days

DAYS = Days(date(2026, 10, 1), date(2026, 10, 30))


def test_two_dots_stand_apart_and_the_table_says_the_same(app):
    seen = Comparison("nps", Side(DAYS, {2: 40, 9: 60}, 30), Side(DAYS, {2: 10, 9: 90}, 5))
    with app.test_request_context():
        share, score = pictures(seen)
    for picture in (share, score):
        for chart in picture["charts"]:
            assert [point.is_alone for point in chart.points] == [True, True] and not chart.lines
    assert [row[2] for row in share["rows"]] == ["30.0", "5.0"] and share[
        "title"
    ] == "30.0 of 100 before, 5.0 after"
    assert [row[2] for row in score["rows"]] == ["20", "80"]


def test_a_side_without_answers_is_a_gap(app):
    seen = Comparison("nps", Side(DAYS, {2: 40}, 30), Side(DAYS, {}, 0))
    with app.test_request_context():
        share, score = pictures(seen)
    assert len(share["charts"][0].points) == len(score["charts"][0].points) == 1
    assert share["rows"][1][2:] == ("–", "–")
