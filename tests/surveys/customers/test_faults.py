"""What a body gets wrong is said in our own words, translated, with the column of the file."""

import pytest
from flask_babel import force_locale
from pydantic import ValidationError

from surveys.customers.faults import told
from surveys.customers.shapes import PurchaseIn
from surveys.doors import spoken
from surveys.errors import Refusal, SeveralRefusals


def test_whatever_a_body_gets_wrong_is_said_in_german(app):
    wrong = {
        "reference": "",
        "placed_at": "01.03.2026",
        "customer": {"name": "a\x00", "email": "x" * 401, "permission": {"basis": "perhaps"}},
        "total": {"amount": "19,9", "currency": "EUR"},
        "items": [{"name": "x", "quantity": 0}, {"name": "y", "quantity": 10**9}],
        "attributes": {"gift": "x" * 501},
    }
    with pytest.raises(ValidationError) as caught:
        PurchaseIn.model_validate(wrong)
    refusal = told(caught.value, {"items.2.name": "x", "items.5.name": "y"})
    assert isinstance(refusal, SeveralRefusals)
    assert [fault.field for fault in refusal.refusals] == [
        "reference",
        "customer.email",
        "customer.name",
        "customer.permission.basis",
        "items.2.quantity",
        "items.5.quantity",
        "total.amount",
        "placed_at",
        "attributes.gift",
    ]
    with force_locale("de"):
        each = [spoken(fault) for fault in refusal.refusals]
    assert not any(word in sentence for sentence in each for word in ("This", "holds", "wants", "should"))


def test_a_refusal_with_a_pointer_gets_the_number_that_the_line_has_in_the_file():
    cells = {"items.3.name": "Mug", "attributes.a/b": "x"}
    assert told(Refusal(field="items/0/price/currency"), cells).field == "items.3.price.currency"
    assert told(Refusal(field="attributes.a/b"), cells).field == "attributes.a/b"
