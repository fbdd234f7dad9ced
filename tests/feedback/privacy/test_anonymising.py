"""What is left of an answer: score and day."""

from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Mention
from feedback.privacy.anonymising import anonymise
from surveys.database import db
from surveys.responses.models import CONSIDERED
from tests.doubles import WordReader


def test_an_answer_that_nobody_has_read_is_read_by_nobody(make, now):
    response = make.response(2, "Late", external_id="e", contact_permission=True, corrected_score=9)
    before = response.public_id

    anonymise(response, now)

    assert (response.comment, response.external_id, response.submission_id) == (None, None, None)
    assert (response.contact_permission, response.analysed_at, response.follow_up_stage) == (
        None,
        now,
        CONSIDERED,
    )
    assert response.public_id != before
    assert (response.score, response.corrected_score) == (2, 9)


def test_what_the_comment_talked_about_goes_and_how_it_felt_stays(make, now):
    response = make.response(2, "I had a rash.")
    analyse_new(now, 10, WordReader("test", lambda text: (-0.5, 0.5)))
    assert set(db.session.scalars(select(Mention.code))) == {"SAFETY_LEGAL.ALLERGEN", "safety"}

    anonymise(response, now)

    assert db.session.scalars(select(Mention.code)).all() == []
    assert db.session.scalars(select(Analysis.label)).one() == "negative"
