"""A task keeps its place in the queue, whoever changes it."""

from datetime import timedelta

from feedback.follow_up import triaging
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
