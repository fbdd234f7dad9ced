"""A task's page, and the deeds that can be done on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from feedback.analysis.queries import reading_of
from feedback.follow_up import queries, triaging
from feedback.follow_up.assigning.giving import reassigned
from feedback.follow_up.clocks.snoozing import NotSnoozable
from feedback.follow_up.clocks.timing import at_minute
from feedback.follow_up.closing import queries as endings
from feedback.follow_up.conversation.showing import Wanted, talk_of
from feedback.follow_up.deciding.weighing import set_priority
from feedback.follow_up.forms import (
    AssignForm,
    CloseForm,
    MergeForm,
    NoteForm,
    PriorityForm,
    ReopenForm,
    ResolveForm,
    SplitForm,
    TakeForm,
    TaskForm,
    WaitForm,
    WaitInternalForm,
)
from feedback.follow_up.inbox import merging
from feedback.follow_up.inbox.asking import read, written
from feedback.follow_up.inbox.filters import VIEWS, queue_url
from feedback.follow_up.inbox.many.queries import last_deed
from feedback.follow_up.inbox.neighbouring import beside, next_in, place_of
from feedback.follow_up.incidents.letter.queries import missed_letter
from feedback.follow_up.models import Task
from feedback.follow_up.moving import check_seen
from feedback.follow_up.offering import ends_of, forms_for, goodwill_of, is_answered, meanwhile
from feedback.follow_up.presence.queries import present_at
from feedback.follow_up.sight import check_may_look, hides_personal_data, may_look
from feedback.follow_up.states import OPEN_STATES, State, allowed_moves
from feedback.follow_up.timeline.filters import timeline
from surveys.channels.message import Message
from surveys.clock import business_now, real_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import N_, Refusal
from surveys.invitations.judging import why_not_to_check_back
from surveys.invitations.states import REASONS
from surveys.responses.account import Said, account
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.queries import staff_or_missing, team

# Does with a task what its form wants; returns what to say afterwards where that depends.
Do = Callable[[Task, Any, datetime], str | None]
WORDS = {"reasons": REASONS, "scales": SCALES, "stays_in_sight": NotSnoozable.phrase, "queues": tuple(VIEWS)}
door = StaffDoor("tasks", __name__, permission="tasks", url_prefix="/tasks")


@door.get("/<public_id>")
def task(public_id: str) -> ResponseReturnValue:
    """One task: what the customer said, what can be done next, and what was done."""
    return page(queries.task_or_missing(public_id))


@door.post("/<public_id>/comment")
def show_comment(public_id: str) -> ResponseReturnValue:
    """Show the personal data in what the customer wrote; the commit notes who looked."""
    it = queries.task_or_missing(public_id)
    check_may_look(current_staff().role, is_theirs=it.assignee is current_staff())
    db.session.commit()
    return page(it, unmasked=True)


@door.url_defaults
def stay_in_queue(_endpoint: str, values: dict[str, Any]) -> None:
    """Carry the queue that somebody works in along through the deeds on its tasks and back."""
    if request.blueprint == door.name:
        for name, value in written(request.args).items():
            values.setdefault(name, value)


def deed(path: str, made: type[TaskForm], done: str, *, moves_on: bool = False) -> Callable[[Do], Do]:
    """Hang a deed at its address: what a form wants is done with the task, and `done` said afterwards.

    `moves_on` says that the task is dealt with for now: in a queue the next one opens.
    """

    def hang(do: Do) -> Do:
        door.add_url_rule(
            f"/<public_id>/{path}",
            do.__name__,
            lambda public_id: carry_out(public_id, made(), do, done, moves_on=moves_on),
            methods=["POST"],
        )
        return do

    return hang


@deed("take", TakeForm, N_("It is yours now."))
def take(it: Task, _form: TakeForm, now: datetime) -> str | None:
    """Make it one's own, and begin it."""
    was_mine = it.assignee is current_staff()
    triaging.take(it, current_staff(), now)
    return N_("It is in work now.") if was_mine else None


