"""When a digest is made: once for each reader and week, not about nothing, never an old one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from feedback.notices.choosing import choose
from feedback.reports.digest.making import backlog, make_mails
from feedback.reports.digest.sending import send_due
from feedback.reports.digest.subscribing import subscribe
from feedback.reports.keeping import change
from feedback.reports.queries import reader_of, views_of
from surveys.database import db
from tests.feedback.reports.digest.conftest import MONDAY, POST, mails

WEEK = timedelta(days=7)


def answer(make, at, score=9):
    make.response(score, "Fine", submitted_at=at, saved_at=at)


@pytest.mark.once
def test_it_comes_on_monday_once_from_the_next_one_on(make, now, ben):
    answer(make, now)
    answer(make, MONDAY - timedelta(hours=9))  # the last hour of Sunday in Berlin is told as well
    answer(make, MONDAY)
    make_mails(now, 10)
    assert not mails(), "who asks on a Tuesday waits for Monday"
    for at in (MONDAY - timedelta(seconds=1), MONDAY, MONDAY + timedelta(days=2), MONDAY + WEEK):
        make_mails(at, 10)
    assert [(mail.first_day.day, mail.last_day.day, mail.is_pause) for mail in mails()] == [
        (9, 15, False),
        (16, 22, False),
    ]
    assert backlog(MONDAY + WEEK) == 0


def test_the_readers_own_monday_counts(make, now, ben):
    choose(ben, dict.fromkeys(("P1", "P2", "P3", "P4"), "mail"), "Pacific/Auckland", (0, 0), 480, now)
    answer(make, now)
    make_mails(MONDAY - timedelta(hours=12, seconds=1), 10)
    assert not mails()
    make_mails(MONDAY - timedelta(hours=12), 10)  # it is eight in Auckland, and still Sunday in Berlin
    assert len(mails()) == 1


def test_after_a_standstill_only_the_last_week_comes(make, now, ben):
    for weeks in range(4):
        answer(make, now + weeks * WEEK)
    make_mails(MONDAY + 3 * WEEK + timedelta(days=3), 10)
    assert [mail.last_day.day for mail in mails()] == [5]


@pytest.mark.once
def test_it_pauses_when_nothing_comes_in_says_so_once_and_starts_again(make, now, ben):
    for weeks in range(3):
        make_mails(MONDAY + weeks * WEEK, 10)
    (only,) = mails()
    assert only.is_pause and reader_of(ben, views_of(ben)[0]).is_paused
    answer(make, MONDAY + 3 * WEEK - timedelta(days=1))
    make_mails(MONDAY + 3 * WEEK, 10)
    make_mails(MONDAY + 4 * WEEK, 10)
    assert [mail.is_pause for mail in mails()] == [True, False, True]


def test_who_may_not_see_it_any_more_gets_none(make, now, ben, save):
    ada, dora = make.staff("Ada"), make.staff("Dora")
    view = save(ada, "Shared", shared=True)
    for each in (ben, dora):
        subscribe(each, view, "weekly", now)
    subscribe(ben, views_of(ben)[0], None, now)
    answer(make, now)
    dora.is_active = False
    db.session.commit()
    assert backlog(MONDAY) == 1
    change(view, "Shared", False, now)
    db.session.commit()
    make_mails(MONDAY, 10)
    assert not mails()


@pytest.mark.crash
def test_four_at_once_make_and_send_one(app, make, now, ben, channels, kept, race):
    answer(make, now)

    def run(_number):
        with app.app_context():
            make_mails(MONDAY, 10)
            send_due(MONDAY, 10, channels, POST)
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert len(mails()) == len(kept.messages) == 1
