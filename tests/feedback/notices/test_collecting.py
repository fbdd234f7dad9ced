"""Who hears of what, once, and bundled by the quarter of an hour."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from feedback.follow_up.models import TaskEvent
from feedback.follow_up.moving import record
from feedback.notices.choosing import choose
from feedback.notices.collecting import backlog, collect
from feedback.notices.models import Notice, NoticeMail
from feedback.notices.reading import mark_read
from surveys.database import db


@pytest.fixture
def people(make):
    return {name: make.staff(name, role=role) for name, role in ROLES.items()}


ROLES = {"Olga": "owner", "Paula": "admin", "Ben": "agent", "Nadia": "agent", "Dora": "analyst"}


def happened(task, kind, now, **values):
    record(task, kind, now, **values)
    db.session.commit()


def told():
    rows = db.session.scalars(select(Notice).order_by(Notice.id))
    return sorted(row.staff.name for row in rows)


def mails():
    return list(db.session.scalars(select(NoticeMail).order_by(NoticeMail.id)))


@pytest.mark.once
def test_the_new_owner_hears_of_it_once(make, now, people):
    happened(make.task(assignee=people["Ben"]), "assigned", now, after=people["Ben"].public_id)
    assert collect(now, 10) == 1
    assert collect(now, 10) == 0
    assert told() == ["Ben"]


def test_nobody_is_told_of_their_own_deed(make, now, people):
    ben = people["Ben"]
    happened(make.task(assignee=ben), "assigned", now, actor=ben, after=ben.public_id)
    collect(now, 10)
    assert told() == []


@pytest.mark.once
def test_a_task_of_nobody_is_told_to_admins_and_owners(make, now, people):
    happened(make.task(assigned_because="nobody"), "opened", now, after="P2")
    happened(
        make.task(assignee=make.staff("Ben"), assigned_because="least_loaded"), "opened", now, after="P2"
    )
    collect(now, 10)
    assert told() == ["Olga", "Paula"]


def test_escalations_climb(make, now, people):
    task = make.task(assignee=people["Ben"])
    happened(task, "escalated", now, after="1", text="admin")
    collect(now, 10)
    assert told() == ["Ben", "Paula"]
    happened(task, "escalated", now, after="3", text="owner")
    collect(now, 10)
    assert told() == ["Ben", "Ben", "Olga", "Paula"]


@pytest.mark.once
def test_half_of_the_time_is_told_to_the_owner_inside_and_four_fifths_to_the_lead_too(make, now, people):
    happened(make.task(assignee=people["Ben"]), "reminded", now, after="50", clock="contact")
    collect(now, 10)
    assert told() == ["Ben"]
    collect(now + timedelta(minutes=20), 10)
    assert not mails()
    happened(make.task(assignee=people["Ben"]), "reminded", now, after="80", text="admin", clock="contact")
    collect(now + timedelta(minutes=20), 10)
    assert told() == ["Ben", "Ben", "Paula"]
    collect(now + timedelta(minutes=40), 10)
    assert {mail.staff.name: len(mail.notices) for mail in mails()} == {"Ben": 1, "Paula": 1}


def test_where_nobody_owns_it_the_lead_hears_of_half_of_the_time(make, now, people):
    happened(make.task(), "reminded", now, after="50", clock="contact")
    collect(now, 10)
    assert told() == ["Paula"]


def test_only_a_no_of_the_customer_is_told(make, now, people):
    task = make.task(assignee=people["Nadia"])
    for said in ("yes", "partly", "no"):
        happened(task, "answered", now, after=said)
    collect(now, 10)
    assert told() == ["Nadia"]


@pytest.mark.parametrize("how", ["failed", "uncertain"])
def test_a_mail_that_did_not_arrive_is_told_to_the_owner(make, now, people, how):
    happened(make.task(assignee=people["Nadia"]), "reply_failed", now, after=how, text="no such mailbox")
    collect(now, 10)
    assert told() == ["Nadia"]


def test_the_owner_hears_which_score_a_customer_meant(make, now, people):
    happened(make.task(assignee=people["Nadia"]), "meant", now, before="0", after="10")
    collect(now, 10)
    assert told() == ["Nadia"]


@pytest.mark.parametrize("over", ["wait_over", "colleague_wait_over"])
def test_a_wait_that_ends_by_itself_is_told_to_the_owner_and_no_other_move_is(make, now, people, over):
    task = make.task(assignee=people["Nadia"])
    happened(task, "moved", now, after="in_progress", text=over)
    happened(task, "moved", now, actor=people["Ben"], after="waiting_internal", text="Ben asks the warehouse")
    collect(now, 10)
    assert told() == ["Nadia"]


def test_what_concerns_nobody_is_not_looked_at_again(make, now, people):
    ben = people["Ben"]
    task = make.task(assignee=ben, assigned_because="least_loaded")
    happened(task, "opened", now, after="P2")
    happened(task, "assigned", now, actor=ben, after=ben.public_id)
    happened(task, "assigned", now, actor=ben)
    happened(task, "answered", now, after="yes")

    assert collect(now, 10) == 0


def test_old_news_is_not_told(make, now, people):
    happened(make.task(assigned_because="nobody"), "opened", now - timedelta(days=3), after="P2")
    collect(now, 10)
    assert told() == []


def test_a_row_that_shows_up_late_is_told_all_the_same(make, now, people):
    task = make.task(assignee=people["Ben"])
    happened(task, "noted", now)
    happened(task, "assigned", now, after=people["Ben"].public_id)
    late = task.history[0]
    collect(now, 10)
    late.kind, late.after = "assigned", people["Nadia"].public_id
    db.session.commit()
    collect(now, 10)
    assert told() == ["Ben", "Nadia"]


@pytest.mark.once
def test_what_happens_within_a_quarter_of_an_hour_comes_in_one_mail(make, now, people):
    ben = people["Ben"]
    for minutes in (0, 10):
        at = now + timedelta(minutes=minutes)
        happened(make.task(assignee=ben), "assigned", at, after=ben.public_id)
        collect(at, 10)
    collect(now + timedelta(minutes=14, seconds=59), 10)
    assert not mails()
    collect(now + timedelta(minutes=15), 10)
    (mail,) = mails()
    assert mail.staff is ben and len(mail.notices) == 2 and mail.due_at == now + timedelta(minutes=15)
    assert collect(now + timedelta(minutes=20), 10) == 0


@pytest.mark.once
def test_what_is_most_urgent_waits_a_minute_and_takes_the_rest_along(make, now, people):
    ben = people["Ben"]
    for priority in ("P2", "P0"):
        happened(make.task(assignee=ben, priority=priority), "assigned", now, after=ben.public_id)
    collect(now, 10)
    collect(now + timedelta(seconds=59), 10)
    assert not mails()
    collect(now + timedelta(seconds=60), 10)
    assert [len(mail.notices) for mail in mails()] == [2]


@pytest.mark.once
def test_a_flood_after_a_standstill_is_one_mail_for_each_person(make, now, people):
    ben = people["Ben"]
    for seconds in range(0, 16 * 60, 60):
        at = now + timedelta(seconds=seconds)
        happened(make.task(assignee=ben), "escalated", at, after="3", text="admin", clock="contact")
        collect(at, 10)
    assert not mails()
    collect(now + timedelta(minutes=15, seconds=16), 10)
    assert sorted((mail.staff.name, len(mail.notices)) for mail in mails()) == [("Ben", 16), ("Paula", 16)]


@pytest.mark.once
def test_a_flood_that_does_not_end_is_told_after_half_an_hour(make, now, people):
    for minutes in range(0, 30, 3):
        at = now + timedelta(minutes=minutes)
        happened(make.task(), "escalated", at, after="1", text="admin", clock="contact")
        collect(at, 10)
    assert not mails()
    happened(make.task(), "escalated", now + timedelta(minutes=30), after="1", text="admin", clock="contact")
    collect(now + timedelta(minutes=30), 10)
    assert [mail.staff.name for mail in mails()] == ["Paula"]


def test_one_rung_of_a_task_is_mailed_once_though_two_clocks_reach_it(make, now, people):
    task = make.task(assignee=people["Ben"])
    for clock in ("contact", "resolution"):
        happened(task, "escalated", now, after="1", text="admin", clock=clock)
    collect(now, 10)
    collect(now + timedelta(minutes=20), 10)
    assert {mail.staff.name: len(mail.notices) for mail in mails()} == {"Ben": 1, "Paula": 1}
    assert told() == ["Ben", "Ben", "Paula", "Paula"], "inside the house both are told"
    happened(task, "escalated", now + timedelta(hours=1), after="2", text="admin", clock="contact")
    collect(now + timedelta(hours=1), 10)
    task.reopened = 1
    happened(task, "escalated", now + timedelta(hours=1), after="1", text="admin", clock="contact")
    collect(now + timedelta(hours=1), 10)
    collect(now + timedelta(hours=2), 10)
    assert [len(mail.notices) for mail in mails() if mail.staff is people["Ben"]] == [1, 2]


def test_what_was_read_inside_the_house_needs_no_mail(make, now, people):
    ben = people["Ben"]
    happened(make.task(assignee=ben), "assigned", now, after=ben.public_id)
    collect(now, 10)
    mark_read(ben, [each.id for each in db.session.scalars(select(Notice))], now + timedelta(minutes=5))
    db.session.commit()
    collect(now + timedelta(minutes=20), 10)
    assert not mails()
    assert backlog(now + timedelta(minutes=20)) == 0


def test_in_quiet_hours_only_the_most_urgent_is_mailed_and_the_rest_comes_together_in_the_morning(
    make, now, people
):
    ben = people["Ben"]
    night = now.replace(hour=21)
    for minutes, priority in enumerate(("P1", "P0", "P2")):
        at = night + timedelta(minutes=minutes)
        happened(make.task(assignee=ben, priority=priority), "assigned", at, after=ben.public_id)
        collect(at, 10)
    collect(night + timedelta(minutes=10), 10)
    (mail,) = mails()
    assert [each.event.task.priority for each in mail.notices] == ["P0"]
    opening = (now + timedelta(days=1)).replace(hour=8)  # nine in Berlin
    collect(opening - timedelta(seconds=1), 10)
    assert len(mails()) == 1
    collect(opening, 10)
    assert sorted(each.event.task.priority for each in mails()[1].notices) == ["P1", "P2"]


def digests():
    return [mail for mail in mails() if mail.digest_day is not None]


@pytest.mark.once
def test_what_is_not_pressing_comes_once_a_day_with_what_is_still_new(make, now, people):
    ben = people["Ben"]
    tasks = [make.task(assignee=ben, priority=priority) for priority in ("P3", "P4", "P3")]
    for task in tasks:
        happened(task, "assigned", now, after=ben.public_id)
    collect(now, 10)
    happened(tasks[2], "noted", now + timedelta(hours=1), actor=ben)
    opening = (now + timedelta(days=1)).replace(hour=8)
    collect(opening - timedelta(seconds=1), 10)
    assert not mails()
    collect(opening, 10)
    (digest,) = digests()
    assert [each.event.task for each in digest.notices] == tasks[:2]
    happened(make.task(assignee=ben, priority="P3"), "assigned", opening, after=ben.public_id)
    collect(opening + timedelta(hours=3), 10)
    assert len(digests()) == 1, "what came after the digest waits for the next one"


def test_after_two_days_of_standstill_one_digest_catches_up(make, now, people):
    ben = people["Ben"]
    for hours in (0, 20, 40):
        at = now + timedelta(hours=hours)
        happened(make.task(assignee=ben, priority="P3"), "assigned", at, after=ben.public_id)
        event = db.session.scalars(select(TaskEvent).order_by(TaskEvent.id.desc())).first()
        make.keep(Notice(staff=ben, event=event, made_at=at, by_mail=False, in_digest=True))
    back = now + timedelta(hours=47)
    for minutes in range(3):
        collect(back + timedelta(minutes=minutes), 10)
    assert [(mail.digest_day.isoformat(), len(mail.notices)) for mail in digests()] == [("2026-03-12", 3)]


def test_half_of_the_time_waits_for_the_digest(make, now, people):
    happened(make.task(assignee=people["Ben"]), "reminded", now, after="50", clock="contact")
    collect(now, 10)
    collect(now + timedelta(days=1), 10)
    assert [mail.digest_day.isoformat() for mail in mails()] == ["2026-03-11"]


def test_the_digest_of_a_day_cannot_be_stored_twice(make, now, people):
    for _ in range(2):
        db.session.add(NoticeMail(staff=people["Ben"], made_at=now, due_at=now, digest_day=now.date()))
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


@pytest.mark.once
def test_everybody_hears_by_the_way_they_chose(make, now, people):
    ben, nadia = people["Ben"], people["Nadia"]
    choose(ben, {"P1": "mail", "P2": "app", "P3": "mail", "P4": "app"}, "Asia/Tokyo", (0, 0), 480, now)
    for who in (ben, nadia):
        for priority in ("P2", "P3"):
            happened(make.task(assignee=who, priority=priority), "assigned", now, after=who.public_id)
    collect(now, 10)
    collect(now + timedelta(minutes=20), 10)
    mailed = {(mail.staff.name, each.event.task.priority) for mail in mails() for each in mail.notices}
    assert mailed == {("Ben", "P3"), ("Nadia", "P2")}


@pytest.mark.crash
def test_four_at_once_make_one_digest_and_one_mail(app, make, now, people, race):
    ben = people["Ben"]
    for priority in ("P2", "P3"):
        happened(make.task(assignee=ben, priority=priority), "assigned", now, after=ben.public_id)
    collect(now, 10)
    later = now + timedelta(days=1)

    def run(_number):
        with app.app_context():
            collect(later, 10)
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert sorted(mail.digest_day is None for mail in mails()) == [False, True]
    assert all(len(mail.notices) == 1 for mail in mails())
