"""Answers are kept once, partial ones grow into whole ones, and a race has one winner."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from surveys.database import begin_writing, db
from surveys.responses.answering import AlreadyAnswered, Given, save_partial, submit
from surveys.responses.models import CONSIDERED, NEW, Response
from surveys.responses.queries import asked
from tests.surveys.responses.links import only_response


def given(**values):
    fields = {
        "submission_id": "form-1",
        "score": 3,
        "solved": None,
        "comment": "Late.",
        "contact_permission": True,
    }
    return Given(**(fields | values))


@pytest.fixture
def invitation(make):
    return make.invitation()


@pytest.fixture
def found(invitation):
    found = asked(invitation.public_id)
    db.session.rollback()
    return found


def test_an_answer_carries_what_the_invitation_knows(found, invitation, now):
    assert submit(found, given(), now)
    response = only_response()
    assert (response.score, response.group, response.comment) == (3, "detractor", "Late.")
    assert response.contact_permission is True and response.is_partial is False
    assert response.customer_id == invitation.customer_id
    assert response.purchase_id == invitation.purchase_id
    assert response.brand_id == invitation.customer.brand_id
    assert response.version_id == invitation.version_id
    assert (response.channel, response.locale) == ("email", "en")
    assert response.submitted_at == response.saved_at == now
    db.session.refresh(invitation)
    assert invitation.answered_at == now


def test_the_same_form_again_changes_nothing(found, now):
    submit(found, given(answers={"q1": ["PRICE"], "q2": 5}), now)
    assert not submit(found, given(answers={"q1": ["PRICE"], "q2": 5}), now)


@pytest.mark.parametrize(
    "changed", [{"comment": "Something else."}, {"contact_permission": False}, {"answers": {"q1": "yes"}}]
)
def test_the_same_form_with_anything_else_in_it_is_told_that_the_first_answer_counts(found, now, changed):
    submit(found, given(), now)
    with pytest.raises(AlreadyAnswered):
        submit(found, given(**changed), now)
    assert (only_response().comment, only_response().answers) == ("Late.", {})


def test_another_form_is_told_that_it_came_too_late(found, now):
    submit(found, given(), now)
    with pytest.raises(AlreadyAnswered):
        submit(found, given(submission_id="form-2"), now)


def test_a_partial_answer_grows_into_a_whole_one(found, invitation, now):
    assert save_partial(found, given(comment=None, contact_permission=None), now)
    partial = only_response()
    assert partial.is_partial and partial.submitted_at is None and partial.score == 3
    assert invitation.answered_at is None
    later = now + timedelta(minutes=2)
    assert save_partial(found, given(submission_id="form-2", score=4, comment="La"), later)
    assert submit(found, given(submission_id="form-2", score=4), later)
    assert only_response().id == partial.id
    db.session.refresh(partial)
    assert (partial.score, partial.comment, partial.is_partial) == (4, "Late.", False)
    assert partial.submitted_at == later


def test_a_finished_answer_is_read_and_considered_again(found, now):
    save_partial(found, given(comment="La"), now)
    partial = only_response()
    partial.analysed_at, partial.follow_up_stage = now, CONSIDERED
    db.session.flush()
    submit(found, given(), now)
    db.session.refresh(partial)
    assert (partial.analysed_at, partial.follow_up_stage) == (None, NEW)


def test_an_unchanged_comment_is_not_read_again(found, now):
    save_partial(found, given(), now)
    partial = only_response()
    partial.analysed_at, partial.follow_up_stage = now, CONSIDERED
    db.session.flush()
    submit(found, given(score=9), now)
    db.session.refresh(partial)
    assert (partial.analysed_at, partial.follow_up_stage) == (now, NEW)


def test_a_late_partial_never_touches_a_submitted_answer(found, now):
    submit(found, given(), now)
    assert not save_partial(found, given(score=9), now)
    assert only_response().score == 3


def test_an_empty_partial_is_not_kept(found, now):
    assert not save_partial(found, given(score=None, comment=None, contact_permission=None), now)
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_a_form_that_was_stored_for_another_invitation_is_refused(found, make, now):
    submit(found, given(), now)
    other = asked(make.invitation().public_id)
    submit(found, given(), now)
    db.session.commit()
    with pytest.raises(AlreadyAnswered):
        submit(other, given(), now)


def test_the_answer_to_a_check_back_has_no_score(make, now):
    invitation = make.invitation(
        purpose="verification", touchpoint=None, version=make.survey("check-back").current
    )
    submit(asked(invitation.public_id), given(score=None, solved="partly"), now)
    assert (only_response().score, only_response().answers) == (None, {"solved": "partly"})


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_twenty_at_once_make_exactly_one_answer(app, found, now):
    outcomes = []
    ready = threading.Barrier(20)

    def post(number):
        with app.app_context():
            ready.wait()
            begin_writing()
            try:
                outcomes.append(submit(found, given(submission_id=f"form-{number}"), now))
                db.session.commit()
            except AlreadyAnswered:
                outcomes.append("too late")
                db.session.rollback()
            finally:
                db.session.remove()

    threads = [threading.Thread(target=post, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(True) == 1
    assert outcomes.count("too late") == 19
    assert only_response().is_partial is False


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_partial_and_whole_at_once_end_as_the_whole_one(app, found, now):
    ready = threading.Barrier(20)

    def post(number):
        with app.app_context():
            ready.wait()
            begin_writing()
            verb = submit if number == 10 else save_partial
            verb(found, given(submission_id=f"form-{number}", score=number % 11), now)
            db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=post, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    response = only_response()
    assert (response.is_partial, response.submission_id, response.score) == (False, "form-10", 10)


def asked_anonymously(make, **values):
    make.anonymous()
    invitation = make.invitation(**values)
    found = asked(invitation.public_id)
    db.session.rollback()
    return found, invitation


def test_an_anonymous_answer_leads_to_nobody_and_knows_only_its_day(make, now):
    found, invitation = asked_anonymously(make)
    later = now + timedelta(days=3, hours=5)

    assert submit(found, given(), later)

    response = only_response()
    assert (response.score, response.comment, response.is_anonymous) == (3, "Late.", True)
    assert (response.invitation, response.customer, response.purchase, response.submission_id) == (None,) * 4
    assert response.contact_permission is None
    assert response.submitted_at == response.saved_at == datetime(2026, 3, 12, 23, tzinfo=UTC)  # in Berlin
    db.session.refresh(invitation)
    assert invitation.answered_at == invitation.sent_at  # that, not when


def test_a_mail_that_perhaps_left_is_answered_all_the_same(make, now):
    found, invitation = asked_anonymously(make, sent_at=None, state="uncertain")

    assert submit(found, given(), now)
    db.session.refresh(invitation)
    assert invitation.answered_at == invitation.planned_at


def test_an_anonymous_form_sent_again_is_known_and_another_comes_too_late(make, now):
    found, _ = asked_anonymously(make)

    assert submit(found, given(), now)
    assert not submit(found, given(comment="Something else."), now)
    with pytest.raises(AlreadyAnswered):
        submit(found, given(submission_id="form-2"), now)
    assert only_response().comment == "Late."


def test_one_form_for_two_anonymous_invitations_is_two_answers(make, now):
    first, second = asked_anonymously(make)[0], asked_anonymously(make)[0]

    assert submit(first, given(), now) and submit(second, given(), now)


def test_nothing_of_an_anonymous_survey_is_kept_half_way(make, now):
    found, _ = asked_anonymously(make)

    assert save_partial(found, given(), now)
    assert db.session.scalar(select(func.count(Response.id))) == 0
    submit(found, given(), now)
    assert not save_partial(found, given(), now)


def test_of_two_tabs_at_once_one_answer_is_stored(app, make, now, race):
    found, _ = asked_anonymously(make)
    start, outcomes = threading.Barrier(2), []

    def answer(form):
        with app.app_context():
            start.wait()
            begin_writing()
            try:
                submit(found, given(submission_id=form), now)
                db.session.commit()
                outcomes.append("stored")
            except AlreadyAnswered:
                db.session.rollback()
                outcomes.append("too late")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=answer, args=(form,)) for form in ("form-1", "form-2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stored", "too late"]
    assert only_response().customer is None
