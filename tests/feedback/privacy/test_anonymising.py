"""What is left of an answer: score and day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from feedback.analysis.analysing import analyse
from feedback.analysis.models import Analysis, Mention
from feedback.analysis.readers import LexiconReader
from feedback.privacy.anonymising import anonymise, start_of_day
from surveys.database import db
from surveys.responses.models import CONSIDERED


def test_an_answer_that_nobody_has_read_is_read_by_nobody(make, now):
    response = make.response(2, "Late", external_id="e", contact_permission=True)
    before = response.public_id

    anonymise(response, now)

    assert (response.comment, response.external_id, response.submission_id) == (None, None, None)
    assert (response.contact_permission, response.analysed_at, response.follow_up_stage) == (
        None,
        now,
        CONSIDERED,
    )
    assert response.public_id != before


def test_the_day_is_the_shops_also_when_the_clock_is_put_forward():
    berlin = ZoneInfo("Europe/Berlin")

    assert start_of_day(datetime(2026, 3, 29, 21, 59, tzinfo=UTC), berlin) == datetime(
        2026, 3, 28, 23, tzinfo=UTC
    )
    assert start_of_day(datetime(2026, 3, 29, 22, 0, tzinfo=UTC), berlin) == datetime(
        2026, 3, 29, 22, tzinfo=UTC
    )


def test_what_the_comment_talked_about_goes_and_how_it_felt_stays(make, now):
    response = make.response(2, "I had a rash.")
    analyse(response.id, LexiconReader("test", lambda text: (-0.5, 0.5)), now)
    assert set(db.session.scalars(select(Mention.code))) == {"SAFETY_LEGAL.ALLERGEN", "safety"}

    anonymise(response, now)

    assert db.session.scalars(select(Mention.code)).all() == []
    assert db.session.scalars(select(Analysis.label)).one() == "negative"
