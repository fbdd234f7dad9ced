"""Which forms the page of a task offers, and what they begin with."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from feedback.analysis.models import INTENT
from feedback.follow_up import queries
from feedback.follow_up.clocks.snoozing import latest
from feedback.follow_up.clocks.timing import TOO_URGENT
from feedback.follow_up.closing import queries as endings
from feedback.follow_up.closing.causes import offered
from feedback.follow_up.closing.suggesting import suggest
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
from feedback.follow_up.models import Task
from feedback.follow_up.skeletons import reply_subject, reply_text
from feedback.follow_up.states import LONGEST_WAIT_DAYS, OPEN_STATES, State, allowed_moves
from surveys.filters import masked


def forms_for(it: Task, now: datetime, sent: TaskForm | None, agent: str) -> dict[str, TaskForm]:
    """Return the forms of every move that is possible, by their class's name; `agent` signs a mail."""
    classes: list[type[TaskForm]] = [NoteForm, AssignForm]
    moves = allowed_moves(it.state)
    if it.customer.email and it.state != State.CLOSED:
        classes.append(ReplyForm)
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
        prepare(form, it, now, agent)
    return forms


def prepare(form: TaskForm, it: Task, now: datetime, agent: str) -> None:
    """Offer the choices of a form, and begin its texts."""
    zone = ZoneInfo(it.customer.brand.time_zone)
    today = now.astimezone(zone).date()
    if isinstance(form, AssignForm):
        form.offer(queries.people_for_tasks(), it.assignee)
    elif isinstance(form, ResolveForm):
        begin_resolving(form, it)
    elif isinstance(form, CloseForm):
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
        form.ask_between(today + timedelta(days=1), today + timedelta(days=LONGEST_WAIT_DAYS))
    elif isinstance(form, ReplyForm) and form.body.data is None:
        begin_reply(form, it, agent)


def begin_resolving(form: ResolveForm, it: Task) -> None:
    """Offer the causes with the shop's finer ones, and preselect what the comment makes likely."""
    details = offered(endings.own_details())
    form.offer(details)
    reading = queries.reading_of(it.response_id)
    wishes = {each.code for each in reading.mentions if each.kind == INTENT} if reading else set()
    form.begin(suggest(it.reason, wishes, {key for keys in details.values() for key in keys}), it.reason)


def begin_reply(form: ReplyForm, it: Task, agent: str) -> None:
    """Begin a mail with the letter that fits, in the language of the answer."""
    response, shop = it.response, it.customer.brand.name
    form.subject.data = reply_subject(
        response.locale, shop=shop, kind=response.survey.kind, invited=response.invitation_id is not None
    )
    form.body.data = reply_text(
        response.locale,
        name=it.customer.name,
        order=response.purchase.reference if response.purchase else None,
        agent=agent,
        shop=shop,
        has_comment=bool(response.comment),
        contacted=it.contacted_at is not None,
    )
