"""An answer is taken out of the numbers with its reason, and put back whole."""

from datetime import timedelta

import pytest

from surveys.database import db
from surveys.post_box.writing_back import keep_answer, of_invitation
from surveys.responses.answering import Given, save_partial, submit
from surveys.responses.excluding import CountsNowhere, NotAReason, exclude, put_back
from surveys.responses.queries import asked
from surveys.segments.queries import answers_of
from tests.surveys.responses.links import only_response

HOUR = timedelta(hours=1)


def given(form="form-1", score=3):
    return Given(form, score, None, "Late.", True)


@pytest.fixture
def tried_out(make):
    """A question that left while its touchpoint asked only the team; the test is over now."""
    return make.invitation(is_test=True)


def test_an_excluded_answer_says_when_why_and_by_whom(make, now):
    response, olga = make.response(3), make.staff("Olga", "owner")

    exclude(response, "bot", olga, now)

    assert (response.excluded_at, response.excluded_reason, response.excluded_by) == (now, "bot", olga)


def test_put_back_it_is_as_if_nothing_had_been(make, now):
    response = make.response(3)
    exclude(response, "duplicate", make.staff(), now)
    put_back(response)
    put_back(response)

    assert (response.excluded_at, response.excluded_reason, response.excluded_by_id) == (None, None, None)


def test_a_second_reason_replaces_the_first(make, now):
    response = make.response(3)
    exclude(response, "bot", None, now)
    exclude(response, "scanner", make.staff(), now + HOUR)

    assert (response.excluded_reason, response.excluded_at) == ("scanner", now + HOUR)


def test_an_unknown_reason_and_a_check_back_are_refused(make, now):
    with pytest.raises(NotAReason):
        exclude(make.response(3), "boring", None, now)
    with pytest.raises(CountsNowhere):
        exclude(make.response(None, survey_key="check-back", answers={"solved": "no"}), "bot", None, now)


def test_what_the_team_answers_while_it_tries_things_out_is_excluded_by_itself(tried_out, now):
    submit(asked(tried_out.public_id), given(), now)
    db.session.commit()

    response = only_response()
    assert (response.excluded_reason, response.excluded_at, response.excluded_by_id) == ("test", now, None)


def test_so_is_what_they_write_back(tried_out, now):
    assert keep_answer(of_invitation(tried_out), "Looks good", "k" * 64, now).excluded_reason == "test"


def test_a_customers_answer_counts(make, now):
    submit(asked(make.invitation().public_id), given(), now)
    db.session.commit()

    assert only_response().excluded_at is None


def test_a_test_that_was_put_back_half_way_still_counts_when_it_is_sent(tried_out, now):
    save_partial(asked(tried_out.public_id), given(), now)
    db.session.commit()
    response = only_response()
    put_back(response)
    db.session.commit()
    submit(asked(tried_out.public_id), given(score=9), now + HOUR)
    db.session.commit()
    db.session.refresh(response)

    assert (response.score, response.excluded_at) == (9, None)


def test_segments_are_told_of_the_answer_before_the_excluded_one(make, now):
    customer = make.customer()
    make.response(3, customer=customer, submitted_at=now - HOUR)
    exclude(make.response(10, customer=customer), "bot", None, now)

    assert [answer.group for answer in answers_of([customer.id])[customer.id]] == ["detractor"]
