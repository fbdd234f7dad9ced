"""Take what a customer writes into the task that it is about, and let the task go on.

A mail that names one of ours belongs to that mail's task, by whoever it was written: only its reader knows the name. One
that names none belongs to the open task of its sender's address. A task that waited goes on, one that was resolved or
closed in the last 30 days is taken up again. What machines write never comes here (see `surveys.post_box`).
"""

from collections.abc import Sequence
from datetime import datetime
from email.message import Message

from feedback.follow_up.clocks.timing import mark_contacted, take_contact_back
from feedback.follow_up.conversation.files import files_in
from feedback.follow_up.conversation.models import Letter, LetterFile
from feedback.follow_up.conversation.queries import (
    has_tried,
    is_known_letter,
    open_task_of,
    reply_named,
    task_about,
)
from feedback.follow_up.conversation.tries import WROTE, is_reached
from feedback.follow_up.deciding.priorities import Priority, one_level_up
from feedback.follow_up.models import Task
from feedback.follow_up.moving import move_task, record
from feedback.follow_up.queries import hold_tasks, replies_of, task_for_update
from feedback.follow_up.states import REOPEN_WITHIN, REOPENABLE_STATES, WAITING_STATES, ReopenTooLate, State
from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.post_box.envelopes import addresses_of, header, ids_of, opened
from surveys.post_box.models import IncomingMail
from surveys.post_box.replies import quoted_in, said_in
from surveys.post_box.reports import Report
from surveys.post_box.sorting import settle_unmatched
from surveys.staff.models import StaffMember

LONGEST_ID = 250


class AlreadySettled(Conflict):
    """Somebody else was quicker."""

    phrase = N_("Somebody has dealt with this mail in the meantime; its text is no longer here.")


def join(row: IncomingMail, mail: Message, now: datetime) -> bool:
    """Take a mail into the conversation of the task that it is about; return whether there is one.

    An answer to an anonymous survey is never put to a task: that would tell whose it is.
    """
    found, matched_by = by_thread(row, mail), "thread"
    if not found and row.invitation is None:
        to = addresses_of(f"{header(mail, 'To')} {header(mail, 'Cc')} {header(mail, 'Delivered-To')}")
        found, matched_by = open_task_of(row.sender, to), "sender"
    tasks = held(found)
    task = next((each for each in tasks if may_go_on(each, now)), None)
    if task is not None:
        row.customer = task.customer
        return add(row, mail, task, now, matched_by) is not None
    for each in tasks:
        # That case is over. What is said about it now is a new one, about the same order where we know it.
        row.invitation = row.invitation or each.response.invitation
        row.customer = row.customer or each.customer
    return False


def held(found: Sequence[int]) -> list[Task]:
    """Return these tasks, which nobody else changes until the commit; for one that was merged, the one it went into."""
    hold_tasks(found)
    tasks = []
    for task_id in found:
        task = task_for_update(task_id)
        while task.duplicate_of_id is not None:
            task = task_for_update(task.duplicate_of_id)
        if task not in tasks:
            tasks.append(task)
    return tasks


def by_thread(row: IncomingMail, mail: Message) -> list[int]:
    """Return the tasks of the mails of ours that are named, what fits best first."""
    reply = reply_named(ids_of(f"{header(mail, 'In-Reply-To')} {header(mail, 'References')}"))
    asked = row.invitation
    if asked is None and reply is not None:
        asked = reply.task.response.invitation
    about = None
    if asked is not None and not asked.version.survey.is_anonymous:
        about = task_about(asked)
    found = [reply.task_id if reply else None, about]
    return [each for each in dict.fromkeys(found) if each is not None]


def may_go_on(task: Task, now: datetime) -> bool:
    """Return whether a task is open, or may still be taken up again."""
    return task.closed_at is None or now - task.closed_at <= REOPEN_WITHIN


