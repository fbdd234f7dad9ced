"""How tasks end over the JSON API: the shop's finer causes, and how much may be given out of goodwill."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up.api import Cause
from feedback.follow_up.closing import editing, queries
from feedback.follow_up.closing.causes import LONGEST, first_level, labels
from feedback.follow_up.closing.goodwill import MOST_UNITS
from surveys.api.door import MachineDoor
from surveys.api.shapes import Body, Line100, OnePath
from surveys.clock import business_now
from surveys.database import db

door = MachineDoor("closing_api", __name__, url_prefix="/api/v1")

WORDS = f"At most {LONGEST} characters; where one language is left out, the other stands for it."


class CauseIn(Body):
    """A finer cause of the shop's own."""

    cause: Cause = Field(description="Which cause it is part of.")
    en: Line100 | None = Field(None, description=WORDS)
    de: Line100 | None = Field(None, description=WORDS)


class CausePatch(Body):
    """Other words for a finer cause, and whether it is offered; what is left out stays as it is."""

    en: Line100 | None = None
    de: Line100 | None = None
    is_retired: bool | None = Field(None, description="True: no longer offered. Tasks that carry it keep it.")


class LimitsIn(Body):
    """The most that each role may give with one task, in whole units of the order's currency; owners have no limit."""

    agent: int = Field(ge=0, le=MOST_UNITS)
    admin: int = Field(ge=0, le=MOST_UNITS)


@door.get("/causes")
def list_causes() -> Response:
    """List the finer causes, also those that are no longer offered, with how many tasks carry each."""
    return jsonify({"items": list(causes().values()), "next": None})


@door.post("/causes")
def add_cause(body: CauseIn) -> tuple[Response, int]:
    """Add a finer cause; its code is made of its words."""
    made = editing.add_detail(body.cause, body.en or "", body.de or "", business_now(), None)
    db.session.commit()
    return jsonify(causes()[made.key]), 201


@door.patch("/causes/<public_id>")
def change_cause(path: OnePath, body: CausePatch) -> Response:
    """Give a finer cause, by its code, other words, or offer it no longer, or again."""
    code, now = editing.known(path.public_id), business_now()
    if body.en is not None or body.de is not None:
        before = labels(queries.own_details())[code]
        editing.reword_detail(code, body.en or before.en, body.de or before.de, now, None)
    if body.is_retired is not None:
        editing.retire_detail(code, body.is_retired, now, None)
    db.session.commit()
    return jsonify(causes()[code])


@door.get("/goodwill-limits")
def read_limits() -> Response:
    """Return how much each role may give with one task; a key gives as much as an admin."""
    return jsonify(queries.limits())


@door.put("/goodwill-limits")
def set_limits(body: LimitsIn) -> Response:
    """Say how much each role may give with one task."""
    editing.set_limits(body.agent, body.admin)
    db.session.commit()
    return jsonify(queries.limits())


def causes() -> dict[str, dict[str, Any]]:
    """Return every finer cause there is in its JSON form, by its code."""
    own, use = queries.own_details(), queries.use_of_details()
    retired = {each.key for each in own if each.is_retired}
    return {
        code: {
            "code": code,
            "cause": first_level(code),
            "en": words.en,
            "de": words.de,
            "is_retired": code in retired,
            "tasks": use.get(code, 0),
        }
        for code, words in labels(own).items()
    }
