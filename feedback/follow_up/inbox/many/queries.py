"""What is asked about deeds on many tasks: what waits, how far one is, and which can be undone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, insert, literal, select, update
from sqlalchemy.orm import joinedload

from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.inbox.models import BulkDeed, BulkItem
from feedback.follow_up.models import Task
from surveys.cursor import Page, decode, page_of
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.staff.models import StaffMember
from surveys.work import not_set_aside

UNDO_WITHIN = timedelta(days=1)
UNDOABLE = ("take", "give", "snooze", "close", "write")
LISTED = 200


class NoDeed(Missing):
    """There is no such deed, or it is somebody else's."""

    phrase = N_("There is no such deed of yours.")


class Progress(NamedTuple):
    """How many tasks of a deed wait, are done, were refused."""

    waiting: int
    done: int
    refused: int

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.waiting + self.done + self.refused


def put_in(deed: BulkDeed, condition: ColumnElement[bool]) -> None:
    """Put every task of a queue into a deed, in one order: two deeds at once never wait for each other's tasks."""
    rows = select(literal(deed.id), Task.id, literal("waiting")).where(condition).order_by(Task.id)
    db.session.execute(insert(BulkItem).from_select(["deed_id", "task_id", "state"], rows))


def ids_of(public_ids: Sequence[str]) -> dict[str, int]:
    """Return the ids of tasks by their public ones; unknown ones are left out."""
    query = select(Task.public_id, Task.id).where(Task.public_id.in_(public_ids)).order_by(Task.id)
    return dict(db.session.execute(query).tuples().all())


def waiting_items(job: str, limit: int, deed: BulkDeed | None = None) -> list[int]:
    """Return items that nobody has worked on, the oldest first."""
    query = select(BulkItem.id).where(BulkItem.state == "waiting", not_set_aside(job, BulkItem.id))
    if deed is not None:
        query = query.where(BulkItem.deed_id == deed.id)
    return list(db.session.scalars(query.order_by(BulkItem.id).limit(limit)))


def waiting_count() -> int:
    """Count the tasks that a deed on many has not come to yet."""
    return db.session.scalar(select(func.count()).where(BulkItem.state == "waiting")) or 0


def item_for_update(item_id: int) -> BulkItem | None:
    """Return an item that nobody else works on until the commit; None when it is gone."""
    return db.session.get(BulkItem, item_id, with_for_update=True, populate_existing=True)


def has_waiting(deed: BulkDeed) -> bool:
    """Tell whether tasks of a deed wait."""
    return bool(
        db.session.scalar(select(exists().where(BulkItem.deed_id == deed.id, BulkItem.state == "waiting")))
    )


def progress_of(deed: BulkDeed) -> Progress:
    """Return how far a deed is."""
    query = select(BulkItem.state, func.count()).where(BulkItem.deed_id == deed.id).group_by(BulkItem.state)
    found = {row.state: row[1] for row in db.session.execute(query)}
    return Progress(found.get("waiting", 0), found.get("done", 0), found.get("refused", 0))


def refused_of(deed: BulkDeed, limit: int = LISTED, cursor: str | None = None) -> Page[BulkItem]:
    """Return the first tasks that a deed was refused for, after those of the page before."""
    query = select(BulkItem).where(BulkItem.deed_id == deed.id, BulkItem.state == "refused")
    if cursor is not None:
        query = query.where(BulkItem.id > decode(cursor, int)[0])
    query = query.options(joinedload(BulkItem.task).joinedload(Task.customer))
    found = db.session.scalars(query.order_by(BulkItem.id).limit(limit + 1)).all()
    return page_of(found, limit, lambda item: (item.id,))


def undo_of(deed: BulkDeed) -> BulkDeed | None:
    """Return the deed that takes this one back; None while there is none."""
    return db.session.scalar(select(BulkDeed).where(BulkDeed.undoes_id == deed.id))


def done_items(deed: BulkDeed) -> Sequence[BulkItem]:
    """Return what a deed has done."""
    query = select(BulkItem).where(BulkItem.deed_id == deed.id, BulkItem.state == "done")
    return db.session.scalars(query.order_by(BulkItem.id)).all()


def deed_of(public_id: str, staff: StaffMember) -> BulkDeed:
    """Return a deed of somebody's own; refuse with NoDeed."""
    wanted = (BulkDeed.public_id == public_id, BulkDeed.staff_id == staff.id)
    found = db.session.scalar(select(BulkDeed).where(*wanted))
    if found is None:
        raise NoDeed()
    return found


def last_deed(staff: StaffMember, now: datetime) -> BulkDeed | None:
    """Return the last deed of somebody of the last day if it is done and can be undone; None otherwise."""
    query = select(BulkDeed).where(BulkDeed.staff_id == staff.id, BulkDeed.made_at > now - UNDO_WITHIN)
    last = db.session.scalar(query.order_by(BulkDeed.id.desc()).limit(1))
    return last if last is not None and can_undo(last) else None


def can_undo(deed: BulkDeed) -> bool:
    """Tell whether a deed can be taken back and was not: it is done, or a letter of which something has not left yet."""
    if deed.kind not in UNDOABLE or undo_of(deed) is not None:
        return False
    if deed.kind == "write":
        return has_waiting(deed) or is_leaving(deed)
    done = exists().where(BulkItem.deed_id == deed.id, BulkItem.state == "done")
    return deed.done_at is not None and bool(db.session.scalar(select(done)))


def is_leaving(deed: BulkDeed) -> bool:
    """Tell whether a mail of a letter to many can still be taken back."""
    reply = BulkItem.before["reply"].as_string()
    written = select(reply).where(BulkItem.deed_id == deed.id, BulkItem.state == "done")
    waits = (Reply.state == "queued", Reply.claimed_until.is_(None))
    return bool(db.session.scalar(select(exists().where(*waits, Reply.public_id.in_(written)))))


def call_off(deed: BulkDeed, why: str) -> None:
    """Leave the tasks that a deed has not come to as they are."""
    waiting = (BulkItem.deed_id == deed.id, BulkItem.state == "waiting")
    changed = update(BulkItem).where(*waiting).values(state="refused", why=why)
    db.session.execute(changed, execution_options={"synchronize_session": "fetch"})
