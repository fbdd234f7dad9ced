"""Tasks go to people by the rules: new ones, waiting ones, and those of people who are away."""

import contextvars
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.follow_up import triaging
from feedback.follow_up.assigning.giving import (
    NoteMissing,
    give_by_rule,
    give_waiting,
    hand_over,
    reassigned,
    set_standing_in,
)
from feedback.follow_up.assigning.queries import comments_of, loads, waiting_for_somebody
from feedback.follow_up.escalating import escalate_overdue
from feedback.follow_up.models import Task
from feedback.follow_up.opening import open_tasks
from surveys.database import db
from surveys.staff.absences.planning import plan_absence
from surveys.work import SetAside
from tests.plans import plans

DAY = timedelta(days=1)


def opened(make, now, comment=None, **values):
    """Let an unhappy answer come in; return the task that opens."""
    response = make.response(2, comment, **values)
    open_tasks(now, 10)
    return db.session.scalar(select(Task).where(Task.response_id == response.id))


def handled(make, staff, customer, at):
    """Make a task of the customer that somebody closed then."""
    closed = {"state": "closed", "outcome": "no_action", "closed_at": at}
    response = make.response(customer=customer)
    return make.task(response, assignee=staff, opened_at=at - DAY, touched_at=at, **closed)


def absent(staff, now, days=3):
    plan_absence(staff, now.date(), (now + (days - 1) * DAY).date(), "Europe/Berlin", now)
    db.session.commit()


@pytest.mark.once
def test_whoever_handled_the_customer_in_the_last_90_days_gets_the_next_task(make, now):
    make.staff("Ben")
    nadia, dora = make.staff("Nadia"), make.customer()
    handled(make, nadia, dora, now - 80 * DAY)
    make.task(assignee=nadia, priority="P0")

    task = opened(make, now, customer=dora)

    day = (now - 80 * DAY).date().isoformat()
    assert (task.assignee, task.assigned_because) == (nadia, f"handled_before:{day}")
    assert task.history[-1].text == f"handled_before:{day}"


@pytest.mark.once
def test_after_90_days_anybody_may_get_it(make, now):
    ben, nadia, dora = make.staff("Ben"), make.staff("Nadia"), make.customer()
    handled(make, nadia, dora, now - 91 * DAY)

    assert opened(make, now, customer=dora).assignee is ben


@pytest.mark.once
def test_whoever_speaks_the_language_gets_it(make, now):
    make.staff("Ben", languages=["de"])
    nadia = make.staff("Nadia", languages=["en", "pl"])
    make.task(assignee=nadia)

    task = opened(make, now, locale="pl")

    assert (task.assignee, task.assigned_because) == (nadia, "speaks_least_loaded:pl")


@pytest.mark.once
def test_a_complaint_about_somebody_does_not_go_to_them(make, now):
    ben, nadia = make.staff("Ben Fischer"), make.staff("Nadia Roth")
    make.task(assignee=nadia, priority="P0")

    task = opened(make, now, "Ben was rude to me.", customer=make.customer(owner=ben))

    assert task.assignee is nadia


def test_nobody_gets_more_than_they_can_bear_and_the_task_waits_until_somebody_is_free(make, now):
    ben = make.staff("Ben", capacity=8)
    held = make.task(assignee=ben, priority="P0")
    task = opened(make, now)
    assert (task.assignee, task.assigned_because) == (None, "full")
    assert give_waiting(now, 10) == 0 and waiting_for_somebody(now) == 1

    triaging.close(held, "no_action", now, actor=ben)
    db.session.commit()

    assert give_waiting(now, 10) == 1 and waiting_for_somebody(now) == 0
    db.session.refresh(task)
    assert (task.assignee, task.assigned_because) == (ben, "least_loaded")


def test_somebody_who_comes_back_is_given_what_waits_the_most_urgent_first(make, now):
    ben = make.staff("Ben", capacity=8)
    absent(ben, now)
    quiet, urgent = (make.task(priority=each, assigned_because="nobody") for each in ("P3", "P0"))
    assert give_waiting(now, 10) == 0

    assert give_waiting(now + 3 * DAY, 10) == 1

    db.session.expire_all()
    assert (urgent.assignee, quiet.assignee) == (ben, None)


def test_tasks_nobody_there_can_take_do_not_stand_before_those_that_somebody_can(make, now):
    make.staff("Ben", languages=["de"])
    polish = [opened(make, now, locale="pl") for _ in range(3)]
    german = make.task(make.response(locale="de"), priority="P3", assigned_because="nobody")

    assert give_waiting(now, 1) == 1

    db.session.refresh(german)
    assert german.assignee and {each.assigned_because for each in polish} == {"no_speaker:pl"}


@pytest.mark.once
def test_a_task_that_was_put_back_to_nobody_by_hand_stays_there(make, now):
    ben = make.staff("Ben")
    task = opened(make, now)
    triaging.give(task, None, now, actor=ben)
    db.session.commit()

    assert give_waiting(now, 10) == 0 and waiting_for_somebody(now) == 0


