from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.demo.clearing import clear
from feedback.demo.models import DemoMarker
from feedback.follow_up.models import Reply, Task, TaskEvent
from feedback.notices.models import HistoryCursor
from surveys.brand.models import Brand
from surveys.clock import ClockOffset, set_forward
from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.permission.bouncing import Fate, record_bounce
from surveys.permission.models import Bounce
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

KEPT_TABLES = {"survey", "survey_version", "history_cursor", "set_aside"}


@pytest.mark.thorough
def test_nothing_of_the_demo_is_left(filled):
    filled(60)
    set_forward(timedelta(days=1))
    purchases = db.session.scalar(select(func.count()).select_from(Purchase))
    db.session.commit()

    assert clear() == purchases
    db.session.commit()

    for table in db.metadata.sorted_tables:
        if table.name not in KEPT_TABLES:
            assert db.session.scalar(select(func.count()).select_from(table)) == 0, table.name


@pytest.mark.thorough
def test_what_belongs_to_a_real_shop_stays(make, now, filled):
    filled(20)
    agent = db.session.scalars(select(StaffMember).where(StaffMember.role == "agent")).one()
    brand = make.brand("mine")
    response = make.response(customer=make.customer(brand=brand))
    task = Task(
        response=response,
        customer=response.customer,
        priority="P2",
        rule="low_score",
        assignee=agent,
        opened_at=now,
        changed_at=now,
    )
    letter = Reply(task=task, author=agent, subject="Hello", body="Hello", written_at=now, due_at=now)
    db.session.add_all([letter, TaskEvent(task=task, at=now, kind="replied", actor=agent)])
    db.session.commit()

    clear()
    db.session.commit()
    db.session.expire_all()

    assert list(db.session.scalars(select(Brand.key))) == ["mine"]
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 1
    assert (task.assignee, letter.author.is_active) == (None, False)
    assert db.session.get(DemoMarker, 1) is None
    assert db.session.get(ClockOffset, 1) is None


def test_mails_that_came_back_to_a_shop_of_the_demo_keep_nothing_from_going(make, now):
    demo, mine = make.brand("demo", made_by_demo=True), make.brand("mine")
    for brand in (demo, mine, None):
        record_bounce(Fate("dora@example.test", "5.1.1", "no such mailbox", "hook", brand=brand), now)
    db.session.commit()

    clear()
    db.session.commit()

    assert set(db.session.scalars(select(Bounce.brand_id))) == {mine.id, None}


def test_what_happened_in_other_shops_and_was_told_to_nobody_yet_stays_news(make, now):
    task = make.task(make.response(customer=make.customer(brand=make.brand("mine"))))
    told = TaskEvent(task=task, at=now, kind="opened")
    db.session.add_all([told, TaskEvent(task=task, at=now, kind="escalated")])
    db.session.flush()
    db.session.add(HistoryCursor(reader="notices", event_id=told.id))
    db.session.commit()

    clear()
    db.session.commit()

    assert db.session.scalar(select(HistoryCursor.event_id)) == told.id
