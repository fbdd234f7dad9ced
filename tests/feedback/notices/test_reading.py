"""News in bundles."""

from datetime import timedelta

from feedback.follow_up.models import TaskEvent
from feedback.notices.models import Notice
from feedback.notices.queries import Row
from feedback.notices.reading import bundled, mark_read
from surveys.database import db


def news(make, *said):
    """Make a piece of news of each kind, so many minutes old, new or read; the newest first."""
    rows = []
    for kind, minutes, is_new in said:
        at = make.now - timedelta(minutes=minutes)
        event = TaskEvent(kind=kind, at=at)
        rows.append(Row(Notice(event=event, made_at=at), is_new))
    return rows


def sizes(bundles):
    return [len(each.rows) for each in bundles]


def test_times_that_pass_together_are_one_entry_and_all_else_stands_alone(make):
    rows = news(
        make,
        ("escalated", 0, True),
        ("reminded", 10, True),
        ("escalated", 25, True),
        ("assigned", 26, True),
        ("assigned", 26, True),
        ("escalated", 27, True),
        ("escalated", 43, True),
        ("escalated", 44, False),
    )
    bundles = bundled(rows)
    assert sizes(bundles) == [3, 1, 1, 1, 1, 1]
    assert [each.is_new for each in bundles] == [True] * 5 + [False]
    assert bundled([]) == [] and len(bundles[0].unread) == 3 and bundles[-1].unread == []


def test_only_ones_own_are_marked_as_read(make, now):
    ben, nadia, task = make.staff("Ben"), make.staff("Nadia"), make.task()
    event = make.keep(TaskEvent(task=task, at=now, kind="escalated"))
    mine, hers = (make.keep(Notice(staff=each, event=event, made_at=now)) for each in (ben, nadia))
    mark_read(ben, [mine.id, hers.id], now)
    db.session.commit()
    db.session.expire_all()
    assert (mine.read_at, hers.read_at) == (now, None)
