"""What a mail server says of a letter to a customer is believed; see praise and telling for who gets one."""

import pytest

from feedback.follow_up.praise.sending import send_due
from feedback.follow_up.praise.thanking import thank
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from tests.doubles import BrokenMail
from tests.feedback.follow_up.praise.happy import happy

POST = Post("https://feedback.shop.test", "survey@shop.test", "s" * 40)


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (DeliveryFailed("no such mailbox", permanent=True), "failed"),
        (DeliveryFailed("busy"), "queued"),
        (DeliveryFailed("gone", uncertain=True), "uncertain"),
    ],
)
def test_what_a_mail_server_says_is_believed(make, now, failure, state):
    thanks = thank(happy(make, now), "Thank you", "Dear Dora", now, actor=make.staff())
    db.session.commit()
    mail = BrokenMail(failure)

    send_due(now, 10, Channels(mail=mail, kept=mail), POST)

    assert thanks.state == state
    assert (thanks.due_at is not None) == (state == "queued")
