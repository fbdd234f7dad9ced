"""What may be ordered for many tasks at once."""

import pytest

from feedback.follow_up.inbox.asking import Asked
from feedback.follow_up.inbox.many.ordering import (
    DetailOfDeedMissing,
    NoSuchDeed,
    NothingSelected,
    NotUndoable,
    order,
    order_undo,
)
from feedback.follow_up.inbox.many.queries import last_deed, progress_of
from feedback.follow_up.inbox.many.working import work_at_once
from feedback.follow_up.inbox.queries import narrowed


@pytest.fixture
def ben(make):
    return make.staff("Ben")


def test_a_whole_queue_is_ordered_by_its_condition(make, ben, now):
    for _each in range(3):
        make.task(priority="P2")
    make.task(priority="P3")
    deed = order("take", {}, narrowed(Asked("open", priority="P2"), ben, now), now, by=ben)
    assert progress_of(deed) == (3, 0, 0)


def test_what_is_missing_is_said_before_anything_is_ordered(make, ben, now):
    task = make.task()
    for kind, details, field in (
        ("snooze", {"reason": " "}, "reason"),
        ("close", {"outcome": "recovered"}, "outcome"),
    ):
        with pytest.raises(DetailOfDeedMissing) as refusal:
            order(kind, details, [task.id], now, by=ben)
        assert refusal.value.field == field
    with pytest.raises(NoSuchDeed):
        order("undo", {}, [task.id], now, by=ben)
    with pytest.raises(NothingSelected):
        order("take", {}, [], now, by=ben)


@pytest.mark.once
def test_the_last_deed_is_undone_once_and_a_mail_never(make, ben, now):
    deed = order("take", {}, [make.task().id], now, by=ben)
    assert last_deed(ben, now) is None
    work_at_once(deed, now)
    assert last_deed(ben, now) is deed
    order_undo(deed, now, by=ben)
    assert last_deed(ben, now) is None
    with pytest.raises(NotUndoable):
        order_undo(deed, now, by=ben)
    asked = order("ask", {}, [make.task(make.response(2, None), is_silent=True).id], now, by=ben)
    work_at_once(asked, now)
    assert progress_of(asked) == (0, 1, 0)
    with pytest.raises(NotUndoable):
        order_undo(asked, now, by=ben)
