"""Replies leave once, under the brand's name, in the thread the customer knows."""

from datetime import timedelta

import pytest

from feedback.follow_up.replying import as_page, compose, send_due
from feedback.follow_up.triaging import UNDO_FOR, reply
from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from tests.doubles import BrokenMail, KeptMail

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


@pytest.fixture
def written(make, now):
    invitation = make.invitation()
    response = make.response(2, "Late", customer=invitation.customer, invitation=invitation)
    written = reply(make.task(response), "Re: your order", "Hello Dora,\nsorry <b>.", now, actor=make.staff())
    db.session.commit()
    return written


@pytest.fixture
def then(now):
    """When the written mail is due."""
    return now + UNDO_FOR


def broken(**how) -> Channels:
    mail = BrokenMail(DeliveryFailed("the server said no", **how))
    return Channels(mail=mail, kept=mail)


@pytest.mark.once
def test_a_reply_is_sent_once_and_counts_as_contact(written, now, then, channels, kept):
    assert send_due(then, 10, channels, POST) == 1
    assert send_due(then, 10, channels, POST) == 0
    (message,) = kept.messages
    assert (message.from_name, message.from_email) == ("Ben · Demo Shop", "hello@shop.test")
    assert (message.reply_to, message.subject) == ("care@shop.test", "Re: your order")
    thread = f"<{written.task.response.invitation.public_id}@feedback.test>"
    assert message.headers["In-Reply-To"] == message.headers["References"] == thread
    assert message.as_email()["Auto-Submitted"] == "no"
    assert (written.state, written.sent_at, written.task.contacted_at) == ("sent", then, then)
    assert written.task.due_at == written.task.update_due_at == then + timedelta(days=2)
    assert written.task.history[-1].kind == "reply_sent"


def test_a_reply_leads_to_the_customers_own_page(written):
    message = compose(written, POST)

    assert (
        f"What you answered, and what happened with it:\n{POST.own_page_link(written.public_id)}"
        in message.text
    )
    assert f'<a href="{POST.own_page_link(written.public_id)}">' in message.html


@pytest.mark.once
def test_a_second_reply_continues_the_thread(written, now, then, channels, kept):
    send_due(then, 10, channels, POST)
    second = reply(written.task, "Re: your order", "One more thing", now, actor=written.author)
    message = compose(second, POST)
    assert message.headers["In-Reply-To"] == f"<{written.public_id}@feedback.test>"
    assert len(message.headers["References"].split()) == 2


def test_the_html_part_says_the_same_with_everything_escaped(written):
    page = compose(written, POST).html
    assert "<p>Hello Dora,<br>sorry &lt;b&gt;.</p>" in page
    assert 'lang="en"' in as_page("en", "Re", "x")


def test_a_refusal_for_good_is_shown_in_the_history(written, then):
    send_due(then, 10, broken(permanent=True), POST)
    assert (written.state, written.task.contacted_at) == ("failed", None)
    assert written.task.history[-1].kind == "reply_failed"
    assert "said no" in written.task.history[-1].text


def test_a_passing_failure_is_tried_again_later_and_at_last_given_up(written, then):
    at = then
    for pause in (1, 5, 15, 60, 240):
        assert send_due(at, 10, broken(), POST) == 1
        assert written.due_at == at + timedelta(minutes=pause)
        at = written.due_at
    send_due(at, 10, broken(), POST)
    assert written.state == "failed" and written.due_at is None


@pytest.mark.once
def test_a_send_of_unknown_end_is_never_repeated(written, now, then, channels, kept):
    send_due(then, 10, broken(uncertain=True), POST)
    assert written.state == "uncertain" and written.task.contacted_at is None
    assert send_due(then + timedelta(days=1), 10, channels, POST) == 0 and not kept.messages


def test_a_process_that_died_while_sending_leaves_a_doubt(written, now, then, channels, kept):
    written.claim_key, written.begun_at = "gone", real_now() - timedelta(hours=1)
    written.claimed_until = real_now() - timedelta(minutes=50)
    db.session.commit()
    send_due(then, 10, channels, POST)
    assert written.state == "uncertain" and not kept.messages
    assert written.task.history[-1].after == "uncertain"


def test_customers_made_by_the_demo_get_no_real_mail(written, then):
    written.task.customer.made_by_demo = True
    db.session.commit()
    mail, kept = KeptMail(), KeptMail()
    send_due(then, 10, Channels(mail=mail, kept=kept), POST)
    assert not mail.messages and len(kept.messages) == 1


def test_an_address_that_is_gone_fails_the_reply(written, now, then, channels, kept):
    written.task.customer.reference, written.task.customer.email = "C-9", None
    db.session.commit()
    send_due(then, 10, channels, POST)
    assert written.state == "failed" and not kept.messages
