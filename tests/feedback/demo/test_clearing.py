import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from feedback.demo.clearing import clear
from feedback.demo.models import DemoMarker
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.models import Task, TaskEvent
from feedback.notices.models import HistoryCursor
from surveys.brand.models import Brand
from surveys.clock import ClockOffset, set_forward
from surveys.customers.models import Customer, Purchase
from surveys.database import begin_writing, db
from surveys.invitations.models import Invitation
from surveys.links.models import Link
from surveys.permission.bouncing import Fate, record_bounce
from surveys.permission.models import Bounce
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

# Days whose counts have changed are marked, so that the loop adds them up anew.
KEPT_TABLES = {"survey", "survey_version", "history_cursor", "set_aside", "rollup_mark"}


@pytest.mark.once
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


@pytest.mark.once
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


def test_who_works_in_the_demo_at_this_moment_finishes_first(app, make, now):
    brand = make.brand("demo", made_by_demo=True)
    survey, touchpoint, customer = make.survey(), make.touchpoint(brand=brand), make.customer(brand=brand)
    planned = Invitation(
        customer_id=customer.id,
        touchpoint_id=touchpoint.id,
        version_id=survey.current.id,
        locale="en",
        planned_at=now,
        first_due_at=now,
        due_at=now,
    )
    written = threading.Event()

    def plan() -> None:
        with app.app_context():
            begin_writing()
            db.session.add(planned)
            db.session.flush()
            written.set()
            if db.engine.dialect.name == "postgresql":  # SQLite lets one writer in at a time.
                for_us = "NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
                while not db.session.scalar(text(f"SELECT count(*) FROM pg_locks WHERE {for_us}")):
                    pass
            db.session.commit()

    db.session.rollback()
    loop = threading.Thread(target=plan)
    loop.start()
    written.wait(60)
    begin_writing()
    clear()
    db.session.commit()
    loop.join(60)

    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0
    assert db.session.scalar(select(func.count()).select_from(Brand)) == 0


def test_the_links_of_a_demo_shop_go_with_its_answers(make, now):
    shop = make.brand("ours", made_by_demo=True)
    make.response(9, customer=make.customer(brand=shop), link=make.link(brand=shop), channel="link")
    staying = make.link(brand=make.brand("real", name="Real"))

    clear()

    assert db.session.scalars(select(Link.id)).all() == [staying.id]
