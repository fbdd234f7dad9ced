"""Whom to thank today, and what may be quoted, over the JSON API."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up.praise import queries
from feedback.follow_up.praise.models import Testimonial
from feedback.follow_up.praise.signature import signature
from feedback.follow_up.praise.thanking import Proposal, proposals
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import ListQuery, Query, written
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.customers.api import customer_shape
from surveys.customers.queries import brand_for

door = MachineDoor("praise_api", __name__, url_prefix="/api/v1")


class DrawQuery(Query):
    """Of which shop; without it of all."""

    brand: str | None = Field(None, max_length=40)


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


@door.get("/testimonials")
def list_testimonials(query: QuotesQuery) -> Response:
    """List what customers let the shop quote, the last allowed first; ask anew each time, because they may take it back.

    `signed_by` is all of the name that they allowed: a first name, an initial, or null for none.
    """
    page = queries.testimonials(query.limit, query.cursor, brand=query.brand)
    return listing([testimonial_shape(each) for each in page.items], page.next)


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
