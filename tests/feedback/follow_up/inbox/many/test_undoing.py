"""One undo: owner, snooze and state come back, unless somebody has touched the task since."""

from datetime import timedelta

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.clocks.promising import promise
from feedback.follow_up.inbox.many.ordering import order, order_undo
from feedback.follow_up.inbox.many.queries import progress_of, refused_of
from feedback.follow_up.inbox.many.undoing import before_deed, read, written
from feedback.follow_up.inbox.many.working import work_at_once

DAY = timedelta(days=1)


@pytest.fixture
def ben(make):
    return make.staff("Ben")


def done(kind, details, task, now, by):
    deed = order(kind, details, [task.id], now, by=by)
    work_at_once(deed, now)
    return deed


def undone(deed, now, by):
    undo = order_undo(deed, now, by=by)
    work_at_once(undo, now)
    return undo


def test_a_taken_task_is_new_and_nobodys_again(make, ben, now):
    task = make.task()
    before = before_deed(task)
    undone(done("take", {}, task, now, ben), now, ben)
    assert before_deed(task) == before and task.assignee is None
    assert task.history[-1].kind == "undone"


def test_a_closed_task_is_open_again_as_if_nothing_had_been(make, ben, now):
    task = make.task(state="in_progress", assignee=ben, contacted_at=now)
    promise(task, "Refund", now + DAY, now, actor=ben)
    due, standing = task.due_at, task.standing
    deed = done("close", {"outcome": "no_action"}, task, now, ben)
    assert task.promise_due_at is None and task.standing is None
    undone(deed, now + DAY / 24, ben)
    assert (task.state, task.outcome, task.closed_at, task.reopened) == ("in_progress", None, None, 0)
    assert (task.due_at, task.standing, task.promise_due_at) == (due, standing, now + DAY)
    assert task.promises[0].state == "open"


def test_a_wait_is_restored_with_its_day(make, ben, now):
    task = make.task(state="in_progress", assignee=ben)
    triaging.wait_for_customer(task, now + 2 * DAY, now, actor=ben)
    undone(done("close", {"outcome": "no_action"}, task, now, ben), now, ben)
    assert (task.state, task.waiting_until) == ("waiting_customer", now + 2 * DAY)


def test_a_wait_for_a_colleague_is_restored_with_its_day_or_without_one(make, ben, now):
    task = make.task(state="in_progress", assignee=ben)
    triaging.wait_for_colleagues(task, "The warehouse counts", now + 9 * DAY, now, actor=ben)
    undone(done("close", {"outcome": "no_action"}, task, now, ben), now, ben)
    assert (task.state, task.waiting_until) == ("waiting_internal", now + 9 * DAY)
    old = make.task(state="waiting_internal", assignee=ben)
    undone(done("close", {"outcome": "no_action"}, old, now, ben), now, ben)
    assert (old.state, old.waiting_until) == ("waiting_internal", None)


def test_a_snooze_ends_and_an_older_one_comes_back(make, ben, now):
    task = make.task(priority="P3", snoozed_at=now - DAY, snoozed_until=now + DAY)
    later = (now + 2 * DAY).isoformat()
    deed = done("snooze", {"until": later, "reason": "Stock"}, task, now, ben)
    assert task.snoozed_until == now + 2 * DAY
    undone(deed, now, ben)
    assert (task.snoozed_at, task.snoozed_until) == (now - DAY, now + DAY)


def test_what_somebody_has_touched_since_stays_as_it_is(make, ben, now):
    task = make.task()
    deed = done("take", {}, task, now, ben)
    triaging.note(task, "Called", now, actor=ben)
    undo = undone(deed, now, ben)
    assert progress_of(undo) == (0, 0, 1) and task.assignee is ben
    assert "changed while" in refused_of(undo).items[0].why


def test_times_are_kept_as_they_are(now):
    assert read(written(now)) == now and written(None) is None and read(None) is None
