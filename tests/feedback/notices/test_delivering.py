"""Mails to staff: rather twice than never, and the demo's people get none for real."""

from datetime import timedelta

import pytest

from feedback.huddle.models import HuddleMail
from feedback.notices.composing import Words, to_staff
from feedback.notices.delivering import Letter, send_to_staff
from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from tests.doubles import BrokenMail, KeptMail

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


@pytest.fixture
def mail(make):
    return make.keep(
        HuddleMail(staff=make.staff("Ben"), day=make.now.date(), made_at=make.now, due_at=make.now)
    )


def send(now, channels):
    def write(mail):
        words = Words("Hello", "Some figures", "<p>Some figures</p>")
        return Letter(to_staff(mail, mail.staff, POST, words), mail.staff) if mail.staff.is_active else None

    return send_to_staff(HuddleMail, now, 10, channels, write)


def test_a_mail_is_sent_once_from_the_house_to_its_reader(mail, now, channels, kept):
    assert (send(now, channels), send(now, channels)) == (1, 0)
    (message,) = kept.messages
    assert (message.to_email, message.from_email) == (mail.staff.email, POST.sender)
    assert (message.from_name, message.reply_to) == ("Nachklang", None)
    assert (mail.state, mail.sent_at, mail.due_at) == ("sent", now, None)


def test_after_a_death_while_sending_it_is_sent_again_under_the_same_id(mail, now, channels, kept):
    mail.claim_key, mail.begun_at = "gone", real_now() - timedelta(hours=1)
    mail.claimed_until = real_now() - timedelta(minutes=50)
    db.session.commit()
    send(now, channels)
    assert kept.messages[0].message_id == f"<{mail.public_id}@feedback.test>"


def test_failures_are_tried_again_unless_they_are_for_good(mail, now):
    passing = BrokenMail(DeliveryFailed("busy"))
    send(now, Channels(mail=passing, kept=passing))
    assert (mail.state, mail.due_at) == ("queued", now + timedelta(minutes=1))
    final = BrokenMail(DeliveryFailed("no such mailbox", permanent=True))
    send(mail.due_at, Channels(mail=final, kept=final))
    assert (mail.state, mail.due_at) == ("failed", None)


def test_people_of_the_demo_get_no_real_mail_and_who_is_not_to_get_it_none(mail, make, now):
    mail.staff.made_by_demo = True
    gone = make.keep(
        HuddleMail(staff=make.staff("Gone", is_active=False), day=now.date(), made_at=now, due_at=now)
    )
    real, kept = KeptMail(), KeptMail()
    send(now, Channels(mail=real, kept=kept))
    assert not real.messages and len(kept.messages) == 1
    assert (gone.state, gone.due_at, gone.sent_at) == ("failed", None, None)
