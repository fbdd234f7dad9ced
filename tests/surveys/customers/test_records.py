from datetime import UTC, datetime

from surveys.customers.records import UNSET, CustomerRecord, PurchaseRecord


def test_what_nobody_said_is_unset_and_not_empty():
    record = PurchaseRecord(
        reference="A-1",
        customer=CustomerRecord(reference="C-7", name=None),
        placed_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    assert record.customer.email is UNSET
    assert record.customer.name is None
    assert (record.items, record.total, record.delivered_at) == (UNSET, UNSET, UNSET)
