"""The ready question goes to quiet tasks of people who said nothing, and to nobody else."""

import pytest
from sqlalchemy import select

from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.inbox.many.asking_why import NotToBeAsked, ask_why
from surveys.database import db


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def silent(make):
    def task(**values):
        return make.task(make.response(2, None, locale="de"), is_silent=True, priority="P3", **values)

    return task


def test_a_silent_detractor_gets_one_question_in_their_language(silent, ben, now):
    task = silent()
    ask_why(task, now, actor=ben)
    reply = db.session.scalars(select(Reply)).one()
    assert "Was ist passiert?" in reply.body and "Ben" in reply.body and "[" not in reply.body
    assert (task.assignee, task.state) == (ben, "in_progress")
    with pytest.raises(NotToBeAsked):
        ask_why(task, now, actor=ben)


def test_urgent_ones_and_those_who_said_something_are_answered_by_a_person(silent, make, ben, now):
    urgent = silent()
    urgent.priority = "P1"
    for task in (urgent, make.task(priority="P3"), silent(state="closed", outcome="invalid", closed_at=now)):
        with pytest.raises(NotToBeAsked):
            ask_why(task, now, actor=ben)
    assert db.session.scalar(select(Reply)) is None
