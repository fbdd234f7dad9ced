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
from surveys.segments.frequent.queries import frequent_in
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
    """Return the values one may filter by, of one brand or of all: those there are, or the frequent ones of many."""
    brand_id = db.session.scalar(select(Brand.id).where(Brand.key == brand)) if brand else None
    frequent = frequent_in(brand_id)
    found = {
        "country": frequent["country"],
        "carrier": frequent["carrier"],
        "language": list(db.session.scalars(select(Response.locale).distinct().order_by(Response.locale))),
        "touchpoint": _keys(Touchpoint, brand_id),
        "product": _products(brand_id),
        "category": frequent["category"],
        "lateness": [*LATENESS],
        "channel": [*CHANNELS],
        "stage": [*STAGES],
        "segment": _keys(Segment, brand_id),
        "buyer": [*BUYERS],
        "value": [
            f"{currency}-{band}" for currency in _currencies(brand_id) for band in range(1, len(EDGES) + 2)
        ],
        "theme": [*THEMES],
    }
    may_be_unknown = {"country", "carrier", "touchpoint", "lateness", "buyer", "value", "theme"}
    return {name: [*values, UNKNOWN] if name in may_be_unknown else values for name, values in found.items()}


def _keys(model: type[Touchpoint] | type[Segment], brand_id: int | None) -> list[str]:
    wanted = select(model.public_id).order_by(model.name, model.id)
    if brand_id is not None:
        wanted = wanted.where(model.brand_id == brand_id)
    return list(db.session.scalars(wanted))


def _currencies(brand_id: int | None) -> list[str]:
    wanted = (
        select(Purchase.currency).where(Purchase.currency.is_not(None)).distinct().order_by(Purchase.currency)
    )
    if brand_id is not None:
        wanted = wanted.where(Purchase.brand_id == brand_id)
    return [currency for currency in db.session.scalars(wanted) if currency]


def _products(brand_id: int | None) -> list[str]:
    bought = select(PRODUCT).join(PurchaseItem.purchase)
    if brand_id is not None:
        bought = bought.where(Purchase.brand_id == brand_id)
    ordered = bought.group_by(PRODUCT).order_by(func.count().desc(), PRODUCT).limit(MOST_OFFERED)
    return list(db.session.scalars(ordered))


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
