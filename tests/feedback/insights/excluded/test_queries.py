"""What is excluded counts in no number, and what it would change is known."""

from datetime import timedelta

from feedback.insights import queries
from feedback.insights.excluded.queries import excluded_by_survey, with_and_without
from feedback.insights.selection import Selection

NPS = Selection(survey="nps")
OUT = "bot"


def excluded(make, score, reason=OUT, **values):
    return make.response(score, excluded_at=make.now, excluded_reason=reason, **values)


def test_no_number_counts_it(make, now):
    make.response(9)
    excluded(make, 0, contact_permission=False)

    hour = timedelta(hours=1)
    assert queries.score_counts(NPS, now) == {9: 1}
    assert [count.score for count in queries.cell_counts(NPS, now)] == [9]
    assert queries.bucket_counts(NPS, [now - hour, now + hour], now) == [{9: 1}]
    assert queries.not_followed_up(NPS, now) == 0


def test_an_excluded_answer_is_no_answer_in_the_response_rate(make, now):
    make.response(9, invitation=make.invitation())
    excluded(make, 0, "scanner", invitation=make.invitation())
    excluded(make, None, invitation=make.invitation(), is_partial=True, submitted_at=None)

    found = queries.dispositions(NPS)

    assert (found.complete, found.partial, found.silent) == (1, 0, 2)


def test_tests_are_no_part_of_the_response_rate_unless_they_were_put_back(make, now):
    make.invitation(is_test=True)
    excluded(make, 0, "test", invitation=make.invitation(is_test=True))
    excluded(make, 0, "test", invitation=make.invitation())
    make.response(9, invitation=make.invitation(is_test=True))

    found = queries.dispositions(NPS)

    assert (found.complete, found.everybody) == (1, 1)


def test_what_is_excluded_is_counted_by_survey_and_fresh_half_way_ones_have_no_score_yet(make, now):
    excluded(make, 0)
    excluded(make, 0)
    excluded(make, None, comment="Only words")
    excluded(make, 4, is_partial=True, submitted_at=None)
    excluded(make, 5, survey_key="csat")

    found = excluded_by_survey(Selection(), now)

    assert found["nps"] == (4, {0: 2})
    assert found["csat"] == (1, {5: 1})


def test_both_scores_are_told_of_surveys_with_something_excluded(make, now):
    make.response(10)
    excluded(make, 0)
    make.response(5, survey_key="csat")

    (row,) = with_and_without(Selection(), now)

    assert (row.survey.key, row.n) == ("nps", 1)
    assert (row.without.score, row.together.score) == (100, 0)
