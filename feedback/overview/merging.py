"""Two customers are one person: what hangs on the duplicate moves over, and can move back.

The duplicate's row stays, so that what the shop tells of it next finds the way. Nothing is merged
by itself. An objection of either holds for both, also after it was undone.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, select, update
from sqlalchemy.exc import IntegrityError

from feedback.overview.models import CustomerMerge
from feedback.overview.queries import has_duplicates
from surveys.customers.models import Customer
from surveys.customers.opting_out import object_to_asking
from surveys.database import Base, db
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

# The consent history is added to and never changed; a request to confirm and a link to one's own data count for
# their own address only.
STAYING = frozenset({"customer", "customer_merge", "permission_event", "consent_request", "own_data_link"})


def merge(keeper: Customer, duplicate: Customer, by: StaffMember | None, now: datetime) -> CustomerMerge:
    """Let everything of `duplicate` belong to `keeper`; refuse the same one twice, another shop, and merged ones."""
    lock(keeper, duplicate)
    if keeper.id == duplicate.id:
        raise Refusal(N_("This is the same customer. Name the other one."), field="duplicate")
    if keeper.brand_id != duplicate.brand_id:
        raise Refusal(
            N_("They belong to different shops, where a person counts separately."), field="duplicate"
        )
    if keeper.merged_into_id or duplicate.merged_into_id or has_duplicates(duplicate):
        raise Refusal(
            N_("One of them is part of a merge already. Undo that first, or merge the other way round."),
            field="duplicate",
        )
    for one, other in ((keeper, duplicate), (duplicate, keeper)):
        if one.objected_at is not None and other.objected_at is None:
            object_to_asking(other, "staff", now)
    db.session.flush()
    moved = {
        table.name: moving(table, column, duplicate.id, keeper.id) for table, column in hanging_on_customers()
    }
    duplicate.merged_into_id = keeper.id
    row = CustomerMerge(
        keeper=keeper,
        duplicate=duplicate,
        moved={name: ids for name, ids in moved.items() if ids},
        at=now,
        by_id=by.id if by else None,
    )
    db.session.add(row)
    db.session.flush()
    db.session.expire_all()
    return row


def lock(*customers: Customer) -> None:
    """Wait for whoever merges one of them at this moment, and read them anew; always in the same order."""
    ids = [customer.id for customer in customers]
    rows = select(Customer).where(Customer.id.in_(ids)).order_by(Customer.id).with_for_update(key_share=True)
    db.session.scalars(rows, execution_options={"populate_existing": True}).all()


def undo(row: CustomerMerge, by: StaffMember | None, now: datetime) -> None:
    """Give the duplicate back what it brought; what came since stays with the keeper. Raises Conflict the second time."""
    lock(row.keeper, row.duplicate)
    db.session.refresh(row)
    if row.undone_at is not None:
        raise Conflict(N_("This was undone before. The page of the customer shows what there is now."))
    places = {table.name: (table, column) for table, column in hanging_on_customers()}
    for place, ids in row.moved.items():
        if place in places:
            table, column = places[place]
            name = name_of(table)
            # Merges noted before holds were named by key kept their ids: those holds stay until they end.
            known = [each for each in ids if isinstance(each, name.type.python_type)]
            back = update(table).where(name.in_(known), column == row.keeper_id)
            db.session.execute(back.values({column.name: row.duplicate_id}))
    row.duplicate.merged_into_id = None
    row.undone_at, row.undone_by_id = now, by.id if by else None
    db.session.flush()
    db.session.expire_all()


def hanging_on_customers() -> list[tuple[Table, Column[int]]]:
    """Return the columns that say whose a row is; a table that somebody adds is among them."""
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "customer" and table.name not in STAYING
    ]


def name_of(table: Table) -> Column[Any]:
    """Return what tells a row of the table from every other, also from later ones: its key, else its id.

    Holds come and go, and SQLite gives the id of one that is gone to the next; their keys do not come again.
    """
    return table.c.key if "key" in table.c else table.c.id


def moving(table: Table, column: Column[int], old: int, new: int) -> list[int | str]:
    """Move the rows from one customer to the other and return their names; what the new one has already stays."""
    moved = []
    name = name_of(table)
    for row_id in db.session.scalars(select(name).where(column == old).order_by(table.c.id)).all():
        try:
            with db.session.begin_nested():
                db.session.execute(update(table).where(name == row_id).values({column.name: new}))
        except IntegrityError:
            continue
        moved.append(row_id)
    return moved
