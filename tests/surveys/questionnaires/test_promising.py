"""A promise can be made and taken back until somebody relies on it; what must never be true cannot be stored."""

import threading

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from surveys.database import begin_writing, db
from surveys.errors import Refusal
from surveys.questionnaires.closing import copy_survey
from surveys.questionnaires.drafting import NotEditable, change
from surveys.questionnaires.models import Survey
from surveys.questionnaires.promising import Answered, AsksWho, Promised, promise
from surveys.questionnaires.publishing import Unsound, publish, publish_draft
from surveys.questionnaires.starters import NPS
from surveys.responses.answering import ChangedMeanwhile, submit
from surveys.responses.models import Response
from surveys.responses.queries import asked
from tests.surveys.questionnaires.asking import row, step_of
from tests.surveys.responses.test_answering import given


def test_a_survey_that_nobody_has_answered_can_be_switched_both_ways(make):
    survey = make.survey()

    promise(survey, True)
    assert survey.is_anonymous
    promise(survey, False)
    assert not survey.is_anonymous


@pytest.mark.parametrize("values", [{}, {"is_partial": True, "submitted_at": None}])
def test_after_the_first_answer_it_stays_as_it_is(make, values):
    response = make.response(3, **values)

    with pytest.raises(Answered):
        promise(response.survey, True)


def test_an_anonymous_answer_keeps_it_anonymous(make, now):
    invitation = make.invitation()
    promise(invitation.version.survey, True)
    db.session.commit()
    submit(asked(invitation.public_id), given(), now)

    with pytest.raises(Answered):
        promise(invitation.version.survey, False)


def test_a_mail_that_left_with_the_promise_holds_it(make):
    invitation = make.invitation()
    promise(invitation.version.survey, True)

    with pytest.raises(Promised):
        promise(invitation.version.survey, False)


def test_a_planned_mail_holds_nothing_yet(make):
    survey = make.invitation(state="planned").version.survey

    promise(survey, True)
    promise(survey, False)


def test_versions_that_ask_who_it_is_cannot_become_anonymous(make, now):
    survey = make.survey()
    publish(survey, {**NPS, "questions": [row("q1", "contact")]}, now)
    publish(survey, NPS, now)

    with pytest.raises(AsksWho) as refused:
        promise(survey, True)
    assert refused.value.values["number"] == 2


def test_the_check_back_belongs_to_its_task(make):
    with pytest.raises(NotEditable):
        promise(make.survey("check-back"), True)


def test_contact_details_cannot_be_published_in_an_anonymous_survey(make, now):
    olga, survey = make.staff("Olga", "owner"), make.survey()
    promise(survey, True)
    change(survey, {**NPS, "questions": [row("q1", "contact")]}, 0, olga, now)

    with pytest.raises(Unsound) as refused:
        publish_draft(survey, step_of(survey), now)
    assert [flaw.where for flaw in refused.value.flaws] == ["q1"]


def test_a_copy_promises_the_same(make, now):
    survey = make.survey()
    promise(survey, True)

    assert copy_survey(survey, "Again", make.staff("Olga", "owner"), now).is_anonymous


def test_the_database_lets_no_answer_change_sides(make):
    response = make.response(3)

    with pytest.raises(IntegrityError):
        db.session.execute(update(Survey).where(Survey.id == response.survey_id).values(is_anonymous=True))
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(update(Response).values(is_anonymous=True))


@pytest.mark.parametrize(
    "who", ["invitation_id", "customer_id", "purchase_id", "submission_id", "external_id"]
)
def test_the_database_keeps_nobody_beside_an_anonymous_answer(make, now, who):
    invitation = make.invitation()
    promise(invitation.version.survey, True)
    db.session.commit()
    submit(asked(invitation.public_id), given(), now)
    db.session.commit()
    somebody = invitation.id if who == "invitation_id" else getattr(invitation, who, "x-1")

    with pytest.raises(IntegrityError):
        db.session.execute(update(Response).values({who: somebody}))


def test_an_answer_on_its_way_is_not_stored_under_another_promise(make, now):
    invitation = make.invitation()
    found = asked(invitation.public_id)
    db.session.rollback()
    promise(invitation.version.survey, True)
    db.session.commit()

    with pytest.raises(ChangedMeanwhile):
        submit(found, given(), now)


def test_the_switch_and_the_first_answer_have_one_winner(app, make, now, race):
    invitation = make.invitation()
    found, survey_id = asked(invitation.public_id), invitation.version.survey_id
    db.session.commit()
    start, done = threading.Barrier(2), {}

    def at_once(name, act):
        with app.app_context():
            start.wait()
            begin_writing()
            try:
                act()
                db.session.commit()
                done[name] = True
            except Refusal:
                db.session.rollback()
                done[name] = False
            finally:
                db.session.remove()

    acts = {
        "answer": lambda: submit(found, given(), now),
        "switch": lambda: promise(db.session.get_one(Survey, survey_id), True),
    }
    threads = [threading.Thread(target=at_once, args=pair) for pair in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.expire_all()
    survey = db.session.get_one(Survey, survey_id)
    stored = db.session.query(Response).all()
    assert done["answer"] != done["switch"]
    assert [response.is_anonymous for response in stored] == ([False] if done["answer"] else [])
    assert survey.is_anonymous == done["switch"]
