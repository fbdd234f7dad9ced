"""Which forms the page of a task offers, and what they begin with."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from feedback.analysis.models import INTENT
from feedback.analysis.queries import reading_of
from feedback.follow_up import queries
from feedback.follow_up.assigning.queries import named_staff
from feedback.follow_up.clocks.snoozing import latest
from feedback.follow_up.clocks.timing import TOO_URGENT, next_business_day
from feedback.follow_up.closing import queries as endings
from feedback.follow_up.closing.causes import offered
from feedback.follow_up.closing.suggesting import suggest
from feedback.follow_up.conversation.forms import CallForm
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.conversation.showing import Talk, begin_reply
from feedback.follow_up.excerpts import first_words
from feedback.follow_up.forms import (
    AssignForm,
    CloseForm,
    MergeForm,
    NoteForm,
    PriorityForm,
    PromiseForm,
    ReopenForm,
    ReplyForm,
    ResolveForm,
    SnoozeForm,
    TaskForm,
    WaitForm,
    WaitInternalForm,
    WithdrawForm,
)
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.states import OPEN_STATES, WAITS, State, allowed_moves
from surveys.filters import masked, money
from surveys.scales import SCALES
from surveys.staff.models import StaffMember


def forms_for(
    it: Task, now: datetime, sent: TaskForm | None, talk: Talk, author: StaffMember
) -> dict[str, TaskForm]:
    """Return the forms of every move that is possible, by their class's name; `author` signs a mail."""
    classes: list[type[TaskForm]] = [NoteForm, AssignForm]
    moves = allowed_moves(it.state)
    if it.customer.email and it.state != State.CLOSED:
        classes.append(ReplyForm)
    if it.state != State.CLOSED:
        classes.append(CallForm)
    if State.WAITING_CUSTOMER in moves:
        classes += [WaitForm, WaitInternalForm]
    if State.RESOLVED in moves or it.state == State.NEW:
        classes.append(ResolveForm)
    if it.state in OPEN_STATES and it.priority not in TOO_URGENT and it.snoozed_until is None:
        classes.append(SnoozeForm)
    if it.state != State.CLOSED:
        classes.append(PromiseForm)
    if it.promise_due_at is not None:
        classes.append(WithdrawForm)
    if it.state in OPEN_STATES:
        classes += [PriorityForm, CloseForm]
        if queries.other_open_tasks(it):
            classes.append(MergeForm)
    elif State.IN_PROGRESS in moves:
        classes.append(ReopenForm)
    forms = {each.__name__: sent if isinstance(sent, each) else each(formdata=None) for each in classes}
    for form in forms.values():
        prepare(form, it, now)
        if isinstance(form, ReplyForm) and form.body.data is None:
            begin_reply(form, it, talk, author)
    return forms


def prepare(form: TaskForm, it: Task, now: datetime) -> None:
    """Offer the choices of a form, and begin its texts."""
    zone = ZoneInfo(it.customer.brand.time_zone)
    today = now.astimezone(zone).date()
    if isinstance(form, AssignForm):
        form.offer(queries.people_for_tasks(), it.assignee, named_staff(it))
    elif isinstance(form, ResolveForm):
        begin_resolving(form, it)
    elif isinstance(form, CloseForm | CallForm):
        form.offer()
    elif isinstance(form, MergeForm):
        form.into.choices = [
            (each.public_id, f"{each.priority} · {first_words(masked(each.response.comment), 60) or '–'}")
            for each in queries.other_open_tasks(it)
        ]
    elif isinstance(form, PriorityForm):
        form.priority.data = form.priority.data or it.priority
    elif isinstance(form, WithdrawForm):
        form.offer([each for each in it.promises if each.settled_at is None])
    elif isinstance(form, SnoozeForm):
        form.ask_between(today + timedelta(days=1), latest(it, now).astimezone(zone).date())
    elif isinstance(form, PromiseForm):
        form.ask_from(today)
    elif isinstance(form, WaitForm):
        form.ask_between(today + timedelta(days=1), last_day(State.WAITING_CUSTOMER, today))
    elif isinstance(form, WaitInternalForm):
        likely = next_business_day(today, it.customer.brand)
        form.ask_between(today + timedelta(days=1), last_day(State.WAITING_INTERNAL, today), likely)


def last_day(state: State, today: date) -> date:
    """Return until when a task may wait in a state."""
    return today + timedelta(days=WAITS[state].longest_days)


def begin_resolving(form: ResolveForm, it: Task) -> None:
    """Offer the causes with the shop's finer ones, and preselect what the comment makes likely."""
    details = offered(endings.own_details())
    form.offer(details)
    reading = reading_of(it.response_id)
    wishes = {each.code for each in reading.mentions if each.kind == INTENT} if reading else set()
    keys = {key for each in details.values() for key in each}
    form.begin(suggest(it.reason, wishes, keys, it.response.comment or ""), it.reason)


def ends_of(it: Task) -> dict[str, int]:
    """Return the ends of the scale that the answer of a task stands on."""
    scale = SCALES.get(it.response.survey.kind)
    return {"low": scale.low, "high": scale.high} if scale else {"low": 0, "high": 10}


def goodwill_of(it: Task) -> dict[str, Any]:
    """Return what was given with a task, in words, and the currency that more would have."""
    given = [money(*each) for each in endings.given_with(it.id)]
    return {"given": given, "currency": endings.currency_of(it)}


def meanwhile(sent: TaskForm | None, rows: Sequence[TaskEvent]) -> list[TaskEvent]:
    """Return what happened to a task since the page whose form was refused; nothing when nothing was refused."""
    seen = sent.version.data if sent is not None else None
    if seen is None:
        return []
    return [row for row in rows if row.id > seen and row.kind not in queries.REPORTS]


def is_answered(it: Task, replies: Iterable[Reply]) -> bool:
    """Tell whether the customer has been written to since the task was opened, or opened again."""
    return any(each.written_at >= it.clocks_since and each.state in ("queued", "sent") for each in replies)
