"""Mails that nobody could match to a task over the JSON API: read one, put it to a task or to a new one, or drop it."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up import queries
from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation import queries as talking
from feedback.follow_up.conversation.api import letter_shape
from feedback.follow_up.conversation.views import words_in
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Line40, Line200, Line400, ListQuery, OnePath, Query, written
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


class OpenIn(Body):
    """Whose new task a mail becomes."""

    customer: Line40 = Field(description="Id of the customer who wrote.")
    order: Line200 | None = Field(None, description="Number of the order that it is about.")
    by: Line400 | None = Field(None, description="E-mail or id of the staff member who says so.")


@door.get("")
def list_letters(query: ListQuery) -> Response:
    """List the mails that wait for somebody to put them to a task, the newest first, and how many there are in all."""
    heap = talking.unmatched(query.limit, query.cursor)
    return listing([mail_shape(each) for each in heap.mails], heap.next, count=heap.total)


@door.get("/<public_id>")
def one_letter(path: OnePath, query: OneQuery) -> Response:
    """Return one of them with its words, null once they are gone, and the ids of what it may belong to.

    Up to ten tasks, and up to ten customers for whom a task can be opened.
    """
    row, words = mail_or_missing(path.public_id), query.q.strip()
    offered = {
        "tasks": [each.public_id for each in talking.tasks_to_offer(words, row.sender)],
        "customers": [each.customer.public_id for each in talking.customers_to_offer(words, row.sender)],
    }
    return jsonify(mail_shape(row) | {"text": words_in(row)} | offered)


@door.post("/<public_id>/put")
def put_letter(path: OnePath, body: PutIn) -> tuple[Response, int]:
    """Make a mail part of a task's conversation, as if it had come there; 409 when somebody was quicker.

    One that was closed more than 30 days ago stays closed: a new task follows it, which `task` then names.
    """
    row, task = mail_or_missing(path.public_id), queries.task_named(body.task, "task")
    by = queries.worker_named(body.by, "by") if body.by else None
    letter = joining.put_to(row, task, business_now(), by=by)
    db.session.commit()
    return jsonify(letter_shape(letter) | {"task": letter.task.public_id}), 201


@door.post("/<public_id>/open")
def open_letter(path: OnePath, body: OpenIn) -> tuple[Response, int]:
    """Make a mail a new task of a customer, which `task` names; 409 when somebody was quicker."""
    row, customer = mail_or_missing(path.public_id), talking.writer_named(body.customer, "customer")
    order = talking.order_named(customer, body.order, "order") if body.order else None
    by = queries.worker_named(body.by, "by") if body.by else None
    letter = joining.put_to_new(row, customer, order, business_now(), by=by)
    db.session.commit()
    return jsonify(letter_shape(letter) | {"task": letter.task.public_id}), 201


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
