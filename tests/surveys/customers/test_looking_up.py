"""Both ways of finding what is known end in the same rows: hypothesis tells the same story by each."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from surveys.customers.batches import Batch
from surveys.customers.importing import ImportReport, store_purchases
from surveys.customers.models import Customer, Objection, PermissionEvent, Purchase
from surveys.customers.recording import record_purchase
from surveys.customers.records import UNSET, CustomerRecord, ItemRecord, Money, Permission, PurchaseRecord
from surveys.database import db
from tests.conftest import delete_rows
from tests.factories import NOON, Make

ANY = st.sampled_from
TOLD = st.builds(
    CustomerRecord,
    reference=ANY([UNSET, None, "C-1", "C-2"]),
    email=ANY(["pat@example.test", "dora@example.test"]),
    name=ANY([UNSET, None, "Pat"]),
    country=ANY([UNSET, "DE"]),
    permission=ANY([UNSET, None, Permission("opt_in"), Permission("existing_customer", None, "shown")]),
)
ORDER = st.builds(
    PurchaseRecord,
    reference=ANY(["A-1", "A-2", "A-3"]),
    customer=TOLD,
    placed_at=ANY([NOON - timedelta(days=9), datetime(2026, 1, 1, tzinfo=UTC)]),
    delivered_at=ANY([UNSET, None, NOON]),
    total=ANY([UNSET, None, Money(1999, "EUR")]),
    items=ANY([UNSET, (), (ItemRecord(name="Mug"),), (ItemRecord(name="Mug"), ItemRecord(name="Plate"))]),
    attributes=ANY([UNSET, {"gift": "yes"}]),
)


def rows():
    """Return all that was stored, in words that do not depend on ids."""
    customers = db.session.scalars(select(Customer)).all()
    purchases = db.session.scalars(select(Purchase)).all()
    events = db.session.scalars(select(PermissionEvent)).all()

    def who(one):
        return (
            one.reference,
            one.email,
            one.name,
            one.country,
            one.basis,
            one.basis_at,
            one.objected_at,
            one.source,
        )

    return (
        sorted(map(who, customers), key=repr),
        sorted(
            (
                (
                    *(
                        each.reference,
                        who(each.customer),
                        each.placed_at,
                        each.delivered_at,
                        each.total_amount,
                    ),
                    *(each.currency, each.attributes, each.created_at, each.changed_at, each.considered_at),
                    [(item.position, item.name, item.quantity) for item in each.items],
                )
                for each in purchases
            ),
            key=repr,
        ),
        sorted(
            ((who(each.customer), each.kind, each.basis, each.source, each.evidence) for each in events),
            key=repr,
        ),
    )


def story(make, orders, at_once):
    """Tell of some orders before and of some later; return what is stored and what was said to be new."""
    brand = make.brand()
    db.session.add(Objection(brand_id=brand.id, email="dora@example.test", objected_at=NOON, source="page"))
    db.session.flush()
    news = []
    for part in (orders[:2], orders[2:]):
        if at_once:
            report = ImportReport()
            store_purchases([Batch(order, None, (n,)) for n, order in enumerate(part, 2)], None, NOON, report)
            news.append((report.created, report.updated, len(report.made.get("purchase", []))))
        else:
            made = [record_purchase(brand, order, NOON, "import")[1] for order in part]
            news.append((sum(made), len(made) - sum(made), sum(made)))
    db.session.commit()
    db.session.expire_all()
    found = rows()
    db.session.rollback()
    delete_rows()
    db.session.expire_all()
    return found, news


@pytest.mark.thorough
@given(orders=st.lists(ORDER, min_size=1, max_size=6))
def test_many_at_once_end_as_one_by_one_do(application, orders):
    with application.app_context():
        make = Make()
        assert story(make, orders, True) == story(make, orders, False)


def test_what_cannot_be_written_at_once_is_stored_one_by_one(make):
    """An address in capitals was not looked up as it is kept: writing it breaks a constraint of the table."""
    make.brand()
    told = [CustomerRecord(email="pat@example.test"), CustomerRecord(email="PAT@example.test", name="Pat")]
    batches = [
        Batch(PurchaseRecord(reference=f"A-{n}", customer=customer, placed_at=NOON), None, (n,))
        for n, customer in enumerate(told, 2)
    ]
    report = ImportReport()
    store_purchases(batches, None, NOON, report)
    db.session.commit()
    assert (report.created, report.updated, report.refused) == (2, 0, [])
    assert [each.name for each in db.session.scalars(select(Customer))] == ["Pat"]
