"""Deeds on many tasks: each is done or says why not, and none stops another."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.follow_up.clocks.snoozing import NotSnoozable
from feedback.follow_up.inbox.many.ordering import order
from feedback.follow_up.inbox.many.queries import progress_of, refused_of, waiting_count
from feedback.follow_up.inbox.many.working import AT_ONCE, work, work_at_once, work_on_many
from feedback.follow_up.inbox.models import BulkItem
from surveys.database import begin_writing, db


@pytest.fixture
def ben(make):
    return make.staff("Ben")


def test_each_task_is_done_or_keeps_why_not_for_readers_of_every_language(make, now):
    ben = make.staff("Ben", locale="de")
    quiet, urgent = make.task(priority="P3"), make.task(priority="P1")
    until = (now + timedelta(days=1)).isoformat()
    deed = order("snooze", {"until": until, "reason": "Stock"}, [quiet.id, urgent.id], now, by=ben)
    work_at_once(deed, now)
    assert progress_of(deed) == (0, 1, 1) and deed.done_at == now
    assert quiet.snoozed_until == now + timedelta(days=1) and urgent.snoozed_until is None
    (left,) = refused_of(deed).items
    assert left.task is urgent and left.why == NotSnoozable.phrase


@pytest.mark.once
def test_take_give_and_close_are_the_single_deeds(make, ben, now):
    dora, task, other = (
        make.staff("Dora"),
        make.task(),
        make.task(state="closed", outcome="invalid", closed_at=now),
    )
    work_at_once(order("take", {}, [task.id], now, by=ben), now)
    assert (task.assignee, task.state) == (ben, "in_progress")
    work_at_once(order("give", {"assignee": dora.public_id}, [task.id], now, by=ben), now)
    assert task.assignee is dora
    deed = order("close", {"outcome": "invalid"}, [task.id, other.id], now, by=ben)
    work_at_once(deed, now)
    assert (task.state, task.outcome) == ("closed", "invalid")
    assert [row.kind for row in task.history] == ["assigned", "moved", "assigned", "ended", "moved"]


def test_a_large_one_is_left_to_the_loop_which_ends_it(make, ben, now):
    tasks = [make.task() for _each in range(AT_ONCE + 2)]
    deed = order("take", {}, [task.id for task in tasks], now, by=ben)
    work_at_once(deed, now)
    db.session.commit()
    assert progress_of(deed) == (AT_ONCE + 2, 0, 0) and waiting_count() == AT_ONCE + 2
    assert work_on_many(now, 20) == 20 and deed.done_at is None
    assert work_on_many(now, 20) == AT_ONCE + 2 - 20 and deed.done_at == now
    assert {task.assignee for task in tasks} == {ben} and work_on_many(now, 20) == 0


def test_two_processes_that_do_the_last_two_tasks_at_once_end_the_deed(app: Flask, make, ben, now):
    deed = order("take", {}, [make.task().id for _each in range(2)], now, by=ben)
    db.session.commit()
    first, second = db.session.scalars(select(BulkItem.id).order_by(BulkItem.id)).all()

    def other() -> None:
        with app.app_context():
            begin_writing()
            work(second, now)
            db.session.commit()
            db.session.remove()

    db.session.commit()
    begin_writing()
    work(first, now)
    process = threading.Thread(target=other)
    process.start()
    process.join(0.5)  # it waits for the commit, or has done its work before
    db.session.commit()
    process.join(30)

    db.session.expire_all()
    assert progress_of(deed) == (0, 2, 0) and deed.done_at == now
