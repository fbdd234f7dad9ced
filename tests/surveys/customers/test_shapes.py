from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from surveys.customers.records import UNSET, ItemRecord, Money, Permission
from surveys.customers.shapes import CustomerIn, PurchaseIn


def test_only_what_was_given_reaches_the_record():
    told = {"reference": " A-1 ", "customer": {"email": "pat@example.test", "name": None}}
    record = PurchaseIn.model_validate(told | {"placed_at": "2026-03-01T10:00:00+01:00"}).record()
    assert (record.reference, record.placed_at) == ("A-1", datetime(2026, 3, 1, 9, tzinfo=UTC))
    assert (record.customer.name, record.customer.reference) == (None, UNSET)
    assert (record.items, record.total, record.attributes) == (UNSET, UNSET, UNSET)


def test_nested_parts_become_records_too():
    told = {
        "reference": "A-1",
        "customer": {"reference": "C-7", "permission": {"basis": "opt_in"}},
        "placed_at": "2026-03-01T10:00:00Z",
        "items": [{"name": "Mug", "price": {"amount": 999, "currency": "EUR"}}],
        "total": {"amount": 999, "currency": "EUR"},
        "brand": "demo",
    }
    record = PurchaseIn.model_validate(told).record()
    assert record.items == (ItemRecord(name="Mug", price=Money(999, "EUR")),)
    assert (record.total, record.customer.permission) == (Money(999, "EUR"), Permission("opt_in"))


def test_a_number_is_no_text():
    with pytest.raises(ValidationError):
        CustomerIn.model_validate({"reference": 7})
