"""What is most frequent among the latest orders is offered where values are typed."""

from surveys.customers.models import PurchaseItem
from surveys.segments.frequent.queries import OFFERED, frequent_in


def test_the_most_frequent_values_come_first_of_one_brand_or_of_all(make):
    other = make.brand(key="other")
    anna, ben = make.customer("Anna", locale="de-AT", country="AT"), make.customer("Ben", locale="en")
    make.purchase(anna, carrier="Postbus")
    make.purchase(
        anna, ship_country="DE", carrier="DHL", items=[PurchaseItem(position=1, name="Mug", sku="M")]
    )
    make.purchase(ben, ship_country="DE", carrier="DHL")
    make.purchase(make.customer("Cleo", brand=other, locale="fr"), ship_country="FR")

    found = frequent_in(anna.brand_id)

    assert (found["country"], found["carrier"]) == (["DE", "AT"], ["DHL", "Postbus"])
    assert found["language"] == ["de", "en"]
    assert (found["product"], found["sku"]) == (["Mug"], ["MUG-1", "M"])
    assert "FR" in frequent_in()["country"]


def test_a_shop_without_orders_offers_nothing_and_a_large_one_a_dozen(make):
    assert not any(frequent_in().values())

    customer = make.customer()
    for number in range(OFFERED + 3):
        make.purchase(customer, carrier=f"Carrier {number:02}")
    assert len(frequent_in()["carrier"]) == OFFERED
