"""The page of the huddle and its decisions over the JSON API."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.huddle.packing import pack
from feedback.insights.api import response_shape, score_shape
from surveys.api.door import MachineDoor
from surveys.api.shapes import Query
from surveys.brand.queries import brand_or_missing
from surveys.clock import business_now

door = MachineDoor("huddle_api", __name__, url_prefix="/api/v1/huddle")


class HuddleQuery(Query):
    """Of which brand; without one of all, by the calendar of the oldest."""

    brand: str | None = Field(None, max_length=40)


@door.get("")
def huddle(query: HuddleQuery) -> Response:
    """Return what today's huddle looks at: everything since the last business day began; tasks by their ids."""
    found = pack(business_now(), brand_or_missing(query.brand) if query.brand else None)
    lists = {"late": found.late, "undecided": found.undecided, "closed": found.ended}
    shape: dict[str, Any] = {
        "day": found.stretch.today.isoformat(),
        "since": found.stretch.since.isoformat(),
        "until": found.stretch.until.isoformat(),
        "answers": found.answers,
        "scores": [{"survey": s.key, **score_shape(s.kind, score)} for s, score in found.figures],
        "unhappy": [response_shape(row.response, row.analysis) for row in found.unhappy],
        "unhappy_in_all": found.unhappy_number,
        "praise": response_shape(found.praise.response, found.praise.analysis) if found.praise else None,
        "promises": [
            {"task": each.task.public_id, "what": each.what, "until": each.until.isoformat()}
            for each in found.promises
        ],
        "decisions": [
            {
                "id": each.public_id,
                "day": each.day.isoformat(),
                "text": each.text,
                "done": each.done_at is not None,
            }
            for each in found.decisions
        ],
    }
    for name, some in lists.items():
        shape[name] = {"count": some.number, "tasks": [task.public_id for task in some.tasks]}
    return jsonify(shape)
