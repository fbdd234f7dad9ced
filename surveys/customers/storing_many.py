"""Write many new rows in a few statements: what the session would do row by row, done table by table.

The rows were made by the same rules as any other; only the way into the database is shorter.
"""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Column, Table, insert, select
from sqlalchemy.orm import make_transient_to_detached

from surveys.customers.models import Customer, PermissionEvent, Purchase, PurchaseItem
from surveys.database import Base, db, public_id


def write_new(fresh: Iterable[Customer | Purchase]) -> None:
    """Write new customers and purchases with all that belongs to them; flush what was changed.

    Raises IntegrityError when another process stored one of them meanwhile. The objects know their
    ids afterwards, but most belong to no session.
    """
    session = db.session()
    customers = [row for row in fresh if isinstance(row, Customer)]
    purchases = [row for row in fresh if isinstance(row, Purchase)]
    news = set(customers)
    events = [row for row in session.new if isinstance(row, PermissionEvent) and row.customer in news]
    moved = {row.customer for row in session.dirty if isinstance(row, Purchase) and row.customer in news}
    for row in (*events, *customers):
        if row in session:  # It came in by what refers to it.
            session.expunge(row)
    write_named(Customer, customers, [{"brand_id": row.brand.id} for row in customers])
    owned = [{"brand_id": row.brand.id, "customer_id": row.customer.id} for row in purchases]
    write_named(Purchase, purchases, owned)
    items = [(item, {"purchase_id": row.id}) for row in purchases for item in row.items]
    write(PurchaseItem, items)
    write(PermissionEvent, [(event, {"customer_id": event.customer.id}) for event in events])
    for customer in moved:
        # A purchase that was known got them; the session must know them to point there.
        make_transient_to_detached(customer)
        session.add(customer)
    session.flush()


def write_named(
    model: type[Customer] | type[Purchase], rows: Sequence[Any], more: Sequence[dict[str, Any]]
) -> None:
    """Write rows that have a public id, and tell them the ids they got."""
    for row in rows:
        row.public_id = public_id()
    write(model, list(zip(rows, more, strict=True)))
    names = [row.public_id for row in rows]
    found = db.session.execute(select(model.public_id, model.id).where(model.public_id.in_(names)))
    ids = {row.public_id: row.id for row in found}
    for row in rows:
        row.id = ids[row.public_id]


def write(model: type[Base], rows: Sequence[tuple[Base, dict[str, Any]]]) -> None:
    """Write rows with one statement; with each come the columns that its relationships stand for."""
    table = cast(Table, model.__table__)
    names = [column.name for column in table.columns if column.name != "id"]
    values = []
    for row, given in rows:
        own = row.__dict__
        values.append({name: own[name] for name in names if name in own} | given)
    if values:
        empty = {name: said_by_nobody(table.columns[name]) for name in names}
        db.session.execute(insert(table), [empty | each for each in values])


def said_by_nobody(column: Column[Any]) -> Any:
    """Return what a column holds that was not said; the statement names all columns for every row."""
    default = column.default
    if default is None:
        return None
    value: Any = getattr(default, "arg")  # noqa: B009  (what SQLAlchemy's types do not tell)
    return value if default.is_scalar else value(None)
