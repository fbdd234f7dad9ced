"""A task's conversation over the JSON API: read it, write to the customer, log a call."""

from datetime import datetime
from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import Field, StringConstraints

from feedback.follow_up import queries, triaging
from feedback.follow_up.conversation.calling import CHANNELS, RESULTS, log_try
from feedback.follow_up.conversation.models import Letter, Reply
from feedback.follow_up.conversation.queries import file_or_missing, letters_of
from feedback.follow_up.conversation.showing import body_in, fitting, subject_in
from feedback.follow_up.conversation.taking_back import take_back
from feedback.follow_up.conversation.tries import CALLED, failed_tries, is_unreachable
from feedback.follow_up.conversation.views import as_attachment, as_it_leaves
from feedback.follow_up.models import TaskEvent
from feedback.follow_up.skeletons import language_of
from feedback.follow_up.triaging import LONGEST_TEXT
from surveys.api.door import MachineDoor
from surveys.api.shapes import Body, Line200, Line400, OnePath, Query, written
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import N_, Conflict

door = MachineDoor("conversation_api", __name__, url_prefix="/api/v1/tasks")
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
URGENT = ("P0", "P1")


class ByHandOnly(Conflict):
    """The most urgent customers are written to by people."""

    phrase = N_(
        "Nothing is sent by itself to a customer whose task is P0 or P1. Set by_hand to true if a person wrote this text."
    )


class PreviewIn(Body):
    """A mail that somebody thinks of writing."""

    author: Line400 = Field(description="E-mail or id of the staff member who writes.")
    subject: Line200 | None = Field(None, description="Without one, that of the mail it answers.")
    body: Text


class ReplyIn(PreviewIn):
    """A mail to the customer, in the name of one of the team."""

    by_hand: bool = Field(False, description="A person wrote this very text; needed for P0 and P1.")


class AttemptIn(Body):
    """A try to reach the customer."""

    channel: Literal["phone", "message", "post"] = "phone"
    result: Literal["reached", "not_reached", "voicemail"]
    note: Text | None = None
    by: Line400 | None = Field(None, description="E-mail or id of the staff member who tried.")


class DraftQuery(Query):
    """Which letter: without a choice, the one that fits the task, in the customer's language."""

    author: Line400 = Field(description="E-mail or id of the staff member who writes.")
    situation: (
        Literal[
            "first_contact",
            "no_comment",
            "scale_reversal",
            "waiting_on_us",
            "resolved",
            "unreachable",
            "promoter_thanks",
        ]
        | None
    ) = None
    language: Literal["en", "de"] | None = None


class FilePath(OnePath):
    """The address of a file that a customer sent."""

    file_id: str


class ReplyPath(OnePath):
    """The address of one mail of a task."""

    reply_id: str


@door.get("/<public_id>/conversation")
def conversation(path: OnePath) -> Response:
    """List what was said: mails to and from the customer and tries to reach them, the first first."""
    task = queries.task_or_missing(path.public_id)
    history = queries.history(task)
    calls = [event for event in history if event.kind == CALLED]
    rows: list[tuple[datetime, dict[str, Any]]] = [
        *((each.written_at, reply_shape(each)) for each in queries.replies_of(task).values()),
        *((each.received_at, letter_shape(each)) for each in letters_of(task).values()),
        *((each.at, call_shape(each)) for each in calls),
    ]
    tries = failed_tries(history)
    said = [shape for _, shape in sorted(rows, key=lambda row: row[0])]
    return jsonify({"items": said, "failed_attempts": tries, "unreachable": is_unreachable(tries)})


@door.get("/<public_id>/files/<file_id>")
def file(path: FilePath) -> Response:
    """Hand out a file that a customer sent, as it came: nobody has looked at what is in it."""
    return as_attachment(file_or_missing(path.public_id, path.file_id))


