"""Promised times are told rung by rung as they pass, and waits and snoozes end by themselves."""

from datetime import timedelta

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.clocks import promising
from feedback.follow_up.clocks.snoozing import snooze
from feedback.follow_up.escalating import backlog, escalate_overdue, tell
from surveys.database import db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def told(task, clock="contact"):
    """Return what was told of one clock: percents before it broke, levels afterwards."""
    db.session.expire_all()
    rows = [e for e in task.history if e.kind in ("reminded", "escalated") and e.clock == clock]
    return [f"{e.after}%" if e.kind == "reminded" else int(e.after) for e in rows]


@pytest.mark.once
def test_each_rung_is_told_once(make, now):
    # P0 runs around the clock: first contact within an hour.
    task = make.task(priority="P0")
    for minutes in range(0, 200, 5):
        escalate_overdue(now + minutes * MINUTE, 10)
    assert told(task) == ["50%", "80%", 1, 2, 3]
    assert [(e.before, e.text) for e in task.history if e.clock == "contact"] == [
        (None, None),
        (None, "admin"),
        ("0", "admin"),
        ("1", "admin"),
        ("2", "owner"),
    ]
    assert task.escalation_level == 3


@pytest.mark.once
def test_after_a_standstill_only_the_highest_rung_is_told(make, now):
    task = make.task(priority="P0")
    escalate_overdue(now + 61 * MINUTE, 10)
    assert escalate_overdue(now + 62 * MINUTE, 10) == 0
    escalate_overdue(now + 5 * HOUR, 10)
    assert told(task) == [1, 3]
    # The first contact has nothing left to tell; the solution within a day has its own ladder.
    escalate_overdue(now + 25 * HOUR, 10)
    assert told(task) == [1, 3] and told(task, "resolution") == [1]


def test_the_loop_looks_only_when_somebody_has_to_be_told(make, now):
    task = make.task(priority="P0")
    escalate_overdue(now + MINUTE, 10)
    assert task.next_rung_at == now + 30 * MINUTE
    assert backlog(now + 30 * MINUTE) == 0 and backlog(now + 31 * MINUTE) == 1
    escalate_overdue(now + 31 * MINUTE, 10)
    assert task.next_rung_at == now + 48 * MINUTE


def test_a_second_look_at_the_same_task_tells_nothing(make, now):
    task = make.task(priority="P0")
    for _ in range(3):
        tell(task.id, now + 61 * MINUTE)
    db.session.commit()
    assert told(task) == [1]


def test_an_answered_task_escalates_only_by_its_next_clocks(make, now):
    task = make.task(priority="P0", state="in_progress")
    escalate_overdue(now + 61 * MINUTE, 10)
    assert task.escalation_level == 1
    triaging.note(task, "Called", now + 70 * MINUTE, actor=None, contacted=True)
    db.session.commit()
    # The customer hears again within 4 hours.
    assert (task.escalation_level, task.due_at) == (0, now + 70 * MINUTE + 4 * HOUR)
    escalate_overdue(now + 6 * HOUR, 10)
    assert told(task) == [1] and told(task, "update") == [1]
    # Another word to the customer begins the next promise; what was told of the last one does not count.
    triaging.note(task, "Called again", now + 6 * HOUR, actor=None, contacted=True)
    db.session.commit()
    assert task.escalation_level == 0
    escalate_overdue(now + 11 * HOUR, 10)
    assert told(task, "update") == [1, 1]


def test_a_reopened_task_is_measured_from_its_reopening(make, now):
    task = make.task(priority="P0", state="in_progress", contacted_at=now)
    triaging.close(task, "no_action", now, actor=None)
    later = now + timedelta(days=10)
    triaging.reopen(task, "They called", later, actor=None)
    db.session.commit()
    # 24 hours promised; level 1 after them, level 2 only after 36.
    escalate_overdue(later + 30 * HOUR, 10)
    assert told(task, "resolution") == [1]


@pytest.mark.once
def test_tasks_with_nothing_left_to_tell_do_not_stop_the_others(make, now):
    at = now + 61 * MINUTE
    before = [make.task(make.response(1), priority="P0") for _ in range(3)]
    escalate_overdue(at, 10)
    fresh = make.task(make.response(1), priority="P0")
    assert escalate_overdue(at + MINUTE, 1) == 1
    assert told(fresh) == [1] and all(told(task) == [1] for task in before)


