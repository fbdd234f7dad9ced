"""Talking with the customer from a task's page, and the mails that nobody could match to a task."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.follow_up import queries, triaging
from feedback.follow_up.conversation import queries as talking
from feedback.follow_up.conversation.calling import log_try
from feedback.follow_up.conversation.forms import CallForm
from feedback.follow_up.conversation.joining import put_to, put_to_new
from feedback.follow_up.conversation.models import Letter, LetterFile, Reply
from feedback.follow_up.conversation.taking_back import take_back
from feedback.follow_up.forms import ReplyForm
from feedback.follow_up.models import Task
from feedback.follow_up.replying import compose
from feedback.follow_up.states import REOPEN_WITHIN
from feedback.follow_up.views import carry_out, deed, door, page
from surveys.channels.message import Message
from surveys.clock import business_now
from surveys.customers.queries import customer_or_missing
from surveys.database import db
from surveys.database import public_id as new_id
from surveys.doors import spoken
from surveys.errors import N_, Refusal
from surveys.invitations.post import Post
from surveys.post_box.envelopes import opened
from surveys.post_box.models import IncomingMail
from surveys.post_box.queries import mail_or_missing
from surveys.post_box.replies import words_of
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.models import StaffMember

letters_door = StaffDoor("letters", __name__, permission="tasks", url_prefix="/letters")
ON_A_PAGE = 50
LONGEST_SHOWN = 20_000
# A file of a stranger: a browser may keep it, and nothing else.
FILE_CSP = "default-src 'none'; sandbox"
WHY = {
    "unknown": N_("Nobody here has the sender's address, and the mail names none of ours."),
    "no_task": N_("The customer has no open task, and the mail names none of ours."),
    "empty": N_("No words were found in it besides what it quotes."),
    "anonymous": N_("It answers an anonymous survey, where nobody is to know whose answer it is."),
    "odd": N_("It is built in a way that could not be read."),
}


@door.post("/<public_id>/reply")
def reply(public_id: str) -> ResponseReturnValue:
    """Write to the customer; the button *Preview* only shows the mail as it would leave."""
    form = ReplyForm()
    if "preview" not in request.form:
        return carry_out(public_id, form, send, N_("Written."))
    it = queries.task_or_missing(public_id)
    if not form.validate():
        return page(it, form), 422
    written = (form.subject.data or "", form.body.data or "")
    return page(it, form, preview=as_it_leaves(it, *written, current_staff()))


def send(it: Task, form: ReplyForm, now: datetime) -> None:
    """Let the mail leave in a moment."""
    triaging.reply(it, form.subject.data or "", form.body.data or "", now, actor=current_staff())


def as_it_leaves(it: Task, subject: str, body: str, author: StaffMember) -> Message:
    """Return the mail that would be sent; nothing is stored."""
    settings = current_app.config["SETTINGS"]
    post = Post(settings.base_url, settings.mail_from, current_app.config["LINK_SECRETS"][0])
    with db.session.no_autoflush:
        draft = Reply(public_id=new_id(), task_id=it.id, author_id=author.id)
        draft.subject, draft.body = " ".join(subject.split()), body.strip()
        return compose(draft, post, it, author)


@door.post("/<public_id>/replies/<reply_id>/take-back")
def take_reply_back(public_id: str, reply_id: str) -> ResponseReturnValue:
    """Take a mail back that has not left; its text stands in the form again."""
    try:
        take_back(public_id, reply_id, business_now(), actor=current_staff())
        db.session.commit()
        flash(_("Taken back. Its text stands in the form again."))
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
    return redirect(url_for("tasks.task", public_id=public_id, _anchor="ReplyForm"), 303)


@deed("call", CallForm, N_("Noted."))
def call(it: Task, form: CallForm, now: datetime) -> None:
    """Log a try to reach the customer."""
    log_try(it, form.channel.data or "", form.result.data or "", form.note.data, now, actor=current_staff())


@door.get("/<public_id>/files/<file_id>")
def file(public_id: str, file_id: str) -> Response:
    """Hand out a file that a customer sent, to be kept and not to be opened here."""
    return as_attachment(talking.file_or_missing(public_id, file_id))


def as_attachment(found: LetterFile) -> Response:
    """Return a file of a stranger, to be kept."""
    answer = Response(found.content, mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    answer.headers["Content-Security-Policy"] = FILE_CSP
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@letters_door.get("")
def letters() -> str:
    """List the mails that nobody could match to a task."""
    heap = talking.unmatched(ON_A_PAGE)
    return render_template("follow_up/letters.html", heap=heap, why=WHY, now=business_now())


@letters_door.get("/<public_id>")
def letter(public_id: str) -> str:
    """Show one of them, with the tasks it may be about."""
    row = mail_or_missing(public_id)
    words = request.args.get("q", "").strip()[:200]
    return render_template(
        "follow_up/letter.html",
        row=row,
        text=words_in(row),
        why=WHY.get(row.why or ""),
        q=words,
        tasks=talking.tasks_to_offer(words, row.sender),
        writers=talking.customers_to_offer(words, row.sender),
        long_closed=business_now() - REOPEN_WITHIN,
        now=business_now(),
    )


def words_in(row: IncomingMail) -> str | None:
    """Return the words of a mail, at most 20,000 characters; None once its text is gone."""
    return words_of(opened(row.raw)).strip()[:LONGEST_SHOWN] if row.raw else None


@letters_door.post("/<public_id>/put")
def put(public_id: str) -> ResponseReturnValue:
    """Put a mail to a task."""
    row, it = mail_or_missing(public_id), queries.task_or_missing(request.form.get("task", "")[:60])
    return settled(row, lambda: put_to(row, it, business_now(), by=current_staff()))


@letters_door.post("/<public_id>/open")
def open_new(public_id: str) -> ResponseReturnValue:
    """Make a mail a new task of a customer, about the order that was looked for, where it is theirs."""
    row, writer = mail_or_missing(public_id), customer_or_missing(request.form.get("customer", "")[:60])
    order = talking.order_of(writer, request.form.get("order", "")[:200])
    return settled(row, lambda: put_to_new(row, writer, order, business_now(), by=current_staff()))


def settled(row: IncomingMail, deed: Callable[[], Letter]) -> ResponseReturnValue:
    """Do what somebody decided about a mail, and lead to its task; refused, back to the mail."""
    public_id = row.public_id
    try:
        letter = deed()
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(spoken(refusal), "error")
        return redirect(url_for("letters.letter", public_id=public_id), 303)
    flash(_("It is part of this task now."))
    return redirect(url_for("tasks.task", public_id=letter.task.public_id), 303)