def test_looking_in_vain_leaves_no_trace(make, now):
    make.staff("Ben Fischer")
    task = opened(make, now, "Ben was rude")
    before = (task.version, len(task.history))

    assert give_waiting(now, 10) == 0

    db.session.expire_all()
    assert (task.version, len(task.history)) == before and task.assigned_because == "named"


@pytest.mark.once
def test_no_task_goes_to_somebody_on_a_day_of_absence(make, now):
    ben, nadia = make.staff("Ben"), make.staff("Nadia")
    make.task(assignee=nadia, priority="P0")
    absent(ben, now, days=1)

    assert opened(make, now).assignee is nadia
    # The next day begins at midnight in Berlin.
    assert opened(make, now + timedelta(hours=12), saved_at=now, submitted_at=now).assignee is ben


@pytest.mark.once
def test_open_tasks_are_handed_over_with_a_note(make, now):
    olga, ben, nadia = make.staff("Olga", "admin"), make.staff("Ben"), make.staff("Nadia")
    mine = [make.task(assignee=ben, priority=each) for each in ("P2", "P3")]
    make.task(assignee=ben, state="closed", outcome="no_action", closed_at=now, due_at=None)

    done = hand_over(ben, " The parcel is traced. ", now, actor=olga)
    db.session.commit()

    assert done == (2, 0) and {task.assignee for task in mine} == {nadia}
    told = [(event.kind, event.actor, event.text) for event in mine[0].history]
    assert told == [("assigned", olga, "least_loaded"), ("noted", olga, "The parcel is traced.")]
    assert reassigned(mine[0].history) == 1


def test_a_task_nobody_is_free_for_stays_with_its_owner(make, now):
    ben = make.staff("Ben")
    make.staff("Nadia", capacity=8)
    mine = [make.task(assignee=ben, priority=each) for each in ("P0", "P2")]

    assert hand_over(ben, "Traced.", now, actor=ben) == (1, 1)
    assert mine[1].assignee is ben and mine[1].history == []


@pytest.mark.parametrize("note", ["", "  ", "x" * 2001])
def test_handing_over_without_a_fitting_note_is_refused(make, now, note):
    ben = make.staff("Ben")
    with pytest.raises(NoteMissing):
        hand_over(ben, note, now, actor=ben)


@pytest.mark.parametrize(
    ("on", "is_absent", "moves"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_a_late_task_of_somebody_who_is_away_goes_to_a_colleague_where_the_shop_wants_that(
    make, now, on, is_absent, moves
):
    ben, nadia = make.staff("Ben"), make.staff("Nadia")
    if is_absent:
        absent(ben, now)
    set_standing_in(on)
    task = make.task(assignee=ben, priority="P0")

    escalate_overdue(now + timedelta(minutes=50), 10)
    db.session.refresh(task)
    assert task.assignee is ben
    escalate_overdue(now + timedelta(minutes=61), 10)

    db.session.refresh(task)
    assert task.assignee is (nadia if moves else ben)
    assert task.assigned_because == ("stood_in" if moves else None)


def test_without_agents_a_task_waits_and_who_takes_it_needs_no_reason(make, now):
    ben = make.staff("Ben", "admin")
    task = make.task()

    assert not give_by_rule(task, now)
    assert (task.assignee, task.assigned_because) == (None, "nobody")

    triaging.take(task, ben, now)
    assert task.assigned_because is None


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_several_schedulers_at_once_load_nobody_above_what_they_can_bear(application, make, now):
    with make.at_one_go():
        team = [make.staff(name, capacity=10) for name in ("Ben", "Nadia")]
        for _ in range(24):
            make.response(2, "Broken")
    ids = [each.id for each in team]
    db.session.rollback()
    start, failures = threading.Barrier(3), []

    def loop():
        with application.app_context():
            start.wait()
            try:
                while open_tasks(now, 5) + give_waiting(now, 5):
                    pass
            except Exception as error:
                failures.append(error)
            db.session.remove()

    threads = [threading.Thread(target=contextvars.Context().run, args=(loop,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failures == []
    assert db.session.scalar(select(func.count()).select_from(SetAside)) == 0
    carried = loads()
    # Each weighs three points: three go to each, and the others wait.
    assert [carried[each] for each in ids] == [9, 9]
    assert waiting_for_somebody(now) == 18


def test_what_was_said_in_a_task_is_found_without_reading_other_answers(make):
    with make.at_one_go():
        for number in range(300):
            make.response(2, f"Number {number} came late.")
    task = make.task(make.response(1, "Ben was rude to me."))
    with plans("response") as found:
        assert comments_of(task) == ["Ben was rude to me."]
    assert len(found) == 1 and ("SEARCH response" in found[0] or "Index Cond: (id = " in found[0]), found
