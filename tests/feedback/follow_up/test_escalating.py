"""Broken promises are told level by level, and waits end by themselves."""

from datetime import timedelta

from feedback.follow_up import triaging
from feedback.follow_up.escalating import escalate_overdue
from surveys.database import db


def levels(task):
    return [(e.before, e.after, e.text) for e in task.history if e.kind == "escalated"]


def test_each_level_is_told_once_and_only_the_highest_after_a_standstill(make, now):
    # P0 runs around the clock: due after 1 hour, level 2 after 1.5, level 3 after 2.
    task = make.task(priority="P0")
    assert escalate_overdue(now + timedelta(minutes=60), 10) == 0
    assert escalate_overdue(now + timedelta(minutes=61), 10) == 1
    assert escalate_overdue(now + timedelta(minutes=62), 10) == 0
    assert escalate_overdue(now + timedelta(hours=5), 10) == 1
    assert escalate_overdue(now + timedelta(hours=9), 10) == 0
    assert levels(task) == [("0", "1", "admin"), ("1", "3", "owner")]


def test_an_answered_task_escalates_only_by_its_next_clock(make, now):
    task = make.task(priority="P0", state="in_progress")
    escalate_overdue(now + timedelta(minutes=61), 10)
    triaging.note(task, "Called", now + timedelta(minutes=70), actor=None, contacted=True)
    db.session.commit()
    assert task.escalation_level == 0
    assert escalate_overdue(now + timedelta(hours=24), 10) == 0
    assert escalate_overdue(now + timedelta(hours=25), 10) == 1
    assert levels(task)[-1] == ("0", "1", "admin")


def test_a_reopened_task_is_measured_from_its_reopening(make, now):
    task = make.task(priority="P0", state="in_progress", contacted_at=now)
    triaging.close(task, "unreachable", now, actor=None)
    later = now + timedelta(days=10)
    triaging.reopen(task, "They called", later, actor=None)
    db.session.commit()
    # 24 hours promised; level 1 after them, level 2 only after 36.
    escalate_overdue(later + timedelta(hours=30), 10)
    assert levels(task) == [("0", "1", "admin")]


def test_tasks_with_nothing_left_to_tell_do_not_stop_the_others(make, now):
    at = now + timedelta(minutes=61)
    told = [make.task(make.response(1), priority="P0") for _ in range(3)]
    escalate_overdue(at, 10)
    fresh = make.task(make.response(1), priority="P0", due_at=now + timedelta(minutes=61))
    assert escalate_overdue(at + timedelta(minutes=1), 1) == 1
    assert fresh.escalation_level == 1 and all(len(levels(task)) == 1 for task in told)


def test_a_task_comes_back_when_the_wait_is_over(make, now):
    ben = make.staff()
    task = make.task(assignee=ben)
    triaging.take(task, ben, now)
    until = now + timedelta(days=3)
    triaging.wait_for_customer(task, until, now, actor=ben)
    db.session.commit()
    assert escalate_overdue(until - timedelta(seconds=1), 10) == 0
    assert escalate_overdue(until, 10) >= 1
    assert task.state == "in_progress"
    assert [e.text for e in task.history if e.kind == "moved"][-1] == "wait_over"