@deed("resume", TakeForm, N_("Go on."))
def resume(it: Task, _form: TakeForm, now: datetime) -> None:
    """Go on with a waiting task."""
    triaging.resume(it, now, actor=current_staff())


@deed("assign", AssignForm, N_("Saved."))
def assign(it: Task, form: AssignForm, now: datetime) -> None:
    """Give it to somebody, or to nobody."""
    to = staff_or_missing(form.assignee.data) if form.assignee.data else None
    triaging.give(it, to, now, actor=current_staff())


@deed("note", NoteForm, N_("Noted."))
def note(it: Task, form: NoteForm, now: datetime) -> None:
    """Add a note; somebody else's change in between does no harm to it."""
    contacted = bool(form.contacted.data)
    triaging.note(it, form.note.data or "", now, actor=current_staff(), contacted=contacted)


@deed("wait", WaitForm, N_("It comes back by itself."), moves_on=True)
def wait(it: Task, form: WaitForm, now: datetime) -> None:
    """Wait for the customer until a day; on its morning the task comes back."""
    until = at_minute(form.waiting_until.data, it.customer.brand.opens, it.customer.brand)
    triaging.wait_for_customer(it, until, now, actor=current_staff(), text=form.text.data)


@deed("wait-internal", WaitInternalForm, N_("It comes back by itself."), moves_on=True)
def wait_internal(it: Task, form: WaitInternalForm, now: datetime) -> None:
    """Wait for a colleague until the morning of a day; the customer's clock goes on."""
    until = at_minute(form.waiting_until.data, it.customer.brand.opens, it.customer.brand)
    triaging.wait_for_colleagues(it, form.note.data or "", until, now, actor=current_staff())


@deed("resolve", ResolveForm, N_("Resolved. The customer is asked whether it is."), moves_on=True)
def resolve(it: Task, form: ResolveForm, now: datetime) -> str | None:
    """Say what was done; the customer is asked whether it is solved, where that is possible."""
    cause, detail = form.causes
    ending = triaging.Ending(detail, form.reason.data or None, form.money(endings.currency_of(it)))
    triaging.resolve(
        it, form.resolution.data or "", cause, now, actor=current_staff(), text=form.note.data, ending=ending
    )
    return N_("Resolved.") if why_not_to_check_back(it.customer, now) else None


@deed("priority", PriorityForm, N_("Saved."))
def prioritise(it: Task, form: PriorityForm, now: datetime) -> None:
    """Make it more or less urgent; the history says why."""
    set_priority(it, form.priority.data, form.priority_reason.data or "", now, actor=current_staff())


@deed("close", CloseForm, N_("Closed."), moves_on=True)
def close(it: Task, form: CloseForm, now: datetime) -> None:
    """End it without a solution."""
    triaging.close(it, form.outcome.data or "", now, actor=current_staff(), text=form.text.data)


@deed("merge", MergeForm, N_("Merged. Its answers are in the other task."), moves_on=True)
def merge(it: Task, form: MergeForm, now: datetime) -> None:
    """Close it as a duplicate of another task of the customer, which gets its answers."""
    merging.merge(it, queries.task_or_missing(form.into.data or ""), now, actor=current_staff())


@deed("split", SplitForm, N_("It is a task of its own now."))
def split(it: Task, form: SplitForm, now: datetime) -> None:
    """Make a task of its own of a later answer."""
    chosen = next((each for each in it.signals if each.response.public_id == form.answer.data), None)
    if chosen is None:
        raise merging.NotSplittable(field="answer")
    merging.split(it, chosen, now, actor=current_staff())


@deed("reopen", ReopenForm, N_("It is open again."))
def reopen(it: Task, form: ReopenForm, now: datetime) -> None:
    """Take it up again."""
    triaging.reopen(it, form.text.data or "", now, actor=current_staff())


