from datetime import timedelta

import pytest
from sqlalchemy import create_engine, select, text

from feedback.analysis.analysing import analyse_new, note, read, read_again
from feedback.analysis.models import Analysis
from surveys.database import db, engine_options
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


@pytest.mark.once
def test_a_comment_the_reader_stumbles_over_is_set_aside_and_does_not_stop_the_line(make, now):
    first = make.response(comment="It was awful.")

    assert analyse_new(now, 10, Stumbling()) == 0

    aside = db.session.scalars(select(SetAside)).one()
    assert (aside.job, aside.row_id) == ("analyse-responses", first.id)
    assert "ValueError" in aside.error
    second = make.response(comment="Awful? No, the parcel is here.")
    assert analyse_new(now, 10, READER) == 1
    assert list(readings()) == [second.id]


@pytest.mark.once
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


@pytest.mark.once
def test_fifty_thousand_imported_comments_keep_no_fresh_one_waiting(make, now):
    customer = make.customer()
    with make.at_one_go():
        for _ in range(300):
            make.response(comment="It was awful, years ago.", channel="import", customer=customer)
    fresh = make.response(comment="It is awful.", customer=customer)

    assert analyse_new(now, 200, READER) == 1 + 50

    assert fresh.id in readings()
    assert analyse_new(now, 200, READER) == 50
    rounds = 0
    while analyse_new(now, 200, READER):
        rounds += 1
    assert (rounds, len(readings())) == (4, 301)


class Watching(WordReader):
    """A reader that does something else while it reads."""

    def __init__(self, meanwhile):
        super().__init__("test 2", lambda text: (-0.8, 0.9))
        self.meanwhile = meanwhile

    def read(self, comment, locale):
        assert not db.session().in_transaction()
        self.meanwhile()
        return super().read(comment, locale)


@pytest.fixture
def elsewhere(application):
    """Another process that writes, and waits for nobody."""
    url = db.engine.url
    options = engine_options(url.drivername)
    if url.drivername == "sqlite":
        options["connect_args"] = {"timeout": 0}
    engine = create_engine(url, **options)

    def write(statement):
        with engine.begin() as connection:
            connection.execute(text(statement))

    yield write
    engine.dispose()


def test_while_a_comment_is_read_others_can_write(make, now, elsewhere):
    first, second = (make.response(comment=comment).id for comment in ("It was awful.", "Late."))
    change = f"UPDATE response SET score = 1 WHERE id = {second}"

    done = analyse_new(now, 1, Watching(lambda: elsewhere(change)))

    assert (done, list(readings())) == (1, [first])
    assert db.session.get(Response, second).score == 1


def test_a_comment_that_was_changed_while_it_was_read_stays_unread(make, now, elsewhere):
    response = make.response(comment="It was awful.")
    change = f"UPDATE response SET comment = 'It was late.' WHERE id = {response.id}"

    analyse_new(now, 10, Watching(lambda: elsewhere(change)))

    assert readings() == {}
    assert db.session.get(Response, response.id).analysed_at is None
    analyse_new(now, 10, READER)
    assert list(readings()) == [response.id]


def test_a_comment_that_was_changed_while_it_was_read_again_keeps_its_reading(make, now, elsewhere):
    response = make.response(comment="It was awful.")
    analyse_new(now, 10, READER)
    change = f"UPDATE response SET comment = 'It was late.' WHERE id = {response.id}"

    read_again(now, 10, Watching(lambda: elsewhere(change)))

    assert readings()[response.id].analyzer == "test 1"


def test_what_another_has_read_meanwhile_is_not_read_twice(make, now):
    response = make.response(comment="It was awful.")
    found = read(response.id, READER)
    analyse_new(now, 10, READER)

    note(response.id, found, "late", now)

    assert readings()[response.id].analyzer == "test 1"


def test_a_response_that_is_erased_while_it_is_read_leaves_nothing(make, now, elsewhere):
    response = make.response(comment="It was awful.")
    erasing = f"DELETE FROM response WHERE id = {response.id}"

    analyse_new(now, 10, Watching(lambda: elsewhere(erasing)))

    assert readings() == {}
    assert db.session.scalars(select(SetAside)).all() == []
