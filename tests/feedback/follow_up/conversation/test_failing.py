"""A mail that did not arrive is no contact, and nobody waits for an answer to it."""

from datetime import timedelta

import pytest

from feedback.follow_up.conversation.calling import log_try
from feedback.follow_up.conversation.failing import contacted_otherwise, is_known_since, note_failed
from feedback.follow_up.replying import send_due
from feedback.follow_up.triaging import UNDO_FOR, reply, wait_for_colleagues, wait_for_customer
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")
DAY = timedelta(days=1)


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def task(make, ben):
    pat = make.customer("Pat", email="pat@example.test")
    return make.task(make.response(2, "Late", customer=pat), state="in_progress", assignee=ben)


def written(task, at, ben, channels):
    """Return Ben's mail to Pat, which has left."""
    mail = reply(task, "Re: your order", "Which colour?", at, actor=ben)
    db.session.commit()
    send_due(at + UNDO_FOR, 10, channels, POST)
    db.session.commit()
    return mail


def test_a_task_that_waits_for_an_answer_to_it_goes_on_and_says_why(task, ben, now, channels):
    mail = written(task, now, ben, channels)
    wait_for_customer(task, now + 5 * DAY, now + UNDO_FOR, actor=ben)
    note_failed(mail, task, "550 no such user", now + DAY)
    assert (task.state, task.waiting_until, mail.state) == ("in_progress", None, "failed")
    last = task.history[-1]
    assert (task.history[-2].kind, last.kind, last.text, last.actor) == (
        "reply_failed",
        "moved",
        "not_arrived",
        None,
    )
    assert task.contacted_at is None and task.due_at is not None


def test_one_that_cannot_even_leave_is_the_same(task, ben, now, monkeypatch, channels):
    mail = reply(task, "Re: your order", "Which colour?", now, actor=ben)
    wait_for_customer(task, now + 5 * DAY, now, actor=ben)
    db.session.commit()

    def refuse(_channels, _message, *, for_real):
        raise DeliveryFailed("no such user", permanent=True)

    monkeypatch.setattr(Channels, "deliver", refuse)
    send_due(now + UNDO_FOR, 10, channels, POST)
    assert (mail.state, task.state, task.history[-1].text) == ("failed", "in_progress", "not_arrived")


@pytest.mark.parametrize("known_by", ["a later mail", "a call"])
def test_a_customer_who_knows_it_by_another_way_is_waited_for(task, ben, now, channels, known_by):
    first = written(task, now, ben, channels)
    if known_by == "a call":
        log_try(task, "phone", "reached", None, now + DAY, actor=ben)
    else:
        written(task, now + DAY, ben, channels)
    wait_for_customer(task, now + 5 * DAY, now + DAY, actor=ben)
    assert is_known_since(task, first)
    note_failed(first, task, "550 no such user", now + 2 * DAY)
    assert (task.state, task.history[-1].kind) == ("waiting_customer", "reply_failed")
    assert task.contacted_at == contacted_otherwise(task) != first.sent_at


@pytest.mark.once
def test_whoever_waits_for_a_colleague_waits_on(task, ben, now, channels):
    mail = written(task, now, ben, channels)
    wait_for_colleagues(task, "the warehouse", now + 5 * DAY, now + UNDO_FOR, actor=ben)
    note_failed(mail, task, "550 no such user", now + DAY)
    assert task.state == "waiting_internal"
