"""What staff do with a task; every deed is written into its history."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.follow_up.clocks.timing import mark_contacted
from feedback.follow_up.closing.causes import check_detail
from feedback.follow_up.closing.giving import give as give_goodwill
from feedback.follow_up.closing.goodwill import Money
from feedback.follow_up.closing.queries import own_details
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.deciding.weighing import set_priority
from feedback.follow_up.mentions import named_in
from feedback.follow_up.models import Task
from feedback.follow_up.moving import move_task, record
from feedback.follow_up.queries import people_for_tasks
from feedback.follow_up.states import OPEN_STATES, Details, State
from surveys.channels.message import clean
from surveys.code_book.themes import DETAILS, THEMES
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may

PLACEHOLDER = re.compile(r"\[[^\]]*\]")
LONGEST_TEXT = 10_000
UNDO_FOR = timedelta(seconds=10)  # in which a mail can be taken back


class NotAssignable(Refusal):
    """Tasks go to people who may work them."""

    phrase = N_("%(name)s cannot take tasks. Choose an agent, admin or owner who is active.")


class NoAddress(Conflict):
    """A mail needs an address."""

    phrase = N_("This customer has no e-mail address, so there is no way to write. Call, then add a note.")


class PlaceholderLeft(Refusal):
    """The ready-made letter is not finished."""

    phrase = N_("Replace the part in brackets, %(part)s, with your own words before sending.")


class TextMissing(Refusal):
    """Nothing was written."""

    phrase = N_("Write a text first.")


class StateNeeded(Refusal):
    """A detail was given without the move it belongs to."""

    phrase = N_("This goes with a change of state; send both together.")


class UnknownReason(Refusal):
    """The code book has no such theme."""

    phrase = N_("Choose one of the themes of the code book, or none.")


@dataclass(frozen=True)
class Ending:
    """What may be said with a solution, each None when it was not.

    `detail` is the finer cause, `reason` the theme that it was about after all, `goodwill` money given with it.
    """

    detail: str | None = None
    reason: str | None = None
    goodwill: Money | None = None


NOTHING_MORE = Ending()


class PriorityNeeded(Refusal):
    """A reason was given for a priority that was not."""

    phrase = N_("This is the reason for a change of the priority; send both together.")


def take(task: Task, actor: StaffMember, now: datetime) -> None:
    """Make `actor` the owner and, when the task is new, begin it."""
    give(task, actor, now, actor=actor)
    if task.state == State.NEW:
        move_task(task, State.IN_PROGRESS, now, actor=actor)


def give(task: Task, to: StaffMember | None, now: datetime, *, actor: StaffMember | None) -> None:
    """Make `to` the owner, or nobody; refuse with NotAssignable. The same owner again changes nothing."""
    if to is not None and not (to.is_active and may(to.role, "tasks")):
        raise NotAssignable(field="assignee", name=to.name)
    if to is task.assignee:
        return
    before = task.assignee.public_id if task.assignee else None
    task.assignee = to
    task.assigned_because = None
    record(task, "assigned", now, actor=actor, before=before, after=to.public_id if to else None)


def note(task: Task, text: str, now: datetime, *, actor: StaffMember | None, contacted: bool = False) -> None:
    """Add a note; `contacted` says that the customer was reached. Whoever is named in it (`@Ben`) hears of it."""
    text = text.strip()
    if not text:
        raise TextMissing(field="note")
    if contacted:
        mark_contacted(task, now)
    record(task, "noted", now, actor=actor, after="contacted" if contacted else None, text=text)
    _tell_named(task, text, now, actor)


def _tell_named(task: Task, text: str, now: datetime, actor: StaffMember | None) -> None:
    """Let everybody hear who is named in the text, but whoever wrote it."""
    for named in named_in(
        text, {each.public_id: each.name for each in people_for_tasks() if each is not actor}
    ):
        record(task, "mentioned", now, actor=actor, after=named, text=text)


def wait_for_customer(
    task: Task, until: datetime | None, now: datetime, *, actor: StaffMember | None, text: str | None = None
) -> None:
    """Let the task rest until the customer answers or `until` comes, at most 7 days ahead."""
    details = Details(waiting_until=until)
    move_task(task, State.WAITING_CUSTOMER, now, details, actor=actor, text=text)


def wait_for_colleagues(
    task: Task, text: str, until: datetime | None, now: datetime, *, actor: StaffMember | None
) -> None:
    """Let the task rest until somebody in the house has done something, or `until` comes, at most 14 days ahead.

    `text` says who has to do what, and `@Ben` hears of it.
    """
    if task.state != State.WAITING_INTERNAL:
        details = Details(waiting_until=until)
        move_task(task, State.WAITING_INTERNAL, now, details, actor=actor, text=text)
        _tell_named(task, text, now, actor)


def resume(task: Task, now: datetime, *, actor: StaffMember | None) -> None:
    """Go on with a waiting task."""
    move_task(task, State.IN_PROGRESS, now, actor=actor)


def resolve(
    task: Task,
    resolution: str,
    cause: str,
    now: datetime,
    *,
    actor: StaffMember,
    text: str | None = None,
    ending: Ending = NOTHING_MORE,
) -> None:
    """Say what was done and what the cause was; a new task is taken first.

    Refuses as the move does, and with UnknownDetail, UnknownReason or AboveLimit.
    """
    if task.state == State.NEW or (task.assignee is None and task.state in OPEN_STATES):
        take(task, actor, now)
    details = Details(resolution=resolution, cause=cause, detail=ending.detail)
    end_with(task, cause, ending, now, actor=actor)
    move_task(task, State.RESOLVED, now, details, actor=actor, text=text)


def end_with(
    task: Task,
    cause: str | None,
    ending: Ending,
    now: datetime,
    *,
    actor: StaffMember | None,
    by_key: bool = False,
) -> None:
    """Check and keep what is said with a solution; refuse with UnknownDetail, UnknownReason or AboveLimit."""
    check_detail(cause, ending.detail, own_details())
    if ending.reason is not None:
        if ending.reason not in THEMES and ending.reason not in DETAILS:
            raise UnknownReason(field="reason")
        task.reason = ending.reason
    if ending.goodwill is not None:
        give_goodwill(task, ending.goodwill, now, actor=actor, by_key=by_key)


def close(
    task: Task, outcome: str, now: datetime, *, actor: StaffMember | None, text: str | None = None
) -> None:
    """End an open task without a resolution; `outcome` says why."""
    move_task(task, State.CLOSED, now, Details(outcome=outcome), actor=actor, text=text)


def reopen(task: Task, text: str, now: datetime, *, actor: StaffMember | None) -> None:
    """Take a resolved or closed task up again; `text` says why."""
    move_task(task, State.IN_PROGRESS, now, actor=actor, text=text)


def reply(
    task: Task,
    subject: str,
    body: str,
    now: datetime,
    *,
    actor: StaffMember,
    to_many: str | None = None,
) -> Reply:
    """Write a mail to the customer; it leaves after UNDO_FOR. A new task is taken first.

    `to_many` is the incident whose customers all get this mail: then nobody takes the task with it. Refuses with
    NoAddress, TextMissing, HeaderRefused, or PlaceholderLeft while "[…]" stands in it.
    """
    if not task.customer.email:
        raise NoAddress()
    body, subject = body.strip(), " ".join(subject.split())
    if not body:
        raise TextMissing(field="body")
    if not subject:
        raise TextMissing(field="subject")
    for field, text in (("subject", subject), ("body", body)):
        left = left_in_brackets(text)
        if left is not None:
            raise PlaceholderLeft(field=field, part=left)
    clean("subject", subject)
    if task.state == State.NEW and to_many is None:
        take(task, actor, now)
    answer = Reply(task=task, author=actor, subject=subject, body=body, written_at=now, due_at=now + UNDO_FOR)
    db.session.add(answer)
    db.session.flush()
    record(task, "replied", now, actor=actor, before=to_many, after=answer.public_id, text=body)
    return answer


def left_in_brackets(text: str) -> str | None:
    """Return the first part in brackets that somebody still has to replace; None when there is none."""
    left = PLACEHOLDER.search(text)
    return left.group()[:80] if left else None


@dataclass(frozen=True)
class Change:
    """What a machine wants changed at once; None means as it is.

    `unassign` takes the task from its owner, because None already means unchanged.
    """

    state: str | None = None
    assignee: StaffMember | None = None
    unassign: bool = False
    resolution: str | None = None
    cause: str | None = None
    outcome: str | None = None
    waiting_until: datetime | None = None
    note: str | None = None
    ending: Ending = NOTHING_MORE
    priority: str | None = None
    priority_reason: str | None = None


def change(task: Task, wanted: Change, now: datetime, *, actor: StaffMember | None = None) -> None:
    """Carry out all of a change or refuse all of it; `actor` is in whose name, None for nobody of the team.

    Refuses with StateNeeded and PriorityNeeded when a detail comes without its change, and as the single deeds do.
    """
    ending = wanted.ending
    details = Details(
        wanted.waiting_until, wanted.resolution, wanted.cause, wanted.outcome, detail=ending.detail
    )
    if wanted.state != State.RESOLVED:
        said = {"cause_detail": ending.detail, "goodwill": ending.goodwill, "reason": ending.reason}
        for field, given in said.items():
            if given is not None:
                raise StateNeeded(field=field)
    if wanted.state is None:
        for name in ("resolution", "cause", "outcome", "waiting_until"):
            if getattr(details, name) is not None:
                raise StateNeeded(field=name)
    if wanted.priority is not None:
        set_priority(task, wanted.priority, wanted.priority_reason or "", now, actor=actor)
    elif wanted.priority_reason is not None:
        raise PriorityNeeded(field="priority_reason")
    if wanted.assignee is not None or wanted.unassign:
        give(task, wanted.assignee, now, actor=actor)
    if wanted.state != task.state:
        end_with(task, wanted.cause, ending, now, actor=actor, by_key=True)
    if wanted.state is not None and wanted.state != task.state:
        move_task(task, wanted.state, now, details, actor=actor, text=wanted.note)
        _tell_named(task, wanted.note or "", now, actor)
    elif wanted.note is not None:
        note(task, wanted.note, now, actor=actor)
