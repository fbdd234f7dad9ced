"""Digests leave by the way of all mail: claimed, sent, settled; ended ones do not."""

from datetime import timedelta

from feedback.reports.digest.making import make_mails
from feedback.reports.digest.sending import send_due
from feedback.reports.digest.subscribing import stop
from feedback.reports.queries import reader_of, views_of
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from tests.doubles import BrokenMail
from tests.feedback.reports.digest.conftest import MONDAY, POST, mails


def test_it_is_sent_once_and_a_failure_is_tried_again(make, now, ben, channels, kept):
    make.response(9, submitted_at=now)
    make_mails(MONDAY, 10)
    broken = BrokenMail(DeliveryFailed("busy"))
    send_due(MONDAY, 10, Channels(mail=broken, kept=broken), POST)
    (mail,) = mails()
    assert (mail.state, mail.due_at) == ("queued", MONDAY + timedelta(minutes=1))
    for _ in range(2):
        send_due(mail.due_at or MONDAY, 10, channels, POST)
    assert mail.state == "sent" and len(kept.messages) == 1


def test_what_is_ended_does_not_leave(make, now, ben, channels, kept):
    make.response(9, submitted_at=now)
    make_mails(MONDAY, 10)
    stop(reader_of(ben, views_of(ben)[0]))
    db.session.commit()
    send_due(MONDAY, 10, channels, POST)
    assert not mails() and not kept.messages


def test_who_left_meanwhile_gets_none(make, now, ben, channels, kept):
    make.response(9, submitted_at=now)
    make_mails(MONDAY, 10)
    ben.is_active = False
    db.session.commit()
    send_due(MONDAY, 10, channels, POST)
    assert mails()[0].state == "failed" and not kept.messages
