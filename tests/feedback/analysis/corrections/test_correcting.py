"""What a person says of a comment is shown at once and stands; the reader's own word is kept to measure it by."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from feedback.analysis.analysing import analyse_new, read_again
from feedback.analysis.corrections.correcting import (
    NoSuchReading,
    NothingToCorrect,
    correct_label,
    correct_theme,
)
from feedback.analysis.models import Analysis, Correction, PhraseBook
from feedback.analysis.rereading import find_again
from feedback.privacy.anonymising import anonymise
from surveys.database import db
from surveys.responses.models import Response
from tests.doubles import WordReader

GLAD = WordReader("glad 1", lambda text: (0.5, 0.5))
OTHER = WordReader("sad 2", lambda text: (-0.5, 0.5))


@pytest.fixture
def response(make, now):
    found = make.response(comment="The parcel was late, what a surprise.")
    analyse_new(now, 10, GLAD)
    return db.session.get(Response, found.id)


def reading(response):
    db.session.expire_all()
    return db.session.scalars(select(Analysis).where(Analysis.response_id == response.id)).one()


def codes(response):
    return [theme.code for theme in reading(response).themes]


def test_a_corrected_label_is_shown_and_the_readers_own_word_is_kept(make, response, now):
    correct_label(response, "negative", make.staff(), now)

    found = reading(response)
    assert (found.label, found.read_as, found.polarity) == ("negative", "positive", 0.5)
    said = db.session.scalars(select(Correction)).one()
    assert (said.value, said.read_as, said.analyzer) == ("negative", "positive", "glad 1")


def test_a_later_correction_replaces_the_earlier_and_keeps_what_was_read_first(make, response, now):
    ben, ada = make.staff(), make.staff("Ada")
    correct_label(response, "negative", ben, now)
    correct_label(response, "mixed", ada, now + timedelta(hours=1))

    said = db.session.scalars(select(Correction)).one()
    assert (said.value, said.read_as, said.by_id) == ("mixed", "positive", ada.id)
    assert (reading(response).label, reading(response).read_as) == ("mixed", "positive")


def test_saying_that_it_was_right_is_a_correction_too(make, response, now):
    correct_label(response, "positive", make.staff(), now)

    assert db.session.scalars(select(Correction)).one().value == "positive"
    assert reading(response).label == "positive"


def test_no_opinion_can_be_right_where_numbers_were_read(make, response, now):
    correct_label(response, "no_opinion", make.staff(), now)

    assert (reading(response).label, reading(response).polarity) == ("no_opinion", 0.5)


def test_another_reader_does_not_overrule_a_person(make, response, now):
    ben = make.staff()
    correct_label(response, "mixed", ben, now)
    correct_theme(response, "DELIVERY.LATE", False, ben, now)
    db.session.commit()

    assert read_again(now, 10, OTHER) == 1

    found = reading(response)
    assert (found.label, found.read_as, found.polarity, found.analyzer) == (
        "mixed",
        "negative",
        -0.5,
        "sad 2",
    )
    assert codes(response) == []
    assert (
        db.session.scalars(select(Correction).where(Correction.kind == "label")).one().read_as == "positive"
    )


def test_themes_are_taken_away_and_added_and_stand_when_phrases_change(make, response, now):
    ben = make.staff()
    assert codes(response) == ["DELIVERY.LATE"]
    correct_theme(response, "DELIVERY.LATE", False, ben, now)
    correct_theme(response, "PRICE", True, ben, now)
    assert codes(response) == ["PRICE"]

    db.session.add(PhraseBook(id=1, version=1, changed_at=now))
    db.session.commit()
    assert find_again(now, 10) == 1
    assert codes(response) == ["PRICE"]

    correct_theme(response, "DELIVERY.LATE", True, ben, now)
    assert sorted(codes(response)) == ["DELIVERY.LATE", "PRICE"]
    late, price = sorted(reading(response).themes, key=lambda theme: theme.code)
    assert (late.end > 0, price.start, price.end, price.polarity) == (True, 0, 0, 0.5)


def test_a_comment_that_is_written_anew_has_not_been_judged(make, response, now):
    correct_label(response, "negative", make.staff(), now)
    db.session.execute(update(Response).values(comment="It is fine now.", analysed_at=None))
    db.session.commit()

    assert analyse_new(now, 10, GLAD) == 1

    assert (reading(response).label, reading(response).read_as) == ("positive", None)
    assert db.session.scalars(select(Correction)).all() == []


def test_corrections_go_with_the_words(make, response, now):
    ben = make.staff()
    correct_label(response, "negative", ben, now)
    correct_theme(response, "PRICE", True, ben, now)
    anonymise(response, now)

    assert db.session.scalars(select(Correction)).all() == []
    assert reading(response).mentions == []


@pytest.mark.once
@pytest.mark.parametrize("label", ["uncertain", "unreadable", "", "glad"])
def test_what_is_no_label_is_refused(make, response, now, label):
    with pytest.raises(NoSuchReading):
        correct_label(response, label, make.staff(), now)


def test_what_is_no_theme_is_refused(make, response, now):
    with pytest.raises(NoSuchReading):
        correct_theme(response, "WEATHER", True, make.staff(), now)


def test_what_nobody_has_read_cannot_be_corrected(make, now):
    with pytest.raises(NothingToCorrect):
        correct_label(make.response(comment="Not read yet."), "negative", make.staff(), now)