@door.get("/<public_id>/replies/draft")
def draft(path: OnePath, query: DraftQuery) -> Response:
    """Return the letter that fits a task, in the customer's language, with all filled in but the parts in brackets.

    A letter with a bracket left in it is not sent.
    """
    task = queries.task_or_missing(path.public_id)
    author = queries.worker_named(query.author, "author")
    language = query.language or language_of(task.response.locale)
    situation = query.situation or fitting(task, failed_tries(queries.history(task)))
    words = {
        "situation": situation,
        "language": language,
        "subject": subject_in(task, language),
        "body": body_in(task, language, situation, author),
    }
    return jsonify(words)


@door.post("/<public_id>/replies/preview")
def preview(path: OnePath, body: PreviewIn) -> Response:
    """Return a mail as it would leave, with its head and its foot; nothing is stored or sent."""
    task = queries.task_or_missing(path.public_id)
    subject = body.subject or subject_in(task, language_of(task.response.locale))
    mail = as_it_leaves(task, subject, body.body, queries.worker_named(body.author, "author"))
    names = ("from_name", "from_email", "reply_to", "to_name", "to_email", "subject", "text", "html")
    return jsonify({name: getattr(mail, name) for name in names})


@door.post("/<public_id>/replies")
def write(path: OnePath, body: ReplyIn) -> tuple[Response, int]:
    """Write to the customer; the mail leaves after 10 seconds and can be taken back until then."""
    task = queries.task_or_missing(path.public_id)
    if task.priority in URGENT and not body.by_hand:
        raise ByHandOnly(field="by_hand")
    author = queries.worker_named(body.author, "author")
    subject = body.subject or subject_in(task, language_of(task.response.locale))
    reply = triaging.reply(task, subject, body.body, business_now(), actor=author)
    db.session.commit()
    return jsonify(reply_shape(reply)), 201


@door.delete("/<public_id>/replies/<reply_id>")
def take_reply_back(path: ReplyPath) -> Response:
    """Take a mail back that has not left; 409 when it is too late."""
    reply = take_back(path.public_id, path.reply_id, business_now(), actor=None)
    db.session.commit()
    return jsonify(reply_shape(reply))


@door.post("/<public_id>/attempts")
def attempt(path: OnePath, body: AttemptIn) -> tuple[Response, int]:
    """Log a try to reach the customer."""
    task = queries.task_or_missing(path.public_id)
    by = queries.worker_named(body.by, "by") if body.by else None
    log_try(task, body.channel, body.result, body.note, business_now(), actor=by)
    db.session.commit()
    history = queries.history(task)
    tries = failed_tries(history)
    last = call_shape(history[-1])
    return jsonify({**last, "failed_attempts": tries, "unreachable": is_unreachable(tries)}), 201


def reply_shape(reply: Reply) -> dict[str, Any]:
    """Return the JSON form of a mail to the customer; `at` is when it was written."""
    return {
        "type": "reply",
        "id": reply.public_id,
        "at": written(reply.written_at),
        "author": reply.author.email,
        "subject": reply.subject,
        "body": reply.body,
        "state": reply.state,
        "leaves_at": written(reply.due_at),
        "sent_at": written(reply.sent_at),
    }


def letter_shape(letter: Letter) -> dict[str, Any]:
    """Return the JSON form of a mail of the customer; each file is handed out at an address of its own."""
    return {
        "type": "letter",
        "id": letter.public_id,
        "at": written(letter.received_at),
        "sender": letter.sender,
        "subject": letter.subject,
        "body": letter.body,
        "matched_by": letter.matched_by,
        "files": [{"id": each.public_id, "name": each.name, "size": each.size} for each in letter.files],
        "files_left_out": letter.left_out,
    }


def call_shape(event: TaskEvent) -> dict[str, Any]:
    """Return the JSON form of a try to reach the customer."""
    return {
        "type": "attempt",
        "at": written(event.at),
        "by": event.actor.email if event.actor else None,
        "channel": event.before,
        "result": event.after,
        "note": event.text,
    }


assert set(AttemptIn.model_fields["channel"].annotation.__args__) == set(CHANNELS)  # type: ignore[union-attr]
assert set(AttemptIn.model_fields["result"].annotation.__args__) == set(RESULTS)  # type: ignore[union-attr]
