import pytest
from sqlalchemy import delete, text, update

from surveys.customers.finding.queries import customers_called, orders_called
from surveys.customers.models import Customer
from surveys.database import db


def called(part: str) -> set[int]:
    return set(db.session.scalars(customers_called(part)))


@pytest.mark.once
@pytest.mark.parametrize("part", ["ra det", "DORA", "o", "a@exam", "c-10", "%_", 'o"h', "Özil", "öz", "ÖZI"])
def test_customers_are_found_by_any_part_of_name_address_or_number(make, part):
    dora = make.customer("Dora Detractor-Özil", email="dora@example.test", reference='C-1077%_o"h')
    make.customer("Pat", email="pat@shpp.test")

    assert called(part) == {dora.id}


def test_whatever_way_names_come_change_and_go_the_index_follows(make):
    dora = make.customer("Dora Detractor")
    db.session.execute(update(Customer).values(name="Wanda Winter"))
    assert (called("detract"), called("winter")) == (set(), {dora.id})

    db.session.execute(delete(Customer))
    assert called("winter") == set()
    if db.engine.dialect.name == "sqlite":
        check = "INSERT INTO fts_customer (fts_customer, rank) VALUES ('integrity-check', 1)"
        db.session.execute(text(check))


def test_orders_are_found_by_any_part_of_their_number(make):
    order = make.purchase(reference="2026-A-1077")
    make.purchase(reference="2026-A-1078")

    assert db.session.scalars(orders_called("a-1077")).all() == [order.id]
