"""The clocks of a task: which runs, which stands still, and what moves them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.clocks import promising
from feedback.follow_up.clocks.timing import (
    calendar_of,
    clocks_of,
    mark_contacted,
    next_business_day,
    running_clocks,
    set_for_priority,
    take_contact_back,
    waited,
)
from feedback.follow_up.moving import record
from surveys.database import db

BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def running(task):
    return [each.clock.name for each in running_clocks(task)]


def test_the_calendar_is_the_brands(make):
    brand = make.brand(opens=480, closes=960, business_days="012345", holidays=["2026-04-03"])
    calendar = calendar_of(brand)
    assert (calendar.opens, calendar.closes, len(calendar.weekdays)) == (480, 960, 6)
    assert [day.isoformat() for day in calendar.holidays] == ["2026-04-03"]


def test_the_next_business_day_leaps_over_weekends_and_holidays(make):
    brand = make.brand(holidays=["2026-04-06"])
    days = {
        "a Wednesday": (date(2026, 3, 4), date(2026, 3, 5)),
        "a Friday": (date(2026, 3, 6), date(2026, 3, 9)),
        "a Saturday": (date(2026, 3, 7), date(2026, 3, 9)),
        "before Easter": (date(2026, 4, 3), date(2026, 4, 7)),
    }
    assert {name: next_business_day(today, brand) for name, (today, _) in days.items()} == {
        name: after for name, (_, after) in days.items()
    }


def test_first_the_contact_then_the_next_word_and_always_the_solution(make, now):
    task = make.task()
    assert running(task) == ["contact", "resolution"]
    mark_contacted(task, now)
    assert running(task) == ["update", "resolution"] and task.due_at == task.update_due_at
    mark_contacted(task, now + HOUR)
    assert (task.contacted_at, task.update_since) == (now, now + HOUR)


def test_a_contact_that_was_none_lets_its_clock_go_on_as_it_was_promised(make, now):
    task = make.task()
    due = task.contact_due_at
    mark_contacted(task, now)
    take_contact_back(task, None)

    assert running(task) == ["contact", "resolution"]
    assert (task.contact_due_at, task.due_at, task.update_due_at) == (due, due, None)


def test_of_a_task_taken_up_again_since_it_is_promised_anew(make, now):
    ben = make.staff("Ben")
    task = make.task(assignee=ben)
    mark_contacted(task, now)
    triaging.resolve(task, "apology", "carrier", now, actor=ben)
    triaging.reopen(task, "It is broken again", now + 10 * DAY, actor=ben)
    assert task.contact_due_at < now + 10 * DAY
    take_contact_back(task, None)

    assert now + 10 * DAY < task.contact_due_at <= now + 13 * DAY
    assert (task.contact_told, running(task)) == (0, ["contact", "resolution"])


@pytest.mark.once
@pytest.mark.parametrize(
    "priority, due",
    [
        # Methodology 4.4, spoken with on Tuesday noon in Berlin, Mon-Fri 9-18.
        ("P0", datetime(2026, 3, 10, 16, tzinfo=BERLIN)),
        ("P1", datetime(2026, 3, 11, 12, tzinfo=BERLIN)),
        ("P2", datetime(2026, 3, 12, 12, tzinfo=BERLIN)),
        ("P3", datetime(2026, 3, 13, 12, tzinfo=BERLIN)),
        ("P4", None),
    ],
)
def test_every_priority_promises_the_next_word(make, now, priority, due):
    task = make.task(priority=priority)
    mark_contacted(task, now)
    assert task.update_due_at == due


@pytest.mark.once
def test_waiting_for_the_customer_stops_all_but_the_first_contact(make, now):
    spoken, silent = make.task(), make.task()
    mark_contacted(spoken, now)
    for task in (spoken, silent):
        triaging.take(task, make.staff(), now)
        triaging.wait_for_customer(task, now + 3 * DAY, now, actor=None)
    assert running(spoken) == [] and spoken.next_rung_at is None
    assert running(silent) == ["contact"]
    assert [each.clock.name for each in clocks_of(spoken)] == ["update", "resolution"]


def test_a_word_to_the_customer_during_the_wait_is_counted_from_there(make, now):
    task = make.task()
    mark_contacted(task, now)
    triaging.take(task, make.staff(), now)
    triaging.wait_for_customer(task, now + 3 * DAY, now, actor=None)
    triaging.note(task, "Reminded them", now + DAY, actor=None, contacted=True)
    triaging.resume(task, now + DAY + HOUR, actor=None)
    # Two business days from Wednesday noon, and the hour that was waited then.
    assert task.update_due_at == datetime(2026, 3, 13, 13, tzinfo=BERLIN)
    assert (task.update_paused, task.resolution_paused) == (HOUR, 10 * HOUR)


def test_more_urgency_counts_from_the_same_start_and_gives_the_wait_back(make, now):
    task = make.task(priority="P3")
    mark_contacted(task, now)
    triaging.take(task, make.staff(), now)
    triaging.wait_for_customer(task, now + 3 * DAY, now, actor=None)
    triaging.resume(task, now + DAY, actor=None)
    db.session.commit()
    task.priority = "P1"
    set_for_priority(task)
    record(task, "raised", now + DAY, before="P3", after="P1")
    # A business day and two, from Tuesday noon, and the day of nine hours that was waited.
    assert task.update_due_at == datetime(2026, 3, 12, 12, tzinfo=BERLIN) == task.due_at
    assert task.resolution_due_at == datetime(2026, 3, 13, 12, tzinfo=BERLIN)
    task.priority = "P0"
    set_for_priority(task)
    # Around the clock the wait was a day of 24 hours.
    assert task.resolution_due_at == now + 2 * DAY and task.update_due_at == now + DAY + 4 * HOUR
    task.priority = "P4"
    set_for_priority(task)
    assert (task.contact_due_at, task.update_due_at, task.resolution_due_at) == (None, None, None)


def test_a_promise_for_the_weekend_runs_around_the_clock(make):
    task = make.task()
    saturday = datetime(2026, 3, 14, 10, tzinfo=UTC)
    promising.promise(task, "Call on Sunday", saturday + DAY, saturday, actor=None)
    (clock,) = [each.clock for each in running_clocks(task) if each.promise]
    assert (clock.calendar, clock.span) == (None, DAY)


def test_what_was_waited_before_a_start_does_not_count(now):
    waits = [(now, now + 2 * HOUR), (now + DAY, now + DAY + HOUR)]
    assert waited(waits, now + HOUR, None) == 2 * HOUR
    assert waited([], now, None) == timedelta(0)
