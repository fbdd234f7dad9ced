"""Mails to staff: rather twice than never, and the demo's people get none for real."""

from datetime import timedelta

import pytest

from feedback.follow_up.models import TaskEvent
from feedback.notices.models import Notice, NoticeMail
from feedback.notices.sending import send_due
from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from tests.doubles import BrokenMail, KeptMail

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


@pytest.fixture
def mail(make):
    staff = make.staff("Ben")
    event = make.keep(TaskEvent(task=make.task(), at=make.now, kind="assigned", after=staff.public_id))
    mail = make.keep(NoticeMail(staff=staff, made_at=make.now, due_at=make.now))
    make.keep(Notice(staff=staff, event=event, mail=mail, made_at=make.now))
    return mail


def test_a_mail_is_sent_once(mail, now, channels, kept):
    assert (send_due(now, 10, channels, POST), send_due(now, 10, channels, POST)) == (1, 0)
    assert (mail.state, mail.sent_at, len(kept.messages)) == ("sent", now, 1)


def test_after_a_death_while_sending_it_is_sent_again_under_the_same_id(mail, now, channels, kept):
    mail.claim_key, mail.begun_at = "gone", real_now() - timedelta(hours=1)
    mail.claimed_until = real_now() - timedelta(minutes=50)
    db.session.commit()
    send_due(now, 10, channels, POST)
    assert kept.messages[0].message_id == f"<{mail.public_id}@feedback.test>"


def test_failures_are_tried_again_unless_they_are_for_good(mail, now):
    passing = BrokenMail(DeliveryFailed("busy"))
    send_due(now, 10, Channels(mail=passing, kept=passing), POST)
    assert (mail.state, mail.due_at) == ("queued", now + timedelta(minutes=1))
    final = BrokenMail(DeliveryFailed("no such mailbox", permanent=True))
    send_due(mail.due_at, 10, Channels(mail=final, kept=final), POST)
    assert (mail.state, mail.due_at) == ("failed", None)


def test_people_of_the_demo_get_no_real_mail(mail, now):
    mail.staff.made_by_demo = True
    db.session.commit()
    real, kept = KeptMail(), KeptMail()
    send_due(now, 10, Channels(mail=real, kept=kept), POST)
    assert not real.messages and len(kept.messages) == 1


def test_people_who_left_get_none(mail, now, channels, kept):
    mail.staff.is_active = False
    db.session.commit()
    send_due(now, 10, channels, POST)
    assert mail.state == "failed" and not kept.messages
