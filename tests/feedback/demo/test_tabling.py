import random

from feedback.demo.story import orders, shoppers
from feedback.demo.tabling import item_rows, purchase_row
from tests.feedback.demo.conftest import NOW


def test_an_order_is_told_as_far_as_it_had_come():
    (first, *_) = orders(random.Random(1), shoppers(random.Random(1), 1), NOW)

    placed = purchase_row(first, first.placed_at)
    arrived = purchase_row(first, first.delivered_at)
    items = item_rows(first, 5)

    assert (placed["shipped_at"], placed["delivered_at"]) == (None, None)
    assert arrived["delivered_at"] == first.delivered_at
    assert placed["reference"] == arrived["reference"]
    assert {row["purchase_id"] for row in items} == {5}
    assert arrived["total_amount"] > sum(row["price_amount"] * row["quantity"] for row in items)
