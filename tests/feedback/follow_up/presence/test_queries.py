"""Who is at a task, in which order, and at many tasks with one question."""

from datetime import timedelta

import pytest

from feedback.follow_up.presence.queries import present_among, present_at, task_id_or_missing
from surveys.errors import Missing
from tests.feedback.follow_up.presence.test_noting import come
from tests.test_costs import counted_statements


def test_who_writes_to_the_customer_stands_first_and_who_only_looks_last(make, now):
    task, me = make.task(), make.staff("Mara")
    for name, writes in (("Ada", None), ("Cleo", "note"), ("Dan", "mail"), ("Ben", None)):
        come(task, make.staff(name), now, writes)
    found = present_at(task.id, me.id, now)
    assert [each.name for each in found] == ["Dan", "Cleo", "Ada", "Ben"]


def test_many_tasks_cost_one_question_and_name_only_others_who_are_there_now(make, now):
    tasks, me, ben = [make.task() for _ in range(3)], make.staff("Mara"), make.staff("Ben")
    come(tasks[0], ben, now)
    come(tasks[0], make.staff("Ada"), now)
    come(tasks[1], me, now)
    come(tasks[2], ben, now - timedelta(minutes=1))
    number = me.id
    with counted_statements() as statements:
        found = present_among(tasks, number, now)
    assert found == {tasks[0].id: ["Ada", "Ben"]}
    assert len(statements) == 1
    assert present_among([], number, now) == {}


def test_a_task_that_is_not_there_is_missing(make):
    task = make.task()
    assert task_id_or_missing(task.public_id) == task.id
    with pytest.raises(Missing):
        task_id_or_missing("nowhere")
