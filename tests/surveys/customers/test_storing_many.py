from sqlalchemy import select

from surveys.customers.models import Customer, PermissionEvent, Purchase, PurchaseItem
from surveys.customers.storing_many import write_new
from surveys.database import db
from tests.factories import NOON


def test_new_rows_are_written_with_what_belongs_to_them_and_known_ones_point_to_them(make):
    known = make.purchase(reference="A-0")
    brand = known.brand
    pat = Customer(brand=brand, reference="C-1", source="import", created_at=NOON)
    order = Purchase(
        brand=brand, customer=pat, reference="A-1", created_at=NOON, changed_at=NOON, placed_at=NOON
    )
    order.items = [PurchaseItem(position=1, name="Mug", quantity=2)]
    with db.session.no_autoflush:
        db.session.add(PermissionEvent(customer=pat, at=NOON, kind="told", source="import"))
        known.customer = pat
        write_new([pat, order])
    db.session.commit()
    assert db.session.scalars(select(Customer.reference).join(Purchase).order_by(Purchase.id)).all() == [
        "C-1",
        "C-1",
    ]
    stored = db.session.scalars(select(Purchase).where(Purchase.reference == "A-1")).one()
    assert (stored.attributes, [item.name for item in stored.items]) == ({}, ["Mug"])
    assert len(stored.public_id) == 22
    assert db.session.scalars(select(PermissionEvent.kind)).all() == ["told"]
