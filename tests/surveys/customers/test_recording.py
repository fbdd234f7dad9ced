import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Objection, Purchase, PurchaseItem
from surveys.customers.recording import record_customer, record_purchase
from surveys.customers.records import CustomerRecord, ItemRecord, Money, Permission, PurchaseRecord
from surveys.database import begin_writing, db
from surveys.errors import Refusal
from tests.factories import NOON

PAT = CustomerRecord(reference="C-7", email="Pat@example.test", name="Pat Example", locale="de")
ORDER = PurchaseRecord(
    reference="A-1001",
    customer=PAT,
    placed_at=NOON - timedelta(days=9),
    items=(ItemRecord(name="Mug", sku="MUG-1", quantity=2, price=Money(999, "EUR")),),
    total=Money(1998, "EUR"),
    carrier="DHL",
    attributes={"channel": "web"},
)
LATER = NOON + timedelta(hours=1)


def record(make, purchase, now=NOON):
    found = record_purchase(make.brand(), purchase, now)
    db.session.commit()
    return found


def considered(purchase):
    purchase.considered_at = NOON
    db.session.commit()


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_purchase_is_stored_with_all_that_was_told(make):
    purchase, created = record(make, ORDER)
    assert created
    assert (purchase.customer.reference, purchase.customer.email) == ("C-7", "pat@example.test")
    assert (purchase.total_amount, purchase.currency, purchase.carrier) == (1998, "EUR", "DHL")
    assert [(i.position, i.sku, i.quantity, i.price_amount) for i in purchase.items] == [(1, "MUG-1", 2, 999)]
    assert (purchase.created_at, purchase.changed_at, purchase.considered_at) == (NOON, NOON, None)


def test_the_same_told_twice_changes_nothing(make):
    first, _ = record(make, ORDER)
    considered(first)
    again, created = record(make, ORDER, LATER)
    assert (again.id, created) == (first.id, False)
    assert (again.changed_at, again.considered_at) == (NOON, NOON)
    assert (count(Purchase), count(Customer), count(PurchaseItem)) == (1, 1, 1)


def test_a_later_event_changes_what_it_names_and_leaves_the_rest(make):
    considered(record(make, ORDER)[0])
    delivered = PurchaseRecord(
        reference="A-1001",
        customer=CustomerRecord(reference="C-7"),
        placed_at=ORDER.placed_at,
        delivered_at=NOON,
        carrier=None,
    )
    purchase, created = record(make, delivered, LATER)
    assert not created
    assert (purchase.delivered_at, purchase.carrier, purchase.total_amount) == (NOON, None, 1998)
    assert (purchase.customer.name, len(purchase.items), purchase.attributes) == (
        "Pat Example",
        1,
        {"channel": "web"},
    )
    assert (purchase.changed_at, purchase.considered_at) == (LATER, None)


@pytest.mark.parametrize(
    "change",
    [
        {"items": (ItemRecord(name="Cup"), ItemRecord(name="Mug"))},
        {"items": ()},
        {"total": None},
        {"total": Money(1998, "CHF")},
        {"attributes": {}},
        {"customer": replace(PAT, time_zone="Europe/Berlin")},
        {"customer": replace(PAT, permission=Permission("opt_in"))},
        {"customer": CustomerRecord(reference="C-8")},
    ],
)
def test_any_change_lets_the_planning_look_again(make, change):
    considered(record(make, ORDER)[0])
    purchase, _ = record(make, replace(ORDER, **change), LATER)
    assert (purchase.changed_at, purchase.considered_at) == (LATER, None)
    considered(purchase)
    purchase, _ = record(make, replace(ORDER, **change), LATER + timedelta(hours=1))
    assert (purchase.changed_at, purchase.considered_at) == (LATER, NOON)


def test_items_are_replaced_whole_and_keep_their_order(make):
    record(make, ORDER)
    purchase, _ = record(make, replace(ORDER, items=(ItemRecord(name="Cup"), ItemRecord(name="Mug"))))
    assert [(item.position, item.name) for item in purchase.items] == [(1, "Cup"), (2, "Mug")]


def test_the_same_reference_at_another_brand_is_another_purchase(make):
    record(make, ORDER)
    other, created = record_purchase(make.brand("second"), ORDER, NOON)
    assert created
    assert other.customer.brand.key == "second"
    assert count(Customer) == 2


