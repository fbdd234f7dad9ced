"""What the loop works out: drivers of the score, typical comments."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.analysis.models import Vector
from feedback.insights.themes.estimating import keep, reckon
from feedback.insights.themes.models import DriverEstimate, TypicalComment
from feedback.insights.themes.queries import survey_to_estimate
from feedback.insights.themes.ticks import JOB, estimate
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.questionnaires.publishing import publish
from surveys.work import SetAside
from tests.feedback.analysis.likeness.vectors import numbers
from tests.feedback.insights.themes.said import say


def estimates():
    return {each.source: each for each in db.session.scalars(select(DriverEstimate))}


@pytest.fixture
def story(make):
    """Two hundred and twenty comments: late ones are unhappy, dear ones a little, the rest is happy."""
    customer = make.customer()
    say(make, [1] * 50 + [7] * 10, "DELIVERY.LATE", customer)
    say(make, [7] * 20 + [9] * 10, "PRICE", customer)
    say(make, [9] * 130, None, customer, "Fine.", 0.6)
    return make


@pytest.mark.once
def test_themes_are_drivers_of_the_score_once_there_are_enough_comments(story, now):
    assert estimate(now, 1) == 1

    found = estimates()["themes"]
    assert (found.n, found.needed, found.made_at, found.since) == (220, 200, now, now - timedelta(days=90))
    assert [share["code"] for share in found.shares] == ["DELIVERY", "PRICE"]
    assert 0.8 < found.r_squared < 1 and found.shares[0]["share"] > 0.9 and found.shares[0]["r"] < 0
    assert (found.shares[0]["best"], found.shares[0]["worst"]) == (1, 1)
    # Kept for an hour, then worked out anew in its place.
    assert estimate(now + timedelta(minutes=59), 1) == 0
    assert estimate(now + timedelta(minutes=61), 1) == 1
    assert len(estimates()) == 1


@pytest.mark.once
def test_too_few_comments_have_no_drivers_and_old_or_excluded_ones_do_not_count(make, now):
    customer = make.customer()
    say(make, [1] * 30, "DELIVERY.LATE", customer)
    say(make, [9] * 300, None, customer, submitted_at=now - timedelta(days=91))
    say(make, [9] * 5, "PRICE", customer, excluded_at=now, excluded_reason="test")

    estimate(now, 1)

    found = estimates()["themes"]
    assert (found.n, found.needed, found.r_squared, found.shares) == (30, 200, None, [])


def test_a_survey_without_answers_or_that_is_held_back_waits(make, now):
    make.survey()
    assert survey_to_estimate(JOB, now) is None
    make.anonymous("csat")
    say(make, [1] * 4, "DELIVERY", survey_key="csat")
    assert survey_to_estimate(JOB, now) is None
    say(make, [1], "DELIVERY", survey_key="csat")
    assert survey_to_estimate(JOB, now).key == "csat"


def test_a_survey_that_raises_does_not_stand_in_the_way_of_the_others(story, now, monkeypatch):
    nps = db.session.scalar(select(Survey).where(Survey.key == "nps"))
    say(story, [1], "DELIVERY", survey_key="csat")

    def fails_on_the_first(survey, at):
        if survey.id == nps.id:
            raise RuntimeError("its answers are damaged")
        return reckon(survey, at)

    monkeypatch.setattr("feedback.insights.themes.ticks.reckon", fails_on_the_first)
    nps_id = nps.id
    estimate(now, 1)
    estimate(now, 1)

    assert {each.survey_id for each in db.session.scalars(select(DriverEstimate))} - {nps_id}
    assert db.session.scalar(select(SetAside.row_id).where(SetAside.job == JOB)) == nps_id
    assert estimate(now, 1) == 0, "it is not tried again at once"


def test_ratings_and_choices_are_drivers_of_their_own(make, now):
    survey = make.survey()
    texts = {"en": {"question": "And the parcel?", "low": "bad", "high": "good"}}
    rating = {"key": "q1", "kind": "scale", "low": 1, "high": 5, "texts": texts}
    publish(survey, survey.current.definition | {"questions": [rating]}, now)
    db.session.commit()
    for score, rated in ((2, "1"), (9, "5")):
        make.responses([score] * 105, answers={"q1": rated}, version=survey.current)

    keep(reckon(survey, now))

    found = estimates()["questions"]
    assert (found.n, [share["code"] for share in found.shares]) == (210, ["q1"])
    assert found.r_squared == pytest.approx(1) and found.shares[0]["r"] == 1


def test_typical_comments_are_those_in_the_middle_of_praise_and_of_complaints(make, now):
    customer = make.customer()
    late = say(make, [1] * 12, "DELIVERY.LATE", customer)
    glad = say(make, [10] * 9, None, customer)
    for at, response in enumerate([*late, *glad], start=1):
        likeness = 0.3 if at < 12 else 0.9
        db.session.add(Vector(response_id=response.id, numbers=numbers(likeness, at)))
    db.session.commit()

    keep(reckon(make.survey(), now))
    db.session.commit()

    rows = db.session.scalars(
        select(TypicalComment).order_by(TypicalComment.theme, TypicalComment.place)
    ).all()
    # Nine who praise are too few to have a middle.
    assert {(row.theme, row.mood, row.among) for row in rows} == {
        ("", "unhappy", 12),
        ("DELIVERY", "unhappy", 12),
    }
    assert [row.place for row in rows] == [1, 2, 3] * 2 and rows[0].response == late[-1]
    # Who is forgotten is no longer typical.
    db.session.delete(db.session.merge(late[-1]))
    db.session.commit()
    assert db.session.query(TypicalComment).count() == 4
