"""Do with each task of a deed on many what was ordered; one that is refused says why and stops no other."""

from datetime import datetime
from typing import Any

from flask_babel import force_locale

from feedback.follow_up import triaging
from feedback.follow_up.clocks import snoozing
from feedback.follow_up.conversation.taking_back import take_back
from feedback.follow_up.inbox.many.asking_why import ask_why
from feedback.follow_up.inbox.many.queries import has_waiting, item_for_update, lock_deed, waiting_items
from feedback.follow_up.inbox.many.undoing import before_deed, undo
from feedback.follow_up.inbox.models import BulkDeed, BulkItem
from feedback.follow_up.incidents.letter.writing import write
from feedback.follow_up.models import Task
from feedback.follow_up.queries import last_change, staff_named, task_for_update
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal, SeveralRefusals
from surveys.work import one_by_one

JOB = "work-on-many"
AT_ONCE = 25  # So many tasks are done while somebody waits for the page; more of them by the loop.


def work_on_many(now: datetime, limit: int) -> int:
    """Do up to `limit` of what was ordered, each in a transaction of its own; return how many."""
    return one_by_one(JOB, waiting_items(JOB, limit), lambda item_id: work(item_id, now))


def work_at_once(deed: BulkDeed, now: datetime) -> None:
    """Do all of a small deed; a large one is left to the loop."""
    ids = waiting_items(JOB, AT_ONCE + 1, deed)
    for item_id in ids if len(ids) <= AT_ONCE else ():
        work(item_id, now)


def work(item_id: int, now: datetime) -> None:
    """Do with one task what was ordered, unless another process has."""
    item = item_for_update(item_id)
    if item is None or item.state != "waiting":
        return
    task, deed = task_for_update(item.task_id), item.deed
    try:
        with db.session.begin_nested():
            before = before_deed(task) | act(item, task, now)
            db.session.flush()
    except Refusal as refusal:
        item.state, item.why = "refused", kept(refusal, deed.staff.locale)
    else:
        item.state = "done"
        item.before = item.before if deed.kind == "undo" else before
        item.left_at = last_change(task.id)
    db.session.flush()
    # Two processes with the last two tasks would each see the other's waiting, and nobody would end the deed.
    lock_deed(deed)
    if not has_waiting(deed):
        deed.done_at = now
        db.session.flush()


def kept(refusal: Refusal, language: str) -> str:
    """Return why a task was left as it is, as it is stored: in English, which each reader gets in their own language.

    A sentence with values in it cannot be translated any more, so it is kept in the `language` of whoever ordered.
    """
    if not refusal.values and not isinstance(refusal, SeveralRefusals):
        return refusal.phrase
    with force_locale(language):
        return spoken(refusal)[:400]


def act(item: BulkItem, task: Task, now: datetime) -> dict[str, Any]:
    """Do what the deed of an item is; refuses as the single deeds do. Returns what an undo needs beside the task."""
    deed, details, by = item.deed, item.deed.details, item.deed.staff
    if deed.kind == "take":
        triaging.take(task, by, now)
    elif deed.kind == "give":
        to = details.get("assignee")
        triaging.give(task, staff_named(to) if to else None, now, actor=by)
    elif deed.kind == "snooze":
        until = datetime.fromisoformat(details["until"]) if details.get("until") else None
        snoozing.snooze(task, until, details.get("reason", ""), now, actor=by)
    elif deed.kind == "close":
        triaging.close(task, details["outcome"], now, actor=by)
    elif deed.kind == "ask":
        ask_why(task, now, actor=by)
    elif deed.kind == "write":
        return {"reply": write(deed, task, now).public_id}
    elif deed.undoes is not None and deed.undoes.kind == "write":
        take_back(task.public_id, (item.before or {})["reply"], now, actor=by)
    elif deed.undoes is not None:
        undo(task, item.before or {}, item.left_at, deed.undoes.kind, now, actor=by)
    return {}
