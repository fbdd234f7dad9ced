"""Chunks are worked once, whoever is killed or slow; a purchase is never torn apart."""

import pytest
from sqlalchemy import func, select

from surveys.customers.models import Purchase
from surveys.database import db
from surveys.imports.models import ImportChunk, ImportRun
from surveys.imports.queries import waiting_chunks
from surveys.imports.starting import start
from surveys.imports.uploading import CHUNK, keep, read_file
from surveys.imports.working import work_chunk, work_imports

HEADER = "reference,placed_at,customer.email,items.1.name\n"


def begun(now, *orders, brand=None):
    line = "{0},2026-03-01T10:00:00Z,{0}@example.test,Mug {1}\n"
    rows = "".join(line.format(order, n) for n, order in enumerate(orders))
    run = keep(read_file((HEADER + rows).encode(), "purchases"), "purchases", "a.csv", brand, "UTC", now)
    start(run, None, now)
    db.session.commit()
    return run.id


def run_of(run_id):
    db.session.expire_all()
    return db.session.get_one(ImportRun, run_id)


@pytest.mark.thorough
def test_a_run_is_worked_in_chunks_and_finished_by_the_last(make, now):
    make.brand()
    run_id = begun(now, *(f"A-{n}" for n in range(CHUNK + 5)))
    assert work_imports(now, 1) == 1
    assert (run_of(run_id).state, run_of(run_id).created) == ("running", CHUNK)
    assert work_imports(now, 5) == 1
    assert (run_of(run_id).state, run_of(run_id).created, run_of(run_id).finished_at) == (
        "done",
        CHUNK + 5,
        now,
    )
    assert work_imports(now, 5) == 0
    assert set(db.session.scalars(select(ImportChunk.rows))) == {""}


def test_a_chunk_that_was_worked_is_not_worked_again(make, now):
    make.brand()
    run_id = begun(now, "A-1", "A-2")
    (chunk_id,) = waiting_chunks(9)
    for _ in range(2):
        work_chunk(chunk_id, now)
        db.session.commit()
    assert run_of(run_id).created == 2


@pytest.mark.once
def test_what_was_not_committed_is_worked_again(make, now):
    make.brand()
    run_id = begun(now, "A-1", "A-2")
    work_chunk(waiting_chunks(9)[0], now)
    db.session.rollback()  # The process was killed before its commit.
    assert (run_of(run_id).created, work_imports(now, 9), run_of(run_id).created) == (0, 1, 2)


def test_rows_of_one_purchase_that_stand_far_apart_are_stored_as_one(make, now):
    make.brand()
    begun(now, "A-0", *(f"B-{n}" for n in range(CHUNK + 20)), "A-0", "B-3")
    while work_imports(now, 5):
        pass
    assert db.session.scalar(select(func.count()).select_from(Purchase)) == CHUNK + 21
    lines = {
        each.reference: len(each.items)
        for each in db.session.scalars(select(Purchase).where(Purchase.reference.in_(["A-0", "B-3", "B-4"])))
    }
    assert lines == {"A-0": 2, "B-3": 2, "B-4": 1}
