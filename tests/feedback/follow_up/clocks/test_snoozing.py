"""What may be put off, for how long, and what brings it back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from feedback.follow_up import triaging
from feedback.follow_up.clocks.snoozing import (
    NothingToSnooze,
    NotSnoozable,
    SnoozeRefused,
    latest,
    snooze,
    wake,
    wake_if_over,
)
from feedback.follow_up.clocks.timing import set_for_priority
from feedback.follow_up.moving import record
from surveys.database import db

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)


@pytest.fixture
def ben(make):
    return make.staff("Ben")


def test_a_snooze_hides_and_lets_the_clocks_run(make, ben, now):
    task = make.task()
    due = task.due_at
    snooze(task, now + DAY, " Stock arrives tomorrow ", now, actor=ben)
    assert (task.state, task.due_at, task.snoozed_at, task.snoozed_until) == ("new", due, now, now + DAY)
    row = task.history[-1]
    assert (row.kind, row.text, row.actor) == ("snoozed", "Stock arrives tomorrow", ben)
    assert datetime.fromisoformat(row.after) == now + DAY


def test_five_business_days_are_the_most_holidays_and_weekends_apart(make, ben, now):
    make.brand(holidays=["2026-03-12"])
    task = make.task()
    last = datetime(2026, 3, 18, 12, tzinfo=BERLIN)
    assert latest(task, now) == last
    with pytest.raises(SnoozeRefused, match="5 business days") as refusal:
        snooze(task, last + timedelta(minutes=1), "Later", now, actor=ben)
    assert refusal.value.field == "snoozed_until"
    snooze(task, None, "It is the customer's turn", now, actor=ben)
    assert task.snoozed_until == last


@pytest.mark.parametrize("until, reason, field", [(-DAY, "Later", "snoozed_until"), (DAY, "  ", "reason")])
def test_it_needs_a_reason_and_a_time_to_come(make, ben, now, until, reason, field):
    task = make.task()
    with pytest.raises(SnoozeRefused) as refusal:
        snooze(task, now + until, reason, now, actor=ben)
    assert (refusal.value.field, task.snoozed_until, task.history) == (field, None, [])


@pytest.mark.parametrize("priority", ["P0", "P1"])
def test_urgent_ones_stay_in_sight(make, ben, now, priority):
    with pytest.raises(NotSnoozable):
        snooze(make.task(priority=priority), now + DAY, "Later", now, actor=ben)


def test_there_is_nothing_to_snooze_once_it_is_done(make, ben, now):
    task = make.task()
    triaging.resolve(task, "refund", "carrier", now, actor=ben)
    with pytest.raises(NothingToSnooze):
        snooze(task, now + DAY, "Later", now, actor=ben)


def test_more_urgency_the_customer_and_the_end_of_the_work_bring_it_back(make, ben, now):
    raised, answered, ended = make.task(), make.task(), make.task()
    for task in (raised, answered, ended):
        snooze(task, now + DAY, "Later", now, actor=ben)
    db.session.commit()
    raised.priority = "P1"
    set_for_priority(raised)
    record(raised, "raised", now, before="P2", after="P1")
    record(answered, "corrected", now)
    triaging.close(ended, "duplicate", now, actor=ben)
    assert not any(task.snoozed_until or task.snoozed_at for task in (raised, answered, ended))


def test_a_person_brings_it_back_and_one_in_sight_stays_as_it_is(make, ben, now):
    task = make.task()
    snooze(task, now + DAY, "Later", now, actor=ben)
    wake(task, now, actor=ben)
    wake(task, now, actor=ben)
    assert [event.kind for event in task.history] == ["snoozed", "woken"]


def test_what_is_not_over_sleeps_on(make, ben, now):
    task = make.task()
    snooze(task, now + DAY, "Later", now, actor=ben)
    db.session.commit()
    wake_if_over(task, now + timedelta(hours=23))
    assert task.snoozed_until is not None
    wake_if_over(task, now + DAY)
    wake_if_over(task, now + DAY)
    assert [event.kind for event in task.history] == ["snoozed", "woken"]


@pytest.mark.parametrize(
    "wrong", [{"priority": "P1"}, {"state": "closed", "outcome": "invalid"}, {"snoozed_at": None}]
)
def test_no_snooze_that_must_not_be_can_be_stored(make, now, wrong):
    values = {"snoozed_at": now, "snoozed_until": now + DAY} | wrong
    if values.get("state") == "closed":
        values["closed_at"] = now
    with pytest.raises(IntegrityError):
        make.task(**values)
    db.session.rollback()
