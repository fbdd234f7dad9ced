"""Whom to thank today, and what may be quoted, over the JSON API."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up.api import Text
from feedback.follow_up.praise import queries
from feedback.follow_up.praise.models import Testimonial
from feedback.follow_up.praise.queries import NotDrawn
from feedback.follow_up.praise.signature import signature
from feedback.follow_up.praise.thanking import Proposal, leave_out, proposals, thank
from feedback.follow_up.queries import worker_named
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Line200, Line400, ListQuery, OnePath, Query, written
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.customers.api import customer_shape
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.responses.models import Response as Answer
from surveys.responses.queries import response_or_missing

door = MachineDoor("praise_api", __name__, url_prefix="/api/v1")


class DrawQuery(Query):
    """Of which shop; without it of all."""

    brand: str | None = Field(None, max_length=40)


class ThankIn(Body):
    """A thank-you, in the name of one of the team."""

    author: Line400 = Field(description="E-mail or id of the staff member who writes.")
    subject: Line200 | None = None
    body: Text | None = None


class LeaveOutIn(Body):
    """Who decides it."""

    by: Line400 = Field(description="E-mail or id of the staff member who leaves them out.")


class QuotesQuery(ListQuery):
    """Of which shop; without it of all."""

    brand: str | None = Field(None, max_length=40)


@door.get("/thank-yous")
def list_thank_yous(query: DrawQuery) -> Response:
    """List today's draw of happy customers to be thanked, with a letter for each; `state` is null while nothing was done.

    The same all day. Nothing is sent by this.
    """
    now = business_now()
    brands = [brand_for(query.brand)] if query.brand is not None else all_brands()
    found = [
        proposal_shape(each) for brand in brands for each in proposals(brand, now, by=brand.sender_name or "")
    ]
    return jsonify({"items": found, "next": None})


@door.post("/thank-yous/<public_id>/send")
def send_thank_you(path: OnePath, body: ThankIn) -> Response:
    """Write to somebody of today's draw, by the id of their answer; 409 when somebody was quicker or they objected.

    What is left out is that of the ready letter.
    """
    response = response_or_missing(path.public_id)
    author = worker_named(body.author, "author")
    ready = proposal_of(response, business_now(), author.name)
    made = thank(
        response, body.subject or ready.subject, body.body or ready.body, business_now(), actor=author
    )
    db.session.commit()
    return jsonify(proposal_shape(replace(ready, subject=made.subject, body=made.body, done=made)))


@door.post("/thank-yous/<public_id>/leave-out")
def leave_out_of_draw(path: OnePath, body: LeaveOutIn) -> Response:
    """Leave somebody of today's draw out."""
    response, author = response_or_missing(path.public_id), worker_named(body.by, "by")
    made = leave_out(response, business_now(), actor=author)
    db.session.commit()
    return jsonify(proposal_shape(replace(proposal_of(response, business_now(), author.name), done=made)))


@door.get("/testimonials")
def list_testimonials(query: QuotesQuery) -> Response:
    """List what customers let the shop quote, the last allowed first; ask anew each time, because they may take it back.

    `signed_by` is all of the name that they allowed: a first name, an initial, or null for none.
    """
    page = queries.testimonials(query.limit, query.cursor, brand=query.brand)
    return listing([testimonial_shape(each) for each in page.items], page.next)


def proposal_of(response: Answer, now: datetime, by: str) -> Proposal:
    """Return what today's draw has for an answer; refuse with NotDrawn."""
    found = next((each for each in proposals(response.brand, now, by=by) if each.response is response), None)
    if found is None:
        raise NotDrawn()
    return found


def proposal_shape(each: Proposal) -> dict[str, Any]:
    """Return the JSON form of one of today's."""
    response = each.response
    return {
        "response": {"id": response.public_id, "score": response.score, "comment": response.comment},
        "customer": customer_shape(response.customer) if response.customer else None,
        "brand": response.brand.key,
        "praise": each.praise,
        "subject": each.subject,
        "body": each.body,
        "state": each.done.state if each.done else None,
    }


def testimonial_shape(each: Testimonial) -> dict[str, Any]:
    """Return the JSON form of one quotation."""
    return {
        "id": each.public_id,
        "text": each.text,
        "signed_by": signature(each.customer.name, each.signed),
        "language": each.response.locale,
        "survey": each.response.survey.key,
        "score": each.response.score,
        "brand": each.response.brand.key,
        "response": each.response.public_id,
        "granted_at": written(each.granted_at),
    }
