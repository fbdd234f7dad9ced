"""What the pages ask about open links."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from surveys.brand.models import Brand
from surveys.database import brought, db
from surveys.errors import N_, Missing
from surveys.links.models import Link

# Answers lie in a room above; it brings how many came by each link: link_id, answers, last_at.
ANSWERS_BY_LINK = "answers_by_link"


class NoLink(Missing):
    """Nobody made a link with this key."""

    phrase = N_("There is no such link.")


class LinkRow(NamedTuple):
    """A link as a list shows it."""

    link: Link
    answers: int
    last_at: datetime | None


def all_links() -> list[LinkRow]:
    """Return every link, by brand and name, with how many have answered by it."""
    given = brought(ANSWERS_BY_LINK)
    wanted = (
        select(Link, given.c.answers, given.c.last_at)
        .join(Link.brand)
        .join(Link.survey)
        .outerjoin(given, given.c.link_id == Link.id)
        .options(contains_eager(Link.brand), contains_eager(Link.survey))
        .order_by(Brand.name, Link.name, Link.id)
    )
    return [LinkRow(link, answers or 0, last_at) for link, answers, last_at in db.session.execute(wanted)]


def link_or_missing(key: str) -> Link:
    """Return one link by its key; refuse as missing."""
    link = db.session.scalar(select(Link).where(Link.key == key))
    if link is None:
        raise NoLink()
    return link


def fixed_attributes() -> dict[int, frozenset[str]]:
    """Return the names that links give a value themselves, by the link's number."""
    rows = db.session.execute(select(Link.id, Link.attributes)).tuples()
    return {key: frozenset(name for name, value in own.items() if value) for key, own in rows}
