from datetime import timedelta

from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis
from surveys.database import db
from surveys.responses.models import Response
from surveys.work import SetAside
from tests.doubles import WordReader

READER = WordReader("test 1", lambda text: (-0.8, 0.9) if "awful" in text else (0.0, 0.0))


class Stumbling:
    analyzer = "stumbling"

    def read(self, comment, locale):
        raise ValueError(comment)


def readings():
    return {row.response_id: row for row in db.session.scalars(select(Analysis))}


def test_a_comment_is_read_once(make, now):
    response = make.response(comment="It was an awful wait.")

    assert analyse_new(now, 10, READER) == 1
    assert analyse_new(now, 10, READER) == 0

    reading = readings()[response.id]
    assert (reading.language, reading.label, reading.polarity, reading.subjectivity) == (
        "en",
        "negative",
        -0.8,
        0.9,
    )
    assert (reading.analyzer, reading.analysed_at) == ("test 1", now)
    assert db.session.get(Response, response.id).analysed_at == now


def test_a_response_without_a_comment_is_done_without_a_reading(make, now):
    make.response(comment=None)
    make.response(comment="  ")

    assert analyse_new(now, 10, READER) == 2

    assert readings() == {}
    assert analyse_new(now, 10, READER) == 0


def test_words_the_reader_does_not_know_have_no_polarity(make, now):
    response = make.response(comment="The parcel lay in a depot.")

    analyse_new(now, 10, READER)

    assert readings()[response.id].label == "unreadable"
    assert readings()[response.id].polarity is None


def test_a_page_left_half_way_waits_half_an_hour(make, now):
    make.response(comment="awful, the", is_partial=True, submitted_at=None, saved_at=now)

    assert analyse_new(now + timedelta(minutes=29), 10, READER) == 0
    assert analyse_new(now + timedelta(minutes=30), 10, READER) == 1


def test_a_changed_comment_gets_a_new_reading_in_place_of_the_old(make, now):
    response = make.response(comment="It was awful.")
    analyse_new(now, 10, READER)
    response = db.session.get(Response, response.id)
    response.comment, response.analysed_at = None, None
    db.session.commit()

    analyse_new(now, 10, READER)

    assert readings() == {}


def test_a_comment_the_reader_stumbles_over_is_set_aside_and_does_not_stop_the_line(make, now):
    first = make.response(comment="It was awful.")

    assert analyse_new(now, 10, Stumbling()) == 0

    aside = db.session.scalars(select(SetAside)).one()
    assert (aside.job, aside.row_id) == ("analyse-responses", first.id)
    assert "ValueError" in aside.error
    second = make.response(comment="Awful? No, the parcel is here.")
    assert analyse_new(now, 10, READER) == 1
    assert list(readings()) == [second.id]


def test_no_more_than_the_limit_is_read_at_once(make, now):
    for _ in range(3):
        make.response(comment="It was awful.")

    assert analyse_new(now, 2, READER) == 2
    assert analyse_new(now, 2, READER) == 1


def test_when_an_anonymous_comment_was_read_does_not_tell_when_it_was_written(make, now):
    make.anonymous()
    midnight = now.replace(hour=23) - timedelta(days=1)
    response = make.response(3, "It was awful.", saved_at=midnight, submitted_at=midnight)

    analyse_new(now, 10, READER)

    assert readings()[response.id].analysed_at == midnight
    assert db.session.get(Response, response.id).analysed_at == midnight
