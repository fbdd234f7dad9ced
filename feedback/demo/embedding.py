"""The demo shop shows a survey in its own page: which link that is, and for which of its orders."""

from datetime import datetime

from feedback.demo.queries import demo_brand, embedded_link
from surveys.database import db
from surveys.errors import Missing
from surveys.links.editing import LinkValues, add_link
from surveys.links.models import Link
from surveys.links.origins import origin_of
from surveys.questionnaires.queries import survey_by_key

VALUES = LinkValues(
    name="After the order",
    channel="embed",
    locale="",
    attributes="",
    origins="",
    per_minute=60,
)


def open_shop(address: str, now: datetime) -> Link:
    """Let the demo shop's page at `address` show the survey; make the link when there is none."""
    link = embedded_link()
    if link is None:
        brand = demo_brand()
        if brand is None:
            raise Missing()
        link = add_link(brand, survey_by_key("csat"), VALUES, None, now)
    origin = origin_of(address)
    if origin not in link.origins:
        link.origins = [*link.origins, origin]
    db.session.flush()
    return link
