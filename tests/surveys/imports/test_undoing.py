"""What an import made goes again; what came of it since, and what was there before, stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.customers.models import Customer, Purchase
from surveys.customers.recording import record_purchase
from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.database import db
from surveys.errors import Conflict
from surveys.imports.models import ImportRun
from surveys.imports.starting import start
from surveys.imports.undoing import begin_undoing
from surveys.imports.uploading import keep, read_file
from surveys.imports.working import work_imports
from surveys.invitations.planning import plan_new
from tests.factories import NOON

HEADER = "reference,placed_at,customer.email\n"


def imported(now, *orders):
    text = HEADER + "".join(f"{order},2026-03-09T10:00:00Z,{email}@example.test\n" for order, email in orders)
    run = keep(read_file(text.encode(), "purchases"), "purchases", "a.csv", None, "UTC", now)
    start(run, None, now)
    db.session.commit()
    work_imports(now, 9)
    return run


def undone(run, now):
    begin_undoing(db.session.get_one(ImportRun, run.id), None, now)
    db.session.commit()
    work_imports(now, 9)
    db.session.expire_all()
    return db.session.get_one(ImportRun, run.id)


def orders():
    return db.session.scalars(select(Purchase.reference).order_by(Purchase.reference)).all()


def test_what_was_known_before_stays(make, now):
    make.purchase(reference="A-0")
    run = undone(imported(now, ("A-0", "pat"), ("A-1", "nadia")), now)
    assert (run.state, run.removed, orders()) == ("undone", 2, ["A-0"])


def test_what_was_asked_answered_or_changed_since_stays_and_is_counted_by_its_reason(make, now):
    make.brand(), make.survey()
    run = imported(now, ("A-1", "pat"), ("A-2", "nadia"), ("A-3", "olga"), ("A-4", "dora"))
    by_order = {each.reference: each for each in db.session.scalars(select(Purchase))}
    make.invitation(purchase=by_order["A-1"], state="sent", sent_at=NOON)
    make.response(purchase=by_order["A-2"], customer=by_order["A-2"].customer)
    olga, placed_at = CustomerRecord(email="olga@example.test"), by_order["A-3"].placed_at
    told = PurchaseRecord(reference="A-3", customer=olga, placed_at=placed_at, delivered_at=NOON)
    record_purchase(by_order["A-3"].brand, told, NOON + timedelta(hours=1))
    db.session.commit()
    run = undone(run, now)
    assert orders() == ["A-1", "A-2", "A-3"]
    assert run.removed == 2
    assert run.kept == {"asked": 2, "answered": 2, "changed": 1, "in_use": 1}
    assert db.session.scalars(select(Customer.email).where(Customer.email.like("dora%"))).all() == []


def test_a_question_that_was_only_planned_goes_with_its_purchase(make, now):
    make.touchpoint()
    run = imported(now, ("A-1", "pat"))
    plan_new(now, 10)
    assert undone(run, now).kept == {}
    assert orders() == []


def test_only_what_is_through_can_be_undone(make, now):
    make.brand()
    run = imported(now, ("A-1", "pat"))
    undone(run, now)
    with pytest.raises(Conflict):
        begin_undoing(db.session.get_one(ImportRun, run.id), None, now)
