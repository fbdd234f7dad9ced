"""What is worth a mail of its own, and what repeats another piece of news."""

from feedback.follow_up.models import TaskEvent
from feedback.notices.weighing import is_low, push_of, urgency_of


def event_of(make, task, kind, **values):
    return make.keep(TaskEvent(task=task, at=make.now, kind=kind, **values))


def test_half_of_the_time_is_low_and_nothing_else(make):
    task = make.task()
    assert is_low(event_of(make, task, "reminded", after="50"))
    assert not is_low(event_of(make, task, "reminded", after="80", text="admin"))
    assert not is_low(event_of(make, task, "escalated", after="1"))


def test_the_same_rung_of_another_clock_repeats_and_a_later_ladder_does_not(make):
    task = make.task()
    one, same = (
        event_of(make, task, "escalated", after="1", clock=clock) for clock in ("contact", "resolution")
    )
    names = [push_of(one), push_of(event_of(make, task, "escalated", after="2"))]
    assert push_of(same) == names[0]
    task.reopened = 1
    names.append(push_of(one))
    assert len(set(names)) == 3
    assert push_of(event_of(make, task, "assigned")) is None


def test_many_tasks_at_once_weigh_more_than_the_one_they_showed_at(make):
    task, urgent = make.task(priority="P3"), make.task(priority="P0")
    assert urgency_of(event_of(make, task, "gathered")) == "P1"
    assert urgency_of(event_of(make, task, "opened")) == "P3"
    assert urgency_of(event_of(make, urgent, "gathered")) == "P0"
