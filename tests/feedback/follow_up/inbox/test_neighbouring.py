"""The queue beside a task, and which one comes next."""

from datetime import timedelta

import pytest

from feedback.follow_up.inbox.asking import Asked
from feedback.follow_up.inbox.neighbouring import BEFORE, ROWS, beside, next_in, place_of
from feedback.follow_up.triaging import close, take

OPEN = Asked("open")


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def queue(make, now):
    """Return a function that makes a queue of so many tasks, the first first."""

    def tasks(count):
        hour = timedelta(hours=1)
        return [make.task(make.response(2, "Late"), due_at=now + (n + 1) * hour) for n in range(count)]

    return tasks


@pytest.mark.once
def test_neighbours_are_those_of_the_queue(queue, ben, now):
    first, second, third = queue(3)
    assert beside(second, OPEN, ben, now) == ([first, second, third], first, third)
    assert beside(first, OPEN, ben, now).before is None and beside(third, OPEN, ben, now).next is None


def test_a_task_that_is_not_in_the_queue_leads_to_its_first(queue, ben, now):
    first, second = queue(2)
    take(first, ben, now)
    found = beside(second, Asked("mine"), ben, now)
    assert found == ([second, first], None, first) or found.tasks[0] in (first, second)
    assert beside(first, Asked("snoozed"), ben, now) == ([first], None, None)


def test_far_down_the_queue_the_rows_around_the_task_are_shown(queue, ben, now):
    tasks = queue(ROWS + 20)
    found = beside(tasks[50], OPEN, ben, now)
    assert (found.before, found.next) == (tasks[49], tasks[51])
    assert found.tasks[0] is tasks[50 - BEFORE] and len(found.tasks) <= ROWS
    last_of_first = beside(tasks[ROWS - 1], OPEN, ben, now)
    assert (last_of_first.before, last_of_first.next) == (tasks[ROWS - 2], tasks[ROWS])


def test_the_next_comes_after_the_place_of_the_one_that_is_done_and_then_from_the_top(queue, ben, now):
    first, second, third = queue(3)
    here = place_of(second)
    close(second, "no_action", now, actor=ben)
    assert place_of(second) == ()
    assert next_in(here, second, OPEN, ben, now) is third
    here = place_of(third)
    close(third, "no_action", now, actor=ben)
    assert next_in(here, third, OPEN, ben, now) is first
    here = place_of(first)
    close(first, "no_action", now, actor=ben)
    assert next_in(here, first, OPEN, ben, now) is None
