"""What holds for every task, whatever people, customers and time do to it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.follow_up import triaging
from feedback.follow_up.clocks import promising, snoozing
from feedback.follow_up.clocks.countdown import passed
from feedback.follow_up.clocks.timing import calendar_of, clocks_of, running_clocks, set_for_priority
from feedback.follow_up.deciding.priorities import one_level_up
from feedback.follow_up.escalating import escalate_overdue
from feedback.follow_up.moving import record
from feedback.follow_up.recovering import ask_back
from feedback.follow_up.states import MOVES, OPEN_STATES, SYSTEM_MOVES, State
from surveys.database import db
from surveys.errors import Refusal

DAY = timedelta(days=1)


def more_urgent(task, now):
    before, task.priority = task.priority, one_level_up(task.priority)
    if before != task.priority:
        set_for_priority(task)
        record(task, "raised", now, before=before, after=task.priority)


def keep_one(task, now):
    for made in task.promises[:1]:
        promising.keep(made, now, actor=None)


DEEDS = {
    "take": triaging.take,
    "contact": lambda task, ben, now: triaging.note(task, "Called", now, actor=ben, contacted=True),
    "wait": lambda task, ben, now: triaging.wait_for_customer(task, now + 6 * DAY, now, actor=ben),
    "ask": lambda task, ben, now: triaging.wait_for_colleagues(
        task, "Warehouse", now + 6 * DAY, now, actor=ben
    ),
    "resume": lambda task, ben, now: triaging.resume(task, now, actor=ben),
    "resolve": lambda task, ben, now: triaging.resolve(task, "refund", "it", now, actor=ben),
    "close": lambda task, ben, now: triaging.close(task, "no_action", now, actor=ben),
    "reopen": lambda task, ben, now: triaging.reopen(task, "Again", now, actor=ben),
    "snooze": lambda task, ben, now: snoozing.snooze(task, now + DAY, "Later", now, actor=ben),
    "wake": lambda task, ben, now: snoozing.wake(task, now, actor=ben),
    "promise": lambda task, ben, now: promising.promise(task, "Call", now + DAY, now, actor=ben),
    "keep": lambda task, _ben, now: keep_one(task, now),
    "raise": lambda task, _ben, now: more_urgent(task, now),
    "ask back": lambda _task, _ben, now: ask_back(now, 10),
    "look": lambda _task, _ben, now: escalate_overdue(now, 10),
}
STORIES = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.timedeltas(timedelta(0), 4 * DAY)), min_size=1, max_size=14
)


def do(task, deed, ben, now):
    """Do it as a page does: all of it, or nothing where it is refused."""
    try:
        DEEDS[deed](task, ben, now)
        db.session.commit()
    except Refusal:
        db.session.rollback()


def check_clocks(task):
    """An open task always has a clock that runs, unless it promises nothing or it is the customer's turn."""
    clocks = [each.clock for each in running_clocks(task)]
    if task.state in OPEN_STATES and task.state != State.WAITING_CUSTOMER and task.priority != "P4":
        assert clocks
    assert task.due_at == min((clock.due_at for clock in clocks), default=None)
    assert (task.next_rung_at is None) <= (task.due_at is None or task.escalation_level > 0)
    assert not (task.snoozed_until and (task.priority in ("P0", "P1") or task.state not in OPEN_STATES))
    for each in clocks_of(task):
        assert each.clock.started_at <= each.clock.due_at and each.clock.paused >= timedelta(0)


def check_history(task):
    """Only moves that are allowed; of each clock each rung at most once, and upwards."""
    told = {"contact": 0, "update": 0, "resolution": 0}
    for row in task.history:
        if row.kind == "moved":
            here, there = State(row.before), State(row.after)
            assert there in MOVES[here] | SYSTEM_MOVES.get(here, frozenset())
            if here not in OPEN_STATES and there in OPEN_STATES:
                told = dict.fromkeys(told, 0)
        elif row.kind == "noted" and row.after == "contacted":
            told["update"] = 0  # another word, another promise of the next
        elif row.kind in ("reminded", "escalated") and row.clock in told:
            rung = {"50": 1, "80": 2}[row.after] if row.kind == "reminded" else int(row.after) + 2
            assert rung > told[row.clock], (row.clock, rung)
            told[row.clock] = rung


@pytest.mark.once
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(STORIES, st.sampled_from(["P0", "P1", "P2", "P3", "P4"]))
def test_every_story_keeps_the_laws(make, now, story, priority):
    ben = make.staff()
    task, at = make.task(priority=priority), now
    for deed, pause in story:
        at += pause
        do(task, deed, ben, at)
        check_clocks(task)
    check_history(task)


@pytest.mark.once
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.timedeltas(timedelta(0), 20 * DAY), st.timedeltas(timedelta(0), 7 * DAY), st.sampled_from(["P1", "P2"])
)
def test_a_wait_moves_the_solution_by_the_business_time_that_was_waited(make, now, before, wait, priority):
    ben = make.staff()
    task = make.task(priority=priority, contacted_at=now, contact_due_at=None)
    triaging.take(task, ben, now)
    due, calendar = task.resolution_due_at, calendar_of(task.customer.brand)
    begun, ended = now + before, now + before + wait
    triaging.wait_for_customer(task, begun + 7 * DAY, begun, actor=ben)
    triaging.resume(task, ended, actor=ben)
    db.session.commit()

    assert task.resolution_due_at >= due
    assert (
        passed(due, task.resolution_due_at, calendar)
        == passed(begun, ended, calendar)
        == task.resolution_paused
    )
