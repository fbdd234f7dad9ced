"""Which customers and orders are called like something."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal_column, or_, select, table
from sqlalchemy.orm import InstrumentedAttribute

from surveys.customers.finding.threes import CALLED, for_sqlite
from surveys.customers.models import Customer, Purchase
from surveys.database import db

INDEX_OF = {called.table: called.kept_in for called in CALLED}


def customers_called(part: str) -> Select[tuple[int]]:
    """Return the query for the ids of customers with this part in name, address or number, in any case."""
    return _called(Customer.id, (Customer.name, Customer.email, Customer.reference), part)


def orders_called(part: str) -> Select[tuple[int]]:
    """Return the query for the ids of purchases with this part in their number, in any case."""
    return _called(Purchase.id, (Purchase.reference,), part)


def _called(
    key: InstrumentedAttribute[int], columns: Sequence[InstrumentedAttribute[Any]], part: str
) -> Select[tuple[int]]:
    """Return the query for the keys of rows in which one of the columns has the part.

    PostgreSQL finds its index by itself. SQLite is told to look into it first.
    """
    part = part.lower()
    found = select(key).where(or_(*(func.lower(each).contains(part, autoescape=True) for each in columns)))
    wanted = for_sqlite(part) if db.engine.dialect.name == "sqlite" else None
    return found if wanted is None else found.where(key.in_(_in_index(key.class_.__tablename__, wanted)))


def _in_index(name: str, wanted: str) -> Select[Any]:
    index = table(INDEX_OF[name], column("rowid"))
    matches: ColumnElement[bool] = literal_column(index.name).bool_op("MATCH")(wanted)
    return select(index.c.rowid).where(matches)
