"""Mails that nobody could match to a task over the JSON API: read them, put one to a task, or drop it."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up import queries
from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation import queries as talking
from feedback.follow_up.conversation.api import letter_shape
from feedback.follow_up.conversation.views import words_in
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Line40, Line400, ListQuery, OnePath, Query, written
from surveys.clock import business_now
from surveys.database import db
from surveys.post_box.models import IncomingMail
from surveys.post_box.queries import mail_or_missing

door = MachineDoor("letters_api", __name__, url_prefix="/api/v1/letters")


class OneQuery(Query):
    """What the tasks are looked for by."""

    q: str = Field(
        "",
        max_length=200,
        description="Part of a name or an address, or an order number; without it by the sender's address.",
    )


class PutIn(Body):
    """To which task a mail belongs."""

    task: Line40
    by: Line400 | None = Field(None, description="E-mail or id of the staff member who says so.")


@door.get("")
def list_letters(query: ListQuery) -> Response:
    """List the mails that wait for somebody to put them to a task, the newest first, and how many there are in all."""
    heap = talking.unmatched(query.limit, query.cursor)
    return listing([mail_shape(each) for each in heap.mails], heap.next, count=heap.total)


@door.get("/<public_id>")
def one_letter(path: OnePath, query: OneQuery) -> Response:
    """Return one of them with its words, null once they are gone, and the ids of up to ten tasks it may be about."""
    row = mail_or_missing(path.public_id)
    offered = talking.tasks_to_offer(query.q.strip(), row.sender)
    return jsonify(mail_shape(row) | {"text": words_in(row), "tasks": [each.public_id for each in offered]})


@door.post("/<public_id>/put")
def put_letter(path: OnePath, body: PutIn) -> tuple[Response, int]:
    """Make a mail part of a task's conversation, as if it had come there; 409 when somebody was quicker."""
    row, task = mail_or_missing(path.public_id), queries.task_named(body.task, "task")
    by = queries.worker_named(body.by, "by") if body.by else None
    letter = joining.put_to(row, task, business_now(), by=by)
    db.session.commit()
    return jsonify(letter_shape(letter) | {"task": task.public_id}), 201


@door.post("/<public_id>/drop")
def drop_letter(path: OnePath) -> Response:
    """Note that a mail belongs to no task; its text is deleted. 409 when somebody was quicker."""
    row = mail_or_missing(path.public_id)
    joining.drop(row, business_now())
    db.session.commit()
    return jsonify(mail_shape(row))


def mail_shape(row: IncomingMail) -> dict[str, Any]:
    """Return the JSON form of a mail that came in; `settled_at` is null while it waits.

    `why` is unknown (nobody has the sender's address), no_task, empty, anonymous or odd (it could not be read).
    """
    return {
        "id": row.public_id,
        "received_at": written(row.received_at),
        "sender": row.sender,
        "subject": row.subject,
        "why": row.why,
        "settled_at": written(row.settled_at),
    }
