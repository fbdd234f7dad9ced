"""Two customers are one person, and not after all."""

import threading

import pytest
from sqlalchemy import select

from feedback.overview.merging import merge, undo
from surveys.customers.holding import hold, let_go
from surveys.customers.models import Customer, CustomerHold, Purchase
from surveys.customers.opting_out import object_to_asking
from surveys.customers.recording import record_purchase
from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.database import begin_writing, db
from surveys.errors import Conflict, Refusal


@pytest.fixture
def two(make):
    return make.customer("Dora", reference="C-1"), make.customer(
        "Dora D.", reference="C-2", email="d2@example.test"
    )


def test_everything_moves_over_and_back(make, now, two):
    keeper, duplicate = two
    response = make.response(3, "Late", customer=duplicate, purchase=make.purchase(duplicate))
    task = make.task(response)
    own = make.purchase(keeper)

    row = merge(keeper, duplicate, make.staff(), now)
    db.session.commit()
    assert {response.customer_id, response.purchase.customer_id, task.customer_id} == {keeper.id}
    assert row.moved == {"purchase": [response.purchase_id], "response": [response.id], "task": [task.id]}

    undo(row, make.staff(), now)
    db.session.commit()
    assert {response.customer_id, response.purchase.customer_id, task.customer_id} == {duplicate.id}
    assert (own.customer_id, duplicate.merged_into_id) == (keeper.id, None)
    with pytest.raises(Conflict):
        undo(row, make.staff(), now)


def test_an_order_of_the_duplicate_goes_to_the_one_it_was_merged_into(make, now, two):
    keeper, duplicate = two
    merge(keeper, duplicate, None, now)

    told = CustomerRecord(reference="C-2", email="d2@example.test")
    purchase, _ = record_purchase(
        keeper.brand, PurchaseRecord(reference="A-9", placed_at=now, customer=told), now
    )

    assert (purchase.customer_id, keeper.email != "d2@example.test") == (keeper.id, True)


@pytest.mark.parametrize("who", [0, 1])
def test_an_objection_of_either_holds_for_both_for_good(make, now, two, who):
    object_to_asking(two[who], "page", now)

    row = merge(*two, None, now)
    undo(row, None, now)

    assert [each.objected_at for each in two] == [now, now]


def test_the_same_one_another_shop_and_a_chain_are_refused(make, now, two):
    keeper, duplicate = two
    other = make.customer("Dora", brand=make.brand("other"))
    for wrong in (keeper, other):
        with pytest.raises(Refusal):
            merge(keeper, wrong, None, now)
    merge(keeper, duplicate, None, now)
    third = make.customer("Paula")
    for pair in ((third, duplicate), (third, keeper), (duplicate, third)):
        with pytest.raises(Refusal):
            merge(*pair, None, now)
    merge(keeper, third, None, now)
    assert not db.session.scalars(select(Purchase)).all()


def test_a_hold_that_came_after_the_merge_stays_when_it_is_undone(make, now, two):
    keeper, duplicate = two
    hold(duplicate, "open_task", "task:first", now)
    db.session.flush()
    row = merge(keeper, duplicate, None, now)
    gone = db.session.scalars(select(CustomerHold)).one().id
    let_go("task:first")
    db.session.add(
        CustomerHold(id=gone, customer_id=keeper.id, reason="open_task", key="task:second", held_at=now)
    )
    db.session.flush()

    undo(row, None, now)

    assert db.session.scalars(select(CustomerHold.customer_id)).one() == keeper.id


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_two_opposite_merges_at_once_end_in_one_of_them(app, make, now):
    ids = make.customer("Dora").id, make.customer("Dora D.").id
    db.session.commit()
    barrier, outcomes = threading.Barrier(2, timeout=20), []

    def meet(keeper_id, duplicate_id):
        with app.app_context():
            begin_writing()
            both = db.session.get_one(Customer, keeper_id), db.session.get_one(Customer, duplicate_id)
            if db.engine.dialect.name == "postgresql":  # SQLite lets one writer in at a time.
                barrier.wait()
            try:
                merge(*both, None, now)
                db.session.commit()
                outcomes.append("merged")
            except Exception as error:
                db.session.rollback()
                outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=meet, args=pair) for pair in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(outcomes) == ["Refusal", "merged"]
    db.session.expire_all()
    into = [db.session.get_one(Customer, each).merged_into_id for each in ids]
    assert into.count(None) == 1
