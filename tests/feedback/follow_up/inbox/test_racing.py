"""Two people race for one task: one of them is told, and nothing is lost."""

import threading

import pytest
from flask import Flask

from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.moving import check_seen
from feedback.follow_up.queries import last_change
from feedback.follow_up.triaging import close, take
from surveys.database import begin_writing, db
from surveys.errors import Refusal
from surveys.staff.models import StaffMember
from tests.crashes import RACES


@pytest.mark.thorough
def test_of_two_who_do_different_things_at_once_one_is_told(app: Flask, make, now):
    ids = [make.task().id for _each in range(RACES)]
    people = [make.staff("Ben").id, make.staff("Dora").id]
    seen = {each: last_change(each) for each in ids}
    db.session.commit()
    barrier, done, refused = threading.Barrier(2), [], []

    def work(place: int) -> None:
        with app.app_context():
            for task_id in ids:
                barrier.wait(30)
                begin_writing()
                try:
                    task = db.session.get_one(Task, task_id)
                    check_seen(task, seen[task_id])
                    actor = db.session.get_one(StaffMember, people[place])
                    take(task, actor, now) if place else close(task, "no_action", now, actor=actor)
                    db.session.commit()
                    done.append(task_id)
                except Refusal:
                    db.session.rollback()
                    refused.append(task_id)
            db.session.remove()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120 + RACES)
    db.session.expire_all()
    assert sorted(done) == sorted(refused) == ids
    for task_id in ids:
        task = db.session.get_one(Task, task_id)
        kinds = db.session.scalars(db.select(TaskEvent.kind).where(TaskEvent.task_id == task_id)).all()
        wanted = ["ended", "moved"] if task.state == "closed" else ["assigned", "moved"]
        assert sorted(kinds) == wanted
