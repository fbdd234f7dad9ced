"""What the pages that explore ask the database: who was asked, which values there are, and what they are called."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select

from feedback.insights.dimensions.names import BUYERS, EDGES, LATENESS, UNKNOWN
from feedback.insights.dimensions.queries import ASKED, PRODUCT, value_of
from feedback.insights.queries import asked, counts_at
from feedback.insights.selection import Selection
from surveys.brand.models import Brand
from surveys.code_book.themes import THEMES
from surveys.customers.models import Purchase, PurchaseItem
from surveys.database import db
from surveys.filters import translated
from surveys.invitations.models import Invitation, Touchpoint
from surveys.questionnaires.models import Survey
from surveys.responses.models import CHANNELS, Response
from surveys.segments.frequent.queries import COUNTRY, LATEST, frequent_of_items, frequent_of_orders
from surveys.segments.models import Segment
from surveys.segments.past import STAGES

MOST_OFFERED = 30


class Asked(NamedTuple):
    """So many of the asked in one cell, with the score of their answer; None where there is none, or it is unseen."""

    cell: tuple[str, ...]
    answered: bool
    score: int | None
    n: int


def asked_along(selection: Selection, names: Sequence[str], now: datetime) -> list[Asked]:
    """Return everybody who was asked in the period by their values along `names`, and what they answered.

    An answer counts where it counts in the score; to an anonymous survey it is known that somebody answered, not what.
    """
    values = [
        func.coalesce(value_of(name, ASKED), UNKNOWN).label(f"value_{place}")
        for place, name in enumerate(names)
    ]
    counts = and_(Response.id.is_not(None), counts_at(now))
    answered = or_(and_(Survey.is_anonymous, Invitation.answered_at.is_not(None)), counts)
    told = (
        case((answered, 1), else_=0).label("answered"),
        case((counts, Response.score), else_=None).label("told"),
    )
    read = asked(select(*told, func.count(), *values), selection, joined=True)
    rows = db.session.execute(read.group_by("answered", "told", *values))
    return [Asked(tuple(cell), bool(is_in), score, n) for is_in, score, n, *cell in rows]


def offered(brand: str | None) -> dict[str, list[str]]:
    """Return the values one may filter by, of one brand or of all: those there are, or the frequent ones of many.

    Of orders and answers the latest say what is frequent, so that nobody looks through all there ever were.
    """
    brand_id = db.session.scalar(select(Brand.id).where(Brand.key == brand)) if brand else None
    currencies = sorted(frequent_of_orders(Purchase.currency, brand_id))
    found = {
        "country": frequent_of_orders(COUNTRY, brand_id),
        "carrier": frequent_of_orders(Purchase.carrier, brand_id),
        "language": _languages(),
        "touchpoint": _keys(Touchpoint, brand_id),
        "product": frequent_of_items(PRODUCT, brand_id, MOST_OFFERED),
        "category": frequent_of_items(PurchaseItem.category, brand_id),
        "lateness": [*LATENESS],
        "channel": [*CHANNELS],
        "stage": [*STAGES],
        "segment": _keys(Segment, brand_id),
        "buyer": [*BUYERS],
        "value": [f"{currency}-{band}" for currency in currencies for band in range(1, len(EDGES) + 2)],
        "theme": [*THEMES],
    }
    may_be_unknown = {"country", "carrier", "touchpoint", "lateness", "buyer", "value", "theme"}
    return {name: [*values, UNKNOWN] if name in may_be_unknown else values for name, values in found.items()}


def _keys(model: type[Touchpoint] | type[Segment], brand_id: int | None) -> list[str]:
    wanted = select(model.public_id).order_by(model.name, model.id)
    if brand_id is not None:
        wanted = wanted.where(model.brand_id == brand_id)
    return list(db.session.scalars(wanted))


def _languages() -> list[str]:
    latest = select(Response.locale).order_by(Response.id.desc()).limit(LATEST).subquery()
    return list(db.session.scalars(select(latest.c.locale).distinct().order_by(latest.c.locale)))


def names_of(dimension: str, values: Collection[str]) -> Mapping[str, str]:
    """Return what touchpoints, segments and products are called that addresses know by a key; others need no look."""
    if dimension == "product":
        named = select(PurchaseItem.sku, func.max(PurchaseItem.name)).where(PurchaseItem.sku.in_(values))
        found = dict(db.session.execute(named.group_by(PurchaseItem.sku)).tuples().all())
        return {key: name for key, name in found.items() if key is not None}
    models: dict[str, type[Touchpoint] | type[Segment]] = {"touchpoint": Touchpoint, "segment": Segment}
    if dimension not in models:
        return {}
    model = models[dimension]
    named_keys = select(model.public_id, model.name, Brand.name).join(Brand, model.brand_id == Brand.id)
    found_rows = db.session.execute(named_keys.where(model.public_id.in_(values))).tuples()
    rows = [(key, translated(name), shop) for key, name, shop in found_rows]
    names = [name for _, name, _ in rows]
    return {key: name if names.count(name) == 1 else f"{name} ({shop})" for key, name, shop in rows}
