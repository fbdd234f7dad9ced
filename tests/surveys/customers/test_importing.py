from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.customers.batches import Batch
from surveys.customers.csv_table import RefusedRow
from surveys.customers.importing import ImportReport, store_customers, store_purchases
from surveys.customers.models import Customer, Purchase
from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.database import db
from surveys.errors import Refusal


def order(make, reference, brand=None, lines=(2,), **values):
    customer = CustomerRecord(email="pat@example.test")
    placed_at = make.now - timedelta(days=400)
    record = PurchaseRecord(reference=reference, customer=customer, placed_at=placed_at, **values)
    return Batch(record, brand, lines)


@pytest.mark.once
def test_new_and_known_purchases_are_counted(make, now):
    make.brand()
    report = ImportReport()
    store_purchases([order(make, "A-1"), order(make, "A-2"), order(make, "A-1")], None, now, report)
    db.session.commit()
    assert (report.created, report.updated, report.refused) == (2, 1, [])
    assert len(list(db.session.scalars(select(Purchase)))) == 2


def test_the_rows_own_brand_goes_before_the_commands(make, now):
    make.brand(), make.brand("second")
    store_purchases([order(make, "A-1"), order(make, "A-2", brand="demo")], "second", now, ImportReport())
    db.session.commit()
    brands = {each.reference: each.brand.key for each in db.session.scalars(select(Purchase))}
    assert brands == {"A-1": "second", "A-2": "demo"}


def test_a_refused_purchase_leaves_nothing_and_stops_nobody(make, now):
    make.brand(), make.brand("second")
    report = ImportReport()
    wrong = order(make, "A-1", brand="third", lines=(2, 5))
    store_purchases([wrong, order(make, "A-2", brand="demo")], None, now, report)
    store_purchases([order(make, "A-3", lines=(7,))], None, now, report)
    db.session.commit()
    assert report.created == 1
    assert [row.line for row in report.refused] == [2, 5, 7]
    assert "third" in str(report.refused[0].refusal)
    assert [each.reference for each in db.session.scalars(select(Purchase))] == ["A-2"]


def test_customers_are_stored_and_known_again(make, now):
    make.brand()
    report = ImportReport(refused=[RefusedRow(9, Refusal())])
    pat = Batch(CustomerRecord(reference="C-1", name="Pat"), None, (2,))
    store_customers([pat, pat], None, now, report)
    db.session.commit()
    assert (report.created, report.updated, len(report.refused)) == (1, 1, 1)
    assert [each.name for each in db.session.scalars(select(Customer))] == ["Pat"]
