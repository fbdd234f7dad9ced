"""A task keeps its place in the queue, whoever changes it."""

from datetime import timedelta

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.deciding.ageing import age_tasks
from feedback.follow_up.deciding.priorities import Priority
from feedback.follow_up.deciding.verdicts import Decision
from feedback.follow_up.deciding.weighing import lift, set_priority
from feedback.follow_up.inbox.asking import Asked
from feedback.follow_up.inbox.merging import merge
from feedback.follow_up.inbox.queries import narrowed, page_of_queue
from surveys.database import db

HOUR = timedelta(hours=1)


def test_closed_tasks_have_no_place_and_one_taken_up_again_has_one(make, now):
    task, ben = make.task(), make.staff()
    triaging.close(task, "no_action", now, actor=ben)
    db.session.commit()
    assert (task.standing, task.queue_at, task.ages_at) == (None, None, None)

    triaging.reopen(task, "", now + HOUR, actor=ben)
    db.session.commit()
    assert (task.standing, task.queue_at, task.ages_at) == (2, task.due_at, now + HOUR)


def queue(now):
    """The queue of all that is open, turned page by page."""
    asked, tasks, cursor = Asked(view="open"), [], None
    while True:
        page = page_of_queue(asked, narrowed(asked, None, now), 1, cursor)
        tasks += [row[0] for row in page.items]
        cursor = page.next
        if cursor is None:
            return tasks


def said(priority):
    return Decision(True, "intent", priority, None, why="safety")


@pytest.mark.once
def test_what_is_dangerous_by_itself_stands_above_all_that_was_lifted_there(make, now):
    late = make.task(priority="P1", points=90.0)
    not_solved = make.task(priority="P0", is_lifted=True, points=100.0)
    danger = make.task(priority="P0", points=1.0)
    usual = make.task(priority="P1", points=100.0, due_at=now + 400 * HOUR)
    age_tasks(now + 72 * HOUR, 10)

    assert late.is_broken and late.standing == not_solved.standing == 0
    assert queue(now) == [danger, not_solved, late, usual]


def test_a_lifted_task_comes_to_the_front_when_an_answer_or_a_person_says_that_it_is_dangerous(make, now):
    by_answer, by_person = (make.task(priority="P0", is_lifted=True) for _each in range(2))
    lift(by_answer, said(Priority.P2), now)
    assert by_answer.is_lifted

    lift(by_answer, said(Priority.P0), now)
    set_priority(by_person, "P1", "Only late.", now, actor=make.staff())
    db.session.commit()
    assert (by_answer.standing, by_person.standing, by_person.is_lifted) == (-1, 1, False)

    set_priority(by_person, "P0", "A child was hurt.", now, actor=by_person.assignee)
    db.session.commit()
    assert by_person.standing == -1


def test_a_merged_task_is_dangerous_when_one_of_both_was(make, now):
    dora = make.customer("Dora")

    def task(**values):
        return make.task(make.response(2, customer=dora), **values)

    kept, lifted, usual = task(priority="P2"), task(priority="P0", is_lifted=True), task(priority="P1")
    merge(lifted, kept, now, actor=None)
    merge(usual, kept, now, actor=None)
    assert (kept.priority, kept.is_lifted) == ("P0", True)

    merge(task(priority="P0"), kept, now, actor=None)
    db.session.commit()
    assert (kept.is_lifted, kept.standing) == (False, -1)