def carry_out(
    public_id: str, form: TaskForm, do: Do, done: str, *, moves_on: bool = False
) -> ResponseReturnValue:
    """Do something with a task and go on; when refused, show the page with what was typed."""
    it = queries.task_or_missing(public_id)
    if not form.validate():
        return page(it, form), 422
    now, here = business_now(), place_of(it)
    try:
        if not isinstance(form, NoteForm):
            check_seen(it, form.version.data)
        done = do(it, form, now) or done
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        if refusal.field is None or refusal.field not in form:
            flash(spoken(refusal), "error")
        return page(queries.task_or_missing(public_id), form), refusal.status
    return go_on(it, here, _(done), now, moves_on=moves_on)


def go_on(
    it: Task, here: tuple[Any, ...], said: str, now: datetime, *, moves_on: bool
) -> ResponseReturnValue:
    """Go back to the task, or to the next one of the queue when it is dealt with; say what was done and where."""
    asked = read(request.args)
    if not moves_on or asked is None:
        flash(said)
        return redirect(url_for("tasks.task", public_id=it.public_id), 303)
    link = Markup(
        '<a href="{}" aria-keyshortcuts="B">{} <kbd class="key" aria-hidden="true">B</kbd></a>'
    ).format(url_for("tasks.task", public_id=it.public_id), it.customer.display_name)
    flash(Markup("{}: {}").format(link, said))
    after = next_in(here, it, asked, current_staff(), now)
    if after is None:
        return redirect(queue_url(asked), 303)
    return redirect(url_for("tasks.task", public_id=after.public_id), 303)


def around(it: Task, now: datetime) -> dict[str, Any]:
    """Return the queue that the address names with its rows around the task, both None without one.

    And the last deed on many tasks, None when there is none to undo; and who else is at the task.
    """
    asked = read(request.args)
    found = beside(it, asked, current_staff(), now) if asked else None
    here = present_at(it.id, current_staff().id, real_now())
    return {"asked": asked, "beside": found, "last": last_deed(current_staff(), now), "present": here}


def page(
    it: Task, sent: TaskForm | None = None, *, unmasked: bool = False, preview: Message | None = None
) -> str:
    """Return the page of a task; `sent` is a form that was refused, shown open with its errors.

    `unmasked` shows the personal data in what the customer wrote, `preview` a mail as it would leave.
    """
    now, zone = business_now(), it.customer.brand.time_zone
    replies, history = queries.replies_of(it), queries.history(it)
    talk = talk_of(it, history, replies.values(), Wanted.read(request.args), current_staff())
    people = {each.public_id: each.name for each in team()}
    further = further_of(it)
    return render_template(
        "follow_up/task.html",
        **around(it, now),
        task=it,
        seen=queries.last_change(it.id),
        now=now,
        zone=zone,
        **ends_of(it),
        **turn_of(it),
        forms=forms_for(it, now, sent, talk, current_staff()),
        talk=talk,
        preview=preview,
        sent=type(sent).__name__ if sent else "",
        reassigned=reassigned(history),
        entries=timeline(history, replies, people, zone, talk.letters, it.promises),
        meanwhile=timeline(meanwhile(sent, history), replies, people, zone, talk.letters, it.promises),
        replied=is_answered(it, replies.values()),
        earlier=queries.earlier_answers(it),
        further=further,
        hides=hides_personal_data(it.response.comment, further) or talk.hides,
        may_look=may_look(current_staff().role, is_theirs=it.assignee is current_staff()),
        unmasked=unmasked,
        unasked=why_not_to_check_back(it.customer, now) if it.state != State.CLOSED else None,
        **WORDS,
        analysis=reading_of(it.response_id),
        **goodwill_of(it),
        missed=missed_letter(it),
    )


def further_of(it: Task) -> list[Said]:
    """Return what the customer said besides score and comment, in the words of the question."""
    response = it.response
    return account(response.version.definition, response.answers, response.locale, it.customer.brand.name)


def turn_of(it: Task) -> dict[str, Any]:
    """Return whether something is left to do, whether it is for who looks, and which moves there are."""
    is_mine = it.assignee is current_staff()
    return {"is_open": it.state in OPEN_STATES, "is_mine": is_mine, "moves": allowed_moves(it.state)}