def test_a_promise_of_ones_own_breaks_and_climbs_though_the_task_is_resolved(make, now):
    ben = make.staff()
    task = make.task(assignee=ben)
    made = promising.promise(task, "Refund by Thursday", now + timedelta(days=2), now, actor=ben)
    triaging.resolve(task, "refund", "carrier", now + HOUR, actor=ben)
    db.session.commit()
    assert task.due_at == made.until
    escalate_overdue(made.until - MINUTE, 10)
    assert (made.state, told(task, "promise")) == ("open", ["80%"])
    escalate_overdue(made.until + MINUTE, 10)
    assert (made.state, told(task, "promise"), task.escalation_level) == ("broken", ["80%", 1], 1)
    assert [e.text for e in task.history if e.kind == "promise_broken"] == ["Refund by Thursday"]
    promising.keep(made, made.until + HOUR, actor=ben)
    db.session.commit()
    escalate_overdue(made.until + timedelta(days=9), 10)
    assert (made.state, task.due_at, task.escalation_level) == ("kept", None, 0)
    assert told(task, "promise") == ["80%", 1]


def test_a_task_comes_back_when_the_wait_is_over(make, now):
    ben = make.staff()
    task = make.task(assignee=ben)
    triaging.take(task, ben, now)
    until = now + timedelta(days=3)
    triaging.wait_for_customer(task, until, now, actor=ben)
    db.session.commit()
    escalate_overdue(until - timedelta(seconds=1), 10)
    assert task.state == "waiting_customer"
    escalate_overdue(until, 10)
    assert task.state == "in_progress"
    assert [e.text for e in task.history if e.kind == "moved"][-1] == "wait_over"


def test_a_task_comes_back_when_a_colleague_was_waited_for_long_enough(make, now):
    ben = make.staff()
    task = make.task(assignee=ben, contacted_at=now)
    undated = make.task(assignee=ben, state="waiting_internal")
    triaging.take(task, ben, now)
    due, until = task.resolution_due_at, now + timedelta(days=1)
    triaging.wait_for_colleagues(task, "The warehouse counts", until, now, actor=ben)
    db.session.commit()
    escalate_overdue(until - timedelta(seconds=1), 10)
    assert (task.state, task.waiting_until) == ("waiting_internal", until)
    escalate_overdue(until, 10)
    # The customer waits all the while, so the solution is due when it was.
    assert (task.state, task.waiting_until, task.resolution_due_at) == ("in_progress", None, due)
    assert [e.text for e in task.history if e.kind == "moved"][-1] == "colleague_wait_over"
    assert undated.state == "waiting_internal"


def test_whoever_was_never_reached_is_owed_the_first_contact_while_one_waits_for_them(make, now):
    ben = make.staff()
    task = make.task(assignee=ben)
    triaging.take(task, ben, now)
    triaging.wait_for_customer(task, now + timedelta(days=5), now, actor=ben)
    db.session.commit()
    assert task.due_at == task.contact_due_at
    escalate_overdue(now + timedelta(days=4), 10)
    assert told(task) == [3] and told(task, "resolution") == []


@pytest.mark.parametrize("hours, sleeps", [(3, True), (20, False)])
def test_a_snoozed_task_is_back_when_its_time_has_come(make, now, hours, sleeps):
    task = make.task(contacted_at=now, contact_due_at=None)
    snooze(task, now + 20 * HOUR, "Stock arrives tomorrow", now, actor=None)
    db.session.commit()
    escalate_overdue(now + hours * HOUR, 10)
    assert (task.snoozed_until is not None) == sleeps


def test_a_snoozed_task_is_back_when_its_customer_answers_something(make, now):
    task = make.task(contacted_at=now, contact_due_at=None)
    snooze(task, None, "Their turn", now, actor=None)
    db.session.commit()
    escalate_overdue(now + HOUR, 10)
    assert task.snoozed_until is not None
    make.response(9, customer=task.customer, saved_at=now + 2 * HOUR)
    escalate_overdue(now + 3 * HOUR, 10)
    assert task.snoozed_until is None
    assert [e.text for e in task.history if e.kind == "woken"] == ["customer"]


def test_a_snoozed_task_is_back_when_a_promised_time_runs_out(make, now):
    task = make.task()
    snooze(task, now + timedelta(days=3), "Later", now, actor=None)
    db.session.commit()
    # P2: 8 business hours to the first contact; four fifths of them are told, and let it sleep.
    escalate_overdue(now + 22 * HOUR, 10)
    assert told(task) == ["80%"] and task.snoozed_until is not None
    escalate_overdue(now + 24 * HOUR, 10)
    assert told(task) == ["80%", 1] and task.snoozed_until is None
