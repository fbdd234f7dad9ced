"""The gate: clocks that follow the state, and rows of history."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from feedback.follow_up.clocks.timing import mark_contacted
from feedback.follow_up.models import Task
from feedback.follow_up.moving import (
    ChangedMeanwhile,
    move_task,
    record,
)
from feedback.follow_up.states import Details, IllegalMove
from surveys.database import db


def test_staying_where_it_is_writes_nothing(make, now):
    task = make.task()
    move_task(task, "new", now)
    assert task.history == []


def test_only_the_house_verifies(make, now):
    task = make.task(state="in_progress")
    move_task(task, "resolved", now, Details(resolution="apology", cause="external"))
    with pytest.raises(IllegalMove):
        move_task(task, "verifying", now)
    move_task(task, "verifying", now, by_system=True)
    assert (task.state, task.due_at) == ("verifying", None)


def test_reopening_calls_a_question_back_that_has_not_left(make, now):
    asked = make.invitation(state="planned", purpose="verification")
    task = make.task(state="verifying", resolution="refund", cause="it", verification=asked)
    move_task(task, "in_progress", now)
    assert (asked.state, asked.reason) == ("refused", "reopened")


def test_reopening_promises_a_first_contact_anew_only_where_there_was_none(make, now):
    # Five days later is Sunday 15 March 2026; P2 is 8 business hours: Monday 17:00 in Berlin (UTC+1).
    codes = {"resolution": "refund", "cause": "it"}
    silent, spoken = make.task(state="resolved", **codes), make.task(state="resolved", **codes)
    mark_contacted(spoken, now)
    promised = spoken.contact_due_at
    for task in (silent, spoken):
        move_task(task, "in_progress", now + timedelta(days=5))

    assert silent.due_at == silent.contact_due_at == datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
    assert spoken.due_at == spoken.update_due_at == datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
    assert spoken.contact_due_at == promised


def test_two_at_once_are_noticed(make, now):
    task = make.task()
    task.escalation_level  # noqa: B018 - loaded, as it was
    db.session.execute(
        update(Task).values(version=Task.version + 1).execution_options(synchronize_session=False)
    )
    with pytest.raises(ChangedMeanwhile):
        record(task, "noted", now + timedelta(minutes=1), text="too late")
    db.session.rollback()
