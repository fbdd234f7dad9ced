"""What is new for one person over the JSON API."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field

from feedback.notices.queries import Row, news_of, staff_with_public_id
from surveys.api.door import MachineDoor
from surveys.api.shapes import Query
from surveys.clock import business_now
from surveys.errors import Missing

door = MachineDoor("news_api", __name__, url_prefix="/api/v1/news")


class NewsQuery(Query):
    """Whose news."""

    staff: str = Field(max_length=40, description="The id of somebody who works here.")


@door.get("")
def news(query: NewsQuery) -> Response:
    """List what stands under “New” for somebody: the last 14 days, the newest first, at most 300."""
    person = staff_with_public_id(query.staff)
    if person is None:
        raise Missing()
    return jsonify({"items": [news_shape(row) for row in news_of(person.id, business_now())], "next": None})


def news_shape(row: Row) -> dict[str, Any]:
    """Return the JSON form of one piece of news; `clock` is null where it is about no time."""
    notice, event = row.notice, row.notice.event
    way = "mail" if notice.by_mail else "digest" if notice.in_digest else "app"
    return {
        "task": event.task.public_id,
        "priority": event.task.priority,
        "kind": event.kind,
        "clock": event.clock,
        "at": event.at.isoformat(),
        "way": way,
        "is_new": row.is_new,
    }
