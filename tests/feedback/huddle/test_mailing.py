"""The huddle by mail: in the morning of business days, once, with no words of customers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.incidents.models import Incident
from feedback.huddle.mailing import backlog, make_mails, send_due, subscribe
from feedback.huddle.models import HuddleMail
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed, Refusal
from surveys.invitations.post import Post
from tests.doubles import BrokenMail

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")
HALF_PAST_EIGHT = 8 * 60 + 30


@pytest.fixture
def ben(make, now):
    make.brand()
    ben = make.staff("Ben")
    subscribe(ben, HALF_PAST_EIGHT, now)
    db.session.commit()
    return ben


def mails():
    return list(db.session.scalars(select(HuddleMail).order_by(HuddleMail.day)))


def morning(now, days):
    return (now + timedelta(days=days)).replace(hour=7, minute=30)  # half past eight in Berlin


@pytest.mark.once
def test_it_comes_on_business_days_once_from_the_next_morning_on(make, now, ben):
    make_mails(now, 10)
    assert not mails(), "who asks at noon gets none of this morning"
    for days in range(1, 8):
        make_mails(morning(now, days) - timedelta(seconds=1), 10)
        make_mails(morning(now, days), 10)
        make_mails(morning(now, days) + timedelta(hours=3), 10)
    assert [mail.day.day for mail in mails()] == [11, 12, 13, 16, 17]


def test_after_a_standstill_only_that_of_today_comes(make, now, ben):
    assert backlog(morning(now, 3) + timedelta(hours=5)) == 1
    make_mails(morning(now, 3) + timedelta(hours=5), 10)
    assert [mail.day.day for mail in mails()] == [13]


@pytest.mark.once
def test_it_holds_figures_and_the_way_but_no_words(make, now, ben, channels, kept):
    make.response(2, "Never again, says Dora", submitted_at=now, saved_at=now)
    make_mails(morning(now, 1), 10)
    assert (send_due(morning(now, 1), 10, channels, POST), send_due(morning(now, 1), 10, channels, POST)) == (
        1,
        0,
    )
    (message,) = kept.messages
    assert message.subject == "Huddle: 1 answer, 0 late"
    assert "NPS" in message.text and "https://feedback.test/huddle" in message.text
    assert "Dora" not in message.text + message.html


def test_it_names_what_many_tasks_have_in_common(make, now, ben, channels, kept):
    task, other, at = make.task(make.response(2)), make.task(make.response(1)), morning(now, 1)
    brand, signs = task.customer.brand, {"sign": "article", "named": "M-1", "title": "Mug"}
    task.incident = other.incident = Incident(brand=brand, **signs, usual=0.1, began_at=now, last_at=now)
    db.session.commit()

    make_mails(at, 10)
    send_due(at, 10, channels, POST)

    assert "Many tasks from one cause: article “Mug” · 2 open tasks\n" in kept.messages[0].text


def test_failures_are_tried_again_and_people_who_left_get_none(make, now, ben, channels, kept):
    make_mails(morning(now, 1), 10)
    (mail,) = mails()
    broken = BrokenMail(DeliveryFailed("busy"))
    send_due(mail.due_at, 10, Channels(mail=broken, kept=broken), POST)
    assert (mail.state, mail.due_at) == ("queued", morning(now, 1) + timedelta(minutes=1))
    ben.is_active = False
    db.session.commit()
    send_due(mail.due_at, 10, channels, POST)
    assert mail.state == "failed" and not kept.messages
    make_mails(morning(now, 2), 10)
    assert len(mails()) == 1


def test_it_can_be_changed_and_ended(make, now, ben):
    with pytest.raises(Refusal):
        subscribe(ben, 1440, now)
    subscribe(ben, 60, now)
    subscribe(ben, None, now)
    subscribe(ben, None, now)
    db.session.commit()
    make_mails(morning(now, 1), 10)
    assert not mails()


@pytest.mark.crash
def test_four_at_once_make_and_send_one(app, make, now, ben, channels, kept, race):
    at = morning(now, 1)

    def run(_number):
        with app.app_context():
            make_mails(at, 10)
            send_due(at, 10, channels, POST)
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert len(mails()) == len(kept.messages) == 1
