"""Two tasks become one, and an answer becomes a task of its own."""

from datetime import timedelta

import pytest

from feedback.follow_up.inbox.merging import NotMergeable, NotSplittable, merge, split
from feedback.follow_up.models import Signal
from feedback.follow_up.triaging import close


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def dora(make):
    return make.customer("Dora")


def a_task(make, customer, now, **values):
    answer = make.response(2, "Late", customer=customer)
    task = make.task(answer, **values)
    level = values.get("priority", "P2")
    make.keep(
        Signal(task=task, response=answer, at=now, rule="low_score", rule_version=1, priority=level,
               why="low_score", points=values.get("points", 10.0), parts={}, finds=[])
    )  # fmt: skip
    return task


def test_a_duplicate_is_closed_and_its_answers_and_earlier_times_go_over(make, dora, ben, now):
    kept = a_task(make, dora, now, priority="P3", points=10.0)
    early = now + timedelta(minutes=5)
    duplicate = a_task(make, dora, now, priority="P1", points=40.0, contact_due_at=early, due_at=early)
    merge(duplicate, kept, now, actor=ben)
    assert (duplicate.state, duplicate.outcome, duplicate.duplicate_of) == ("closed", "duplicate", kept)
    assert len(kept.signals) == 2 and kept.points == 40.0
    assert (kept.priority, kept.contact_due_at, kept.due_at) == ("P1", early, early)
    assert kept.history[-1].kind == duplicate.history[-1].kind == "merged"


@pytest.mark.once
def test_only_open_tasks_of_one_customer_are_merged(make, dora, ben, now):
    task, closed = a_task(make, dora, now), a_task(make, dora, now)
    strangers = a_task(make, make.customer("Else"), now)
    close(closed, "invalid", now, actor=ben)
    for other in (task, closed, strangers):
        with pytest.raises(NotMergeable):
            merge(task, other, now, actor=ben)


def test_an_answer_that_was_merged_takes_its_task_up_again(make, dora, ben, now):
    kept, duplicate = a_task(make, dora, now), a_task(make, dora, now, points=40.0)
    merge(duplicate, kept, now, actor=ben)
    came = next(each for each in kept.signals if each.response_id == duplicate.response_id)
    assert split(kept, came, now, actor=ben) is duplicate
    assert (duplicate.state, duplicate.duplicate_of, duplicate.reopened) == ("in_progress", None, 0)
    assert (kept.points, duplicate.points) == (10.0, 40.0)


def test_a_later_answer_becomes_a_task_of_its_own_and_the_first_never(make, dora, ben, now):
    task = a_task(make, dora, now)
    later = make.response(1, "Broken, too", customer=dora)
    signal = make.keep(
        Signal(task=task, response=later, at=now, rule="low_score", rule_version=1, priority="P2",
               why="low_score", points=50.0, parts={}, finds=[])
    )  # fmt: skip
    own = split(task, signal, now, actor=ben)
    assert (own.response, own.state, own.priority, own.points) == (later, "new", "P2", 50.0)
    assert own.contact_due_at is not None and own.standing is not None
    with pytest.raises(NotSplittable):
        split(own, signal, now, actor=ben)
