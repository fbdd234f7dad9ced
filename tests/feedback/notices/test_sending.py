"""Mails with notices; how mails to staff are sent at all is told in test_delivering."""

import pytest

from feedback.follow_up.models import TaskEvent
from feedback.notices.models import Notice, NoticeMail
from feedback.notices.sending import send_due
from surveys.database import db
from surveys.invitations.post import Post

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


def test_people_who_left_get_none(mail, now, channels, kept):
    mail.staff.is_active = False
    db.session.commit()
    send_due(now, 10, channels, POST)
    assert mail.state == "failed" and not kept.messages
