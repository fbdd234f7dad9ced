"""The dimensions as the database knows them: what an answer, or somebody who was asked, has along each of them.

The questions that use these expressions have `Purchase` and `Customer` joined (outer) to what they count.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from babel.numbers import get_currency_precision
from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from feedback.analysis.models import Mention
from feedback.insights.dimensions.names import EDGES, SMALL_UNITS, SOME_UNITS, edges_of
from surveys.brand.models import Brand
from surveys.code_book.themes import THEMES
from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.database import minutes_between
from surveys.invitations.models import Invitation, Touchpoint
from surveys.responses.models import Response

DAY = 24 * 60  # minutes
# Where the parcel went says more than where the customer lives.
COUNTRY = func.coalesce(Purchase.ship_country, Customer.country)
# What a product is called in addresses: its number in the shop, else its name.
PRODUCT = func.coalesce(PurchaseItem.sku, PurchaseItem.name)
TOP_THEME = case(
    *((or_(Mention.code == code, Mention.code.like(f"{code}.%")), code) for code in THEMES),
    else_=Mention.code,
)


class Anchor(NamedTuple):
    """What a dimension hangs on: an answer or an invitation, by its columns."""

    purchase_id: Any
    customer_id: Any
    brand_id: Any
    language: Any
    touchpoint: Any
    channel: Any
    at: Any
    response_id: Any


ANSWERED = Anchor(
    Response.purchase_id,
    Response.customer_id,
    Response.brand_id,
    Response.locale,
    select(Touchpoint.public_id)
    .join(Invitation, Invitation.touchpoint_id == Touchpoint.id)
    .where(Invitation.id == Response.invitation_id)
    .correlate(Response)
    .scalar_subquery(),
    Response.channel,
    func.coalesce(Response.submitted_at, Response.saved_at),
    Response.id,
)
ASKED = Anchor(
    Invitation.purchase_id,
    Invitation.customer_id,
    Touchpoint.brand_id,
    Invitation.locale,
    Touchpoint.public_id,
    literal("email"),
    func.coalesce(Invitation.sent_at, Invitation.planned_at),
    Response.id,
)


def lies_in(country: str) -> ColumnElement[bool]:
    """Return the condition that COUNTRY is this one, as two cases.

    It says the same, but the first case is of orders alone: PostgreSQL knows from its statistics how few they are and
    begins with them, where of COUNTRY it knows nothing and reads every answer there ever was.
    """
    by_home = and_(Purchase.ship_country.is_(None), Customer.country == country)
    return or_(Purchase.ship_country == country, by_home)


def value_of(name: str, anchor: Anchor = ANSWERED) -> ColumnElement[Any]:
    """Return the one value that something has along a dimension that parts; NULL where it is not known."""
    simple: dict[str, Any] = {
        "country": COUNTRY,
        "carrier": Purchase.carrier,
        "language": anchor.language,
        "touchpoint": anchor.touchpoint,
        "channel": anchor.channel,
    }
    if name in simple:
        found: ColumnElement[Any] = simple[name]
        return found
    return (
        {"lateness": lateness, "buyer": buyer, "value": value_band}[name]()
        if name != "stage"
        else stage(anchor)
    )


def lateness() -> ColumnElement[Any]:
    """Return whether the order came late or in time; NULL while either moment is unknown."""
    told = and_(Purchase.promised_at.is_not(None), Purchase.delivered_at.is_not(None))
    return case((and_(told, Purchase.delivered_at > Purchase.promised_at), "late"), (told, "on_time"))


def buyer() -> ColumnElement[Any]:
    """Return whether the order was the customer's first; NULL without an order."""
    other = aliased(Purchase)
    # As one comparison of two columns, which the index of a customer's orders answers by itself.
    earlier = tuple_(other.placed_at, other.id) < tuple_(Purchase.placed_at, Purchase.id)
    theirs = exists().where(other.customer_id == Purchase.customer_id, earlier).correlate(Purchase)
    return case((Purchase.id.is_(None), None), (theirs, "returning"), else_="new")


def value_band() -> ColumnElement[Any]:
    """Return the band of the order's value with its currency; NULL where the value is not known."""
    usual = _band([edge * 100 for edge in EDGES])
    others = [
        (
            Purchase.currency == currency,
            _band([edge * 10 ** get_currency_precision(currency) for edge in edges_of(currency)]),
        )
        for currency in (*SMALL_UNITS, *SOME_UNITS)
    ]
    return case(
        (Purchase.total_amount.is_(None), None),
        else_=Purchase.currency.concat("-").concat(case(*others, else_=usual)),
    )


def _band(edges: Sequence[int]) -> ColumnElement[Any]:
    numbered = [(Purchase.total_amount < edge, str(place)) for place, edge in enumerate(edges, start=1)]
    return case(*numbered, else_=str(len(edges) + 1))


def stage(anchor: Anchor) -> ColumnElement[Any]:
    """Return the customer's stage at the anchor's moment, as `segments.past.stage_at` has it; NULL without orders."""
    order = aliased(Purchase)
    stood = (
        order.customer_id == anchor.customer_id,
        order.placed_at <= anchor.at,
        or_(order.cancelled_at.is_(None), order.cancelled_at > anchor.at),
        or_(order.refunded_at.is_(None), order.refunded_at > anchor.at),
    )
    here = tables_of(anchor)
    last = select(func.max(order.placed_at)).where(*stood).correlate(*here).scalar_subquery()
    orders = select(func.count(order.id)).where(*stood).correlate(*here).scalar_subquery()
    since = minutes_between(last, anchor.at)
    active, lapsed = (
        select(column * DAY).where(Brand.id == anchor.brand_id).correlate(*here).scalar_subquery()
        for column in (Brand.active_days, Brand.lapsed_days)
    )
    return case(
        (last.is_(None), None),
        (since > lapsed, "lapsed"),
        (since > active, "at_risk"),
        (orders == 1, "new"),
        else_="active",
    )


def tables_of(anchor: Anchor) -> tuple[Any, ...]:
    """Return the tables whose columns an anchor is made of, for questions inside a question."""
    return (Response,) if anchor is ANSWERED else (Invitation, Touchpoint)
