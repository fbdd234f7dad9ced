import contextvars

import pytest
from sqlalchemy import func, select

from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.database import db

HEADER = "reference,placed_at,customer.email,total.amount,total.currency,items.1.sku,items.1.name"
ROW = "A-{n},2026-03-01T10:00:00Z,pat{n}@example.test,1998,EUR,MUG-1,Mug"


@pytest.fixture
def flask(app, tmp_path):
    """Return a shell: flask("import", "purchases", TEXT or BYTES, …) writes the file and runs."""

    def run(what, content, *options):
        file = tmp_path / "file.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        db.session.rollback()
        arguments = ["import", what, str(file), *options]
        result = contextvars.Context().run(lambda: app.test_cli_runner().invoke(args=arguments))
        db.session.rollback()
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def rows(*numbers):
    return "\n".join([HEADER, *(ROW.format(n=n) for n in numbers)]) + "\n"


def test_purchases_come_in_from_a_file(flask, make):
    make.brand()
    result = flask("purchases", rows(1, 2, 2))
    assert (result.exit_code, result.output.splitlines()[-2:]) == (
        0,
        [
            "Rows: 3; of these more rows of the same purchases: 1.",
            "2 new, 0 known already, 0 rows refused.",
        ],
    )
    assert (count(Purchase), count(Customer), count(PurchaseItem)) == (2, 2, 3)


def test_the_same_file_again_changes_nothing(flask, make):
    make.brand()
    flask("purchases", rows(1, 2))
    before = [purchase.changed_at for purchase in db.session.scalars(select(Purchase).order_by(Purchase.id))]
    result = flask("purchases", rows(1, 2))
    assert result.exit_code == 0
    assert "0 new, 2 known already" in result.output
    after = [purchase.changed_at for purchase in db.session.scalars(select(Purchase).order_by(Purchase.id))]
    assert before == after


@pytest.mark.once
@pytest.mark.thorough
def test_more_than_one_chunk_is_stored_whole(flask, make):
    make.brand()
    assert "150 new" in flask("purchases", rows(*range(150))).output
    assert count(Purchase) == 150


def test_good_rows_are_stored_and_bad_ones_reported_with_line_and_reason(flask, make):
    make.brand()
    bad = ROW.format(n=2).replace("pat2@example.test", "pat2")
    result = flask("purchases", "\n".join([HEADER, ROW.format(n=1), bad, "A-3,too,short", ROW.format(n=4)]))
    assert result.exit_code == 1
    assert "Line 3: E-mail address (customer.email): “pat2” is not an e-mail address" in result.output
    assert "Line 4: The row has 3 cells" in result.output
    assert "2 new, 0 known already, 2 rows refused." in result.output
    assert count(Purchase) == 2


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (rows(1).replace("Mug\n", "Müg\n").encode("cp1252"), "not UTF-8"),
        (rows(1).replace(",", "|"), "commas, semicolons or tabs"),
        (rows(1).replace("placed_at", "placed"), "Missing columns: “placed_at”"),
        ("reference\n" + "A\n" * 2, "Missing columns"),
        (rows(1).replace("items.1.name", "itmes"), "unknown or stand there twice: “itmes”"),
        (HEADER + "\n" + ("A-1" + "," * 6 + "\n") * 100_001, "more than 100,000 rows"),
    ],
)
def test_a_file_that_cannot_be_used_stores_nothing(flask, make, content, words):
    make.brand()
    result = flask("purchases", content)
    assert result.exit_code == 1
    assert words in result.output
    assert count(Purchase) == 0


@pytest.mark.once
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_are_understood(flask, make, delimiter):
    make.brand()
    assert flask("purchases", rows(1).replace(",", delimiter)).exit_code == 0
    assert count(Purchase) == 1


@pytest.mark.once
def test_the_brand_is_said_once_for_all_rows(flask, make):
    make.brand(), make.brand("second")
    missing = flask("purchases", rows(1))
    unknown = flask("purchases", rows(1), "--brand", "third")
    assert (missing.exit_code, unknown.exit_code, count(Purchase)) == (1, 1, 0)
    assert "demo, second" in missing.output and "demo, second" in unknown.output
    assert flask("purchases", rows(1), "--brand", "second").exit_code == 0
    assert db.session.scalars(select(Purchase)).one().brand.key == "second"


def test_customers_come_in_from_a_file(flask, make):
    make.brand()
    result = flask("customers", "reference;email;permission.basis\nC-1;Pat@example.test;opt_in\n;;none\n")
    assert result.exit_code == 1
    assert "Line 3: " in result.output
    pat = db.session.scalars(select(Customer)).one()
    assert (pat.reference, pat.email, pat.basis) == ("C-1", "pat@example.test", "opt_in")
