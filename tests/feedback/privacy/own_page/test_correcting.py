"""A customer corrects an answer: for a day, and until somebody of the team works on it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.queries import reading_of, unread
from feedback.follow_up import triaging
from feedback.follow_up.opening import open_tasks
from feedback.follow_up.queries import task_of_response
from feedback.privacy.own_page.correcting import (
    IN_WORK,
    MOST,
    TOO_LATE,
    Correction,
    NotAnyMore,
    TooOften,
    correct,
)
from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.doubles import WordReader
from tests.surveys.questionnaires.asking import row, when

DAY = timedelta(days=1)
READER = WordReader("test 1", lambda text: (-0.8, 0.9) if "awful" in text else (0.8, 0.9))


def turn(now):
    """Let the loop look at what is new."""
    analyse_new(now, 10, READER)
    open_tasks(now, 10)
    db.session.commit()


def answered(make, score=9, comment="Lovely and quick, thank you all.", **values):
    response = make.response(score, comment, **values)
    turn(make.now)
    return response


def corrected(response, now, score=9, comment="Lovely and quick, thank you all.", permission=True):
    done = correct(response.id, Correction(score, comment, permission), now)
    db.session.commit()
    turn(now)
    return done


def test_the_new_value_takes_the_old_ones_place_and_is_read_and_considered_anew(make, now):
    response = answered(make)
    assert task_of_response(response.id) is None and reading_of(response.id).polarity > 0

    assert corrected(response, now + timedelta(hours=1), 1, "It was awful and it came much too late.")
    assert (response.score, response.group, response.submitted_at) == (1, "detractor", now)
    assert reading_of(response.id).label == "negative"
    assert task_of_response(response.id).priority == "P1"


def test_further_answers_to_which_the_new_score_does_not_lead_are_gone(make, now):
    questions = [
        row("q1", "reasons", reasons={"detractor": ["DELIVERY.LATE"], "": ["PRICE"]}),
        row("q2", "contact", show_if=[when("group", "detractor")]),
        row("q3", show_if=[when("carrier", "dhl")]),
    ]
    given = {"q1": ["DELIVERY.LATE"], "q2.phone": "+49 171 555", "q3": "Wet"}
    purchase = make.purchase(carrier="DHL")
    response = answered(make, 2, purchase=purchase, customer=purchase.customer, answers=given)
    response.version = publish(response.survey, {**NPS, "questions": questions}, now)

    corrected(response, now, 3)
    assert response.answers == given
    corrected(response, now, 10)
    assert response.answers == {"q3": "Wet"}


def test_what_was_corrected_is_kept_without_words(make, now):
    response = answered(make)
    corrected(response, now, 8, "Secret words", None)
    row = db.session.scalars(select(AuditEvent)).one()

    assert (row.action, row.object_id, row.actor_id) == ("own_page.correct", response.public_id, None)
    assert row.changes[0]["fields"] == {
        "score": [9, 8],
        "contact_permission": [True, None],
        "comment": None,
    }
    assert "Secret" not in str(row.changes)


def test_the_same_again_stores_nothing(make, now):
    response = answered(make)
    assert not corrected(response, now)
    assert db.session.scalar(select(AuditEvent)) is None and response.follow_up_stage == 2


def test_only_the_score_changed_keeps_the_reading(make, now):
    response = answered(make)
    read_at = response.analysed_at
    correct(response.id, Correction(2, response.comment, True), now + timedelta(hours=2))

    assert response.analysed_at == read_at and unread("x", now, 10) == []


def test_words_taken_back_leave_no_reading(make, now):
    response = answered(make)
    corrected(response, now, 9, None)

    assert (response.comment, reading_of(response.id)) == (None, None)


@pytest.mark.once
def test_a_better_score_takes_no_task_away_and_its_history_says_what_happened(make, now):
    response = answered(make, 2, None)
    task = task_of_response(response.id)
    corrected(response, now, 10, None)

    assert (task.state, task.priority) == ("new", "P3")
    event = task.history[-1]
    assert (event.kind, event.before, event.after, event.actor) == ("corrected", "2", "10", None)


def test_a_task_ends_when_contact_is_refused_and_goes_on_when_it_is_allowed_again(make, now):
    response = answered(make, 2, "It was awful.")
    task = task_of_response(response.id)
    corrected(response, now, 2, "It was awful.", False)
    assert (task.state, task.outcome) == ("closed", "no_permission")
    corrected(response, now, 2, "It was awful.", True)

    assert (task.state, task.outcome, task.history[-1].text) == ("in_progress", None, "allowed_again")


def test_a_refusal_taken_back_opens_the_task_that_was_wanting(make, now):
    response = answered(make, 2, "It was awful.", contact_permission=False)
    assert task_of_response(response.id) is None
    corrected(response, now, 2, "It was awful.", True)

    assert task_of_response(response.id) is not None


def test_after_24_hours_it_stays_as_it_is(make, now):
    response = answered(make)
    assert corrected(response, now + DAY, 8)
    with pytest.raises(NotAnyMore, match=TOO_LATE):
        correct(response.id, Correction(7, None, None), now + DAY + timedelta(seconds=1))
    assert response.score == 8


def test_once_somebody_works_on_its_task_it_stays_as_it_is(make, now):
    response = answered(make, 2, None)
    task, ben = task_of_response(response.id), make.staff()
    corrected(response, now, 3, None)
    triaging.take(task, ben, now)
    db.session.commit()

    with pytest.raises(NotAnyMore, match=IN_WORK[:40]):
        correct(response.id, Correction(10, None, None), now)
    assert response.score == 3


@pytest.mark.once
@pytest.mark.parametrize(
    "values",
    [
        {"channel": "import"},
        {"channel": "api"},
        {"is_partial": True, "submitted_at": None},
        {"score": None, "comment": "A mail"},
    ],
)
def test_what_was_not_sent_on_the_page_cannot_be_corrected_here(make, now, values):
    response = make.response(**({"score": 5} | values))
    with pytest.raises(NotAnyMore):
        correct(response.id, Correction(7, None, None), now)


def test_an_answer_that_is_gone_cannot_be_corrected(make, now):
    with pytest.raises(NotAnyMore):
        correct(4711, Correction(7, None, None), now)


def test_there_is_an_end_to_correcting(make, now):
    response = answered(make)
    for number in range(MOST):
        assert correct(response.id, Correction(number % 2, None, None), now)

    with pytest.raises(TooOften):
        correct(response.id, Correction(9, None, None), now)
    assert not correct(response.id, Correction((MOST - 1) % 2, None, None), now)
