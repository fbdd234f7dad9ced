"""Whose eyes a preview can be seen with: customers by an order of theirs."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Purchase
from surveys.database import db

AT_HAND = (joinedload(Purchase.brand), joinedload(Purchase.customer), selectinload(Purchase.items))


def orders_found(words: str, limit: int) -> list[Purchase]:
    """Return the orders with this number or of this address, of all for no words: those recorded last, newest first."""
    newest = select(Purchase).options(*AT_HAND).order_by(Purchase.id.desc()).limit(limit)
    if not words:
        return sorted(db.session.scalars(newest), key=placed, reverse=True)
    brands = list(db.session.scalars(select(Brand.id)))  # the indexes of numbers and addresses begin with it
    theirs = select(Customer.id).where(Customer.brand_id.in_(brands), Customer.email == words.lower())
    named = newest.where(Purchase.brand_id.in_(brands), Purchase.reference == words)
    bought = newest.where(Purchase.customer_id.in_(theirs))
    found = {row.id: row for query in (named, bought) for row in db.session.scalars(query)}
    return sorted(found.values(), key=placed, reverse=True)[:limit]


def placed(order: Purchase) -> tuple[datetime, int]:
    """Return the place of an order among others."""
    return order.placed_at, order.id


def order_called(public_id: str) -> Purchase | None:
    """Return one order with what a preview shows of it, None when there is none."""
    return db.session.scalar(select(Purchase).where(Purchase.public_id == public_id).options(*AT_HAND))
