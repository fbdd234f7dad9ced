"""Yesterday on one page: what was answered, what is late, what was promised and what was closed."""

from datetime import timedelta

import pytest

from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import TaskEvent, TaskPromise
from feedback.follow_up.triaging import note
from feedback.huddle.noting import decide, tick
from feedback.huddle.packing import pack
from surveys.database import db


def test_an_empty_house_has_an_empty_page(app, now):
    found = pack(now, None)
    assert (found.answers, found.figures, found.unhappy, found.praise) == (0, [], [], None)
    assert found.late.number == found.undecided.number == found.ended.number == 0


def test_all_that_unhappy_customers_wrote_and_one_praise(make, now):
    make.brand(time_zone="Europe/Berlin")
    yesterday = {"submitted_at": now - timedelta(days=1), "saved_at": now - timedelta(days=1)}
    for comment in ("Late", "Broken", None):
        make.response(2, comment, **yesterday)
    make.response(10, "Lovely", **yesterday)
    make.response(2, "Today", submitted_at=now, saved_at=now)
    found = pack(now, None)
    assert sorted(row.response.comment for row in found.unhappy) == ["Broken", "Late"]
    assert found.praise.response.comment == "Lovely"
    assert (found.answers, found.unhappy_number) == (4, 2)
    ((survey, score),) = found.figures
    assert (survey.key, score.n, score.score) == ("nps", 4, -50)


@pytest.mark.once
def test_tasks_and_promises_stand_where_they_belong(make, now):
    ben = make.staff("Ben")
    late = make.task(due_at=now - timedelta(hours=1), assignee=ben)
    stuck = make.task(state="waiting_internal")
    day = timedelta(days=1)
    ended = make.task(state="closed", outcome="unverified", closed_at=now - day, due_at=None)
    make.task(state="closed", outcome="unverified", closed_at=now - 4 * day, due_at=None)
    for hours, state in ((3, "open"), (30, "open"), (3, "kept")):
        settled = now if state == "kept" else None
        until = now + timedelta(hours=hours)
        make.keep(
            TaskPromise(
                task=late, what="refund", until=until, made_at=now - day, state=state, settled_at=settled
            )
        )
    found = pack(now, make.brand())
    assert found.late.tasks == [late] and found.undecided.tasks == [stuck] and found.ended.tasks == [ended]
    assert [each.until for each in found.promises] == [now + timedelta(hours=3)]
    other = make.brand(key="other", name="Other")
    assert pack(now, other).late.number == pack(now, other).ended.number == 0
    assert not pack(now, other).promises


@pytest.mark.once
def test_a_decision_stays_until_the_day_after_it_is_done(make, now):
    ben = make.staff("Ben")
    decision = decide("Ring the carrier", ben, now)
    later = now + timedelta(days=2)
    assert pack(later, None).decisions == [decision]
    tick(decision, True, ben, later)
    db.session.commit()
    assert pack(later, None).decisions == [decision]
    assert pack(later + timedelta(days=3), None).decisions == []


@pytest.mark.once
def test_many_tasks_from_one_cause_are_named_as_long_as_further_ones_come(make, now):
    task, other = make.task(make.response(2)), make.task(make.response(1))
    task.incident = other.incident = Incident(
        brand=task.customer.brand,
        sign="article",
        named="M-1",
        title="Mug",
        usual=0.1,
        began_at=now,
        last_at=now,
    )
    db.session.commit()

    (found,) = pack(now, task.customer.brand).incidents

    assert (found.incident.title, found.open) == ("Mug", 2)
    assert pack(now, make.brand("other")).incidents == []
    other.incident = None
    db.session.commit()
    assert pack(now, task.customer.brand).incidents == [], "one task is not many"
    assert pack(now + timedelta(days=2), None).incidents == []


def test_what_a_customer_calls_not_solved_waits_for_an_admin_to_look_at_it(make, now):
    agent, admin = make.staff("Ben"), make.staff("Ann", "admin")
    day = timedelta(days=1)

    def ended(ago, outcome="not_recovered"):
        task = make.task(state="closed", outcome=outcome, closed_at=now - ago, due_at=None)
        make.keep(TaskEvent(task=task, at=now - ago, kind="answered", after="no"))
        return task

    first, second = ended(9 * day), ended(2 * day)
    ended(31 * day)
    ended(2 * day, "recovered")
    assert pack(now, None).not_solved.tasks == [second, first]

    note(second, "That is a pity", now, actor=agent)
    assert pack(now, None).not_solved.number == 2
    note(second, "I shall call them myself", now, actor=admin)
    assert pack(now, None).not_solved.tasks == [first]
    assert pack(now, make.brand(key="other", name="Other")).not_solved.number == 0
