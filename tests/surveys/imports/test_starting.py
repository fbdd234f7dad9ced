import pytest
from sqlalchemy import func, select

from surveys.customers.models import Customer, Purchase
from surveys.customers.queries import BrandMissing
from surveys.database import db
from surveys.imports.models import ImportChunk
from surveys.imports.starting import StartedAlready, change, discard, first_rows, start, trial
from surveys.imports.uploading import keep, read_file
from surveys.imports.values import Settings

FILE = b"reference,placed_at,customer.email\nA-1,2026-03-01,pat@example.test\nA-2,2026-03-01,nobody\n"


def uploaded(now, brand=None):
    run = keep(read_file(FILE, "purchases"), "purchases", "a.csv", brand, "UTC", now)
    db.session.commit()
    return run


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_trial_tells_what_would_come_of_the_first_rows_and_stores_nothing(make, now):
    make.brand()
    run = uploaded(now)
    report = trial(run, first_rows(run), now)
    db.session.rollback()
    assert (report.created, [row.line for row in report.refused]) == (1, [3])
    assert (count(Purchase), count(Customer)) == (0, 0)


def test_what_has_begun_is_neither_changed_nor_started_nor_discarded_again(make, now):
    make.brand()
    run = uploaded(now)
    start(run, None, now)
    for again in (
        lambda: start(run, None, now),
        lambda: discard(run),
        lambda: change(run, run.mapping, Settings(), None),
    ):
        with pytest.raises(StartedAlready):
            again()


def test_with_several_shops_somebody_must_say_whose_the_rows_are(make, now):
    make.brand(), make.brand("second")
    with pytest.raises(BrandMissing):
        start(uploaded(now), None, now)


def test_what_is_discarded_leaves_nothing(make, now):
    make.brand()
    discard(uploaded(now))
    db.session.commit()
    assert count(ImportChunk) == 0