def add(
    row: IncomingMail,
    mail: Message,
    task: Task,
    now: datetime,
    matched_by: str,
    by: StaffMember | None = None,
) -> Letter | None:
    """Keep a mail as part of the task's conversation and let the task go on.

    Returns None, with nothing kept, for a mail without words and files. A message that the conversation has already is
    kept without its id, for somebody has put it here by hand once more.
    """
    words, files = said_in(mail), files_in(mail)
    if not words and not files.kept and not files.left_out:
        return None
    letter = Letter(
        task=task,
        brand=task.customer.brand,
        mail=row,
        message_id=id_of(mail, task.customer.brand),
        sender=row.sender,
        subject=row.subject,
        body=words,
        quoted=quoted_in(mail),
        matched_by=matched_by,
        by=by,
        received_at=row.received_at,
        left_out=files.left_out,
        files=[
            LetterFile(name=each.name, size=len(each.content), content=each.content) for each in files.kept
        ],
    )
    db.session.add(letter)
    db.session.flush()
    if has_tried(task.id):
        mark_contacted(task, now)
    record(task, WROTE, now, actor=by, before=matched_by, after=letter.public_id)
    wake(task, now)
    return letter


def wake(task: Task, now: datetime) -> None:
    """Let a task go on whose customer has written: it waits no longer, or is taken up again, one level up.

    A letter that takes a task up again is worth what a *no* is (methodology 4.3), but P0 stays for what is danger or law:
    nobody has read the letter yet.
    """
    was_done = task.state in REOPENABLE_STATES
    if not was_done and task.state not in WAITING_STATES:
        return
    before = task.priority
    if was_done:
        task.priority = min(before, max(one_level_up(before), Priority.P1))
    move_task(task, State.IN_PROGRESS, now, by_system=True, text=WROTE)
    if task.priority != before:
        record(task, "raised", now, before=before, after=task.priority, text="written_again")


def put_to(row: IncomingMail, task: Task, now: datetime, *, by: StaffMember | None) -> Letter:
    """Take a mail that nobody could match into a task, because somebody says so; its raw text goes.

    Refuses with AlreadySettled, or ReopenTooLate.
    """
    if row.kind != "unmatched" or row.settled_at is not None or row.raw is None:
        raise AlreadySettled()
    if not may_go_on(task, now):
        raise ReopenTooLate()
    letter = add(row, opened(row.raw), task, now, "hand", by)
    if letter is None:
        raise NothingReadable()
    row.kind, row.why, row.customer = "letter", None, task.customer
    row.settled_at, row.raw = now, None
    db.session.flush()
    return letter


def drop(row: IncomingMail, now: datetime) -> None:
    """Put a mail that nobody could match to no task at all; its raw text goes. Refuses with AlreadySettled."""
    if row.kind != "unmatched" or row.settled_at is not None:
        raise AlreadySettled()
    settle_unmatched(row, now)


class NothingReadable(Conflict):
    """There is nothing to put anywhere."""

    phrase = N_("This mail has no words and no files that can be read, so there is nothing to put to a task.")


def id_of(mail: Message, brand: Brand) -> str | None:
    """Return the mail's own id, which later mails of ours name; None for one that no head can hold, or known already."""
    named = next(iter(ids_of(header(mail, "Message-ID"))), "")
    is_fit = 0 < len(named) <= LONGEST_ID and named.isascii() and named.isprintable()
    return named if is_fit and not is_known_letter(brand, named) else None


def contacted_otherwise(task: Task) -> datetime | None:
    """Return when the customer was first spoken to without the mails that did not arrive; None when never."""
    gone = {each.public_id for each in replies_of(task).values() if each.state == "sent"}
    moments = (
        each.at
        for each in task.history
        if is_reached(each) or each.kind == WROTE or (each.kind == "reply_sent" and each.after in gone)
    )
    return min(moments, default=None)


def came_back(report: Report, now: datetime) -> str | None:
    """Return the address of the customer whose mail from us a report is about, None when it is about none.

    One that did not arrive is noted on its task, or on the one that this was merged into. The report has to name that
    mail and the address it went to, because anybody can write what looks like a report.
    """
    reply = reply_named(report.about)
    if reply is None:
        return None
    (task,) = held([reply.task_id])
    theirs = [each for each in report.recipients if each.address.lower() == task.customer.email]
    if not theirs:
        return None
    if report.kind == "bounce" and reply.state == "sent" and theirs[0].action in (None, "failed"):
        said = " ".join(f"{theirs[0].status or ''} {theirs[0].said}".split())[:500]
        reply.state, reply.last_error = "failed", said
        if task.contacted_at == reply.sent_at:
            take_contact_back(task, contacted_otherwise(task))
        record(task, "reply_failed", now, before=reply.public_id, after="failed", text=said)
    return task.customer.email
