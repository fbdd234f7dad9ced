"""What the page behind an open link asks the database."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select, text

from surveys.customers.models import Purchase
from surveys.database import db
from surveys.responses.models import Response
from surveys.responses.queries import Asked, one_row

OPENED = text(
    """
    SELECT l.id, l.is_on, COALESCE(l.locale, b.locale), l.channel,
           CAST(l.attributes AS TEXT), CAST(l.origins AS TEXT),
           v.id, s.id, s.kind, CAST(v.definition AS TEXT),
           b.id, b.key, b.name, b.colour, b.logo_mark, b.privacy_url,
           COALESCE((SELECT seconds FROM clock_offset), 0)
      FROM link l
      JOIN brand b ON b.id = l.brand_id
      JOIN survey s ON s.id = l.survey_id
      JOIN survey_version v ON v.survey_id = s.id
       AND v.number = (SELECT MAX(number) FROM survey_version WHERE survey_id = s.id)
     WHERE l.key = :key
    """
).bindparams(bindparam("key", ""))


class Opened(NamedTuple):
    """An open link: what it asks of nobody in particular, and how it may be used.

    `own` are its attributes, `origins` those whose pages may show it.
    """

    key: str
    link_id: int
    is_on: bool
    own: Mapping[str, str]
    origins: tuple[str, ...]
    asked: Asked


def opened(key: str) -> Opened | None:
    """Return the link with this key and the survey's current version, None when there is none; one query."""
    row = one_row(OPENED, {"key": key})
    if row is None:
        return None
    link_id, is_on, locale, channel, own, origins, *asks = row
    version_id, survey_id, kind, definition, brand_id, brand_key, brand_name, *look, ahead = asks
    colour, logo_mark, privacy_url = look
    asked = Asked(
        invitation_id=None,
        public_id="",
        purpose="survey",
        locale=locale,
        customer_id=None,
        purchase_id=None,
        expires_at=None,
        answered_at=None,
        version_id=version_id,
        survey_id=survey_id,
        kind=kind,
        definition=definition,
        brand_id=brand_id,
        brand_key=brand_key,
        brand_name=brand_name,
        colour=colour,
        logo_mark=logo_mark,
        privacy_url=privacy_url,
        ahead=ahead,
        channel=channel,
        link_id=link_id,
    )
    return Opened(key, link_id, bool(is_on), json.loads(own), tuple(json.loads(origins)), asked)


def order_of(brand_id: int, reference: str) -> tuple[int, int] | None:
    """Return the numbers of a brand's purchase and its customer, or None when nobody told us of it yet."""
    wanted = select(Purchase.id, Purchase.customer_id).where(
        Purchase.brand_id == brand_id, Purchase.reference == reference
    )
    found = db.session.execute(wanted).one_or_none()
    return None if found is None else (found[0], found[1])


def has_begun(asked: Asked, submission_id: str) -> bool:
    """Return whether something of this form, or of this purchase by the link, is stored already."""
    same = Response.submission_id == submission_id
    if asked.purchase_id is not None:
        same = or_(same, Response.purchase_id == asked.purchase_id)
    wanted = select(Response.id).where(
        Response.survey_id == asked.survey_id, Response.link_id == asked.link_id, same
    )
    return db.session.scalar(wanted.limit(1)) is not None
