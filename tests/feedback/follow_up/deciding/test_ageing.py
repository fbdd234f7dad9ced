"""Waiting tasks rise in the queue, and a broken promise lifts them."""

from datetime import timedelta

from sqlalchemy import update

from feedback.follow_up import triaging
from feedback.follow_up.deciding.ageing import age_task, age_tasks
from feedback.follow_up.deciding.queries import ripe_count
from feedback.follow_up.models import Task
from surveys.database import db

HOUR = timedelta(hours=1)


def test_a_task_rises_while_it_waits_and_stands_higher_when_its_promise_breaks(make, now):
    task = make.task(points=50.0)  # 8 business hours to the first contact
    assert (task.standing, task.effective) == (2, 50)

    assert age_tasks(now + 4 * HOUR, 10) == 1
    assert (task.standing, task.effective, task.is_broken) == (2, 60, False)
    # The next step is due after another twentieth of the eight hours.
    assert task.ages_at == now + 4.4 * HOUR
    assert age_tasks(now + 4.3 * HOUR, 10) == 0

    late = task.due_at + HOUR
    age_tasks(late, 10)
    assert (task.standing, task.effective, task.is_broken, task.ages_at) == (1, 70, True, None)
    assert task.priority == "P2" and ripe_count(late + 9 * HOUR) == 0


def test_a_kept_promise_puts_the_task_back_to_its_own_level(make, now):
    task, ben = make.task(), make.staff()
    late = task.due_at + HOUR
    age_tasks(late, 10)
    triaging.note(task, "Called.", late, actor=ben, contacted=True)
    db.session.commit()

    assert age_tasks(late, 10) == 1
    assert (task.standing, task.is_broken) == (2, False)
    assert 0 < task.aged < 20


def test_ageing_is_no_change_that_somebody_could_miss(make, now):
    task = make.task()
    version = task.version
    age_tasks(now + HOUR, 10)
    db.session.expire_all()

    assert (task.version, task.changed_at, task.aged) == (version, now, 2)


def test_what_was_changed_meanwhile_is_looked_at_again(make, now):
    task = make.task()
    db.session.execute(update(Task).values(version=7), execution_options={"synchronize_session": False})
    db.session.commit()
    age_task(task.id, now + HOUR)

    assert task.aged == 2


def test_what_waits_for_the_customer_comes_last_and_grows_no_older(make, now):
    task, ben = make.task(), make.staff()
    triaging.take(task, ben, now)
    triaging.note(task, "Called", now, actor=ben, contacted=True)
    triaging.wait_for_customer(task, now + 48 * HOUR, now, actor=ben)
    db.session.commit()
    age_tasks(now + 24 * HOUR, 10)

    assert (task.standing, task.aged, task.queue_at) == (12, 0, task.waiting_until)
