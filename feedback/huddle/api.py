"""The page of the huddle and its decisions over the JSON API."""

from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up.incidents.api import incident_shape
from feedback.follow_up.queries import worker_named
from feedback.huddle import noting
from feedback.huddle.models import HuddleDecision
from feedback.huddle.noting import LONGEST
from feedback.huddle.packing import pack
from feedback.huddle.queries import decision_or_missing
from feedback.insights.api import response_shape, score_shape
from surveys.api.door import MachineDoor
from surveys.api.shapes import ONE_LINE, Body, Line400, OnePath, Query, trimmed
from surveys.brand.queries import brand_or_missing
from surveys.clock import business_now
from surveys.database import db

door = MachineDoor("huddle_api", __name__, url_prefix="/api/v1/huddle")
WHO = "E-mail or id of the staff member who says so."


class HuddleQuery(Query):
    """Of which brand; without one of all, by the calendar of the oldest."""

    brand: str | None = Field(None, max_length=40)


class DecisionIn(Body):
    """What was decided."""

    by: Line400 = Field(description=WHO)
    text: Annotated[str, trimmed(LONGEST), ONE_LINE]


class DecisionPatch(Body):
    """Whether it is done."""

    by: Line400 = Field(description=WHO)
    done: bool


@door.get("")
def huddle(query: HuddleQuery) -> Response:
    """Return what today's huddle looks at: everything since the last business day began; tasks by their ids."""
    found = pack(business_now(), brand_or_missing(query.brand) if query.brand else None)
    lists = {
        "late": found.late,
        "undecided": found.undecided,
        "not_solved": found.not_solved,
        "closed": found.ended,
    }
    shape: dict[str, Any] = {
        "day": found.stretch.today.isoformat(),
        "since": found.stretch.since.isoformat(),
        "until": found.stretch.until.isoformat(),
        "answers": found.answers,
        "scores": [{"survey": s.key, **score_shape(s.kind, score)} for s, score in found.figures],
        "unhappy": [response_shape(row.response, row.analysis) for row in found.unhappy],
        "unhappy_in_all": found.unhappy_number,
        "praise": response_shape(found.praise.response, found.praise.analysis) if found.praise else None,
        "incidents": [incident_shape(each.incident, each.open) for each in found.incidents],
        "promises": [
            {"task": each.task.public_id, "what": each.what, "until": each.until.isoformat()}
            for each in found.promises
        ],
        "decisions": [decision_shape(each) for each in found.decisions],
    }
    for name, some in lists.items():
        shape[name] = {"count": some.number, "tasks": [task.public_id for task in some.tasks]}
    return jsonify(shape)


@door.post("/decisions")
def decide(body: DecisionIn) -> tuple[Response, int]:
    """Note what today's huddle has decided; it stands on the page until it is done."""
    made = noting.decide(body.text, worker_named(body.by, "by"), business_now())
    db.session.commit()
    return jsonify(decision_shape(made)), 201


@door.patch("/decisions/<public_id>")
def tick_decision(path: OnePath, body: DecisionPatch) -> Response:
    """Note that a decision is done, or that it is not after all."""
    decision = decision_or_missing(path.public_id)
    noting.tick(decision, body.done, worker_named(body.by, "by"), business_now())
    db.session.commit()
    return jsonify(decision_shape(decision))


def decision_shape(decision: HuddleDecision) -> dict[str, Any]:
    """Return the JSON form of what was decided."""
    return {
        "id": decision.public_id,
        "day": decision.day.isoformat(),
        "text": decision.text,
        "done": decision.done_at is not None,
    }
