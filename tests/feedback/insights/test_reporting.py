"""The insights page's numbers, put together from stored answers."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.insights.reporting import is_shown, report
from feedback.insights.selection import Selection, read

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 10)


def the(selection_of=None, **given):
    return read(given, TODAY, BERLIN)


def test_nothing_to_measure_without_a_survey(app, now):
    assert report(the(), now) is None


def test_a_survey_without_answers_has_no_score_and_is_not_called_zero(make, now):
    make.survey()

    found = report(the(), now)

    assert found.focus.measure is None and found.focus.survey.key == "nps"
    assert found.n == 0 and found.trend == [] and found.response_rate is None


@pytest.mark.once
def test_the_figures_of_all_surveys_stand_beside_the_one_in_focus(make, now):
    make.responses([10, 10, 10, 0])
    make.responses([5, 4, 1, 1], survey_key="csat")

    found = report(the(survey="csat"), now)

    assert [(figure.survey.key, figure.measure and figure.measure.score) for figure in found.figures] == [
        ("nps", 50.0),
        ("csat", 50.0),
        ("ces", None),
    ]
    assert found.focus.survey.key == "csat"
    assert found.counts == {5: 1, 4: 1, 1: 2}


@pytest.mark.once
def test_the_first_survey_with_answers_is_in_focus(make, now):
    make.responses([7], survey_key="ces")

    assert report(the(), now).focus.survey.key == "ces"


@pytest.mark.once
def test_the_change_is_judged_against_the_period_before(make, now):
    make.responses([10] * 40)
    make.responses([0] * 40, submitted_at=now - timedelta(days=100))

    found = report(the(), now)

    assert found.before.score == -100
    assert (found.change.outcome, found.change.difference) == ("changed", 200)


@pytest.mark.once
def test_few_answers_make_wide_stretches_and_gaps_stay_gaps(make, now):
    make.responses([10] * 20)
    make.responses([0] * 20, submitted_at=now - timedelta(days=60))

    found = report(the(), now)

    assert found.unit == "month"
    # 11 December to 10 March; the answers are of 9 January and 10 March.
    assert [period.measure and period.measure.score for period in found.trend] == [None, -100, None, 100]


@pytest.mark.once
def test_a_part_of_fewer_than_five_is_not_shown_and_neither_is_its_complement(make, now):
    make.responses([10] * 20, make.customer("Ada", country="DE"))
    make.responses([0] * 3, make.customer("Bo", country="AT"), comment="late")

    for country in ("AT", "DE"):
        found = report(the(country=country), now)
        assert found.focus.is_hidden and found.focus.measure is None
        assert not found.comments and not found.counts and not found.trend
        assert not is_shown(Selection(country=country), now)
    assert report(the(), now).focus.measure.n == 23
    assert is_shown(Selection(), now)


def test_a_small_part_of_one_mind_has_no_score_now_then_or_on_the_way(make, now):
    """Methodology 2.7: six who all said 10 are six of whom everybody knows what they said."""
    then = now - timedelta(days=100)
    make.responses([10] * 20 + [2] * 10, make.customer("Ada", country="DE"))
    austrians = make.customer("Bo", country="AT")
    make.responses([10] * 6, austrians)
    make.responses([10] * 3 + [2] * 3, make.customer("Cy", country="NL"))
    make.responses([2] * 6, make.customer("Cy", country="NL"), submitted_at=then, saved_at=then)
    make.responses([10] * 30, make.customer("Ada", country="DE"), submitted_at=then, saved_at=then)

    found = report(the(country="AT"), now)
    assert found.focus.is_hidden and not found.focus.measure and not found.trend and not found.comments
    dutch = report(the(country="NL"), now)
    assert dutch.focus.measure.n == 6 and dutch.change is None and dutch.before is None


@pytest.mark.once
def test_the_stretches_of_a_part_hide_what_few_people_said(make, now):
    austrians = make.customer("Ada", country="AT")
    make.responses([10] * 36, austrians)
    make.responses([0] * 4, austrians, submitted_at=now - timedelta(days=60))
    make.responses([10] * 10, make.customer("Bo", country="DE"))

    found = report(the(country="AT"), now)

    assert [period.measure and period.measure.n for period in found.trend] == [None, None, None, 36]


@pytest.mark.once
def test_a_stretch_from_which_the_others_can_be_worked_out_stays_a_gap(make, now):
    make.responses([10] * 40, make.customer("Ada", country="AT"))
    germans = make.customer("Bo", country="DE")
    make.responses([0] * 3, germans)
    make.responses([0] * 20, germans, submitted_at=now - timedelta(days=60))

    # In March 40 of 43 answers came from Austria; over all days 23 others are enough.
    found = report(the(country="AT"), now)
    assert found.focus.measure.n == 40
    assert [period.measure for period in found.trend] == [None] * 4


def test_a_long_period_with_thin_weeks_is_drawn_by_month(make, now):
    make.responses([10] * 100)

    assert report(the(), now).unit == "week"
    assert report(the(since="2025-03-11"), now).unit == "month"


@pytest.mark.once
def test_what_nobody_follows_up_is_counted(make, now):
    make.responses([1, 2], contact_permission=False)

    assert report(the(), now).not_followed_up == 2
