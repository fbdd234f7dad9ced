"""Thank-yous leave once, lead to the customer's own page, and never reach whom they must not."""

import pytest

from feedback.follow_up.praise.quoting import allow
from feedback.follow_up.praise.sending import compose, send_due
from feedback.follow_up.praise.thanking import thank
from surveys.database import db
from surveys.invitations.post import Post
from tests.feedback.follow_up.praise.happy import happy

POST = Post("https://feedback.shop.test", "survey@shop.test", "s" * 40)


@pytest.fixture
def thanks(make, now):
    made = thank(happy(make, now), "Thank you", "Dear Dora", now, actor=make.staff())
    db.session.commit()
    return made


def test_it_leaves_once_under_the_agents_name(thanks, now, channels, kept):
    assert (send_due(now, 10, channels, POST), send_due(now, 10, channels, POST)) == (1, 0)

    (message,) = kept.messages
    assert (thanks.state, thanks.sent_at, thanks.due_at) == ("sent", now, None)
    assert message.from_name.startswith("Ben ·") and message.text.startswith("Dear Dora")
    assert POST.own_page_link(thanks.public_id) in message.text


def test_it_asks_whether_the_words_may_be_shown_until_the_customer_said_so(thanks, now):
    assert "May we show your words to others?" in compose(thanks, POST).text

    allow(thanks.response, "initial", now)

    assert "May we show" not in compose(thanks, POST).text
    assert POST.own_page_link(thanks.public_id) in compose(thanks, POST).text


def test_who_objected_meanwhile_gets_none(thanks, now, channels, kept):
    thanks.customer.objected_at = now
    db.session.commit()

    send_due(now, 10, channels, POST)

    assert (thanks.state, kept.messages) == ("failed", [])
