"""Whoever watches hears of an alert: once, inside the house and by mail, never at night, with no words of customers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.insights.watching.judging import judge
from feedback.insights.watching.models import SeriesAlert
from feedback.notices.alerts.models import AlertNotice
from feedback.notices.alerts.queries import alert_news
from feedback.notices.alerts.telling import backlog, collect, send_due
from feedback.notices.queries import mark_told_read, unread_told
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from tests.doubles import BrokenMail
from tests.feedback.insights.watching.conftest import BAD, USUAL

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


@pytest.fixture
def alert(make, weeks, watched, now):
    """A fall of last week in the part that Ann watches; of what she does not, nobody hears."""
    for ago in range(20, 0, -1):
        weeks.week(ago, USUAL)
        weeks.week(ago, USUAL, "DE", "Flinkpaket")
    weeks.week(0, BAD)
    weeks.week(0, USUAL, "DE", "Flinkpaket")
    make.staff("Olga", "owner")
    watched(now - timedelta(days=3), country="AT")
    judge(now, 10)
    return db.session.scalars(select(SeriesAlert)).one()


def unread(staff_id, now):
    return unread_told([AlertNotice], staff_id, now)


def notices():
    db.session.expire_all()
    return list(db.session.scalars(select(AlertNotice)))


def test_the_mail_says_what_moved_by_how_much_since_when_and_the_way_there(make, alert, channels, kept, now):
    assert backlog(now) == 1 and collect(now, 10) == 1
    assert backlog(now) == 0 and collect(now, 10) == 0
    assert (send_due(now, 10, channels, POST), send_due(now, 10, channels, POST)) == (1, 0)

    (message,) = kept.messages
    assert message.to_name == "Ann"
    assert (
        message.subject
        == "NPS · Austria: lower than chance explains since 2\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026"
    )
    assert "−45 (" in message.text and "22 answers) instead of 41." in message.text
    assert "No single part of the answers stands out." in message.text
    assert f"https://feedback.test/insights/watch/{alert.series.public_id}" in message.text
    assert notices()[0].state == "sent"


def test_news_inside_the_house_are_read_once(make, alert, now):
    collect(now, 10)
    (notice,) = notices()
    assert unread(notice.staff_id, now) == 1 and unread(notice.staff_id + 1, now) == 0
    mark_told_read(AlertNotice, notice.staff_id + 1, [notice.id], now)
    assert unread(notice.staff_id, now) == 1
    mark_told_read(AlertNotice, notice.staff_id, [notice.id], now)
    assert unread(notice.staff_id, now) == 0 and len(alert_news(notice.staff_id, now)) == 1


def test_at_night_it_waits_and_what_was_read_meanwhile_needs_no_mail(make, alert, channels, kept, now):
    night = now.replace(hour=23)
    collect(night, 10)
    assert send_due(night, 10, channels, POST) == 0
    (notice,) = notices()
    assert night < notice.due_at <= night + timedelta(hours=12)

    mark_told_read(AlertNotice, notice.staff_id, [notice.id], night)
    db.session.commit()
    send_due(notice.due_at, 10, channels, POST)
    assert not kept.messages and notices()[0].state == "failed"


@pytest.mark.once
def test_what_was_over_before_somebody_watched_is_listed_but_not_told(make, alert, now):
    alert.series.readers[0].since = now
    db.session.commit()
    collect(now, 10)
    assert not notices() and alert.told_at == now


def test_a_busy_server_is_tried_again(make, alert, now):
    collect(now, 10)
    broken = BrokenMail(DeliveryFailed("busy"))
    send_due(now, 10, Channels(mail=broken, kept=broken), POST)
    (notice,) = notices()
    assert notice.state == "queued" and notice.due_at > now
