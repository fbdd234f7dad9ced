"""What the page shows of a conversation, and where a reply begins."""

from datetime import timedelta

import pytest

from feedback.follow_up.clocks.timing import mark_contacted
from feedback.follow_up.conversation.calling import log_try
from feedback.follow_up.conversation.showing import Wanted, begin_reply, talk_of
from feedback.follow_up.conversation.taking_back import take_back
from feedback.follow_up.forms import ReplyForm
from feedback.follow_up.models import Signal
from feedback.follow_up.queries import history, replies_of
from feedback.follow_up.triaging import reply, resolve, take


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def task(make):
    return make.task(make.response(2, "Late", locale="fr"))


def talk(task, ben, **asked):
    return talk_of(task, history(task), list(replies_of(task).values()), Wanted.read(asked), ben)


def begun(app, task, ben, **asked):
    with app.test_request_context():
        form = ReplyForm(formdata=None)
        begin_reply(form, task, talk(task, ben, **asked), ben)
        return form.body.data


def turned(make, **values):
    """A task about kind words with the lowest score, as it was opened."""
    answer = make.response(0, "Lovely and quick.", customer=make.customer(), **values)
    found = make.task(answer)
    why = {"rule": "low_score", "rule_version": 1, "priority": "P3", "why": "scale_reversal", "points": 30.0}
    make.keep(Signal(task=found, response=answer, at=make.now, **why))
    return found


@pytest.mark.once
def test_the_letter_that_fits_follows_the_case(make, task, ben, now):
    assert talk(task, ben).situation == "first_contact"
    assert talk(make.task(make.response(2)), ben).situation == "no_comment"
    assert talk(turned(make), ben).situation == "scale_reversal"
    assert talk(turned(make, corrected_score=0), ben).situation == "first_contact"
    put_right = turned(make)
    put_right.response.score, put_right.response.group = 9, "promoter"
    assert talk(put_right, ben).situation == "first_contact"
    take(task, ben, now)
    for channel in ("phone", "phone", "message"):
        log_try(task, channel, "not_reached", None, now, actor=ben)
    assert (talk(task, ben).situation, talk(task, ben).is_unreachable) == ("unreachable", True)
    log_try(task, "phone", "reached", None, now, actor=ben)
    assert talk(task, ben).situation == "waiting_on_us"
    resolve(task, "refund", "carrier", now, actor=ben)
    assert talk(task, ben).situation == "resolved"


def test_another_letter_in_another_language_can_be_chosen_and_nonsense_cannot(app, task, ben):
    assert begun(app, task, ben).startswith("Hello Dora Detractor,")
    assert "erledigt" in begun(app, task, ben, letter="resolved", **{"in": "de"})
    assert talk(task, ben, letter="nonsense", **{"in": "xx"})[4:6] == ("first_contact", "en")


@pytest.mark.once
def test_a_text_that_was_taken_back_stands_in_the_form_again_for_its_author(app, make, task, ben, now):
    mail = reply(task, "Re", "My own words", now, actor=ben)
    assert talk(task, ben).leaving == [mail]
    take_back(task.public_id, mail.public_id, now + timedelta(seconds=3), actor=ben)
    assert begun(app, task, ben) == "My own words" and talk(task, ben).leaving == []
    assert begun(app, task, ben, letter="resolved") != "My own words"
    assert begun(app, task, make.staff("Ada")) != "My own words"


def test_who_was_contacted_is_not_greeted_as_new(task, ben, now):
    mark_contacted(task, now)
    assert talk(task, ben).situation == "waiting_on_us"
