"""`/hooks/mail/bounces`: a mail provider, or a script of the shop, tells what came back."""

from hashlib import sha256
from typing import Literal

from flask import Response, g, jsonify, request
from pydantic import Field, ValidationError

from surveys.api import strict_json
from surveys.api.door import problem_response, validation_problem
from surveys.api.shapes import Body, Line40, Line200, Line400, Line500
from surveys.brand.models import Brand
from surveys.clock import business_now
from surveys.customers.door import HookDoor
from surveys.database import db
from surveys.permission.bouncing import Fate, record_bounce, record_complaint

MOST_EVENTS = 1000
hooks = HookDoor("mail_hooks", __name__, url_prefix="/hooks/mail")


class EventIn(Body):
    """One mail that came back or was reported; with an `id` the same event twice counts once."""

    type: Literal["bounce", "complaint"]
    address: Line400
    status: Line40 | None = None
    said: Line500 | None = None
    id: Line200 | None = None


class EventsIn(Body):
    """What happened since the last call."""

    events: list[EventIn] = Field(min_length=1, max_length=MOST_EVENTS)


@hooks.post("/bounces")
def bounces() -> Response:
    """Take bounces and complaints, signed as order events are; all of them or none.

    They touch the brand whose secret signed them, and no other.
    """
    try:
        told = EventsIn.model_validate(strict_json.read(request.get_data()))
    except strict_json.NotStrictJson as error:
        return problem_response(error.status, error.detail)
    except ValidationError as error:
        return validation_problem(error)
    now, brand = business_now(), db.session.get_one(Brand, g.hook.brand_id)
    for event in told.events:
        record = record_complaint if event.type == "complaint" else record_bounce
        record(Fate(event.address, event.status, event.said or "", "hook", key_of(event), brand), now)
    db.session.commit()
    return jsonify({"received": len(told.events)})


def key_of(event: EventIn) -> str | None:
    """Return what makes an event the same as another of the brand; None when it has no id."""
    if event.id is None:
        return None
    return sha256(f"{g.hook.brand_id}:{event.id}".encode()).hexdigest()
