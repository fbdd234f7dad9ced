"""What the respondent's page and the API ask about responses."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Text, select, text

from surveys.database import UTCDateTime, db
from surveys.errors import Missing
from surveys.responses.models import Response

# Text and not a select(): this is asked for every page a customer opens, and composing it
# would cost more than the database's own work.
ASKED = text(
    """
    SELECT i.id AS invitation_id, i.purpose, i.locale, i.customer_id, i.purchase_id, i.expires_at,
           i.answered_at, v.id AS version_id, v.survey_id, s.kind, CAST(v.definition AS TEXT) AS definition,
           b.id AS brand_id, b.key AS brand_key, b.name AS brand_name, b.colour, b.privacy_url,
           COALESCE((SELECT seconds FROM clock_offset), 0) AS ahead
      FROM invitation i
      JOIN customer c ON c.id = i.customer_id
      JOIN brand b ON b.id = c.brand_id
      JOIN survey_version v ON v.id = i.version_id
      JOIN survey s ON s.id = v.survey_id
     WHERE i.public_id = :public_id
    """
).columns(expires_at=UTCDateTime, answered_at=UTCDateTime, definition=Text)


class Asked(NamedTuple):
    """What one invitation asks, of whom, and for which brand.

    `definition` is the frozen questionnaire as JSON; `ahead` is by how many seconds the
    business's clock runs ahead of the real one.
    """

    invitation_id: int
    purpose: str
    locale: str
    customer_id: int
    purchase_id: int | None
    expires_at: datetime | None
    answered_at: datetime | None
    version_id: int
    survey_id: int
    kind: str
    definition: str
    brand_id: int
    brand_key: str
    brand_name: str
    colour: str
    privacy_url: str | None
    ahead: int


def asked(public_id: str) -> Asked | None:
    """Return what the invitation `public_id` asks, in one query and outside the session's transaction."""
    with db.engine.connect() as connection:
        row = connection.execute(ASKED, {"public_id": public_id}).first()
    return Asked(*row) if row is not None else None


def response_or_missing(public_id: str) -> Response:
    """Return one response by public id; refuse as missing."""
    response = db.session.scalar(select(Response).where(Response.public_id == public_id))
    if response is None:
        raise Missing()
    return response
