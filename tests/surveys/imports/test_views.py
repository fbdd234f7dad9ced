"""A file in the browser: looked at, started, worked in the background, undone."""

import io
import re
from datetime import datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select, update

from surveys.clock import business_now
from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.database import db
from surveys.imports.models import ImportChunk, ImportRowError, ImportRun
from surveys.imports.working import work_imports
from surveys.permission.models import Suppression
from surveys.responses.models import Response

GERMAN = """Bestellnummer;Bestelldatum;E-Mail-Adresse;Vorname;Nachname;Gesamtbetrag;Artikelname;Farbe
A-1;31.03.2026 14:05;Pat@example.test;Pat;Müller;1.049,90 €;Becher;rot
A-1;31.03.2026 14:05;Pat@example.test;Pat;Müller;1.049,90 €;Teller;blau
A-2;01.04.2026;nadia;Nadia;Ott;12,00;Becher;rot
A-3;02.04.2026;olga@example.test;Olga;;7,50;=1+1;rot
"""


@pytest.fixture
def admin(make_today, signed_in):
    """An admin's browser in a shop in Berlin."""
    make_today.brand()
    return signed_in(make_today.staff("Ada", "admin"))


def upload(browser, content, kind="purchases", name="orders.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    fields = {"kind": kind, "brand": "", "file": (io.BytesIO(data), name)}
    return browser.post("/settings/imports", data=fields, content_type="multipart/form-data")


def tally(page):
    facts = page.split('<dl class="facts facts--figures">', 1)[1].split("</dl>", 1)[0]
    return {name: int(number) for name, number in re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", facts)}


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def the_run():
    return db.session.scalars(select(ImportRun)).one()


def press_start(browser, address, **changes):
    run = the_run()
    said = {"column": [name or "" for name in run.mapping], "act": "start"}
    said |= {name: value or "" for name, value in run.settings.items()} | changes
    return browser.post(address, data=said)


def work():
    while work_imports(business_now(), 4):
        pass


def test_a_german_file_is_understood_shown_started_worked_and_undone(admin):
    answer = upload(admin, GERMAN)
    assert answer.status_code == 303
    address = answer.location
    page = admin.get(address).text
    assert (
        "31\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026, 14:05" in page
        and "€1,049.90" in page
        and "Pat Müller" in page
    )
    assert tally(page) == {
        "Rows looked at": 4,
        "New purchases": 2,
        "Known already": 0,
        "More rows of the same purchases": 1,
        "Rows refused": 1,
    }
    assert (count(Purchase), count(Customer)) == (0, 0)

    assert press_start(admin, address).status_code == 303
    page = admin.get(address).text
    assert "0 of 4 rows" in page and "every 2s" in page
    assert count(Purchase) == 0
    work()

    page = admin.get(address).text
    assert tally(page)["New purchases"] == 2 and tally(page)["More rows of the same purchases"] == 1
    assert "The file is in" in page and "“nadia” is not an e-mail address" in page
    first = db.session.scalars(select(Purchase).where(Purchase.reference == "A-1")).one()
    assert (first.total_amount, first.currency, len(first.items)) == (104_990, "EUR", 2)
    assert first.customer.name == "Pat Müller"
    assert (count(Purchase), count(Customer), count(PurchaseItem)) == (2, 2, 3)

    file = admin.get(address + "/errors.csv")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.text.splitlines()[1].startswith("4,E-mail address (E-Mail-Adresse): “nadia”")

    assert admin.post(address + "/undo").status_code == 303
    work()
    assert "4 entries" in admin.get(address).text
    assert (count(Purchase), count(Customer), count(PurchaseItem)) == (0, 0, 0)
    assert the_run().state == "undone"
    assert admin.post(address + "/undo").status_code == 409


@pytest.mark.once
def test_refused_rows_are_told_in_the_readers_language_on_the_pages_and_in_the_file(
    admin, make_today, signed_in
):
    reason = "E-Mail-Adresse"
    german = signed_in(make_today.staff("Berta", "admin", locale="de"))
    address = upload(admin, GERMAN + "A-4;zu wenig\n").location
    seen = german.get(address).text
    assert f"Zeile 4: {reason}: “nadia” ist keine" in seen and "1.049,90\xa0€" in seen
    assert "Die Zeile hat 2 Zellen, die erste Zeile nennt aber 8 Spalten." in seen
    press_start(admin, address)
    work()

    page = german.get(address).text
    file = german.get(address + "/errors.csv").text
    assert f"{reason}: “nadia” ist keine" in page and f"{reason}: “nadia” ist keine" in file
    assert file.startswith("\ufeffZeile der Datei,Warum die Zeile abgelehnt wurde,Bestellnummer")
    assert f"E-mail address ({reason}): “nadia” is not an e-mail address" in admin.get(address).text


def test_a_row_is_told_all_that_is_wrong_with_it_in_the_words_of_the_page(admin):
    file = "reference,placed_at,customer.email,total.amount\nA-1,31.31.2026,nadia,free\nA-2,31.03.2026,x@example.test,5\n"
    address = upload(admin, file).location
    reason = (
        "Line 2: Ordered on (placed_at): “31.31.2026” is not a date, however dates are written; correct it in the"
        " file. Total (total.amount): “free” is not an amount, however amounts are written; correct it in the"
        " file. E-mail address (customer.email): “nadia” is not an e-mail address"
    )
    page = admin.get(address).text
    assert reason in page and tally(page)["Rows refused"] == 1


def test_rows_without_an_address_are_counted_too(admin):
    address = upload(
        admin, "address;name\ndora@example.test;Dora\n;Pat\ndora@example.test;\n", "suppressions"
    ).location
    expected = {
        "Rows looked at": 3,
        "New addresses": 1,
        "Known already, or repeated in the file": 1,
        "Rows without an address": 1,
        "Rows refused": 0,
    }
    assert tally(admin.get(address).text) == expected
    press_start(admin, address)
    work()
    assert tally(admin.get(address).text) == expected


def test_columns_are_said_anew_and_a_missing_one_is_told(admin):
    address = upload(admin, "Nr,Wann,Mail\nA-1,2026-03-01,pat@example.test\n").location
    page = admin.get(address)
    assert page.status_code == 200 and "Missing columns: Order number, Ordered on. Say" in page.text

    said = {"dates": "ymd", "amounts": "minor", "currency": "", "act": "check"}
    wrong = admin.post(address, data=said | {"column": ["reference", "reference", ""]})
    assert wrong.status_code == 422 and "Two columns go to the same field" in wrong.text
    assert (
        admin.post(address, data=said | {"column": ["reference", "placed_at", "customer.email"]}).status_code
        == 303
    )
    seen = tally(admin.get(address).text)
    assert (seen["New purchases"], seen["Known already"], seen["Rows refused"]) == (1, 0, 0)
    assert count(Purchase) == 0


def test_a_workbook_is_read_and_formulas_are_never_run(admin):
    book = Workbook()
    book.active.append(["Order number", "Order date", "Email", "Total"])
    book.active.append([1001, datetime(2026, 3, 1, 9, 30), "pat@example.test", 19.99])
    book.active.append([])
    book.active.append([1002.0, "2026-03-02", "nadia@example.test", 5])
    data = io.BytesIO()
    book.save(data)
    address = upload(admin, data.getvalue(), name="orders.xlsx").location
    press_start(admin, address)
    work()
    found = db.session.scalars(select(Purchase).order_by(Purchase.reference)).all()
    assert [(each.reference, each.total_amount, each.currency) for each in found] == [
        ("1001", 1999, "EUR"),
        ("1002", 500, "EUR"),
    ]
    assert found[0].placed_at.isoformat() == "2026-03-01T08:30:00+00:00"


def test_customers_addresses_and_answers_come_in_the_same_way(admin, make_today):
    make_today.survey()
    for kind, text in (
        ("customers", "Kundennummer;E-Mail;Land\nC-1;pat@example.test;Österreich\n"),
        ("suppressions", "dora@example.test\nnobody\n"),
        ("responses", "Datum;Bewertung;Kommentar;E-Mail\n01.03.2026;9;Gut;pat@example.test\n"),
    ):
        address = upload(admin, text, kind).location
        run = db.session.scalars(select(ImportRun).order_by(ImportRun.id.desc())).first()
        said = {
            "column": [name or "" for name in run.mapping],
            "act": "start",
            "dates": "dmy",
            "survey": "nps",
        }
        assert admin.post(address, data=said).status_code == 303
        work()
    assert db.session.scalars(select(Customer.country).where(Customer.reference == "C-1")).one() == "AT"
    assert count(Suppression) == 1
    assert [(each.score, each.channel) for each in db.session.scalars(select(Response))] == [(9, "import")]


def test_a_file_that_was_not_started_is_discarded_whole(admin):
    address = upload(admin, GERMAN).location
    assert admin.post(address + "/discard").status_code == 303
    assert (count(ImportRun), count(ImportChunk), count(ImportRowError)) == (0, 0, 0)
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "neither a CSV"),
        (b"PK\x03\x04rest", "cannot be read"),
        (b"a,b\n", "no rows"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_beside_its_field(admin, content, words):
    answer = upload(admin, content)
    assert answer.status_code == 422 and words in answer.text
    assert count(ImportRun) == 0


def test_no_file_is_told_too(admin):
    answer = admin.post("/settings/imports", data={"kind": "purchases", "brand": ""})
    assert answer.status_code == 422 and "No file was chosen" in answer.text


@pytest.mark.once
def test_large_files_get_in_and_larger_ones_are_told_so(admin):
    row = "A-{},2026-03-01,pat@example.test," + "x" * 3000 + "\n"
    text = "reference,placed_at,customer.email,attributes.a\n" + "".join(row.format(n) for n in range(200))
    assert send(admin, text.encode()).status_code == 303
    assert send(admin, b"x" * (27 * 1024 * 1024)).status_code == 413


def send(browser, content):
    """Send a file as one body: the test's browser would leave a temporary file of its own behind."""
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\npurchases\r\n',
        b'--x\r\nContent-Disposition: form-data; name="brand"\r\n\r\n\r\n',
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
        content,
        b"\r\n--x--\r\n",
    ]
    kind = "multipart/form-data; boundary=x"
    return browser.post("/settings/imports", data=b"".join(parts), content_type=kind)


def test_agents_do_not_import(make_today, signed_in):
    make_today.brand()
    assert signed_in(make_today.staff("Ben")).get("/settings/imports").status_code == 403


def test_the_page_of_an_import_says_how_many_of_its_comments_have_been_read(admin, make_today):
    make_today.survey()
    rows = "".join(
        f"01.03.2026;9;{comment};pat{n}@example.test\n" for n, comment in enumerate(("Gut", "Ja", ""))
    )
    address = upload(admin, f"Datum;Bewertung;Kommentar;E-Mail\n{rows}", "responses").location
    said = {
        "column": [name or "" for name in the_run().mapping],
        "act": "start",
        "dates": "dmy",
        "survey": "nps",
    }
    admin.post(address, data=said)
    work()
    make_today.response(comment="Of another way in.")

    assert "0 of 2 comments read." in admin.get(address).text
    db.session.scalars(select(Response).where(Response.comment == "Gut")).one().analysed_at = make_today.now
    db.session.commit()
    assert "1 of 2 comments read." in admin.get(address).text
    db.session.execute(update(Response).values(analysed_at=make_today.now))
    db.session.commit()
    page = admin.get(address).text
    assert "All 2 comments in it have been read." in page
    assert "data-hx-trigger" not in page
