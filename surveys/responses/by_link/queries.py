"""What the page behind an open link asks the database."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, or_, select, text
from sqlalchemy.orm import aliased

from surveys.customers.models import Purchase
from surveys.database import db
from surveys.links.attributes import REF
from surveys.locales import ADDED, LANGUAGES
from surveys.responses.models import Response
from surveys.responses.queries import Asked, first_of, one_row
from surveys.work import not_set_aside

ORDER_COMES_WITHIN = timedelta(days=14)

# In one look with the rest, because nobody knows before which language the visitor speaks.
IS_USED = """COALESCE((SELECT '{key} ' FROM customer_language
                     WHERE key = '{key}' AND COALESCE(is_on, reviewed_at IS NOT NULL)), '')"""
USED = " || ".join(IS_USED.replace("{key}", key) for key in ADDED)
OPENED = text(
    """
    SELECT l.id, l.is_on, COALESCE(l.locale, b.locale), l.channel,
           CAST(l.attributes AS TEXT), CAST(l.origins AS TEXT),
           v.id, s.id, s.kind, CAST(v.definition AS TEXT),
           b.id, b.key, b.name, b.colour, b.corners, b.logo_mark, b.privacy_url, b.imprint_url,
           COALESCE((SELECT seconds FROM clock_offset), 0),
           s.closes_at, s.archived_at, s.is_anonymous, b.time_zone,
           {used}
      FROM link l
      JOIN brand b ON b.id = l.brand_id
      JOIN survey s ON s.id = l.survey_id
      JOIN survey_version v ON v.survey_id = s.id
       AND v.number = (SELECT MAX(number) FROM survey_version WHERE survey_id = s.id)
     WHERE l.key = :key
    """.replace("{used}", USED)
).bindparams(bindparam("key", ""))


class Opened(NamedTuple):
    """An open link: what it asks of nobody in particular, and how it may be used.

    `own` are its attributes, `origins` those whose pages may show it; `languages` are those in which
    customers are spoken to.
    """

    key: str
    link_id: int
    is_on: bool
    own: Mapping[str, str]
    origins: tuple[str, ...]
    languages: tuple[str, ...]
    asked: Asked


def opened(key: str) -> Opened | None:
    """Return the link with this key and the survey's current version, None when there is none; one query."""
    row = one_row(OPENED, {"key": key})
    if row is None:
        return None
    link_id, is_on, locale, channel, own, origins, *asks, is_anonymous, zone, used = row
    languages = (*LANGUAGES, *used.split())
    asked = asked_by(locale, asks)._replace(
        channel=channel, link_id=link_id, is_anonymous=bool(is_anonymous), time_zone=zone
    )
    return Opened(key, link_id, bool(is_on), json.loads(own), tuple(json.loads(origins)), languages, asked)


def asked_by(locale: str, asks: Sequence[Any]) -> Asked:
    """Return what a link asks of nobody in particular."""
    (
        version_id,
        survey_id,
        kind,
        definition,
        brand_id,
        brand_key,
        brand_name,
        *look,
        ahead,
        closes_at,
        archived_at,
    ) = asks
    colour, corners, logo_mark, privacy_url, imprint_url = look
    return Asked(
        invitation_id=None,
        public_id="",
        purpose="survey",
        locale=locale,
        customer_id=None,
        purchase_id=None,
        expires_at=first_of(closes_at, archived_at),
        answered_at=None,
        is_test=False,
        version_id=version_id,
        survey_id=survey_id,
        kind=kind,
        definition=definition,
        brand_id=brand_id,
        brand_key=brand_key,
        brand_name=brand_name,
        colour=colour,
        corners=corners,
        logo_mark=logo_mark,
        privacy_url=privacy_url,
        imprint_url=imprint_url,
        ahead=ahead,
    )


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


def late_orders() -> Select[tuple[int, int, int]]:
    """Return answers without their order that the shop signed for, with the order and its customer once we know it.

    One order answers once by one link: what came later stays without it.
    """
    other = aliased(Response)
    has_another = exists(
        select(other.id).where(other.link_id == Response.link_id, other.purchase_id == Purchase.id)
    )
    is_its_order = (Purchase.brand_id == Response.brand_id) & (
        Purchase.reference == Response.attributes[REF].as_string()
    )
    return (
        select(Response.id, Purchase.id, Purchase.customer_id)
        .join(Purchase, is_its_order)
        .where(Response.link_id.is_not(None), Response.purchase_id.is_(None), Response.attributes_verified)
        .where(~has_another)
    )


def waiting_for_their_order(job: str, now: datetime, limit: int) -> list[int]:
    """Return answers of late whose order has arrived, oldest first."""
    wanted = late_orders().where(
        Response.saved_at > now - ORDER_COMES_WITHIN, not_set_aside(job, Response.id)
    )
    return [row[0] for row in db.session.execute(wanted.order_by(Response.id).limit(limit))]


def late_order_of(response_id: int) -> tuple[int, int] | None:
    """Return the order of one answer and its customer, None when there is nothing to bind."""
    found = db.session.execute(late_orders().where(Response.id == response_id)).first()
    return None if found is None else (found[1], found[2])
