"""What people outside see of a report: less than people inside, and never a small number."""

from datetime import timedelta

import pytest

from feedback.insights.reporting import report
from feedback.insights.selection import read
from feedback.reports.links.showing import outside

pytestmark = pytest.mark.once


def shown(now):
    return outside(report(read({"since": "2026-02-23"}, now.date(), now.tzinfo), now))


def test_fewer_than_five_are_hidden_even_of_a_whole_survey(make, now):
    make.responses([3, 9, 9, 9])
    make.responses([5] * 6, survey_key="csat")
    make.responses([5, 6, 7, 2, 1], survey_key="ces")
    found = shown(now)
    assert [figure.survey.key for figure in found.report.figures] == ["ces"], (
        "six of one mind name each of them"
    )
    assert found.report.focus.measure is None and not found.shares and not found.report.trend


def test_comments_parts_and_single_answers_never_leave(make, now):
    for days, scores in ((12, [9] * 60), (4, [3] * 2 + [9] * 2), (0, [3] * 5 + [7] * 5 + [9] * 50)):
        at = now - timedelta(days=days)
        for country in ("AT", "DE"):
            make.responses(
                scores,
                make.customer("Dora", country=country),
                comment="Ruf mich an",
                submitted_at=at,
                saved_at=at,
            )
    found = shown(now)
    report_ = found.report
    assert not (report_.comments or report_.breakdowns or report_.counts or report_.excluded)
    assert [period.measure.n if period.measure else None for period in report_.trend] == [120, 8, 120]
    assert found.shares


def test_a_small_week_is_not_all_weeks_minus_the_others_and_one_mind_before_is_not_told(make, now):
    customer = make.customer("Dora")
    for days, scores in ((14, [3] * 20 + [9] * 40), (7, [3] * 3), (0, [3] * 20 + [9] * 30)):
        at = now - timedelta(days=days)
        make.responses(scores, customer, submitted_at=at, saved_at=at)
    before = now - timedelta(days=30)
    make.responses([9] * 6, customer, submitted_at=before, saved_at=before)
    report_ = shown(now).report
    told = [period.measure.n for period in report_.trend if period.measure]
    assert report_.focus.measure.n == 113 and told == [60], "50 and 3 stay together"
    assert report_.before is None and report_.change is None
