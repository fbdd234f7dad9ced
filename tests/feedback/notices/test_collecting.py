"""Who hears of what, once, and bundled by the minute."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.moving import record
from feedback.notices.collecting import collect
from feedback.notices.models import Notice, NoticeMail
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


def test_what_happens_within_a_minute_comes_in_one_mail(make, now, people):
    ben = people["Ben"]
    for seconds in (0, 30):
        at = now + timedelta(seconds=seconds)
        happened(make.task(assignee=ben), "assigned", at, after=ben.public_id)
        collect(at, 10)
    collect(now + timedelta(seconds=59), 10)
    assert not mails()
    collect(now + timedelta(seconds=60), 10)
    (mail,) = mails()
    assert mail.staff is ben and len(mail.notices) == 2 and mail.due_at == now + timedelta(seconds=60)
    assert collect(now + timedelta(minutes=5), 10) == 0


def test_a_flood_after_a_standstill_is_one_mail_for_each_person(make, now, people):
    ben = people["Ben"]
    for seconds in range(0, 120, 10):
        at = now + timedelta(seconds=seconds)
        happened(make.task(assignee=ben), "escalated", at, after="3", text="admin", clock="contact")
        collect(at, 10)
    assert not mails()
    collect(now + timedelta(seconds=126), 10)
    assert sorted((mail.staff.name, len(mail.notices)) for mail in mails()) == [("Ben", 12), ("Paula", 12)]


def test_a_flood_that_does_not_end_is_told_after_a_quarter_of_an_hour(make, now, people):
    for minute in range(0, 15 * 6):
        at = now + timedelta(seconds=10 * minute)
        happened(make.task(), "escalated", at, after="1", text="admin", clock="contact")
        collect(at, 10)
    assert not mails()
    happened(make.task(), "escalated", now + timedelta(minutes=15), after="1", text="admin", clock="contact")
    collect(now + timedelta(minutes=15), 10)
    assert [mail.staff.name for mail in mails()] == ["Paula"]
