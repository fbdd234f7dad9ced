"""What reports say in words: the sentence of the first screen, themes, goals and improvements."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask_babel import force_locale

from feedback.aiming.models import Goal
from feedback.improving.models import Improvement
from feedback.insights.differences import compare
from feedback.insights.mix import mix_along
from feedback.insights.parts import Part
from feedback.insights.reporting import report
from feedback.insights.scores import measure
from feedback.insights.selection import read
from feedback.insights.themes.filters import sentence as said
from feedback.insights.themes.summing_up import Summary
from feedback.reports.following import Aim
from feedback.reports.saying import goal_line, hurting, improvement_line, sentence
from surveys.database import db
from surveys.questionnaires.models import Survey

FOUND = measure("nps", {3: 10, 7: 30, 10: 60})
WORSE = compare("nps", FOUND.groups, {"detractor": 5, "passive": 5, "promoter": 190})
OTHERS = ({"a": Part(80, 60), "b": Part(20, 0)}, {"a": Part(40, 60), "b": Part(60, 0)})


@pytest.fixture(autouse=True)
def asked(app):
    with app.test_request_context():
        yield


@pytest.mark.once
def test_the_figure_its_interval_whether_it_changed_and_what_that_mostly_is():
    late = Summary(theme="DELIVERY.LATE", place={"country": "AT"})
    perhaps = replace(WORSE, outcome="not_distinguishable")
    few = measure("nps", {3: 1, 9: 1})

    assert said(FOUND, "nps", None, "") == "NPS is 50 (36 to 62)."
    assert "lower than in the month before; the change is real (" in said(
        FOUND, "nps", WORSE, "the month before"
    )
    assert said(FOUND, "nps", WORSE, "the 7 days before", late).endswith(
        "and mostly late deliveries in Austria."
    )
    assert "among all that is compared here it may be chance" in said(FOUND, "nps", perhaps, "then", late)
    assert "mostly" not in said(FOUND, "nps", perhaps, "then", late)
    assert "These are few answers" in said(few, "nps", None, "")
    with force_locale("de"):
        assert "niedriger als in den 7 Tagen davor" in said(FOUND, "nps", WORSE, "den 7 Tagen davor")


@pytest.mark.once
def test_who_answered_is_told_instead_of_a_part():
    mix = mix_along("country", *OTHERS, 1.0)
    told = said(FOUND, "nps", WORSE, "then", Summary(mix=mix))
    assert "that is more than chance" in told and "it would have been 36 then and 36 now." in told
    perhaps = replace(WORSE, outcome="not_distinguishable")
    assert "mix" not in said(FOUND, "nps", perhaps, "then", Summary(mix=mix))
    reversed_one = replace(mix, is_reversed=True)
    told = said(FOUND, "nps", perhaps, "then", Summary(mix=reversed_one))
    assert (
        "went the other way" in told and "comes from" not in told
    )  # of what chance explains nothing is the cause


@pytest.mark.once
def test_a_report_says_what_the_first_screen_says_and_themes_by_what_they_do(make, now, complain):
    dora = make.customer("Dora")
    make.responses([9] * 30, dora)
    for number in range(12):
        complain("DELIVERY.LATE", 2, f"Late {number}", customer=dora)
    found = report(read({}, now.date(), now.tzinfo), now)
    assert sentence(found).startswith("NPS is 43 (") and "no answers from the 90 days before" in sentence(
        found
    )
    head, line = hurting(found.findings.ranking.hurting, "nps")
    assert head == "What hurts:" and line.startswith("Delivery: −57 on the score (")
    assert line.endswith("mentioned in 12 answers; few answers")
    assert hurting([], "nps") == []


def test_goals_and_improvements_say_where_they_stand(make, now):
    survey = db.session.query(Survey).filter_by(key=make.survey().key).one()
    goal = Goal(survey=survey, target=45.0, part={}, last_day=date(2026, 6, 30))
    assert goal_line(Aim(goal, None)).startswith("NPS 45 or more: too few answers to show")
    goal.outcome, goal.reached, goal.reached_n = "missed", 30.0, 90
    goal.reached_low, goal.reached_high, goal.sure_low, goal.sure_high = 20.0, 40.0, 25.0, 35.0
    assert goal_line(Aim(goal, goal.settled_standing)).startswith(
        "NPS 45 or more: Missed, 30 (20 to 40), until"
    )
    db.session.expunge_all()
    each = Improvement(title="Another carrier", check_on=now.date() + timedelta(days=3))
    assert improvement_line(each).startswith("Another carrier: in effect, checked on")
    each.verdict, each.why = "worked", "clear"
    assert (
        improvement_line(each) == "Another carrier: worked. It moved as hoped, by more than chance explains."
    )
