"""What those would change who meant another score than they gave."""

import re
from datetime import timedelta

from feedback.insights.meant.queries import meant_otherwise
from feedback.insights.queries import score_counts
from feedback.insights.scores import measure
from feedback.insights.selection import Selection

WHOLE = Selection("nps")


def found(now, selection=WHOLE):
    return meant_otherwise("nps", selection, score_counts(selection, now), now)


def test_the_score_counts_what_was_given_and_beside_it_stands_what_was_meant(make, now):
    for score in (10, 10, 9, 7, 3):
        make.response(score)
    make.response(0, corrected_score=10)
    make.response(1, corrected_score=1)

    assert measure("nps", score_counts(WHOLE, now)).score == 0.0
    n, with_it = found(now)
    assert (n, with_it.n) == (1, 7)
    assert round(with_it.score, 2) == 28.57


def test_what_nobody_said_changes_nothing(make, now):
    make.response(0)
    make.response(1, corrected_score=1)
    assert found(now) is None


def test_what_does_not_count_or_lies_outside_the_days_or_the_survey_is_no_part_of_it(make, now):
    make.response(9)
    make.response(0, corrected_score=9, excluded_at=now, excluded_reason="test")
    make.response(0, corrected_score=9, submitted_at=now - timedelta(days=50))
    make.response(1, survey_key="csat", corrected_score=5)

    assert found(now, Selection("nps", since=now - timedelta(days=30), until=now + timedelta(days=1))) is None
    assert found(now).n == 1


def test_insights_says_what_it_would_change(make_today, signed_in):
    for score in (10, 10, 9, 3):
        make_today.response(score)
    make_today.response(0, corrected_score=10)
    page = signed_in(make_today.staff("Ana", "analyst")).get("/insights").text

    said = re.sub(r"\s+", " ", page)
    assert "1 customer says that another score was meant: with it the score would be 60." in said
