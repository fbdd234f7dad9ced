"""What was promised to a customer, and what became of it."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from feedback.follow_up import triaging
from feedback.follow_up.clocks import promising
from feedback.follow_up.models import TaskPromise
from surveys.database import db

DAY = timedelta(days=1)


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def task(make):
    return make.task(contact_due_at=None, resolution_due_at=None, due_at=None)


def test_the_next_promise_is_what_the_task_is_due_for(task, ben, now):
    later = promising.promise(task, "Call  back\n on Friday", now + 3 * DAY, now, actor=ben)
    sooner = promising.promise(task, "Refund by Thursday", now + 2 * DAY, now, actor=ben)
    assert (later.what, later.state, later.made_by) == ("Call back on Friday", "open", ben)
    assert task.due_at == task.promise_due_at == sooner.until
    promising.keep(sooner, now + DAY, actor=ben)
    assert (sooner.state, sooner.settled_at, task.due_at) == ("kept", now + DAY, later.until)
    promising.withdraw(later, "They write themselves", now + DAY, actor=ben)
    assert (later.state, task.due_at, task.promise_due_at) == ("withdrawn", None, None)
    assert [(e.kind, e.text) for e in task.history] == [
        ("promised", "Call back on Friday"),
        ("promised", "Refund by Thursday"),
        ("promise_kept", "Refund by Thursday"),
        ("promise_withdrawn", "They write themselves"),
    ]


@pytest.mark.once
@pytest.mark.parametrize(
    "what, ahead, field",
    [("  ", DAY, "what"), ("x" * 201, DAY, "what"), ("Call", -DAY, "until"), ("Call", 367 * DAY, "until")],
)
def test_a_promise_says_what_and_until_when(task, ben, now, what, ahead, field):
    with pytest.raises(promising.PromiseRefused) as refusal:
        promising.promise(task, what, now + ahead, now, actor=ben)
    assert (refusal.value.field, task.promises) == (field, [])


def test_a_closed_task_promises_nothing_more(task, ben, now):
    triaging.close(task, "invalid", now, actor=ben)
    with pytest.raises(promising.NothingToPromise):
        promising.promise(task, "Call", now + DAY, now, actor=ben)


def test_it_is_settled_once_and_taken_back_with_a_reason(task, ben, now):
    made = promising.promise(task, "Call", now + DAY, now, actor=ben)
    with pytest.raises(promising.PromiseRefused):
        promising.withdraw(made, " ", now, actor=ben)
    promising.keep(made, now, actor=ben)
    for again in (
        lambda: promising.keep(made, now, actor=ben),
        lambda: promising.withdraw(made, "No", now, actor=ben),
    ):
        with pytest.raises(promising.PromiseSettled):
            again()


def test_closing_without_a_solution_takes_promises_back_and_solving_does_not(make, ben, now):
    closed, solved = make.task(), make.task()
    made = [promising.promise(task, "Refund", now + DAY, now, actor=ben) for task in (closed, solved)]
    triaging.close(closed, "no_action", now, actor=ben)
    triaging.resolve(solved, "refund", "carrier", now, actor=ben)
    assert [each.state for each in made] == ["withdrawn", "open"]
    assert (closed.due_at, solved.due_at) == (None, now + DAY)


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong", [{"state": "kept"}, {"state": "lost"}, {"until": timedelta(0)}, {"told": 6}, {"settled_at": DAY}]
)
def test_no_promise_that_must_not_be_can_be_stored(task, make, now, wrong):
    values = {"what": "Call", "until": DAY} | wrong
    moments = {name: now + each for name, each in values.items() if isinstance(each, timedelta)}
    with pytest.raises(IntegrityError):
        make.keep(TaskPromise(task=task, made_at=now, **(values | moments)))
    db.session.rollback()
