import pytest

from surveys.customers.columns import column_of, is_customer_column, is_purchase_column, nested


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("reference", True),
        ("customer.email", True),
        ("customer.permission.basis", True),
        ("total.amount", True),
        ("items.1.sku", True),
        ("items.99.price.currency", True),
        ("attributes.channel", True),
        ("items.0.sku", False),
        ("items.100.sku", False),
        ("items.1.id", False),
        ("items.sku", False),
        ("attributes.", False),
        ("email", False),
        ("id", False),
        ("Reference", False),
        ("", False),
    ],
)
def test_columns_of_purchases_are_the_field_names_with_dots(name, known):
    assert is_purchase_column(name) is known


def test_columns_of_customers_have_no_prefix():
    assert is_customer_column("email") and is_customer_column("brand")
    assert not is_customer_column("customer.email")


def test_cells_become_the_body_they_stand_for():
    cells = {
        "reference": "7",
        "customer.permission.basis": "opt_in",
        "total.amount": "1998",
        "items.4.name": "Cup",
        "items.2.name": "Mug",
        "items.2.quantity": "2",
        "items.2.price.amount": "999",
        "attributes.amount of boxes": "3",
    }
    assert nested(cells) == {
        "reference": "7",
        "customer": {"permission": {"basis": "opt_in"}},
        "total": {"amount": 1998},
        "items": [{"name": "Mug", "quantity": 2, "price": {"amount": 999}}, {"name": "Cup"}],
        "attributes": {"amount of boxes": "3"},
    }


@pytest.mark.parametrize("text", ["19,98", "19.98", "1e3", "٣", "9" * 16, "EUR 5"])
def test_what_is_no_whole_number_stays_text(text):
    assert nested({"total.amount": text}) == {"total": {"amount": text}}


def test_a_place_in_the_body_leads_back_to_its_column():
    cells = {"items.4.name": "Cup", "items.2.name": "Mug"}
    assert column_of(("items", 1, "price", "amount"), cells) == "items.4.price.amount"
    assert column_of(["items", "0", "name"], cells) == "items.2.name"
    assert column_of(("customer", "email"), cells) == "customer.email"
