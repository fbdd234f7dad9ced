from datetime import timedelta

from surveys.channels.registry import Channels
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.permission.requesting import LIVES, request_consent
from surveys.permission.sending import backlog, send_due
from tests.doubles import BrokenMail


def asked_of(pat, now):
    asked = request_consent(pat, None, now)
    db.session.commit()
    return asked


def test_the_mail_asks_for_the_confirmation_and_nothing_else(pat, now, channels, kept, post):
    asked = asked_of(pat, now)
    assert backlog(now) == 1
    assert send_due(now, 20, channels, post) == 1

    (mail,) = kept.messages
    assert mail.subject == "Bitte bestätigen: Darf Demo Shop Sie fragen, wie Ihre Bestellungen waren?"
    assert post.consent_link(asked.public_id) in mail.text and "24. März 2026" in mail.text
    assert mail.text.count("https://") == 1
    assert (asked.state, asked.sent_at, asked.due_at, backlog(now)) == ("sent", now, None, 0)


def test_the_second_mail_has_an_id_of_its_own(pat, now, channels, kept, post):
    asked_of(pat, now)
    send_due(now, 20, channels, post)
    asked_of(pat, now + timedelta(days=1))
    send_due(now + timedelta(days=1), 20, channels, post)

    first, second = kept.messages
    assert first.message_id != second.message_id and first.text == second.text


def test_whoever_objects_before_the_mail_is_claimed_gets_none(pat, now, channels, kept, post):
    asked = asked_of(pat, now)
    object_to_asking(pat, "page", now)
    db.session.commit()
    send_due(now, 20, channels, post)

    assert (kept.messages, asked.state) == ([], "refused")


def test_a_mail_that_does_not_leave_is_tried_again_while_the_link_is_good(pat, now, post):
    asked = asked_of(pat, now)
    passing = BrokenMail(DeliveryFailed("450 busy"))
    send_due(now, 1, Channels(mail=passing, kept=passing), post)
    assert (asked.state, asked.due_at) == ("planned", now + timedelta(minutes=1))

    asked.due_at = now + LIVES - timedelta(seconds=1)
    db.session.commit()
    send_due(asked.due_at, 1, Channels(mail=passing, kept=passing), post)
    assert asked.state == "failed"


def test_a_refused_and_an_uncertain_mail_are_settled(make, now, post):
    for name, failure, state in (
        ("Pat", DeliveryFailed("550 no such user", permanent=True), "failed"),
        ("Olga", DeliveryFailed("line broke", uncertain=True), "uncertain"),
    ):
        asked = asked_of(make.customer(name, basis="opt_in"), now)
        broken = BrokenMail(failure)
        send_due(now, 1, Channels(mail=broken, kept=broken), post)
        assert (asked.state, asked.due_at) == (state, None)
