"""A stored report counted again: the same numbers, or why not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.privacy.erasing import Means, erase
from feedback.reports.rerunning import rerun
from feedback.reports.storing import store
from surveys.channels.outbox import Outbox
from surveys.database import db
from surveys.responses.excluding import exclude, put_back
from surveys.responses.models import Response


@pytest.fixture
def stored(make, now, save):
    """Thirty answers from Austria and thirty from Germany, stored by country and in all."""
    ben = make.staff("Ben")
    for country in ("AT", "DE"):
        customer = make.customer(f"{country} Customer", country=country)
        make.responses([3] * 6 + [9] * 24, customer, saved_at=now, submitted_at=now)
    whole, part = save(ben, "Whole"), save(ben, "Part", country="AT")
    found = store(whole, ben, now), store(part, ben, now)
    db.session.commit()
    return found


def again(stored, at):
    db.session.commit()
    return rerun(stored, at)


@pytest.mark.once
def test_it_comes_out_the_same_whatever_comes_in_later(make, now, stored):
    later = now + timedelta(days=2)
    make.response(0, submitted_at=now - timedelta(days=1), saved_at=later)  # an import with an older date
    make.response(0, submitted_at=later, saved_at=later)
    found = again(stored[0], later)
    (row,) = found.rows
    assert found.is_same and (row.stored.n, row.again.n, row.today.n) == (60, 60, 61)
    assert row.again.score == row.stored.score and (found.came, found.excluded, found.missing) == (1, 0, 0)


@pytest.mark.once
def test_what_is_excluded_later_still_counts_as_of_then(make, now, stored):
    later = now + timedelta(hours=1)
    low = db.session.scalar(select(Response).where(Response.score == 3).limit(1))
    exclude(low, "bot", None, later)
    found = again(stored[0], later)
    (row,) = found.rows
    assert found.is_same and found.excluded == 1 and (row.again.n, row.today.n) == (60, 59)
    put_back(low)
    assert again(stored[0], later).excluded == 0


def test_what_had_been_excluded_and_is_put_back_is_told(make, now, save):
    ben, low = make.staff("Ben"), make.response(3)
    make.responses([9] * 10)
    exclude(low, "bot", None, now)
    kept = store(save(ben), ben, now)
    put_back(low)
    found = again(kept, now + timedelta(days=1))
    assert not found.is_same and (found.extra, found.missing) == (1, 0)


def test_what_is_corrected_later_is_told(make, now, stored):
    later = now + timedelta(hours=2)
    low = db.session.scalar(select(Response).where(Response.score == 3).limit(1))
    low.score, low.group, low.saved_at = 9, "promoter", later
    found = again(stored[0], later)
    assert not found.is_same and (found.missing, found.extra, found.corrected) == (1, 1, 1)


def test_an_erased_person_stays_in_the_whole_and_leaves_the_part(make, now, stored, tmp_path):
    austrian = db.session.scalar(select(Response).order_by(Response.id)).customer
    other = make.customer("Other", country="AT")
    for response in db.session.scalars(select(Response).where(Response.customer == austrian).limit(20)):
        response.customer = other
    db.session.flush()
    later = now + timedelta(days=1)
    erase(austrian, later, Means("a secret of this test, long enough", Outbox(tmp_path), "command"))
    whole, part = again(stored[0], later), again(stored[1], later)
    assert whole.is_same and whole.missing == 0
    assert not part.is_same and (part.missing, part.extra) == (10, 0)
    assert part.rows[0].again.n == 20


def test_a_part_that_has_become_too_small_is_not_counted_again(make, now, stored):
    for response in db.session.scalars(select(Response).order_by(Response.id).limit(28)):
        response.excluded_at, response.excluded_reason = now + timedelta(hours=1), "other"
    found = again(stored[1], now + timedelta(days=1))
    assert found.is_hidden and not found.is_same
    assert found.rows[0].again is None and found.rows[0].today is None


def test_other_words_and_another_reader_are_told(make, now, stored):
    stored[0].versions = {"questionnaires": {"nps": 7}, "reader": "older"}
    found = again(stored[0], now)
    assert [(survey.key, then, today) for survey, then, today in found.new_questionnaires] == [("nps", 7, 1)]
    assert found.reads_otherwise and found.is_same


def test_answers_that_have_become_held_back_are_not_counted_again(make, now, save):
    ben, survey = make.staff("Ben"), make.anonymous()
    for score in (3, 9, 9, 9, 7):
        make.response(score)
    kept = store(save(ben), ben, now)
    for response in db.session.scalars(select(Response).where(Response.survey == survey).limit(2)):
        db.session.delete(response)
    found = again(kept, now)
    assert found.is_hidden and found.rows[0].stored.n == 5
    assert found.rows[0].again is None and found.rows[0].today is None