def test_customers_are_never_merged_by_address_alone(make):
    record(make, ORDER)
    second = replace(ORDER, reference="A-2", customer=replace(PAT, reference="C-8"))
    third = replace(ORDER, reference="A-3", customer=CustomerRecord(email="pat@example.test"))
    people = {record(make, each)[0].customer_id for each in (ORDER, second, third)}
    assert len(people) == 3


def test_without_a_reference_the_lower_cased_address_is_the_customer(make):
    first, _ = record(make, replace(ORDER, customer=CustomerRecord(email="PAT@example.test")))
    second, _ = record(
        make, replace(ORDER, reference="A-2", customer=CustomerRecord(email="pat@EXAMPLE.test"))
    )
    assert first.customer_id == second.customer_id


def test_an_event_that_leaves_the_reference_out_stays_with_the_same_customer(make):
    record(make, ORDER)
    purchase, _ = record(make, replace(ORDER, customer=CustomerRecord(email="pat@example.test")))
    assert purchase.customer.reference == "C-7"
    assert count(Customer) == 1


def test_a_customer_with_a_reference_may_change_the_address(make):
    record(make, ORDER)
    purchase, _ = record(make, replace(ORDER, customer=replace(PAT, email="new@example.test")))
    assert purchase.customer.email == "new@example.test"
    assert count(Customer) == 1


def test_an_objection_beats_any_later_import(make):
    brand = make.brand()
    make.keep(Objection(brand_id=brand.id, email="pat@example.test", objected_at=NOON, source="page"))
    purchase, _ = record(
        make, replace(ORDER, customer=replace(PAT, permission=Permission("opt_in", LATER))), LATER
    )
    assert purchase.customer.objected_at == NOON
    assert purchase.customer.basis == "opt_in"


def test_a_new_address_does_not_undo_an_objection(make):
    purchase, _ = record(make, ORDER)
    purchase.customer.objected_at = NOON
    record(make, replace(ORDER, customer=replace(PAT, email="new@example.test")), LATER)
    assert purchase.customer.objected_at == NOON


def test_a_permission_without_a_moment_holds_from_when_it_was_first_told(make):
    told = replace(ORDER, customer=replace(PAT, permission=Permission("opt_in")))
    assert record(make, told)[0].customer.basis_at == NOON
    assert record(make, told, LATER)[0].customer.basis_at == NOON
    emptied = replace(ORDER, customer=replace(PAT, permission=None))
    customer = record(make, emptied, LATER)[0].customer
    assert (customer.basis, customer.basis_at) == (None, None)


def test_what_cannot_be_true_is_refused_before_anything_is_stored(make):
    with pytest.raises(Refusal) as refusal:
        record_purchase(make.brand(), replace(ORDER, ship_country="Mars"), NOON)
    assert refusal.value.field == "ship_country"
    assert (count(Customer), count(Purchase)) == (0, 0)


def test_a_customer_can_be_recorded_without_a_purchase(make):
    customer, created = record_customer(make.brand(), PAT, NOON)
    again, created_again = record_customer(make.brand(), replace(PAT, name="Pat E."), LATER)
    assert (created, created_again, again.id, again.name) == (True, False, customer.id, "Pat E.")


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_the_same_purchase_told_by_two_at_once_is_one(app, make):
    make.brand()
    rounds = [f"A-{number}" for number in range(8)]
    barrier = threading.Barrier(2, timeout=20)
    outcomes, errors = [], []

    def tell(hour: int) -> None:
        for reference in rounds:
            barrier.wait()
            try:
                with app.app_context():
                    begin_writing()
                    brand = db.session.scalars(select(Brand)).one()
                    order = replace(ORDER, reference=reference, customer=replace(PAT, reference=reference))
                    _, created = record_purchase(brand, order, NOON + timedelta(hours=hour))
                    db.session.commit()
                    outcomes.append((reference, created))
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=tell, args=(hour,)) for hour in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert sorted(outcomes) == sorted((r, c) for r in rounds for c in (True, False))
    assert (count(Purchase), count(Customer), count(PurchaseItem)) == (8, 8, 8)
