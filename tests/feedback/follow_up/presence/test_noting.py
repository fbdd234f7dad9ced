"""Somebody comes to a task, writes, leaves, and is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.follow_up.inbox.merging import merge
from feedback.follow_up.models import Task
from feedback.follow_up.presence.models import LASTS, TaskPresence
from feedback.follow_up.presence.noting import ENDS_IN, NOTED_EVERY, arriving, leaving, sweep
from feedback.follow_up.presence.queries import present_at
from feedback.privacy.erasing import remove
from feedback.privacy.queries import belongings
from surveys.database import db
from surveys.doors import note_in_passing

MOMENT = timedelta(seconds=1)


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def mara(make):
    return make.staff("Mara")


@pytest.fixture
def task(make):
    return make.task()


def come(task, staff, now, writes=None):
    note = arriving(task.id, staff.id, writes, now)
    if note is not None:
        db.session.execute(note)
    return note is not None


def leave(task, staff, now):
    db.session.execute(leaving(task.id, staff.id, now))


def rows():
    return db.session.scalar(select(func.count()).select_from(TaskPresence))


def test_who_comes_is_seen_by_the_others_and_never_by_oneself(task, ben, mara, now):
    come(task, ben, now)
    assert present_at(task.id, mara.id, now) == [("Ben", None)]
    assert present_at(task.id, ben.id, now) == []


def test_a_sign_is_noted_every_ten_seconds_and_at_once_when_somebody_begins_to_write(task, ben, mara, now):
    assert come(task, ben, now)
    assert not come(task, ben, now + NOTED_EVERY - MOMENT)
    assert come(task, ben, now + NOTED_EVERY)
    assert come(task, ben, now + NOTED_EVERY + MOMENT, writes="mail")
    assert present_at(task.id, mara.id, now + NOTED_EVERY) == [("Ben", "mail")]
    assert rows() == 1


def test_who_gives_no_sign_for_thirty_seconds_is_forgotten(task, ben, mara, now):
    come(task, ben, now, writes="mail")
    assert present_at(task.id, mara.id, now + LASTS - MOMENT)
    assert present_at(task.id, mara.id, now + LASTS) == []


def test_who_leaves_is_gone_in_seconds_from_that_task_alone(make, task, ben, mara, now):
    other = make.task()
    come(task, ben, now)
    come(other, ben, now)
    leave(task, ben, now + MOMENT)
    assert present_at(task.id, mara.id, now + MOMENT + ENDS_IN - MOMENT)
    assert present_at(task.id, mara.id, now + MOMENT + ENDS_IN) == []
    assert present_at(other.id, mara.id, now + MOMENT + ENDS_IN) == [("Ben", None)]


def test_who_opens_the_page_anew_is_not_gone_in_between_whichever_word_comes_first(task, ben, mara, now):
    come(task, ben, now, writes="mail")
    leave(task, ben, now + MOMENT)
    assert come(task, ben, now + 2 * MOMENT)
    assert present_at(task.id, mara.id, now + LASTS) == [("Ben", None)]
    leave(task, ben, now + 3 * MOMENT)
    assert come(
        task, ben, now + 3 * MOMENT + ENDS_IN - MOMENT
    )  # the next sign, though one was noted just before
    assert present_at(task.id, mara.id, now + LASTS) == [("Ben", None)]


def test_who_has_been_forgotten_is_not_called_back_by_leaving(task, ben, mara, now):
    come(task, ben, now)
    leave(task, ben, now + LASTS + MOMENT)
    assert present_at(task.id, mara.id, now + LASTS + MOMENT) == []


def test_of_two_signs_at_the_same_moment_the_second_is_left_out_and_so_is_one_at_a_task_that_has_gone(
    app, task, ben, now
):
    both = [arriving(task.id, ben.id, None, now) for _ in range(2)]
    gone = arriving(task.id + 1, ben.id, None, now)
    db.session.commit()
    with app.test_request_context(method="POST"):
        for note in (*both, gone):
            note_in_passing(note)
    assert rows() == 1


def test_what_is_shown_no_more_is_swept_away(task, ben, mara, now):
    come(task, ben, now)
    come(task, mara, now + LASTS)
    assert sweep(now + LASTS) == 1
    assert db.session.scalars(select(TaskPresence.staff_id)).all() == [mara.id]


def test_whoever_is_at_a_task_that_is_merged_is_not_said_to_be_at_the_other_one(make, task, ben, mara, now):
    into = make.task(make.response(2, "Late again", customer=task.customer))
    come(task, ben, now, writes="mail")
    merge(task, into, now, actor=mara)
    assert present_at(task.id, mara.id, now) == [("Ben", "mail")]
    assert present_at(into.id, mara.id, now) == []


def test_who_was_at_a_task_goes_with_it_when_its_customer_is_erased(task, ben, now):
    come(task, ben, now)
    remove(belongings(task.customer), now)
    assert (rows(), db.session.scalar(select(func.count()).select_from(Task))) == (0, 0)


def test_a_member_of_the_team_and_a_task_take_their_rows_along(task, ben, mara, now):
    come(task, ben, now)
    come(task, mara, now)
    db.session.execute(ben.__table__.delete().where(ben.__table__.c.id == ben.id))
    assert rows() == 1
