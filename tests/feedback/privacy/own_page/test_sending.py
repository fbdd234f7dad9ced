"""The mail with the link leaves once, to the address on file, and not when nobody waits for it any more."""

from datetime import timedelta

import pytest

from feedback.privacy.own_page.requesting import HOUR, request_link
from feedback.privacy.own_page.sending import backlog, send_due
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from tests.doubles import BrokenMail, KeptMail

POST = Post("https://feedback.test", "survey@shop.test", "a secret of this test")


@pytest.fixture
def asked(make, now):
    def ask(kind="disclosure", language="en", **values):
        link = request_link(make.customer(**values), kind, language, now)
        db.session.commit()
        return link

    return ask


def broken(**how):
    mail = BrokenMail(DeliveryFailed("the server said no", **how))
    return Channels(mail=mail, kept=mail)


def test_the_mail_has_one_link_and_its_hour_begins_when_it_leaves(asked, now, channels, kept):
    link = asked("erasure", "de", name="Dora", email="dora@example.test")
    later = now + timedelta(minutes=10)
    assert backlog(later) == 1
    assert (send_due(later, 10, channels, POST), send_due(later, 10, channels, POST)) == (1, 0)
    (mail,) = kept.messages

    assert mail.subject == "Ihre Daten bei Demo Shop löschen?" and mail.to_email == "dora@example.test"
    assert POST.own_data_link(link.public_id) in mail.text and mail.text.count("https://") == 1
    assert "müssen Sie nichts tun" in mail.text and "Guten Tag Dora," in mail.text
    assert (link.state, link.sent_at, link.expires_at, backlog(later)) == ("sent", later, later + HOUR, 0)


def test_after_an_hour_or_with_another_address_nothing_leaves(asked, now, channels, kept):
    late, moved = asked(), asked(name="Paula")
    moved.customer.email = "elsewhere@example.test"
    late.due_at = now + HOUR
    db.session.commit()
    send_due(now, 10, channels, POST)
    send_due(now + HOUR, 10, channels, POST)

    assert (late.state, moved.state, kept.messages) == ("refused", "refused", [])


def test_a_passing_failure_is_tried_again(asked, now, channels, kept):
    link = asked()
    send_due(now, 10, broken(), POST)
    assert (link.state, link.due_at) == ("planned", now + timedelta(minutes=1))
    send_due(link.due_at, 10, channels, POST)
    assert (link.state, len(kept.messages)) == ("sent", 1)


@pytest.mark.parametrize(
    ("how", "state"), [({"permanent": True}, "failed"), ({"uncertain": True}, "uncertain")]
)
def test_how_it_ended_is_kept_and_nothing_is_sent_twice(asked, now, channels, kept, how, state):
    link = asked()
    send_due(now, 10, broken(**how), POST)
    send_due(now + timedelta(minutes=20), 10, channels, POST)

    assert (link.state, link.due_at, kept.messages) == (state, None, [])


def test_people_of_the_demo_get_no_real_mail(asked, now, kept):
    asked(made_by_demo=True)
    real = KeptMail()
    send_due(now, 10, Channels(mail=real, kept=kept), POST)

    assert (real.messages, len(kept.messages)) == ([], 1)
